public import Enrollment
internal import Store
internal import Words

/// 任命の取消.
extension Office {
    /// Cancels an appointment that was wrong from the start: it holds on no day, counts no more as
    /// it is known from now on, and its badge no longer holds; its number is never given again.
    /// Whoever was told of it is told why; a letter that has not left yet does not leave. Throws
    /// `Refusal.notFound`, and `.conflict` without a reason, and where nothing holds or will.
    public func cancel(
        appointmentOfApplication id: Int, because reason: String, by actor: Actor
    ) async throws {
        guard !reason.isEmpty else { throw Refusal.conflict(.reasonIsMissing) }
        try await write { writing in
            let moment = moment(actor)
            guard let record = try await writing.hold(application: id),
                let appointment = try await writing.reading.appointment(ofApplication: id)
            else { throw Refusal.notFound }
            let ending = AppointmentEnding.cancelling(appointment.term, because: reason)
            guard AppointmentEnding.mayCancel(appointment.term, on: moment.day),
                try await end(id, ending, in: writing, at: moment) != nil
            else { throw Refusal.conflict(.noAppointmentToEnd) }
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
}
