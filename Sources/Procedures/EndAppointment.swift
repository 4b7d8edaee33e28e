public import Enrollment
internal import JSON
internal import Secrets
internal import Store
internal import Words

/// 任命を終える, and 任命にもどす, by the office.
extension Office {
    /// Ends an appointment as of a day, revokes its badge, and tells the person, unless they have
    /// died: then no letter leaves any more, and their own page is closed. Throws
    /// `Refusal.notFound`, and `.conflict` when it does not hold on that day.
    public func end(
        appointmentOfApplication id: Int, _ ending: AppointmentEnding, by actor: Actor
    ) async throws {
        guard let record = try await reading.application(id: id) else { throw Refusal.notFound }
        guard !ending.needsWords || !ending.because.isEmpty else {
            throw Refusal.conflict(.reasonIsMissing)
        }
        try await write { writing in
            let moment = moment(actor)
            guard AppointmentEnding.reasons.contains(ending.reason), ending.day <= moment.day,
                let ended = try await end(id, ending, in: writing, at: moment)
            else { throw Refusal.conflict(.noAppointmentToEnd) }
            guard ending.reason == .deceased else {
                tell(ending, record, ended.number, in: writing, at: moment)
                return
            }
            try await writing.holdBackLetters(toPerson: record.personID)
            let others = try await writing.reading.otherApplications(than: record)
            try await writing.closeStatus(of: [id] + others.map(\.id), butOf: [])
        }
    }

    func end(
        _ id: Int, _ ending: AppointmentEnding, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws -> EndedTerm? {
        let ended = try await writing.endTerm(
            ofApplication: id, on: ending.day, reason: ending.reason, at: moment)
        guard let ended else { return nil }
        try await keep(ended, ending, in: writing, at: moment)
        return ended
    }

    /// What follows from an end: the badge holds no longer, and the journal says why.
    func keep(
        _ ended: EndedTerm, _ ending: AppointmentEnding, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        try await writing.revokeBadge(of: ended.number, reason: ending.reason, at: moment.now)
        record([Event(ending.reason.act, ended, because: ending.because)], in: writing, at: moment)
    }

    private func tell(
        _ ending: AppointmentEnding, _ application: ApplicationRecord, _ number: String,
        in writing: WriteTransaction, at moment: WriteStamp
    ) {
        guard !application.email.isEmpty else { return }
        let (letters, name) = (settings.letters, application.name)
        let told: (LetterKind, LetterWords) =
            ending.reason == .resigned
            ? (.resignation, letters.resignation(number, name: name, last: ending.day))
            : (.dismissal, letters.dismissal(number, name: name, ending))
        post(told, to: application, about: number, in: writing, at: moment)
    }

    /// An appointment may end and be taken back more than once: each letter is one of its own.
    private func post(
        _ told: (kind: LetterKind, words: LetterWords), to application: ApplicationRecord,
        about number: String, in writing: WriteTransaction, at moment: WriteStamp
    ) {
        writing.post(
            [
                letter(
                    told.kind, told.words, to: application.email,
                    about: "\(number)-\(Digest.hex(random.bytes(6)))",
                    personID: application.personID)
            ], at: moment.now)
    }

    /// Lets an appointment that ended before its time hold again, and its badge with it, and tells
    /// the person. Letters that were held back stay so, but for that of an appointment which was
    /// cancelled. Throws `Refusal.notFound`, and `.conflict` when it is not the end that was said
    /// at `seen`, the year is over (but for what was cancelled), or the person has applied or was
    /// appointed since.
    public func resume(
        appointmentOfApplication id: Int, seen: Instant, by actor: Actor
    ) async throws {
        guard let record = try await reading.application(id: id) else { throw Refusal.notFound }
        try await write { writing in
            let moment = moment(actor)
            _ = try await writing.hold(application: id)
            guard let term = try await writing.takenTerm(ofApplication: id),
                term.formerEnd > moment.day || term.reason == .cancelled, term.knownFrom == seen
            else { throw Refusal.conflict(.noEndToTakeBack) }
            guard try await !writing.hasAnother(than: record, of: record.kind) else {
                throw Refusal.conflict(.appliedMeanwhile)
            }
            guard try await !writing.isHeldElsewhere(term) else {
                throw Refusal.conflict(.appointedMeanwhile)
            }
            try await writing.resume(term, at: moment.now)
            try await tellResumption(of: term, record, in: writing, at: moment)
            self.record([Event(resumed: term)], in: writing, at: moment)
        }
    }

    /// Whoever was never told of an appointment that was cancelled is told of it now.
    private func tellResumption(
        of term: TakenTerm, _ application: ApplicationRecord, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        guard !application.email.isEmpty else { return }
        if term.reason == .cancelled, settings.sendsLetters {
            let id = messageID(.appointment, about: term.number)
            if try await writing.release(messageID: id) { return }
        }
        let held = Term(from: term.from, endsOn: term.formerEnd, because: term.formerReason)
        let words =
            held.state(on: moment.day) == .active
            ? settings.letters.resumption(
                term.number, name: application.name, last: held.lastDay)
            : settings.letters.reinstatement(term.number, name: application.name, held)
        post((.resumption, words), to: application, about: term.number, in: writing, at: moment)
    }
}

extension Event {
    fileprivate init(resumed term: TakenTerm) {
        self.init(
            .resumeAppointment, on: "appointment:\(term.number)",
            detail: .object([
                "before": .object(["ends_on": .string(term.endsOn.description)]),
                "after": .object(["ends_on": .string(term.formerEnd.description)]),
            ]))
    }
}
