import BookSamples
import Testing

@testable import Spreadsheet

/// What is read without expat is what expat reads; `ops/fuzz` compares the same of any octets.
@Suite("A book that is written plainly") struct PlainBookTests {
    private static let styles = """
        <numFmts count="1"><numFmt numFmtId="176" formatCode="0000000"/></numFmts>\
        <cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="14"/></cellXfs>
        """
    private static let shared = """
        <si><t>氏名</t></si><si><t>髙橋&amp;渉</t></si>\
        <si><t xml:space="preserve"> 中村 </t><phoneticPr fontId="1"/></si>\
        <si><r><t>東</t></r><rPh sb="0" eb="1"><t>アズマ</t></rPh></si><si><t>a_x000D_b</t></si>
        """

    /// As Excel, openpyxl, XlsxWriter, LibreOffice and our own writer write it.
    static let plain = [
        #"<row r="2" spans="1:3" x14ac:dyDescent="0.4"><c r="A2" t="s"><v>1</v></c><c r="C2" s="1"><v>600001</v></c></row>"#,
        #"<row r="2"><c r="A2" t="inlineStr"><is><t>山田</t></is></c><c r="B2" t="n"><v>7</v></c></row>"#,
        #"<row r="2" spans="1:2"><c r="A2" s="2"><v>46266</v></c><c r="B2" s="2"><v>46266.5</v></c></row>"#,
        #"<row r="2" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"><c r="A2" s="0" t="s"><v>2</v></c><c r="B2" s="0" t="n"><f aca="false">A1&amp;&quot;x&quot;</f><v>5</v></c></row>"#,
        #"<row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve"> 髙 </t></is></c><c r="B2" s="1"/></row>"#,
        #"<row r="2" hidden="1"><c r="A2" t="b"><v>1</v></c><c r="B2" t="e"><v>#N/A</v></c><c r="C2" t="str"><f>A1</f><v>渉&lt;_x0041_</v></c></row>"#,
        "<row r=\"2\">\n  <c t=\"s\"><v>3</v></c>\r\n  <c t=\"s\"><v>4</v></c></row>\n<row r=\"5\"/><row><c><v>1.5</v></c></row>",
        #"<row r="2"><c r="A2"><f>B2</f><v /></c><c r="B2" s="1" /><c r="C2"><v/></c></row><row r="3" />"#,
        #"<row r="2"><c r="A2"><f>B2</f></c><c r="C2" t="str"><f/><v></v></c><c r="D2"><v>007</v></c></row>"#,
    ]

    @Test(arguments: plain) func isReadWithoutExpat(_ rows: String) throws {
        let kept = SharedTexts()
        for text in ["氏名", "髙橋&渉", " 中村 ", "東", "a\rb"] {
            kept.append(SharedText(text: text, reading: nil))
        }
        let contents = BookContents(
            texts: kept, formats: [.plain], shownNumbers: [.asItIs], countsFrom1904: false)
        var found = SheetRows(contents, ByteBuiltBook.limits, upTo: .max) { _ in }
        var plain = PlainRows()
        let octets = Array(rows.utf8) + [UInt8](repeating: 0, count: PlainXML.margin)
        let count = octets.withUnsafeBufferPointer { octets in
            let row = UnsafeBufferPointer(rebasing: octets[..<rows.utf8.count])
            return plain.read(row, into: &found, spacing: true)
        }
        #expect(count == rows.utf8.count)
        try Self.compare(rows)
    }

    /// Nobody is made of what stands in a comment.
    static let ghosts =
        #"<!-- <row r="3"><c r="A3"><v>9</v></c></row><row r="4"><c r="A4"><v>9</v></c></row> -->"#

    @Test func textsInACommentAreNotCounted() throws {
        let texts = "<si><t>一</t></si ><!-- </si><si><t>二</t></si><si><t>三</t></si> -->"
        let row = #"<row r="2"><c r="A2" t="s"><v>6</v></c></row>"#
        let table = try Self.compare(row, shared: Self.shared + texts + "<si><t>四</t></si>")
        #expect(table.records.contains { $0.row == 2 && $0.cells.first == "四" })
    }

