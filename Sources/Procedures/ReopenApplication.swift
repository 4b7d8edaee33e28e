public import Enrollment
internal import Store
internal import Words

/// 審査にもどす: what was approved or refused is looked at once more, until somebody is appointed.
extension Office {
    /// Takes one decision back, as it was `seen`. Whoever was told that they were refused is told;
    /// an approval was told to nobody. What expired because it was sent back and not answered in
    /// time is looked at as it is. Throws `Refusal.notFound`, and `.conflict` when it was
    /// decided otherwise meanwhile or its person has applied again.
    public func reopen(_ id: Int, seen state: ApplicationState, by actor: Actor) async throws {
        guard [.approved, .rejected, .expired].contains(state) else { throw Refusal.notFound }
        try await write { writing in
            let moment = moment(actor)
            guard let record = try await writing.hold(application: id) else {
                throw Refusal.notFound
            }
            guard record.route != .renewal, record.state == state, record.year == year else {
                throw Refusal.conflict(.decidedAlready)
            }
            if state != .approved, try await writing.hasAnother(than: record, of: record.kind) {
                throw Refusal.conflict(.appliedMeanwhile)
            }
            _ = try await reopen([id], from: state, in: writing, at: moment)
            if state != .approved { try await tellReopening(record, in: writing, at: moment) }
        }
    }

    /// The same of all that one act approved, as many as were shown. Throws `Refusal.conflict` when
    /// they are no longer as many.
    public func reopen(
        approvedAt at: Instant, expecting count: Int, by actor: Actor
    ) async throws -> Int {
        try await write { writing in
            let ids = try await writing.reading.approved(at: at, in: year)
            guard ids.count == count, count > 0 else { throw Refusal.conflict(.queueHasChanged) }
            return try await reopen(ids, from: .approved, in: writing, at: moment(actor))
        }
    }

    private func reopen(
        _ ids: [Int], from state: ApplicationState, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws -> Int {
        let moved = try await writing.move(
            ids, StateChange(from: [state], to: .reviewing, in: year), at: moment)
        guard moved.count == ids.count else { throw Refusal.conflict(.queueHasChanged) }
        record(moved.map { Event(.reopen, $0, to: .reviewing) }, in: writing, at: moment)
        return moved.count
    }

    /// A refusal that has not left yet is not told at all.
    private func tellReopening(
        _ record: ApplicationRecord, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let wasHeldBack = try await writing.holdBack(
            .rejection, about: record.receipt, ofPerson: record.personID)
        guard !wasHeldBack, !record.email.isEmpty else { return }
        let words =
            record.state == .expired
            ? settings.letters.reopeningOfExpired(record.receipt, name: record.name)
            : settings.letters.reopening(record.receipt, name: record.name)
        writing.post(
            [
                letter(
                    .reopening, words, to: record.email, about: once(record.receipt, at: moment),
                    personID: record.personID)
            ], at: moment.now)
    }

    /// What a letter is about that may be said again of the same: the moment tells them apart.
    func once(_ subject: String, at moment: WriteStamp) -> String {
        "\(subject)-\(moment.now.microseconds)"
    }
}
