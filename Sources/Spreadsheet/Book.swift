/// A spreadsheet's book (.xlsx; ECMA-376 and ISO/IEC 29500, of either namespace) that somebody else
/// made: opened with its texts and formats, its sheets read one by one.
public struct Book {
    public struct Sheet: Sendable, Equatable {
        public let name: String
        /// Not shown to people.
        public let isHidden: Bool
        let part: String
    }

    public let sheets: [Sheet]
    private let source: BookSource
    private let contents: BookContents

    /// Opens a book. Throws `BookFault`; among others for what might run or be fetched: programs,
    /// values of other books, declared document types. Links that a person follows are harmless.
    public init(_ bytes: [UInt8], limits: BookLimits) throws(BookFault) {
        try self.init(bytes, limits: limits, by: .quick)
    }

    init(_ bytes: [UInt8], limits: BookLimits, by manner: ReadingManner) throws(BookFault) {
        let archive = try ZipArchive(bytes)
        try Self.refuseWhatRuns(in: archive)
        let budget = InflationBudget(limits.inflated)
        let links = try Links(of: "", named: "_rels/.rels", in: archive, budget)
        guard let main = links.first("officeDocument") else { throw .damaged }
        let parts = try Links(of: main, named: Links.part(of: main), in: archive, budget)
        if parts.first("externalLink") != nil { throw .externalLinks }
        if parts.first("vbaProject") != nil { throw .macros }
        let workbook = WorkbookReader()
        try workbook.read(main, of: archive, within: budget)
        sheets = workbook.sheets.compactMap { sheet in
            guard let part = parts.worksheet(sheet.link) else { return nil }
            return Sheet(name: sheet.name, isHidden: sheet.isHidden, part: part)
        }
        source = BookSource(archive: archive, limits: limits, budget: budget, manner: manner)
        contents = try BookContents(parts, of: source, counts1904: workbook.countsFrom1904)
    }

    /// Reads a sheet, to the row of a number at most. Throws `BookFault`.
    public func table(of sheet: Sheet, upTo row: Int? = nil) throws(BookFault) -> SheetTable {
        var records: [TableRecord] = []
        var table = try read(sheet, upTo: row) {
            records.append(TableRecord(row: $0.number, cells: $0.cells))
        }
        table.records = records
        if row == nil { table.fillMerged() }
        return table
    }

    /// Gives each row of a sheet that holds something, in their order, to its last cell that does,
    /// and keeps none; cells that are shown as one hold their text where it stands. At the end what
    /// is behind the texts. Throws `BookFault`, also after rows were given.
    public func read(
        _ sheet: Sheet, upTo row: Int? = nil, each: @escaping (TextRow) -> Void
    ) throws(BookFault) -> SheetTable {
        let reader = SheetReader(contents, source.limits, upTo: row ?? .max, each: each)
        try source.read(sheet.part, by: reader)
        return reader.notes
    }

    private static func refuseWhatRuns(in archive: ZipArchive) throws(BookFault) {
        if archive.has("xl/vbaProject.bin") { throw .macros }
        if archive.hasAny(in: "xl/externallinks/") { throw .externalLinks }
    }
}

/// Where the parts of a book come from.
private struct BookSource {
    let archive: ZipArchive
    let limits: BookLimits
    /// For all that is read of the book.
    let budget: InflationBudget
    let manner: ReadingManner

    func read(_ part: String, by reader: PartReader) throws(BookFault) {
        try reader.read(part, of: archive, within: budget, by: manner)
    }
}

/// What the cells of all sheets refer to.
struct BookContents {
    let texts: SharedTexts
    let formats: [CellFormat]
    /// By the number of the format.
    let shownNumbers: [ShownNumber]
    /// Days are counted from 1904, as on the Macintosh of before.
    let countsFrom1904: Bool
}

extension BookContents {
    fileprivate init(
        _ parts: Links, of source: BookSource, counts1904: Bool
    ) throws(BookFault) {
        let styles = StylesReader()
        if let part = parts.first("styles") { try source.read(part, by: styles) }
        let texts = SharedTextReader(limit: source.limits.text)
        if let part = parts.first("sharedStrings") { try source.read(part, by: texts) }
        self.init(
            texts: texts.shared, formats: styles.formats,
            shownNumbers: styles.formats.map { ShownNumber($0) }, countsFrom1904: counts1904)
    }
}

/// Which part refers to which others, and as what.
private struct Links {
    private let base: Substring
    private let all: [LinksReader.Link]

    /// Where the links of a part stand.
    static func part(of name: String) -> String {
        let folder = Self.folder(of: name)
        return "\(folder)_rels/\(name.dropFirst(folder.count)).rels"
    }

    private static func folder(of name: String) -> Substring {
        name.lastIndex(of: "/").map { name[...$0] } ?? ""
    }

    init(
        of name: String, named part: String, in archive: ZipArchive, _ budget: InflationBudget
    ) throws(BookFault) {
        base = Self.folder(of: name)
        let reader = LinksReader()
        try reader.read(part, of: archive, within: budget)
        all = reader.links
    }

    /// The part that is linked as something; the word ends the address of the kind of link in both
    /// standards.
    func first(_ kind: String) -> String? {
        all.first { $0.kind.hasSuffix("/" + kind) }.map(part)
    }

    /// The sheet of cells by the name of its link; there are sheets of charts and of dialogues,
    /// too.
    func worksheet(_ id: String) -> String? {
        all.first { $0.id == id && $0.kind.hasSuffix("/worksheet") }.map(part)
    }

    private func part(_ link: LinksReader.Link) -> String {
        if link.target.hasPrefix("/") { return String(link.target.dropFirst()) }
        var folders = base.split(separator: "/").map(String.init)
        for step in link.target.split(separator: "/") where step != "." {
            if step == ".." { _ = folders.popLast() } else { folders.append(String(step)) }
        }
        return folders.joined(separator: "/")
    }
}

private final class LinksReader: PartReader {
    struct Link {
        let id, kind, target: String
    }

    private(set) var links: [Link] = []

    override func begin(_ name: XMLName, _ attributes: XMLAttributes) {
        guard "Relationship" ~= name, attributes["TargetMode"] != "External" || isBook(attributes)
        else { return }
        links.append(
            Link(
                id: attributes["Id"] ?? "", kind: attributes["Type"] ?? "",
                target: attributes["Target"] ?? ""))
    }

    /// A link to a book is told, wherever that is.
    private func isBook(_ attributes: XMLAttributes) -> Bool {
        attributes["Type"]?.hasSuffix("/externalLink") == true
    }
}

private final class WorkbookReader: PartReader {
    private(set) var sheets: [(name: String, isHidden: Bool, link: String)] = []
    private(set) var countsFrom1904 = false

    override func begin(_ name: XMLName, _ attributes: XMLAttributes) {
        switch name {
        case "workbookPr": countsFrom1904 = attributes.isTrue("date1904")
        case "sheet":
            let state = attributes["state"] ?? "visible"
            sheets.append((attributes["name"] ?? "", state != "visible", attributes["id"] ?? ""))
        default: break
        }
    }
}
