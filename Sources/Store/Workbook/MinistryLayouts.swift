public import Enrollment

/// 本省様式. One fiscal year's headings of every sheet, and what was changed in them.
public struct MinistryLayouts: Sendable {
    /// The sheets of the workbook that have a layout, in their order.
    static let catalogue: [any CatalogueSheet] = [
        RosterSheet.sheet, ApplicationsSheet.sheet, TotalsSheet.sheet, OrganizationsSheet.sheet,
        GroupsSheet.sheet, PrefecturesSheet.sheet, MunicipalitiesSheet.sheet,
        CategoriesSheet.sheet, MonthsSheet.sheet, ApplicationStatesSheet.sheet,
        GroupFilesSheet.sheet, ViewingsSheet.sheet, BadgesSheet.sheet, MaterialsSheet.sheet,
        ChangesSheet.sheet,
    ]

    /// 様式版: the year that the layouts are of.
    public let version: Int
    /// 対応表: what was changed in them.
    let changes: [LayoutChange]
    private let sheets: [(sheet: any CatalogueSheet, layout: SheetLayout)]

    /// Reads each layout and the changes with `text`, which gets the name of a file. Throws
    /// whatever `text` throws, or the fault of a layout with the file it is in.
    public init(version: Int, text: (String) throws -> String) throws {
        self.version = version
        changes = try Self.read(Self.changesFile, text) { text throws(LayoutFault) in
            try LayoutChange.all(text)
        }
        sheets = try Self.catalogue.map { sheet in
            try Self.read(sheet.title.layoutFile, text) { text throws(LayoutFault) in
                let layout = try SheetLayout(text)
                _ = try sheet.bind(layout, repeating: [1])
                return (sheet, layout)
            }
        }
    }

    private static let changesFile = "changes.md"

    private static func read<Value>(
        _ file: String, _ text: (String) throws -> String,
        _ parse: (String) throws(LayoutFault) -> Value
    ) throws -> Value {
        let text = try text(file)
        do throws(LayoutFault) { return try parse(text) } catch {
            throw LayoutTrouble(file: file, fault: error)
        }
    }

    /// The sheets with their columns that repeat once for each number. Nothing in them is unknown:
    /// they were bound when they were read.
    public func sheets(repeating numbers: [Int]) throws -> [BoundSheet] {
        try sheets.map { try $0.sheet.bind($0.layout, repeating: numbers) }
    }
}

/// A layout that cannot be read, and the file it is in.
public struct LayoutTrouble: Error, Equatable, Sendable {
    public let file: String
    public let fault: LayoutFault
}
