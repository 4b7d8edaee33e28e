public import Enrollment
internal import Secrets

extension Office {
    /// Files invented people who apply alone, as if their addresses were confirmed. Only in a demo:
    /// throws `Refusal.notYours` elsewhere, and `Refusal.conflict` for a draft that is not fit.
    public func submitInvented(_ drafts: [ApplicationDraft]) async throws -> Int {
        guard settings.isDemo else { throw Refusal.notYours }
        let rules = try await currentRules()
        let applications = try drafts.map { draft in
            switch Application.check(draft, on: today, under: rules, as: .form) {
            case .accepted(let application, _): return application
            case .rejected(let problems):
                throw Refusal.conflict(.inventedPersonIsUnfit(problems.map(\.code)))
            }
        }
        for start in stride(from: 0, to: applications.count, by: 1_000) {
            let part = applications[start..<min(start + 1_000, applications.count)]
            _ = try await write { writing in
                let submissions = part.map {
                    submission(
                        $0, by: .individual, onceKey: "demo-\(Token(random).text)",
                        grade: .declared)
                }
                return try await submit(submissions, in: writing, at: moment(.demo))
            }
        }
        return applications.count
    }
}
