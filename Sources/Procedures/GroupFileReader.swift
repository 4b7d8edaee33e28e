internal import Enrollment
internal import EventLoop
internal import Spreadsheet
internal import Words

extension Office {
    /// Largest file: a setting, kept in `ops/limits.md`.
    static let groupLimits = CSVLimits(rows: 30_010, bytes: 20 << 20)
}

/// An organization's file as rows that were checked by themselves and against each other, away from
/// the loop.
enum GroupFileReader: Sendable {
    case plan(GroupPlan, format: String)
    case fault(Problem)

    static func read(
        _ bytes: [UInt8], of organization: OpenOrganization, on today: Day,
        under rules: FiscalYearRules
    ) async throws -> GroupFileReader {
        let csv: CSVFile
        do { csv = try await table(bytes) } catch let fault as CSVFault {
            return .fault(problem(of: fault))
        }
        let records = csv.records.map { GroupRecord(row: $0.row, cells: $0.cells) }
        let plan = try await plan(records, of: organization, on: today, under: rules)
        return .plan(plan, format: csv.format.description)
    }

    /// The records of a file as they stand in it. Throws `CSVFault`.
    static func table(_ bytes: [UInt8]) async throws -> CSVFile {
        try await runBlocking { try CSVFile.read(bytes, limits: Office.groupLimits) }
    }

    /// Two halves side by side: checking rows is what takes time.
    private static func plan(
        _ records: [GroupRecord], of organization: OpenOrganization, on today: Day,
        under rules: FiscalYearRules
    ) async throws -> GroupPlan {
        let middle = records.count / 2
        async let later = runBlocking {
            GroupPlan(
                records, places: middle..<records.count, of: organization, on: today, under: rules)
        }
        let first = try await runBlocking {
            GroupPlan(records, places: 0..<middle, of: organization, on: today, under: rules)
        }
        let rest = try await later
        return try await runBlocking {
            var plan = first
            plan.finish([rest])
            return plan
        }
    }

    private static func problem(of fault: CSVFault) -> Problem {
        switch fault {
        case .empty: Problem(.fileWithoutRows)
        case .tooLarge(let rows, let bytes):
            Problem(.fileTooLarge, nil, [.count: "\(rows.grouped)行、\(bytes >> 20)MB"])
        case .notCSV(let kind): Problem(.fileOfAnotherKind, nil, [.kind: kind.rawValue])
        case .undecodable(let row): Problem(.encodingUnknown, nil, [.number: String(row)])
        case .brokenCharacter(let row): Problem(.rowOctetsBroken, nil, [.number: String(row)])
        case .savedGarbled: Problem(.fileGarbled)
        case .unclosedQuote(let row): Problem(.quoteNotClosed, nil, [.number: String(row)])
        }
    }
}
