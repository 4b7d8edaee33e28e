/// A book written part by part, in the manner of Excel.
public struct ByteBuiltBook: Sendable {
    public var parts: [(name: String, text: String)]

    public static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    public static let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    public static let strictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    public static let strictLinks = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    private static let spacing = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
    private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n"

    /// Of one sheet with these rows (`<row>…`), and what else stands in its parts.
    public init(
        _ rows: String, shared: String = "", styles: String = "", after: String = "",
        before: String = "", properties: String = "", isStrict: Bool = false
    ) {
        let main = isStrict ? Self.strictMain : Self.main
        let links = isStrict ? Self.strictLinks : Self.links
        parts = [
            ("[Content_Types].xml", Self.head + "<Types/>"),
            (
                "_rels/.rels",
                Self.relations([("rId1", links + "/officeDocument", "xl/workbook.xml")])
            ),
            (
                "xl/workbook.xml",
                Self.head + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(links)\">\(properties)"
                    + "<sheets><sheet name=\"名簿\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                Self.relations([
                    ("rId1", links + "/worksheet", "worksheets/sheet1.xml"),
                    ("rId2", links + "/styles", "styles.xml"),
                    ("rId3", links + "/sharedStrings", "/xl/sharedStrings.xml"),
                ])
            ),
            (
                "xl/worksheets/sheet1.xml",
                Self.head + "<worksheet xmlns=\"\(main)\" xmlns:x14ac=\"\(Self.spacing)\">"
                    + "\(before)<sheetData>\(rows)</sheetData>"
                    + "\(after)</worksheet>"
            ),
            ("xl/styles.xml", Self.head + "<styleSheet xmlns=\"\(main)\">\(styles)</styleSheet>"),
            // Excel writes it under another case than some links have.
            ("xl/SharedStrings.xml", Self.head + "<sst xmlns=\"\(main)\">\(shared)</sst>"),
        ]
    }

    /// Of several sheets, each with its rows and whether people see it (`visible`, `hidden`).
    public init(sheets: [(name: String, rows: String, state: String)]) {
        self.init("")
        let list = sheets.enumerated().map { index, sheet in
            "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" state=\"\(sheet.state)\" "
                + "r:id=\"rId\(index + 1)\"/>"
        }
        parts[2].text =
            "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.links)\"><sheets>"
            + list.joined() + "</sheets></workbook>"
        parts[3].text = Self.relations(
            sheets.indices.map {
                ("rId\($0 + 1)", Self.links + "/worksheet", "sheets/\($0).xml")
            })
        for (index, sheet) in sheets.enumerated() {
            parts.append(
                (
                    "xl/sheets/\(index).xml",
                    "<worksheet xmlns=\"\(Self.main)\"><sheetData>\(sheet.rows)</sheetData>"
                        + "</worksheet>"
                ))
        }
    }

    public static func relations(_ all: [(id: String, kind: String, target: String)]) -> String {
        let entries = all.map {
            "<Relationship Id=\"\($0.id)\" Type=\"\($0.kind)\" Target=\"\($0.target)\"/>"
        }
        return head + "<Relationships xmlns=\"\(package)\">\(entries.joined())</Relationships>"
    }

    /// As a file in which nothing is packed.
    public var bytes: [UInt8] { StoredZip(parts).bytes }
}
