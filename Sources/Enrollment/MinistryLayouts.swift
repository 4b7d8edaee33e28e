/// 本省様式. The layouts of one fiscal year's workbook.
public struct MinistryLayouts: Sendable {
    /// 様式版: the year that the layouts are of.
    public let version: Int
    public let roster: MinistrySheet<RosterColumn>
    public let totals: MinistrySheet<TotalsColumn>
    public let organizations: MinistrySheet<OrganizationTotalsColumn>
    public let groups: MinistrySheet<GroupTotalsColumn>
    public let prefectures: MinistrySheet<PrefectureTotalsColumn>
    public let months: MinistrySheet<MonthlyColumn>

    /// Reads each sheet's layout with `text`, which gets the sheet's name. Throws whatever `text`
    /// throws, or the fault of a layout with the sheet it is in.
    public init(version: Int, text: (SheetName) throws -> String) throws {
        func sheet<Column: SheetColumn>(_: Column.Type) throws -> MinistrySheet<Column> {
            let layout = try text(Column.sheet)
            do throws(LayoutFault) {
                return try MinistrySheet<Column>(layout: layout)
            } catch { throw LayoutTrouble(sheet: Column.sheet, fault: error) }
        }
        self.version = version
        roster = try sheet(RosterColumn.self)
        totals = try sheet(TotalsColumn.self)
        organizations = try sheet(OrganizationTotalsColumn.self)
        groups = try sheet(GroupTotalsColumn.self)
        prefectures = try sheet(PrefectureTotalsColumn.self)
        months = try sheet(MonthlyColumn.self)
    }
}

/// A layout that cannot be read, and of which sheet.
public struct LayoutTrouble: Error, Equatable, Sendable {
    public let sheet: SheetName
    public let fault: LayoutFault
}

extension SheetName {
    /// The name of its layout in `Exports/ministry/YEAR/`.
    public var fileName: String { "\(number)_\(rawValue).layout" }
}
