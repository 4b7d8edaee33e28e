internal import Enrollment
internal import EventLoop
internal import Spreadsheet
internal import Store
internal import Words

extension Office {
    /// 行の一覧: what would become of each row of a plan, and of whom it speaks, as a CSV file for
    /// Excel (UTF-8 with a mark, no cell that it would take for a formula). It names everybody of
    /// whom a row may speak, also those whom the organization may not know: for the operator. Nil
    /// where the file could not be read.
    public func linesFile(of planned: PlannedGroup) async throws -> [UInt8]? {
        guard let plan = planned.plan else { return nil }
        let receipts = try await receipts(of: plan)
        let messages = Messages(try await currentRules(), year: year).naming(plan.headingNames)
        return try await runBlocking {
            let words = LineWords(messages)
            let rows = plan.lines.indices.map { index in
                words.cells(plan.lines[index], receipts: receipts[index])
            }
            return CSVWriter.write([LineWords.headings] + rows, as: .template, guardsFormulas: true)
        }
    }

    /// Of each line: of what was applied for this year in the row's kind, or else of the newest
    /// application of whoever it is about.
    private func receipts(of plan: GroupPlan) async throws -> [[String]] {
        let people = Array(Set(plan.lines.indices.flatMap { plan.lines[$0].people })).sorted()
        let live = try await reading.liveApplications(ofPeople: people, in: year)
        let newest = try await reading.newestReceipts(ofPeople: people)
        return plan.lines.indices.map { index in
            let kind = plan.lines[index].application?.kind
            return plan.lines[index].people.compactMap { person in
                kind.flatMap { live[HeldKind(personID: person, kind: $0)]?.receipt }
                    ?? newest[person]
            }
        }
    }
}
