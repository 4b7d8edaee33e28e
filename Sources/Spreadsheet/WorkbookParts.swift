/// What a workbook says of a finished sheet.
struct SheetSummary {
    let name: String
    let columnCount: Int
    let isHidden: Bool
    var rowCount = 0

    /// Excel's rule for names of sheets.
    static func allows(_ name: String) -> Bool {
        !name.isEmpty && name.utf16.count <= 31
            && !name.unicodeScalars.contains { "[]:*?/\\'".unicodeScalars.contains($0) }
    }

    /// The filled range: A1:AU55426.
    var range: String { "A1:\(CellName.letters(columnCount - 1))\(max(rowCount, 1))" }

    /// The same with dollar signs.
    var fixedRange: String {
        "$A$1:$\(CellName.letters(columnCount - 1))$\(max(rowCount, 1))"
    }
}

/// Names of cells.
enum CellName {
    /// A, B, … Z, AA, … for 0, 1, …
    static func letters(_ column: Int) -> String {
        var (text, rest) = ("", column + 1)
        while rest > 0 {
            text = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + text
            rest = (rest - 1) / 26
        }
        return text
    }
}

/// The parts of the package that are mostly fixed text.
enum WorkbookParts {
    private static let head = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let relations =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let types = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    static func sheetHead(_ widths: [Int], _ formats: [ColumnFormat], isFirst: Bool) -> String {
        let columns = widths.enumerated().map { index, width in
            let typed = formats[index].help == nil ? "" : #" style="2""#
            return #"<col min="\#(index + 1)" max="\#(index + 1)" width="\#(width)""#
                + typed + #" customWidth="1"/>"#
        }
        let selected = isFirst ? #" tabSelected="1""# : ""
        return head
            + #"<worksheet xmlns="\#(main)"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView\#(selected) "#
            + #"workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" "#
            + #"state="frozen"/></sheetView></sheetViews><cols>\#(columns.joined())</cols><sheetData>"#
    }

    /// A4 across, as many pages long as it needs and one wide.
    static func sheetFoot(_ sheet: SheetSummary, _ columns: [ColumnFormat]) -> String {
        #"</sheetData><autoFilter ref="\#(sheet.range)"/>"# + ColumnHelp.rules(of: columns)
            + #"<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>"#
            + #"<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>"#
    }

    static func workbook(_ sheets: [SheetSummary]) -> String {
        let entries = sheets.enumerated().map { index, sheet in
            #"<sheet name="\#(escaped(sheet.name))" sheetId="\#(index + 1)""#
                + (sheet.isHidden ? #" state="hidden""# : "") + #" r:id="rId\#(index + 1)"/>"#
        }
        let filters = sheets.enumerated().map { index, sheet in
            #"<definedName name="_xlnm._FilterDatabase" localSheetId="\#(index)" hidden="1">"#
                + "'\(escaped(sheet.name))'!\(sheet.fixedRange)</definedName>"
        }
        let repeated = sheets.enumerated().map { index, sheet in
            #"<definedName name="_xlnm.Print_Titles" localSheetId="\#(index)">"#
                + "'\(escaped(sheet.name))'!$1:$1</definedName>"
        }
        return head + #"<workbook xmlns="\#(main)" xmlns:r="\#(relations)"><sheets>"#
            + entries.joined() + "</sheets><definedNames>" + filters.joined()
            + repeated.joined() + "</definedNames></workbook>"
    }

    static func workbookLinks(_ sheets: [SheetSummary]) -> String {
        let links = sheets.indices.map { index in
            link(index + 1, relations + "/worksheet", "worksheets/sheet\(index + 1).xml")
        }
        return head + #"<Relationships xmlns="\#(package)/relationships">"# + links.joined()
            + link(sheets.count + 1, relations + "/styles", "styles.xml") + "</Relationships>"
    }

    static let links =
        head + #"<Relationships xmlns="\#(package)/relationships">"#
        + link(1, relations + "/officeDocument", "xl/workbook.xml") + "</Relationships>"

    static func contentTypes(_ sheets: [SheetSummary]) -> String {
        let overrides = sheets.indices.map { index in
            override("/xl/worksheets/sheet\(index + 1).xml", "worksheet")
        }
        return head + #"<Types xmlns="\#(package)/content-types">"#
            + #"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#
            + #"<Default Extension="xml" ContentType="application/xml"/>"#
            + override("/xl/workbook.xml", "sheet.main") + override("/xl/styles.xml", "styles")
            + overrides.joined() + "</Types>"
    }

    /// Formats by number: 0 as it is, 1 headings, 2 text, 3 days, 4 text to be looked at.
    static let styles =
        head + #"<styleSheet xmlns="\#(main)">"#
        + #"<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>"#
        + #"<fonts count="2"><font><sz val="11"/><name val="游ゴシック"/></font>"#
        + #"<font><b/><sz val="11"/><name val="游ゴシック"/></font></fonts>"#
        + #"<fills count="4"><fill><patternFill patternType="none"/></fill>"#
        + #"<fill><patternFill patternType="gray125"/></fill>"#
        + #"<fill><patternFill patternType="solid"><fgColor rgb="FFD9E6FF"/>"#
        + #"<bgColor indexed="64"/></patternFill></fill>"#
        + #"<fill><patternFill patternType="solid"><fgColor rgb="FFFFD9D9"/>"#
        + #"<bgColor indexed="64"/></patternFill></fill></fills>"#
        + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        + #"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>"#
        + #"<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#
        + #"<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>"#
        + #"<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#
        + #"<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#
        + #"<xf numFmtId="49" fontId="0" fillId="3" borderId="0" xfId="0" applyNumberFormat="1" applyFill="1"/></cellXfs>"#
        + #"<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#

    private static func link(_ id: Int, _ type: String, _ target: String) -> String {
        #"<Relationship Id="rId\#(id)" Type="\#(type)" Target="\#(target)"/>"#
    }

    private static func override(_ part: String, _ type: String) -> String {
        #"<Override PartName="\#(part)" ContentType="\#(types).\#(type)+xml"/>"#
    }

    static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        var text = text
        text.withUTF8 { XMLText.append($0, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
