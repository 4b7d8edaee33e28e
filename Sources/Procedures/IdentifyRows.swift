internal import Enrollment
internal import EventLoop
internal import Secrets
internal import Store
internal import Words

/// Of whom the rows of a file speak.
struct IdentifiedRows {
    /// By the row's number; of rows that speak of nobody who is known, nothing.
    let subjects: [Int: RowSubject]
    /// Everybody of whom a row speaks, or may.
    let people: [Int]
    let holders: [String: [MailHolder]]
}

/// What is held of those of whom rows may speak, in the year of a file.
private struct HeldFacts {
    let live: [HeldKind: LiveApplication]
    let ended: [HeldKind: EndedRow]
    let sent: [Int: SentPerson]
}

extension Office {
    /// 名寄せ. Finds of whom each fit row of a file speaks, among everybody who is held, and what the
    /// organization may know of them. Throws `Refusal.conflict` while the rules are not loaded.
    func identify(
        _ plan: GroupPlan, of scope: OrganizationScope, on today: Day, in year: FiscalYear,
        from reading: ReadStore
    ) async throws -> IdentifiedRows {
        guard let rules = try await reading.identityRules(on: today) else {
            throw Refusal.conflict(.identityRulesAreMissing)
        }
        let lines = plan.identified
        let records = try await runBlocking { lines.compactMap { plan.identity(ofLine: $0) } }
        let applications = lines.lazy.compactMap { plan.lines[$0].application }
        let decided = try await decided(applications, scope.organizationID, reading)
        let held = try await reading.heldPeople(
            like: records, named: applications.map(\.name), of: scope.organizationID)
        let matching = IdentityMatching(
            records, among: held.records, answers: decided.answers, names: held.names,
            under: rules)
        let matches = try await runBlocking { matching.matches() }
        let people = Array(Set(matches.flatMap(\.people)))
        let facts = try await facts(of: people, scope, year, reading)
        var subjects: [Int: RowSubject] = [:]
        for (place, (match, application)) in zip(matches, applications).enumerated() {
            let isNamedTwice = decided.namedTwice.contains(place)
            subjects[plan.lines[lines[place]].row] = facts.subject(
                match, application.kind, scope, isNamedTwice: isNamedTwice)
        }
        return IdentifiedRows(
            subjects: subjects, people: subjects.values.flatMap(\.people),
            holders: try await reading.mailHolders(
                applications.map(\.mailKey), of: scope, in: year))
    }

    /// What the office has said already of rows like these.
    private func decided(
        _ applications: some Sequence<Application>, _ organizationID: Int, _ reading: ReadStore
    ) async throws -> (answers: IdentityAnswers, namedTwice: Set<Int>) {
        let doubts = try await reading.decidedDoubts(
            applications.map(\.keys.sure), of: organizationID)
        let byKey = Dictionary(grouping: doubts) { $0.kind.rawValue + $0.key }
        var (answers, namedTwice) = (IdentityAnswers(), Set<Int>())
        guard !byKey.isEmpty else { return (answers, namedTwice) }
        for (place, application) in applications.enumerated() {
            for doubt in byKey[application.kind.rawValue + application.keys.sure] ?? [] {
                switch doubt.answer {
                case .same:
                    answers.same[place] = doubt.personID
                    if doubt.isOfFile { namedTwice.insert(place) }
                case .different:
                    guard let other = doubt.otherPersonID else { continue }
                    answers.different[place, default: []].insert(other)
                }
            }
        }
        return (answers, namedTwice)
    }

    private func facts(
        of people: [Int], _ scope: OrganizationScope, _ year: FiscalYear, _ reading: ReadStore
    ) async throws -> HeldFacts {
        HeldFacts(
            live: try await reading.liveApplications(ofPeople: people, in: year),
            ended: try await reading.endedRows(ofPeople: people, to: scope, in: year),
            sent: try await reading.sent(people, by: scope))
    }
}

extension HeldFacts {
    /// Nil of nobody who is known. Of those whom the organization has not sent it is asked nothing,
    /// because the question would tell of applications elsewhere.
    func subject(
        _ match: IdentityMatch, _ kind: Kind, _ scope: OrganizationScope, isNamedTwice: Bool
    ) -> RowSubject? {
        switch match {
        case .nobody: nil
        case .same(let one):
            known(one, kind, scope.organizationID, isNamedTwice: isNamedTwice)
        case .ask(let some):
            some.sorted { $0.reason.outweighs($1.reason) }.lazy
                .compactMap { asked($0, among: some.map(\.personID)) }.first
        }
    }

    private func known(
        _ one: IdentityCandidate, _ kind: Kind, _ organizationID: Int, isNamedTwice: Bool
    ) -> RowSubject {
        let personID = one.personID
        let who = HeldKind(personID: personID, kind: kind)
        let known = live[who].map { match in
            var known = GroupPlan.Known(
                organizationIDs: match.organizationIDs,
                digest: match.digests[organizationID] ?? "",
                mayBeCorrected: match.mayBeCorrected(by: organizationID),
                isNamedTwice: isNamedTwice)
            known.place = match.places[organizationID]
            return known
        }
        return .known(
            personID: personID, live: known, ended: ended[who], because: one.reason)
    }

    private func asked(_ candidate: IdentityCandidate, among all: [Int]) -> RowSubject? {
        guard let person = sent[candidate.personID] else { return nil }
        let facts = IdentityWords.facts([person.kana, person.email, person.street])
        var asked = AskedPerson(
            personID: person.personID, applicationID: person.applicationID, name: person.name,
            facts: facts, reason: candidate.reason)
        asked.candidates = all
        return .asked(asked)
    }
}

extension IdentityMatch {
    fileprivate var people: [Int] {
        switch self {
        case .nobody: []
        case .same(let one): [one.personID]
        case .ask(let some): some.map(\.personID)
        }
    }
}

extension RowSubject {
    fileprivate var people: [Int] {
        switch self {
        case .known(let personID, _, _, _): [personID]
        case .asked(let person): [person.personID]
        }
    }
}
