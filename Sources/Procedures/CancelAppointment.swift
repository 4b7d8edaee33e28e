public import Enrollment
internal import Store
internal import Words

/// 任命の取消.
extension Office {
    /// Cancels an appointment that was wrong from the start, of whichever year, as far as it is
    /// what was known from `seen` on: it holds on no day, counts no more as it is known from now
    /// on, and its badge no longer holds; its number is never given again. Whoever was told of it
    /// is told why; a letter that has not left yet does not leave. Throws `Refusal.notFound`, and
    /// `.conflict` without a reason, and where it is another than was seen or cannot be cancelled.
    public func cancel(
        appointmentOfApplication id: Int, seen: Instant, because reason: String, by actor: Actor
    ) async throws {
        guard !reason.isEmpty else { throw Refusal.conflict(.reasonIsMissing) }
        try await write { writing in
            let moment = moment(actor)
            guard let record = try await writing.hold(application: id),
                let appointment = try await writing.reading.appointment(ofApplication: id)
            else { throw Refusal.notFound }
            guard
                let ended = try await writing.cancelTerm(
                    ofApplication: id, seen: seen, at: moment)
            else { throw Refusal.conflict(.noAppointmentToEnd) }
            let ending = AppointmentEnding.cancelling(appointment.term, because: reason)
            try await keep(ended, ending, in: writing, at: moment)
            try await tellCancellation(of: appointment, reason, record, in: writing, at: moment)
        }
    }

    private func tellCancellation(
        of appointment: AppointmentRecord, _ reason: String, _ record: ApplicationRecord,
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let isUntold = try await writing.holdBack(
            .appointment, about: appointment.number, ofPerson: record.personID)
        guard !isUntold, !record.email.isEmpty else { return }
        let words = settings.letters.cancellation(
            appointment.number, name: record.name, reason: reason)
        writing.post(
            [
                letter(
                    .cancellation, words, to: record.email,
                    about: once(appointment.number, at: moment), personID: record.personID)
            ], at: moment.now)
    }
}
