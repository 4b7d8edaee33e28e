public import Enrollment
internal import JSON
internal import Secrets
public import Store
internal import Words

/// 分離の下見: what would become of two persons who were made one.
public struct SeparationPlan: Sendable {
    public let merge: PersonMergeRecord
    /// What goes back, or becomes again what it was.
    public let returning: [ApplicationRecord]
    /// What came since on the one who stays: somebody has to say whose it is.
    public let since: [ApplicationRecord]
    public let mark: String
}

/// 統合を解く: the office takes back that two persons are one.
extension Office {
    /// Says what would be done, and does nothing. Throws `Refusal.notFound`, and `.conflict` where
    /// it is taken back already, or the one who stays was merged with another since.
    public func planSeparation(_ id: Int) async throws -> SeparationPlan {
        try await separationPlan(id, reading)
    }

    private func separationPlan(_ id: Int, _ reading: ReadStore) async throws -> SeparationPlan {
        guard let merge = try await reading.personMerge(id) else { throw Refusal.notFound }
        guard merge.undoneAt == nil else { throw Refusal.conflict(.decidedAlready) }
        var returning: [ApplicationRecord] = []
        for merged in try await reading.mergedApplications(by: id) {
            guard let record = try await reading.application(id: merged.applicationID) else {
                continue
            }
            returning.append(record)
        }
        let since = try await reading.applications(since: merge)
        let seen = (returning + since).map { "\($0.receipt) \($0.state) \($0.status(on: today))" }
        let code = settings.key.code(
            for: (["\(id)"] + seen).joined(separator: "\0"), purpose: "separation")
        return SeparationPlan(
            merge: merge, returning: returning, since: since,
            mark: Digest.hex(code.prefix(12)))
    }

    /// Takes a merge back as it was `seen`. Of what came since, `given` (ids of applications) goes
    /// to the one who is restored; the rest stays. Throws as `planSeparation`, and `.conflict` when
    /// anything has changed since it was seen, or somebody has applied with what one of them said.
    public func separatePeople(
        _ id: Int, seen mark: String, giving given: [Int], because reason: String, by actor: Actor
    ) async throws {
        guard !reason.isEmpty else { throw Refusal.conflict(.reasonIsMissing) }
        try await write { writing in
            let moment = moment(actor)
            guard let merge = try await writing.reading.personMerge(id) else {
                throw Refusal.notFound
            }
            try await holdStanding(merge, in: writing)
            let plan = try await separationPlan(id, writing.reading)
            guard plan.mark == mark, Set(given).isSubset(of: plan.since.map(\.id)) else {
                throw Refusal.conflict(.peopleHaveChanged)
            }
            guard try await writing.undoMerge(merge, at: moment) else {
                throw Refusal.conflict(.decidedAlready)
            }
            try await giveBack(plan, given, in: writing, at: moment)
            try await tell(plan, in: writing, at: moment)
            let after = JSONValue.object([
                "given": .array(
                    plan.since.filter { given.contains($0.id) }.map { .string($0.receipt) })
            ])
            let event = Event(
                .separatePeople, on: "person:\(merge.survivorID)",
                detail: .object([
                    "absorbed": .integer(merge.absorbedID), "merge": .integer(id),
                ]), details: EventDetails(after: after, reason: reason))
            record([event], in: writing, at: moment)
        }
    }

    /// Whoever stays must not lead to another: that is taken back first.
    private func holdStanding(
        _ merge: PersonMergeRecord, in writing: WriteTransaction
    ) async throws {
        guard try await writing.hold(people: [merge.survivorID]) else {
            throw Refusal.conflict(.survivorWasMerged)
        }
    }

    private func giveBack(
        _ plan: SeparationPlan, _ given: [Int], in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        let merge = plan.merge
        let merged = try await writing.reading.mergedApplications(by: merge.id)
        let ids = merged.map(\.applicationID)
        let terms = try await writing.termsBefore(merge.mergedAt, of: ids)
        let later = try await writing.reading.mergingParts(
            ofPerson: merge.survivorID, isSurvivors: true
        ).filter { given.contains($0.applicationID) }
        try await writing.restate(
            terms + later.compactMap { $0.owner(merge.absorbedID) }, at: moment.now)
        try await writing.undoRevocations(at: merge.mergedAt, of: ids, now: moment.now)
        for one in merged { try await restore(one, merge, in: writing, at: moment) }
        let theirs = merged.filter { $0.personID == merge.absorbedID }.map(\.applicationID)
        try await writing.give(theirs + given, to: merge.absorbedID)
        try await writing.giveUndone(
            ofApplications: theirs + given, to: merge.absorbedID, at: moment.now)
    }

    private func restore(
        _ one: MergedApplication, _ merge: PersonMergeRecord, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        guard let live = one.ledInto else { return }
        if one.state != .appointed {
            guard try await !writing.isSaidByAnother(one.applicationID) else {
                throw Refusal.conflict(.appliedMeanwhile)
            }
            let moved = try await writing.move(
                [one.applicationID], StateChange(from: [.merged], to: one.state), at: moment)
            record(moved.map { Event(.part, $0, to: one.state) }, in: writing, at: moment)
        }
        try await writing.unlead(
            one.applicationID, from: live, ledAt: merge.mergedAt, at: moment)
    }

    private func tell(
        _ plan: SeparationPlan, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let (one, other) = (
            try await person(plan.merge.survivorID, writing.reading),
            try await person(plan.merge.absorbedID, writing.reading)
        )
        let letters = try await recipients(one, other, writing.reading).enumerated().map {
            place, record in
            letter(
                .peopleSeparated,
                settings.letters.peopleSeparated(record.receipt, name: record.name),
                to: record.email, about: "\(plan.merge.id)-\(place)", personID: record.personID)
        }
        writing.post(letters, at: moment.now)
    }
}

extension PersonMerging.Part {
    fileprivate func owner(_ personID: Int) -> TermOwner? {
        term.map {
            TermOwner(
                applicationID: applicationID, personID: personID, endsOn: $0.endsOn,
                reason: $0.endReason)
        }
    }
}
