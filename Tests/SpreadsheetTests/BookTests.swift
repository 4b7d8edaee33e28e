import BookSamples
import Testing

@testable import Spreadsheet

@Suite("A book") struct BookTests {
    private typealias Built = ByteBuiltBook

    @Test func itsTextsAreReadAndKanaAreNoneOfThem() throws {
        let shared = """
            <si><t>氏名</t></si>\
            <si><t>山田　太郎</t><rPh sb="0" eb="2"><t>ヤマダ</t></rPh><rPh sb="3" eb="5"><t>タロウ</t></rPh>\
            <phoneticPr fontId="1"/></si>\
            <si><r><rPr><b/></rPr><t>髙</t></r><r><t xml:space="preserve">橋 </t></r></si>\
            <si><t>𠮷野</t><rPh sb="0" eb="2"><t>ヨシ</t></rPh><rPh sb="2" eb="3"><t>ノ</t></rPh></si>
            """
        let rows = """
            <row r="1"><c r="A1" t="s"><v>0</v></c></row>\
            <row r="3"><c r="A3" t="s"><v>1</v></c><c r="C3" t="s"><v>2</v></c>\
            <c r="D3" t="s"><v>3</v></c><c r="E3" s="1"/></row>
            """
        let table = try Built(rows, shared: shared).table()
        #expect(
            table.records == [
                TableRecord(row: 1, cells: ["氏名"]),
                TableRecord(row: 3, cells: ["山田　太郎", "", "髙橋 ", "𠮷野"]),
            ])
        #expect(table.readings[CellPlace(column: 0, row: 3)] == "ヤマダ　タロウ")
        #expect(table.readings[CellPlace(column: 3, row: 3)] == "ヨシノ")
        #expect(table.readings.count == 2)
    }

    @Test func everyKindOfCellIsReadAsPeopleSeeIt() throws {
        let cells = """
            <c t="inlineStr"><is><t>中</t><rPh sb="0" eb="1"><t>ナカ</t></rPh><t>村</t></is></c>\
            <c t="str"><f>A1&amp;"様"</f><v>中村様</v></c><c t="b"><v>1</v></c><c t="b"><v>0</v></c>\
            <c t="e"><v>#N/A</v></c><c><v>8.1312345678E11</v></c><c><v>0.30000000000000004</v></c>\
            <c t="d"><v>2026-09-01T00:00:00</v></c><c t="str"><v>a_x000D_\nb_x005F_</v></c><c><v>-3</v></c>
            """
        #expect(
            try Built.cells(cells) == [
                "中村", "中村様", "TRUE", "FALSE", "#N/A", "813123456780", "0.3", "2026/9/1", "a\r\nb_",
                "-3",
            ])
    }

    private static let styles = """
        <numFmts count="4"><numFmt numFmtId="176" formatCode="0000000"/>\
        <numFmt numFmtId="177" formatCode="[&lt;=999]000;[&lt;=9999]000\\-00;000\\-0000"/>\
        <numFmt numFmtId="178" formatCode="[$-411]ge\\.m\\.d;@"/>\
        <numFmt numFmtId="179" formatCode="&quot;d&quot;#,##0_);[Red]\\(#,##0\\)"/>\
        <numFmt numFmtId="180" formatCode="[&lt;=99999999]####\\-####;\\(00\\)\\ ####\\-####"/></numFmts>\
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
        <cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="178"/>\
        <xf numFmtId="179"/><xf numFmtId="180"/><xf numFmtId="14"/><xf numFmtId="55"/>\
        <xf numFmtId="22"/><xf numFmtId="56"/></cellXfs><dxfs><dxf><numFmt numFmtId="0" formatCode="d"/></dxf></dxfs>
        """

    @Test(arguments: [
        ("600001", 0, "600001"), ("600001", 1, "0600001"), ("600001", 2, "060-0001"),
        ("12345", 2, "001-2345"), ("123", 2, "123"), ("46266", 3, "2026/9/1"), ("1200", 4, "1200"),
        ("312345678", 5, "(03) 1234-5678"), ("46266", 6, "2026/9/1"),
        ("46266.5", 8, "2026/9/1 12:00"),
        ("46266.999999999", 6, "2026/9/2"), ("46024", 9, "2026/1/2"), ("60", 6, "1900/2/29"),
        ("59", 6, "1900/2/28"), ("61", 6, "1900/3/1"), ("0", 6, "1900/1/0"), ("0.5625", 8, "13:30"),
        ("-1", 6, "-1"), ("2958466", 6, "2958466"), ("12345678", 1, "12345678"),
        ("46266", 99, "46266"),
        ("2958465", 6, "9999/12/31"),
    ])
    func aNumberIsReadAsItsFormatShowsIt(number: String, style: Int, text: String) throws {
        let cell = "<c s=\"\(style)\"><v>\(number)</v></c>"
        #expect(try Built.cells(cell, styles: Self.styles) == [text])
    }

    @Test func daysAreCountedFrom1904WhereTheBookSaysSo() throws {
        let cell = "<c s=\"6\"><v>44804</v></c><c s=\"6\"><v>0</v></c>"
        let cells = try Built.cells(
            cell, styles: Self.styles, properties: "<workbookPr date1904=\"1\"/>")
        #expect(cells == ["2026/9/1", "1904/1/1"])
    }

    @Test func aStrictBookAndOneWithPrefixesAreReadTheSame() throws {
        let shared = "<si><t>氏</t></si>"
        let cell = "<c r=\"B1\" t=\"s\"><v>0</v></c>"
        #expect(try Built.cells(cell, shared: shared, isStrict: true) == ["", "氏"])
        var prefixed = Built("")
        prefixed.parts[4].text =
            "<x:worksheet xmlns:x=\"\(Built.main)\" xmlns=\"urn:other\"><x:sheetData><x:row>"
            + "<x:c t=\"str\"><x:v>氏</x:v></x:c><c t=\"str\"><v>名</v></c></x:row></x:sheetData>"
            + "</x:worksheet>"
        #expect(try prefixed.table().records == [TableRecord(row: 1, cells: ["氏"])])
    }

    @Test func whatPeopleDoNotSeeIsNamed() throws {
        let text = { (place: String) in "<c r=\"\(place)\" t=\"str\"><v>x</v></c>" }
        let rows = """
            <row r="1">\(text("A1"))\(text("B1"))</row>\
            <row r="2" hidden="1">\(text("A2"))<c r="B2"><f>1+1</f><v>2</v></c></row>\
            <row r="3" hidden="true"><c r="A3" s="1"/></row>\
            <row r="4">\(text("A4"))<c r="B4"><f>A1</f></c></row><row r="5">\(text("B5"))</row>
            """
        let table = try Built(
            rows, after: "<mergeCells><mergeCell ref=\"A4:A6\"/></mergeCells>",
            before: "<cols><col min=\"2\" max=\"16384\" hidden=\"1\"/></cols>"
        ).table()
        #expect(table.hiddenRows == [2] && table.hiddenColumns == [1])
        #expect(table.formulas.first.map(\.description) == ["B2"])
        #expect(table.formulasWithoutValue.first.map(\.description) == ["B4"])
        #expect(table.merged.map(\.description) == ["A4:A6"])
        #expect(table.records.last == TableRecord(row: 5, cells: ["x", "x"]))
    }

    /// As openpyxl writes it; Excel writes an empty text where that is what came out.
    @Test func aFormulaWithAnEmptyNumberHasNoResult() throws {
        let rows = """
            <row r="1"><c r="A1"><f>B1</f><v></v></c><c r="B1"><f>C1</f><v/></c>\
            <c r="C1" t="str"><f>D1</f><v></v></c><c r="D1"><f>1+1</f><v>2</v></c></row>
            """
        let table = try Built(rows).table()
        #expect(table.formulasWithoutValue.first.map(\.description) == ["A1", "B1"])
        #expect(table.formulas.first.map(\.description) == ["C1", "D1"])
    }

    @Test func sheetsAreNamedInTheirOrderAndChartsAreNone() throws {
        var built = Built("<row><c t=\"str\"><v>1</v></c></row>")
        built.parts[2].text =
            "<workbook xmlns=\"\(Built.main)\" xmlns:r=\"\(Built.links)\"><sheets>"
            + "<sheet name=\"グラフ\" sheetId=\"3\" r:id=\"rId9\"/>"
            + "<sheet name=\"表\" state=\"hidden\" sheetId=\"1\" r:id=\"rId8\"/>"
            + "<sheet name=\"名簿\" sheetId=\"2\" r:id=\"rId1\"/></sheets></workbook>"
        built.parts[3].text = Built.relations([
            ("rId9", Built.links + "/chartsheet", "chartsheets/sheet1.xml"),
            ("rId8", Built.links + "/worksheet", "./worksheets/../worksheets/sheet1.xml"),
            ("rId1", Built.links + "/worksheet", "/xl/worksheets/sheet1.xml"),
        ])
        let book = try Book(built.bytes, limits: Built.limits)
        #expect(
            book.sheets.map(\.name) == ["表", "名簿"] && book.sheets.map(\.isHidden) == [true, false])
        for sheet in book.sheets {
            #expect(try book.table(of: sheet).records.map(\.cells) == [["1"]])
        }
    }

    @Test func onlyTheFirstRowsAreReadWhereNoMoreAreWanted() throws {
        let rows = (1...100).map { "<row r=\"\($0)\"><c><v>\($0)</v></c></row>" }.joined()
        let book = try Book(Built(rows).packed, limits: Built.limits)
        #expect(try book.table(of: book.sheets[0], upTo: 10).records.count == 10)
        let broken = try Book(Built(rows + "<row>").bytes, limits: Built.limits)
        #expect(try broken.table(of: broken.sheets[0], upTo: 10).records.count == 10)
        #expect(throws: BookFault.damaged) { try broken.table(of: broken.sheets[0]) }
    }

    @Test func whatOurWriterWritesIsReadAsItWas() throws {
        let texts = [
            "髙﨑𠮷", "=1+1", " 前後 ", "A&B<C>", "007", "a\nb", "a\r", "_x0041_", "\u{FFFF}", "色",
        ]
        var writer = WorkbookWriter()
        try writer.beginSheet(
            "直す行",
            texts.map { ColumnFormat(heading: $0, content: .text) } + [
                ColumnFormat(heading: "日", content: .day),
                ColumnFormat(heading: "数", content: .number),
            ])
        try writer.beginRow()
        for text in texts { writer.text(text, isMarked: text == "色") }
        writer.day(serial: 46_266)
        writer.number(12)
        try writer.endRow()
        try writer.finish()
        let book = try Book(writer.drain(), limits: Built.limits)
        let table = try book.table(of: book.sheets[0])
        #expect(table.records.map(\.row) == [1, 2])
        #expect(table.records[1].cells == texts + ["2026/9/1", "12"])
        #expect(book.sheets.map(\.name) == ["直す行"])
    }

    @Test func aColumnToFillInIsTextAndOffersWhatItTakes() throws {
        var writer = WorkbookWriter()
        let help = ColumnHelp(choices: ["希望する", "A&B"], note: "\"○\"を<選ぶ>")
        try writer.beginSheet(
            "名簿",
            [
                ColumnFormat(heading: "希望", content: .text, help: help),
                ColumnFormat(heading: "備考", content: .text, help: ColumnHelp()),
                ColumnFormat(heading: "数", content: .number),
            ])
        try writer.finish()
        let archive = try ZipArchive(writer.drain())
        var octets: [UInt8] = []
        try archive.read("xl/worksheets/sheet1.xml", within: InflationBudget(1 << 20)) {
            octets += $0
            return true
        }
        let sheet = String(decoding: octets, as: UTF8.self)
        #expect(
            sheet.contains(
                "<dataValidations count=\"1\"><dataValidation type=\"list\" allowBlank=\"1\" "
                    + "showInputMessage=\"1\" promptTitle=\"希望\" prompt=\"&quot;○&quot;を&lt;選ぶ&gt;\" "
                    + "sqref=\"A2:A30010\"><formula1>\"希望する,A&amp;B\"</formula1></dataValidation>"))
        #expect(sheet.split(separator: " style=\"2\" customWidth").count == 3)
    }
}
