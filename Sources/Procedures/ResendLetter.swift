public import Enrollment
internal import JSON
internal import Store
internal import Words

extension Office {
    /// もう一度送る. Sends a letter to somebody once more: to the address that is theirs today, with a
    /// line that says of which day it is. `seen` is how often it had been sent again when that was
    /// asked, so that a second press sends nothing. Throws `Refusal.notFound` for a letter of
    /// somebody else, and `.conflict` where it is no longer so, is forgotten, reaches nobody, or
    /// was sent again meanwhile.
    public func resend(
        letter number: Int, toPerson id: Int, seen: Int, by actor: Actor
    ) async throws {
        try await write { writing in
            let moment = moment(actor)
            _ = try await writing.holdPerson(id)
            guard let letter = try await writing.holdLetter(number, toPerson: id) else {
                throw Refusal.notFound
            }
            guard letter.repetitions == seen else { throw Refusal.conflict(.letterWasSentAgain) }
            let file = try await person(id, JournalPage(), writing)
            let address = file.address(instead: letter.recipient)
            guard letter.mayBeSentAgain, !file.hasDied, !address.isEmpty else {
                throw Refusal.conflict(.letterCannotBeSentAgain)
            }
            let words = settings.letters.again(
                letter.subject, letter.body,
                of: (letter.deliveredAt ?? letter.writtenAt).day)
            var again = self.letter(
                letter.kind, words, to: address, about: "again-\(letter.id)-\(seen + 1)",
                personID: id)
            again.repeats = letter.id
            writing.post([again], at: moment.now)
            record([Event(resent: letter, to: address)], in: writing, at: moment)
        }
    }
}

extension Event {
    fileprivate init(resent letter: PersonLetter, to address: String) {
        self.init(
            .resendLetter, on: "person:\(letter.personID)",
            detail: .object(["letter": .integer(letter.id)]),
            details: EventDetails(after: .object(["email": .string(address)])))
    }
}