    /// A row that is not plain, among others that are.
    @Test(arguments: [
        "<row r='2'><c r=\"A2\"><v>1</v></c></row>",
        #"<row r="2"><c r="A2"><v>1</v><!-- </row> --></c></row>"#,
        #"<row r="2"><c r="A2" t="str"><v><![CDATA[</row>]]></v></c></row>"#,
        #"<row r="2"><c r="A2" t="str"><v>&#x9AD9;</v></c></row>"#,
        "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>a\r\nb</v></c></row>",
        #"<row r="2"><c r="A2" t="inlineStr"><is><r><t>東</t></r><rPh sb="0" eb="1"><t>ア</t></rPh></is></c></row>"#,
        #"<row r="2"><?x </row>?><c r="A2"><v>1</v></c></row>"#,
        #"<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="2"><x:c r="A2"><x:v>1</x:v></x:c></x:row>"#,
        #"<row r="2" xmlns="urn:other"><c r="A2"><v>1</v></c></row>"#,
        #"<row r="2"><c r="A2" cm="1"><v>1</v></c></row>"#,
        #"<row r="2"><c r="A2"><v>1</v></c><row r="3"><c r="A3"><v>1</v></c></row><c r="B3"><v>2</v></c></row>"#,
        "<row r='2'/>" + ghosts, #"<row r="2"><c r="A2"><v>1</v></c></row >"# + ghosts,
        #"<row r="2"><c r="A2"><v>1</v></c></row >"#
            + #"<?x <row r="3"><c r="A3"><v>9</v></c></row><row r="4"/></row>?>"#,
        #"<row r="2"><c r="A2"><v>1</v></c></row ><![CDATA["#
            + #"<row r="3"><c r="A3"><v>9</v></c></row><row r="4"></row>]]>"#,
        #"<row r="2"><c r="A2"><v>1</v></c></row><extLst><ext><row r="3"><c r="A3"><v>1</v></c></row></ext></extLst>"#,
    ])
    func handsOverWhatIsNot(_ row: String) throws {
        let table = try Self.compare(row)
        #expect(table.records.last?.row == 7)
    }

    @Test(arguments: [
        #"<row r="2"><c r="A2"><v>1</v></row>"#, #"<row r="2"><c r="A2"><v>1<v></c></row>"#,
        #"<row r="2" r="2"><c r="A2"><v>1</v></c></row>"#,
        #"<row r="2"><c r="A2" r="A2"><v>1</v></c></row>"#,
        #"<row r="2"><c r="A2" t="str"><v>]]></v></c></row>"#,
        #"<row r="2"><c r="A2" t="str"><v>&nbsp;</v></c></row>"#,
        #"<row r="2" y:dyDescent="1"><c r="A2"><v>1</v></c></row>"#,
        "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>\u{1}</v></c></row>",
        "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>\u{FFFE}</v></c></row>",
        #"<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>"#,
        #"<row r="1"><c r="A1"><v>1</v></c></row>"#, #"<row r="2"><c r="A3"><v>1</v></c></row>"#,
        #"<row r="2"><c r="A2" t="s"><v>99</v></c></row>"#,
    ])
    func refusesWhatIsWrongAmongPlainRows(_ row: String) throws {
        let book = Self.book(row)
        #expect(throws: BookFault.damaged) { try book.table() }
        #expect(throws: BookFault.damaged) { try book.slowTable }
    }

    @Test func countsWhatIsReadWithoutExpat() throws {
        let rows = (1...1_001).map { #"<row r="\#($0)"><c r="A\#($0)"><v>1</v></c></row>"# }
        #expect(throws: BookFault.tooManyRows(1_001)) {
            try ByteBuiltBook(rows.joined()).table()
        }
        let wide = (1...10).map { #"<row r="\#($0)"><c r="CZZ\#($0)"><v>1</v></c></row>"# }
        #expect(throws: BookFault.inflated) { try ByteBuiltBook(wide.joined()).table() }
        let texts = (1...40).map { _ in "<si><t>\(String(repeating: "あ", count: 10_000))</t></si>" }
        #expect(throws: BookFault.inflated) {
            try ByteBuiltBook("", shared: texts.joined()).table()
        }
        let long = String(repeating: "あ", count: 32_768)
        let cell = #"<row r="2"><c r="A2" t="inlineStr"><is><t>\#(long)</t></is></c></row>"#
        #expect(throws: BookFault.damaged) { try Self.book(cell).table() }
    }

    private static func book(_ row: String, shared: String = shared) -> ByteBuiltBook {
        ByteBuiltBook(
            #"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"# + row
                + #"<row r="7"><c r="C7" t="s"><v>3</v></c></row>"#,
            shared: shared, styles: styles)
    }

    /// By expat alone, and in pieces of several sizes.
    @discardableResult private static func compare(
        _ row: String, shared: String = shared
    ) throws -> SheetTable {
        let book = book(row, shared: shared)
        let known = try book.slowTable
        for pieces in [1, 7, 64, 1 << 16] {
            let read = try Book(
                book.bytes, limits: ByteBuiltBook.limits, by: ReadingManner(pieces: pieces))
            let table = try read.table(of: read.sheets[0])
            #expect(table.records == known.records)
            #expect(table.readings == known.readings)
            #expect(table.hiddenRows == known.hiddenRows)
            #expect(table.formulas == known.formulas)
            #expect(table.formulasWithoutValue == known.formulasWithoutValue)
        }
        return known
    }
}
