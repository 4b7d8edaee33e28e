public import Enrollment
internal import JSON
internal import Store
internal import Words

/// 重複の確認: what becomes of an answer that was taken back, and of the one that is given then.
extension Office {
    /// あとで. The question waits behind the others. Throws `Refusal.conflict` when it was decided.
    public func putOffDoubt(_ id: Int, by actor: Actor) async throws {
        try await write { writing in
            let moment = moment(actor)
            guard let doubt = try await writing.hold(doubt: id),
                try await writing.putOff(doubt: id, at: moment)
            else { throw Refusal.conflict(.decidedAlready) }
            record([Event(.putOffDoubt, on: doubt)], in: writing, at: moment)
        }
    }

    /// Takes back the answer that was given at `seen`: the row waits again. An application that was
    /// filed by it stays and waits with it, what was approved is 審査中 again; what was said beside an
    /// application is taken away. Throws `Refusal.notFound`, and `.conflict` when it was answered
    /// otherwise since, or when more came of the answer: 任命, 取下げ, a new file that asks the same.
    public func takeBackDoubt(_ id: Int, seen: Instant, by actor: Actor) async throws {
        try await write { writing in
            let moment = moment(actor)
            guard let doubt = try await writing.hold(doubt: id) else { throw Refusal.notFound }
            guard let answer = doubt.answer, doubt.decidedAt == seen else {
                throw Refusal.conflict(.decidedAlready)
            }
            // Without what the row says nobody can be asked.
            guard !doubt.draft.answers.isEmpty, try await writing.reopen(doubt: id) else {
                throw Refusal.conflict(.answerCannotBeTakenBack)
            }
            if let filed = doubt.filedID {
                try await putInDoubt(filed, in: writing, at: moment)
            } else if doubt.appliedAs == .unchanged {
                try await writing.undoKeeping(doubt, saidAt: seen, at: moment.now)
            } else {
                throw Refusal.conflict(.answerCannotBeTakenBack)
            }
            let before = JSONValue.object(["answer": .string(answer.rawValue)])
            record(
                [Event(.takeBackDoubt, on: doubt, details: EventDetails(before: before))],
                in: writing, at: moment)
        }
    }

    private func putInDoubt(
        _ id: Int, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        guard let filed = try await writing.hold(application: id) else { throw Refusal.notFound }
        switch filed.state {
        case .submitted, .reviewing: break
        case .approved: try await review(id, from: .approved, .reopen, in: writing, at: moment)
        case .merged: try await part(filed, in: writing, at: moment)
        case .draft, .correcting, .appointed, .rejected, .withdrawn, .expired:
            throw Refusal.conflict(.answerCannotBeTakenBack)
        }
    }

    private func review(
        _ id: Int, from state: ApplicationState, _ act: EventKind, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        let moved = try await writing.move(
            [id], StateChange(from: [state], to: .reviewing), at: moment)
        guard moved.count == 1 else { throw Refusal.conflict(.decidedAlready) }
        record(moved.map { Event(act, $0, to: .reviewing) }, in: writing, at: moment)
    }

    /// An application is of somebody of its own, and looked at by itself.
    private func part(
        _ filed: ApplicationRecord, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let joining = try await writing.joining(of: filed.id)
        if joining != nil {
            guard try await !writing.isSaidByAnother(filed.id) else {
                throw Refusal.conflict(.answerCannotBeTakenBack)
            }
            try await review(filed.id, from: .merged, .part, in: writing, at: moment)
            try await tellParting(filed, in: writing, at: moment)
        }
        let made = try await writing.makePeople(1, at: moment)
        try await writing.part(filed.id, to: made[0], joined: joining, at: moment)
    }

    /// What was filed by an answer that was taken back, when it is answered anew.
    func settle(
        _ id: Int, _ doubt: DoubtRecord, as answer: DoubtAnswer, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        guard let filed = try await writing.hold(application: id),
            let person = try await askedPerson(doubt, writing.reading)
        else { throw Refusal.conflict(.otherRowComesFirst) }
        switch answer {
        case .same where filed.personID == person, .different where filed.personID != person:
            return
        case .different: try await part(filed, in: writing, at: moment)
        case .same: try await join(filed, to: person, in: writing, at: moment)
        }
    }

    private func join(
        _ filed: ApplicationRecord, to personID: Int, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        let live = try await writing.reading.liveApplications(
            ofPeople: [personID], in: filed.year)
        let match = live[HeldKind(personID: personID, kind: filed.kind)]
        let into = filed.state.isLive ? match : nil
        try await writing.join(filed.id, to: personID, into: into?.id, at: moment)
        guard let into else { return }
        let moved = try await writing.move(
            [filed.id], StateChange(from: ApplicationState.live, to: .merged), at: moment)
        record(moved.map { Event(.merge, $0, to: .merged) }, in: writing, at: moment)
        guard !filed.email.isEmpty else { return }
        let words = settings.letters.alreadyReceived(
            filed.receipt, first: into.receipt, year: filed.year)
        writing.post(
            [
                letter(
                    .alreadyReceived, words, to: filed.email,
                    about: once(filed.receipt, at: moment), personID: personID)
            ], at: moment.now)
    }

    /// That it was led into another application is not told any more, or is told to be over.
    private func tellParting(
        _ filed: ApplicationRecord, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let isUntold = try await writing.holdBack(
            .alreadyReceived, about: filed.receipt, ofPerson: filed.personID)
        guard !isUntold, !filed.email.isEmpty else { return }
        let words = settings.letters.parting(filed.receipt, name: filed.name)
        writing.post(
            [
                letter(
                    .parting, words, to: filed.email, about: once(filed.receipt, at: moment),
                    personID: filed.personID)
            ], at: moment.now)
    }
}
