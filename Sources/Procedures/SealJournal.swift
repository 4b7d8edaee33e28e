internal import Enrollment
public import Logging
public import Store

extension Office {
    /// 封印. Seals what was written to the journal since the last time, in the order in which it was
    /// written, and signs and logs the new head of the chain. Two that do it at once seal
    /// everything once: one of them does nothing. Events that do not bear our mark are not sealed
    /// and are complained of; but for those that were there before events had marks, with which the
    /// chain begins. Gives the head, nil where there was nothing to seal.
    @discardableResult
    public func sealJournal(logger: Logger) async throws -> SealHead? {
        let place = try await reading.sealingPlace()
        guard try await reading.hasUnsealed(after: place) else { return nil }
        let sealing = try await write { writing in
            var sealing = Sealing(by: JournalKey(settings.journalKey))
            if try await writing.takeSealing() { try await sealing.run(writing, at: now) }
            return sealing
        }
        if sealing.refusedCount > 0 {
            logger.error(
                "events without the journal's mark are not sealed: run `enroll audit verify`",
                metadata: [
                    "count": "\(sealing.refusedCount)", "first": "\(sealing.firstRefused ?? 0)",
                ])
        }
        if let head = sealing.head {
            logger.notice("journal sealed", metadata: ["head": "\(head.text)"])
        }
        return sealing.head
    }
}

/// One time of sealing, in one transaction.
private struct Sealing {
    /// So many events are held at a time: a few milliseconds of digests.
    static let slice = 1_000

    let key: JournalKey
    private(set) var head: SealHead?
    private(set) var refusedCount = 0
    private(set) var firstRefused: Int?

    init(by key: JournalKey) { self.key = key }

    mutating func run(_ writing: WriteTransaction, at now: Instant) async throws {
        var place = try await writing.reading.sealingPlace()
        let start = try await writing.reading.lastSeal()
        var last = start
        while true {
            let rows = try await writing.reading.unsealed(after: place, limit: Self.slice)
            let seals = rows.filter { maySeal($0, isFirstTime: start.position == 0) }
                .map { row in
                    last = last.next(row)
                    return last
                }
            try await writing.add(seals)
            if let end = rows.last { place = SealingPlace(end) }
            if rows.count < Self.slice { break }
        }
        guard last != start else { return }
        let head = key.head(of: last)
        try await writing.add(head, upTo: place, at: now)
        self.head = head
    }

    private mutating func maySeal(_ row: JournalRow, isFirstTime: Bool) -> Bool {
        if key.fits(row) || (isFirstTime && row.mark.isEmpty) { return true }
        refusedCount += 1
        firstRefused = firstRefused ?? row.id
        return false
    }
}
