internal import Enrollment
internal import EventLoop

/// An organization's file as rows that were checked by themselves and against each other, away from
/// the loop.
enum GroupFileReader: Sendable {
    case plan(GroupPlan, format: String)
    case fault(Problem)

    static func read(
        _ source: SheetToRead, by basis: GroupPlan.Basis
    ) async throws -> GroupFileReader {
        let table: GroupTable
        do {
            table = try await self.table(source, under: basis.rules, choosing: basis.choices)
        } catch let fault as GroupTable.Fault { return .fault(fault.problem) }
        var plan = try await plan(table.records, by: basis)
        plan.sheets = table.sheets
        if let notices = table.notices {
            plan.notice(
                notices.problems(
                    under: plan.headerRow, from: basis.organization, in: basis.rules.year))
        }
        return .plan(plan, format: table.format.description)
    }

    /// The records of a file as they stand in it. Throws `GroupTable.Fault`.
    static func table(
        _ source: SheetToRead, under rules: FiscalYearRules, choosing choices: ColumnChoices
    ) async throws -> GroupTable {
        try await runBlocking { try GroupTable.read(source, under: rules, choosing: choices) }
    }

    /// What whoever sends a file is asked about its columns, and its sheets; nil where that cannot
    /// help.
    static func columns(
        _ source: SheetToRead, under rules: FiscalYearRules, choosing choices: ColumnChoices
    ) async throws -> (FileColumns, FileSheets?)? {
        try await runBlocking {
            let table: GroupTable
            do {
                table = try GroupTable.read(source, under: rules, choosing: choices)
            } catch is GroupTable.Fault { return nil }
            return FileColumns.read(table.records, under: rules, choosing: choices)
                .map { ($0, table.sheets) }
        }
    }

    /// Two halves side by side: checking rows is what takes time.
    private static func plan(
        _ records: [GroupRecord], by basis: GroupPlan.Basis
    ) async throws -> GroupPlan {
        let middle = records.count / 2
        async let later = runBlocking {
            GroupPlan(records, places: middle..<records.count, by: basis)
        }
        let first = try await runBlocking { GroupPlan(records, places: 0..<middle, by: basis) }
        let rest = try await later
        return try await runBlocking {
            var plan = first
            plan.finish([rest])
            return plan
        }
    }
}
