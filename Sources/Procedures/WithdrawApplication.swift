public import Enrollment
internal import Store
internal import Words

extension Office {
    /// 取下げ. Takes back an application before anybody is appointed by it, and says so by mail; it
    /// can be made again. Throws `Refusal.conflict` when somebody has decided meanwhile.
    public func withdraw(application id: Int, by actor: Actor) async throws {
        guard let application = try await reading.application(id: id) else {
            throw Refusal.notFound
        }
        try await write { writing in
            let moment = moment(actor)
            let moved = try await writing.move(
                [id], StateChange(from: ApplicationState.waiting, to: .withdrawn), at: moment)
            guard let moved = moved.first else { throw Refusal.conflict(.decidedAlready) }
            if !application.email.isEmpty {
                let words = settings.letters.withdrawal(
                    application.receipt, name: application.name, kind: application.kind,
                    year: application.year)
                writing.post(
                    [
                        letter(
                            .withdrawal, words, to: application.email, about: application.receipt,
                            personID: application.personID)
                    ], at: moment.now)
            }
            record([Event(.withdraw, moved, to: .withdrawn)], in: writing, at: moment)
        }
    }
}
