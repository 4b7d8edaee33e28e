public import Enrollment
public import Store

/// An application of a year puts aside the renewal of the appointment of the year before: whoever
/// applies while it is under way (更新の手続中) is decided on anew.
extension Office {
    /// Whether renewals to a year are under way, so that whoever applies is to know of them.
    public func isTurning(to year: FiscalYear) async throws -> Bool {
        guard today >= year.firstDay, let rules = try await rules(of: year),
            today <= rules.graceUntil
        else { return false }
        return try await reading.awaitsRenewal(year)
    }

    /// Whether an application, sent now, would put aside a renewal that is under way.
    public func displacesRenewal(_ application: Application) async throws -> Bool {
        guard try await isTurning(to: application.year),
            let person = try await reading.person(ofKey: application.keys.sure)
        else { return false }
        return try await renewalsUnderWay(of: [person], to: application.year, reading)
            .contains(HeldKind(personID: person, kind: application.kind))
    }

    /// What some people hold whose renewal is under way.
    func renewalsUnderWay(
        of people: [Int], to year: FiscalYear, _ reading: ReadStore
    ) async throws -> Set<HeldKind> {
        guard let rules = try await rules(of: year, reading), today <= rules.graceUntil,
            try await reading.awaitsRenewal(year)
        else { return [] }
        let open = try await reading.renewalCandidates(for: year, ofPeople: people).filter {
            Renewal.outcome(of: $0.facts, under: rules).outcome.isOpen
        }
        return Set(open.map { HeldKind(personID: $0.personID, kind: $0.facts.kind) })
    }

    /// Of a basis of this year: how many are not counted yet, by kind, because their renewal is
    /// under way. Empty before the year, and once the turn is carried out.
    func renewalsUnderWay(on basis: TallyBasis) async throws -> [Kind: Int] {
        guard basis.year == year, try await isTurning(to: year),
            let rules = try await rules(of: year)
        else { return [:] }
        let open = try await reading.renewalCandidates(for: year).filter {
            Renewal.outcome(of: $0.facts, under: rules).outcome.isOpen
        }
        return Dictionary(grouping: open, by: \.facts.kind).mapValues(\.count)
    }

    /// Why an appointment was not renewed, for the page of its holder: of an application that took
    /// its place, or of the appointment itself. Nil where it was renewed or never to be.
    public func lapsedRenewal(
        of record: ApplicationRecord, _ appointment: AppointmentRecord?
    ) async throws -> LapsedRenewal? {
        func outcome(to year: FiscalYear) async throws -> Renewal.Outcome? {
            try await reading.renewalOutcome(of: record.personID, record.kind, to: year)
        }
        if record.route != .renewal, try await outcome(to: record.year) == .alreadyApplied {
            return LapsedRenewal(to: record.year, outcome: .alreadyApplied, byThis: true)
        }
        guard appointment?.term.state(on: today) == .expired,
            let found = try await outcome(to: record.year.next), found != .continues
        else { return nil }
        return LapsedRenewal(to: record.year.next, outcome: found, byThis: false)
    }
}

/// An appointment that was not renewed.
public struct LapsedRenewal: Sendable {
    public let year: FiscalYear
    public let outcome: Renewal.Outcome
    /// Whether the application in question is what took the renewal's place.
    public let isByThis: Bool

    init(to year: FiscalYear, outcome: Renewal.Outcome, byThis: Bool) {
        self.year = year
        self.outcome = outcome
        isByThis = byThis
    }
}
