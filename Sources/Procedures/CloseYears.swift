internal import Enrollment
internal import Store
internal import Words

extension Office {
    /// 期限切れ. Ends what was not decided in its fiscal year: nobody is appointed for a year that is
    /// over. Whoever can be written to is told. Gives how many; the rest, if there are more, wait
    /// for the next call.
    public func closePastYears(limit: Int = 500) async throws -> Int {
        let waiting = try await reading.undecided(before: year, limit: limit)
        guard !waiting.isEmpty else { return 0 }
        let renewing = try await beingRenewed(waiting.map(\.personID))
        return try await write { writing in
            let moment = moment(.system)
            let moved = try await writing.move(
                waiting.map(\.id), StateChange(from: ApplicationState.waiting, to: .expired),
                at: moment)
            let ids = Set(moved.map(\.id))
            let ended = waiting.filter { ids.contains($0.id) }
            writing.post(
                ended.filter { !$0.email.isEmpty }.map { application in
                    letter(
                        .expired,
                        settings.letters.expired(
                            application.receipt, name: application.name, kind: application.kind,
                            year: application.year, renewing: renewing[application.personID]),
                        to: application.email, about: application.receipt,
                        personID: application.personID)
                }, at: moment.now)
            record(moved.map { Event(.expire, $0, to: .expired) }, in: writing, at: moment)
            return ended.count
        }
    }
}
