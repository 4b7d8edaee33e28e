internal import Enrollment
internal import JSON
internal import Secrets
public import Store

extension Office {
    /// For how long an event may wait for its seal, in seconds; the worker seals every ten.
    public static let sealingTime = 600

    /// 記録の点検. Recomputes marks, seals, heads and digests of details from what stands in the tables,
    /// a slice at a time. Changes nothing. With `head`, one that was kept elsewhere, also finds an
    /// end that was cut off, or a journal that was written anew from the start.
    public func verifyJournal(head: KeptHead? = nil) async throws -> JournalReport {
        var check = JournalCheck(
            by: JournalKey(settings.journalKey), now: now, given: head,
            rules: try await reading.everyLifetime())
        while case let sealed = try await sealedEvents(after: check.last), !sealed.isEmpty {
            for one in sealed { check.look(at: one) }
        }
        check.endChain()
        var place = 0
        while case let unsealed = try await eventsWithoutSeal(upTo: check.last, after: place),
            let last = unsealed.last
        {
            for one in unsealed { check.look(at: one) }
            place = last.event.id
        }
        return try await write { writing in
            let limit = NamedNumbers.named
            return check.end(
                copies: try await writing.reading.copiedEvents(limit: limit),
                detailsOfNothing: try await writing.reading.detailsOfNothing(limit: limit))
        }
    }

    // Pages may not read what was before and after, so this goes by the connections that write.

    private func sealedEvents(after seal: EventSeal) async throws -> [SealedEvent] {
        try await write { writing in
            try await writing.reading.sealedEvents(
                after: seal.position, limit: JournalCheck.slice)
        }
    }

    private func eventsWithoutSeal(
        upTo seal: EventSeal, after id: Int
    ) async throws -> [UnsealedEvent] {
        try await write { writing in
            try await writing.reading.eventsWithoutSeal(
                upTo: seal.position, after: id, limit: JournalCheck.slice)
        }
    }
}

/// Goes along the chain and remembers where it is, and what was wrong.
private struct JournalCheck {
    /// So many events are held at a time.
    static let slice = 1_000

    private let key: JournalKey
    private let now: Instant
    private let given: KeptHead?
    private let rules: [String: Lifetime]
    private(set) var report = JournalReport()
    private(set) var last = EventSeal.none
    /// Up to here events may be without a mark; nil before the first head.
    private var firstHead: Int?
    private var lastHead = 0
    /// Of how many events the journal says that their details were forgotten.
    private var toldForgotten = 0

    init(by key: JournalKey, now: Instant, given: KeptHead?, rules: [Lifetime]) {
        self.key = key
        self.now = now
        self.given = given
        self.rules = Dictionary(rules.map { ($0.rule, $0) }) { first, _ in first }
        if given != nil { report.givenHead = .missing }
    }

    mutating func look(at one: SealedEvent) {
        if one.seal.position != last.position + 1 {
            report.add(.removedSeal, last.position + 1)
            last = EventSeal(position: one.seal.position - 1, eventID: 0, digest: [])
        }
        report.sealedCount += 1
        if let event = one.event {
            report.eventCount += 1
            compare(event, with: one.seal)
            look(at: one.details, of: event)
            countForgotten(event)
        } else {
            report.add(.removedEvent, one.seal.eventID)
        }
        look(at: one.head, of: one.seal, one.sealedAt)
        if let given, given.position == one.seal.position {
            report.givenHead = given.digest == Digest.hex(one.seal.digest) ? .fits : .differs
        }
        last = one.seal
    }

    /// What follows a gap cannot be recomputed; the next seal can.
    private mutating func compare(_ event: JournalRow, with seal: EventSeal) {
        let follows = last.digest.isEmpty || last.next(event) == seal
        // Before the first head, whoever sealed took over what had no mark.
        let isMarked = key.fits(event) || (event.mark.isEmpty && firstHead == nil)
        switch (isMarked, follows) {
        case (true, true): break
        case (true, false): report.add(event.mark.isEmpty ? .changedEvent : .changedSeal, event.id)
        case (false, _): report.add(event.mark.isEmpty ? .addedEvent : .changedEvent, event.id)
        }
    }

    private mutating func look(at head: SealHead?, of seal: EventSeal, _ sealedAt: Instant?) {
        guard let head else { return }
        firstHead = firstHead ?? seal.position
        lastHead = seal.position
        if !key.fits(head, of: seal) { report.add(.wrongHead, seal.position) }
        if let sealedAt { report.head = (head.text, sealedAt) }
    }

    private mutating func look(at details: KeptDetails?, of event: JournalRow) {
        let digest = event.statement.detailsDigest
        guard let details else {
            if !digest.isEmpty { report.add(.removedDetails, event.id) }
            return
        }
        guard !digest.isEmpty else { return report.add(.addedDetails, event.id) }
        if let forgotten = details.forgotten {
            report.forgotten[forgotten.under, default: 0] += 1
            if !isDue(event, forgotten) { report.add(.forgottenTooEarly, event.id) }
        } else if Digest.sha256(details.details.octets(salt: details.salt)) != digest {
            report.add(.changedDetails, event.id)
        }
    }

    private func isDue(_ event: JournalRow, _ forgotten: (at: Instant, under: String)) -> Bool {
        guard let rule = rules[forgotten.under], rule.kind == .journalDetails,
            forgotten.at <= now
        else { return false }
        return event.statement.knownFrom <= rule.limit(at: forgotten.at).microseconds
    }

    private mutating func countForgotten(_ event: JournalRow) {
        let statement = event.statement
        guard statement.act == EventKind.forget.rawValue,
            statement.subject == "lifetime:\(Lifetime.Kind.journalDetails.rawValue)",
            case .integer(let count)? = (try? JSONValue(reading: statement.detail.utf8))?["count"]
        else { return }
        toldForgotten += count
    }

    mutating func endChain() {
        if last.position > lastHead { report.add(.wrongHead, last.position) }
    }

    mutating func look(at one: UnsealedEvent) {
        report.eventCount += 1
        let isKnown = key.fits(one.event) || (one.event.mark.isEmpty && firstHead == nil)
        look(at: one.details, of: one.event)
        guard isKnown else { return report.add(.addedEvent, one.event.id) }
        countForgotten(one.event)
        let limit = now.adding(seconds: -Office.sealingTime).microseconds
        if one.event.statement.knownFrom < limit {
            report.add(.unsealedEvent, one.event.id)
        } else {
            report.waiting.add(one.event.id)
        }
    }

    func end(copies: [Int], detailsOfNothing: [Int]) -> JournalReport {
        var report = report
        for id in copies { report.add(.copiedEvent, id) }
        for id in detailsOfNothing { report.add(.addedDetails, id) }
        let forgotten = report.forgotten.values.reduce(0, +)
        if forgotten > toldForgotten { report.add(.forgottenUntold, forgotten - toldForgotten) }
        return report
    }
}
