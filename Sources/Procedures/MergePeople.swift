public import Enrollment
internal import JSON
internal import Secrets
public import Store
internal import Words

/// One of two persons who are to be one.
public struct MergingPerson: Sendable {
    public let id: Int
    /// 委員番号; nil of whoever was never appointed.
    public let memberNumber: String?
    /// The newest first.
    public let applications: [ApplicationRecord]

    /// Where they are written to: as the newest application with an address has it.
    var reached: ApplicationRecord? { applications.first { !$0.email.isEmpty } }
}

/// 統合の下見: what would become of what two persons have.
public struct PersonMergePlan: Sendable {
    public let survivor: MergingPerson
    public let absorbed: MergingPerson
    public let merging: PersonMerging
    /// How many letters say so.
    public let letterCount: Int
    /// Of all that is shown: another one where anything has changed since. Says nothing.
    public let mark: String
}

/// 統合: the office says that two persons are one.
extension Office {
    /// Says what would be done, and does nothing. Throws `Refusal.conflict` where both are one
    /// already, and where the one who would stay has no 委員番号 and the other has.
    public func planMerge(
        of absorbed: Int, into survivor: Int
    ) async throws -> PersonMergePlan {
        try await mergePlan(absorbed, survivor, reading)
    }

    private func mergePlan(
        _ absorbed: Int, _ survivor: Int, _ reading: ReadStore
    ) async throws -> PersonMergePlan {
        guard absorbed != survivor else { throw Refusal.conflict(.isOnePersonAlready) }
        let (one, other) = (
            try await person(survivor, reading), try await person(absorbed, reading)
        )
        guard one.memberNumber != nil || other.memberNumber == nil else {
            throw Refusal.conflict(.survivorHasNoNumber)
        }
        let merging = PersonMerging(
            try await reading.mergingParts(ofPerson: survivor, isSurvivors: true)
                + reading.mergingParts(ofPerson: absorbed, isSurvivors: false))
        let told = try await recipients(one, other, reading)
        let seen = merging.parts.map { "\($0)" } + told.map(\.email)
        let code = settings.key.code(
            for: (["\(survivor)", "\(absorbed)"] + seen).joined(separator: "\0"),
            purpose: "people")
        return PersonMergePlan(
            survivor: one, absorbed: other, merging: merging, letterCount: told.count,
            mark: Digest.hex(code.prefix(12)))
    }

    func person(_ id: Int, _ reading: ReadStore) async throws -> MergingPerson {
        MergingPerson(
            id: id, memberNumber: try await reading.memberNumber(ofPerson: id),
            applications: try await reading.applications(ofPerson: id))
    }

    /// Both addresses, or the one that both have; nobody who has died.
    func recipients(
        _ one: MergingPerson, _ other: MergingPerson, _ reading: ReadStore
    ) async throws -> [ApplicationRecord] {
        for person in [one, other] where try await reading.hasDied(person: person.id) {
            return []
        }
        var told: [ApplicationRecord] = []
        for reached in [one.reached, other.reached].compactMap(\.self)
        where !told.contains(where: { $0.email.lowercased() == reached.email.lowercased() }) {
            told.append(reached)
        }
        return told
    }

    /// Does exactly what was `seen`, with the reason that the journal keeps; gives the merge's
    /// number. Throws `Refusal.conflict` when anything of either has changed since, or one of them
    /// was merged meanwhile.
    public func mergePeople(
        _ absorbed: Int, into survivor: Int, seen mark: String, because reason: String,
        by actor: Actor
    ) async throws -> Int {
        guard !reason.isEmpty else { throw Refusal.conflict(.reasonIsMissing) }
        return try await write { writing in
            let moment = moment(actor)
            guard try await writing.hold(people: [survivor, absorbed]) else {
                throw Refusal.conflict(.peopleHaveChanged)
            }
            let plan = try await mergePlan(absorbed, survivor, writing.reading)
            guard plan.mark == mark else { throw Refusal.conflict(.peopleHaveChanged) }
            let told = try await recipients(plan.survivor, plan.absorbed, writing.reading)
            let id = try await apply(plan, in: writing, at: moment)
            tell(told, plan, id, in: writing, at: moment)
            record(plan.events(merge: id, because: reason), in: writing, at: moment)
            return id
        }
    }

