public import Enrollment
internal import JSON
internal import Store

/// 次の年度. What is to become of an appointment at the turn of the year, as far as can be told today.
public struct RenewalOutlook: Sendable {
    public let next: FiscalYear
    /// Nil while the next year has no lists.
    public let rules: FiscalYearRules?
    /// Nil while nobody can tell.
    public let outcome: Renewal.Outcome?
    /// The videos of the next year of which no day is known that counts.
    public let missing: [Video]
    /// The days that were told early on the own page, by the video's number.
    public let told: [Int: Day]
    public let reuse: ReuseAnswer
    /// 更新の手続中: the appointment is over, and the renewal is not carried out yet.
    public let isUnderWay: Bool

    /// Whether nothing stands in the way.
    public var goesOn: Bool { outcome == nil || outcome == .continues }

    /// The videos whose days can be told, or told otherwise, before the renewal.
    public var asked: [Video] {
        (rules?.videos ?? []).filter { missing.contains($0) || told[$0.slot] != nil }
    }
}

extension Office {
    /// What is to become of the appointment that came of an application; nil where it has ended
    /// early, where the renewal is carried out, and after the grace.
    public func renewalOutlook(ofApplication id: Int) async throws -> RenewalOutlook? {
        guard let appointment = try await reading.appointment(ofApplication: id) else { return nil }
        let next = FiscalYear(containing: appointment.term.from).next
        guard appointment.term.endReason == nil, today < next.lastDay,
            try await !reading.isRenewed(next),
            let candidate = try await reading.renewalCandidate(for: next, of: id)
        else { return nil }
        let rules = try await rules(of: next)
        guard today <= (try await lastDayOfGrace(of: next, under: rules)) else { return nil }
        return RenewalOutlook(
            candidate.facts, to: next, under: rules,
            told: try await reading.toldViewings(of: id, in: next),
            isUnderWay: today >= next.firstDay)
    }

    /// Where the year has no lists yet, what opening it would make of the grace of the year before.
    private func lastDayOfGrace(
        of next: FiscalYear, under rules: FiscalYearRules?
    ) async throws -> Day {
        if let known = rules { return known.graceUntil }
        guard let before = try await self.rules(of: next.previous)?.graceUntil else {
            return next.firstDay
        }
        let (year, month, day) = before.civil
        return Day(year: year + 1, month: month, day: day) ?? before.adding(days: 365)
    }

    /// 来年度の動画. Keeps the days on which the holder of an appointment watched what the next year
    /// requires; a day that is left out is taken back. Throws `Refusal.conflict` where there is
    /// nothing to tell any more.
    public func tellViewings(
        _ draft: ApplicationDraft, ofApplication id: Int, by actor: Actor
    ) async throws -> Checked<Int> {
        guard let record = try await reading.application(id: id),
            let outlook = try await renewalOutlook(ofApplication: id), let rules = outlook.rules
        else { throw Self.renewed }
        switch Viewing.check(draft, of: outlook.asked, on: today, under: rules) {
        case .rejected(let problems): return .rejected(problems)
        case .accepted(let viewings, let notices):
            let changed = try await write { writing in
                try await tell(viewings, outlook, of: record, in: writing, at: moment(actor))
            }
            return .accepted(changed, notices: notices)
        }
    }

    private func tell(
        _ viewings: [Viewing], _ outlook: RenewalOutlook, of record: ApplicationRecord,
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> Int {
        guard try await !writing.reading.isRenewed(outlook.next) else { throw Self.renewed }
        var changed: [(slot: Int, day: Day?)] = []
        for video in outlook.asked {
            let day = viewings.first { $0.slot == video.slot }?.viewedOn
            let isNew = try await writing.setViewing(
                video.slot, day, in: outlook.next, of: record, at: moment)
            if isNew { changed.append((video.slot, day)) }
        }
        if !changed.isEmpty {
            let details = EventDetails(
                before: Self.days(changed.map { ($0.slot, outlook.told[$0.slot]) }),
                after: Self.days(changed))
            self.record(
                [Event(.tellViewings, on: "application:\(record.id)", details: details)],
                in: writing, at: moment)
        }
        return changed.count
    }

    /// By the number of the video; nothing where no day is told.
    private static func days(_ told: [(slot: Int, day: Day?)]) -> JSONValue {
        .object(
            told.map {
                JSONMember(String($0.slot), $0.day.map { .string($0.description) } ?? .null)
            }
        )
    }

    /// 次の年度の更新に、入力した内容を使うか. Keeps what the applicant or holder says last, from the
    /// application to the renewal. Throws `Refusal.conflict` where nothing depends on it any more.
    public func answerReuse(
        _ answer: ReuseAnswer, ofApplication id: Int, by actor: Actor
    ) async throws {
        let outlook = try await renewalOutlook(ofApplication: id)
        try await write { writing in
            guard let held = try await writing.hold(application: id) else { throw Self.renewed }
            let next = outlook?.next ?? (held.isBeforeAppointment ? held.year.next : nil)
            guard let next, try await !writing.reading.isRenewed(next) else { throw Self.renewed }
            guard try await writing.setReuse(answer, of: id) else { return }
            let details = EventDetails(
                before: .object(["answer": .string(held.reuse.rawValue)]),
                after: .object(["answer": .string(answer.rawValue)]))
            record(
                [Event(.answerReuse, on: "application:\(id)", details: details)], in: writing,
                at: moment(actor))
        }
    }

    private static let renewed = Refusal.conflict(.renewalIsOver)

    /// Whether the appointment of a badge that is over is about to be renewed.
    public func isBeingRenewed(badge token: String) async throws -> Bool {
        guard let id = try await reading.application(ofBadge: token),
            let outlook = try await renewalOutlook(ofApplication: id)
        else { return false }
        return outlook.isUnderWay && outlook.goesOn
    }

    /// Of some people, those whose appointment of the year before is about to be renewed, with its
    /// kind.
    func beingRenewed(_ people: [Int]) async throws -> [Int: Kind] {
        var kinds: [Int: Kind] = [:]
        for held in try await reading.lastingApplications(of: people, in: year.previous) {
            guard let outlook = try await renewalOutlook(ofApplication: held.applicationID),
                outlook.isUnderWay, outlook.goesOn,
                let record = try await reading.application(id: held.applicationID)
            else { continue }
            kinds[held.personID] = record.kind
        }
        return kinds
    }
}

extension RenewalOutlook {
    fileprivate init(
        _ facts: Renewal.Candidate, to next: FiscalYear, under rules: FiscalYearRules?,
        told: [Int: Day], isUnderWay: Bool
    ) {
        let (outcome, slots) =
            rules.map { Renewal.outcome(of: facts, under: $0) }.map { ($0.outcome, $0.missing) }
            ?? (facts.reuse == .no ? .declined : nil, [])
        let required = rules?.videos(for: facts.kind, facts.category) ?? []
        self.init(
            next: next, rules: rules, outcome: outcome,
            missing: required.filter { slots.contains($0.slot) }, told: told, reuse: facts.reuse,
            isUnderWay: isUnderWay)
    }
}
