public import Enrollment
internal import EventLoop
internal import Spreadsheet
internal import Store
internal import Words

extension Office {
    /// The plan of a stored file, made again from its bytes as of the day it was planned: what is
    /// wrong in it by itself. What is known of its people by now is not looked at.
    func planAgain(_ number: String) async throws -> GroupPlan {
        try await readAgain(number).plan
    }

    /// 直す行のファイル. The original rows that must be corrected, cells and encoding unchanged (but for
    /// the mark of UTF-8, which Excel needs), with 行番号, 理由 and 直し方 behind them; it can be sent
    /// again as it is. A cell that a spreadsheet would run has a `'` in front, which is taken off
    /// when the file comes back. Nil without such rows.
    public func errorFile(of number: String) async throws -> [UInt8]? {
        let (csv, plan, messages) = try await readAgain(number)
        let wrong = plan.lines.filter { $0.outcome == .error }
        guard !wrong.isEmpty, plan.headerRow >= 1 else { return nil }
        let headings = csv.records[plan.headerRow - 1].cells
        let kept = headings.indices.filter { !GroupHeadings.added.contains(headings[$0]) }
        let rows = wrong.map { line in
            let cells = csv.records[line.row - 1].cells
            let stops = line.problems.filter { $0.severity == .stop }
            return kept.map { $0 < cells.count ? cells[$0] : "" }
                + [
                    String(line.row), stops.map(messages.reason).joined(separator: " "),
                    Self.remedies(stops),
                ]
        }
        let head = kept.map { headings[$0] } + GroupHeadings.added
        return CSVWriter.write(
            [head] + rows, as: csv.format.opensInExcel, guardsFormulas: true)
    }

    /// What to do, once where several problems want the same.
    private static func remedies(_ problems: [Problem]) -> String {
        var said: [String] = []
        for remedy in problems.map(\.remedy) where !said.contains(remedy) { said.append(remedy) }
        return said.joined(separator: " ")
    }

    private func readAgain(
        _ number: String
    ) async throws -> (csv: CSVFile, plan: GroupPlan, messages: Messages) {
        guard let file = try await reading.groupFile(number: number),
            let original = try await reading.original(of: file.id),
            let rules = try await rules(of: file.year),
            let organization = rules.organizations.first(where: { $0.id == file.organizationID })
        else { throw Refusal.notFound }
        let plannedOn = file.plannedOn
        let (csv, plan) = try await runBlocking {
            let csv = try CSVFile.read(original, limits: Self.groupLimits)
            let records = csv.records.map { GroupRecord(row: $0.row, cells: $0.cells) }
            return (csv, GroupPlan(records, of: organization, on: plannedOn, under: rules))
        }
        let messages = Messages(rules, year: file.year).naming(plan.headingNames)
        return (csv, plan, messages)
    }
}

extension Office {
    /// 団体応募様式: headings and one sample row, in UTF-8 with a mark, as Excel reads it.
    public func groupTemplate(_ rules: FiscalYearRules) -> [UInt8] {
        let videos = rules.videos + rules.early
        return CSVWriter.write(
            [GroupTemplate.headings(videos), GroupTemplate.example(videos)], as: .template)
    }
}