    private func apply(
        _ plan: PersonMergePlan, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> Int {
        let (merging, survivor) = (plan.merging, plan.survivor.id)
        let id = try await writing.addMerge(
            of: plan.absorbed.id, into: survivor, plan.before, at: moment)
        try await writing.restate(merging.terms(of: survivor), at: moment.now)
        for ending in merging.endings {
            try await writing.revokeBadge(
                of: ending.part.appointment ?? "", reason: ending.reason, at: moment.now)
        }
        let theirs = merging.parts.filter { !$0.isSurvivors }.map(\.applicationID)
        try await writing.give(theirs, to: survivor)
        try await writing.giveUndone(ofApplications: theirs, to: survivor, at: moment.now)
        for fold in merging.folds {
            try await writing.lead(
                fold.from.applicationID, into: fold.into.applicationID,
                endsApplication: fold.endsApplication, at: moment)
            guard fold.endsApplication else { continue }
            let moved = try await writing.move(
                [fold.from.applicationID],
                StateChange(from: ApplicationState.live, to: .merged), at: moment)
            record(moved.map { Event(.merge, $0, to: .merged) }, in: writing, at: moment)
        }
        try await writing.moveWaitingLetters(of: plan.absorbed.id, to: survivor)
        return id
    }

    private func tell(
        _ told: [ApplicationRecord], _ plan: PersonMergePlan, _ id: Int,
        in writing: WriteTransaction, at moment: WriteStamp
    ) {
        let letters = told.enumerated().map { place, record in
            letter(
                .peopleMerged,
                settings.letters.peopleMerged(
                    record.receipt, name: record.name, stays: plan.survivor.memberNumber),
                to: record.email, about: "\(id)-\(place)", personID: plan.survivor.id)
        }
        writing.post(letters, at: moment.now)
    }
}

extension PersonMerging {
    /// Of the one who stays from now on: what the other has, and what ends of either.
    func terms(of survivor: Int) -> [TermOwner] {
        parts.compactMap { part in
            guard let term = part.term else { return nil }
            let ending = endings.first { $0.part == part }
            guard !part.isSurvivors || ending != nil else { return nil }
            return TermOwner(
                applicationID: part.applicationID, personID: survivor,
                endsOn: ending?.day ?? term.endsOn, reason: ending?.reason ?? term.endReason)
        }
    }
}

extension PersonMergePlan {
    /// What goes over or is changed, as it is before.
    fileprivate var before: [MergedApplication] {
        let changed = Set(
            merging.folds.map(\.from.applicationID)
                + merging.endings.map(\.part.applicationID))
        return merging.parts.filter { !$0.isSurvivors || changed.contains($0.applicationID) }
            .map { part in
                MergedApplication(
                    applicationID: part.applicationID,
                    personID: part.isSurvivors ? survivor.id : absorbed.id, state: part.state,
                    ledInto: merging.folds.first { $0.from == part }?.into.applicationID)
            }
    }

    fileprivate func events(merge id: Int, because reason: String) -> [Event] {
        let ended = merging.endings.map { ending in
            Event(
                .endAppointment, on: "appointment:\(ending.part.appointment ?? "")",
                detail: .object([
                    "before": .object([
                        "ends_on": .string(ending.part.term?.endsOn.description ?? "")
                    ]),
                    "after": .object(["ends_on": .string(ending.day.description)]),
                ]), details: EventDetails(reason: ending.reason.rawValue))
        }
        let before = JSONValue.object([
            "survivor": survivor.json, "absorbed": absorbed.json,
        ])
        let after = JSONValue.object([
            "ended": .array(merging.endings.map { .string($0.part.appointment ?? "") }),
            "led": .array(
                merging.folds.map {
                    .object(["from": .string($0.from.receipt), "into": .string($0.into.receipt)])
                }),
        ])
        let whole = Event(
            .mergePeople, on: "person:\(survivor.id)",
            detail: .object(["absorbed": .integer(absorbed.id), "merge": .integer(id)]),
            details: EventDetails(before: before, after: after, reason: reason))
        return ended + [whole]
    }
}

extension MergingPerson {
    fileprivate var json: JSONValue {
        .object([
            "member_number": memberNumber.map { .string($0) } ?? .null,
            "receipts": .array(applications.map { .string($0.receipt) }),
        ])
    }
}
