public import Enrollment
public import Logging
public import Mail
internal import Secrets
public import Store
internal import Words

extension Office {
    /// For how long letters are taken; one try may last a minute.
    private static let lease = 120

    /// 発送. Sends letters that are due, lane by lane. A letter is taken for a while, sent outside
    /// any transaction, then recorded: at least once, always with the same Message-ID. When the
    /// server takes nothing of ours the queue is held, and tried again with one letter a time.
    /// Stops between two letters when `goesOn` says no. Returns how many letters were tried.
    public func deliverLetters(
        by transport: any Transport, in lanes: [MailLane] = MailLane.allCases, logger: Logger,
        limit: Int = 20, while goesOn: () -> Bool = { true }
    ) async throws -> Int {
        var count = 0
        for lane in lanes where goesOn() {
            let batch = try await takeLetters(limit, in: lane)
            count += try await deliver(batch, by: transport, logger, while: goesOn)
        }
        return count
    }

    /// 見本だけ. What was sent or would have been, the newest first.
    public func newestLetters(_ count: Int) async throws -> [LeasedLetter] {
        try await write { try await $0.newestLetters(count) }
    }

    /// A hold is not waited for any longer: the settings may be others now.
    public func endMailPause() async throws {
        try await write { try await $0.endMailPause(at: now) }
    }

    /// 再送. Letters that were put off are tried now, and with `ended` those that were given up
    /// again; a hold is not waited for. Gives how many letters.
    public func retryLetters(_ ids: [Int]?, ended: Bool, by actor: Actor) async throws -> Int {
        try await write { writing in
            try await writing.endMailPause(at: now)
            let count = try await writing.retryLetters(ids, ended: ended, at: now)
            record([Event(.retryMail, on: "mail:\(count)")], in: writing, at: moment(actor))
            return count
        }
    }

    /// Letters of a lane; one alone while the queue is held and it is time to try again, else none.
    private func takeLetters(_ limit: Int, in lane: MailLane) async throws -> LetterBatch {
        let token = Base64URL.encode(random.bytes(12))
        let lease = LetterLease(token: token, at: now, until: now.adding(seconds: Self.lease))
        let batch = try await write { writing in
            let hold = try await writing.reading.mailHold()
            let isHeld = hold.map { now < $0.until } ?? false
            let letters =
                isHeld
                ? []
                : try await writing.leaseLetters(
                    hold == nil ? limit : 1, in: lane, after: mailTurns[lane] ?? "",
                    under: lease)
            return LetterBatch(letters: letters, token: token, hold: hold, end: lease.until)
        }
        // After the last domain it is the first one's turn again.
        let isRoundOver = batch.letters.isEmpty && mailTurns[lane, default: ""] != ""
        mailTurns[lane] = batch.letters.map { $0.domain.lowercased() }.max() ?? ""
        return isRoundOver ? try await takeLetters(limit, in: lane) : batch
    }

    private func deliver(
        _ batch: LetterBatch, by transport: any Transport, _ logger: Logger,
        while goesOn: () -> Bool
    ) async throws -> Int {
        for (index, letter) in batch.letters.enumerated() {
            let mayStart = goesOn() && now < batch.end.adding(seconds: -Self.lease / 2)
            let failure = mayStart ? await send(letter, by: transport) : nil
            if mayStart { try await record(failure, of: letter, batch, logger) }
            if !mayStart || failure?.concernsEveryLetter == true {
                try await giveBack(batch.letters[(mayStart ? index + 1 : index)...], batch)
                return index + (mayStart ? 1 : 0)
            }
        }
        return batch.letters.count
    }

    private func giveBack(_ letters: ArraySlice<LeasedLetter>, _ batch: LetterBatch) async throws {
        guard !letters.isEmpty else { return }
        try await write { try await $0.giveBack(letters.map(\.id), token: batch.token) }
    }

    /// Writes down what became of a letter, and of the queue.
    private func record(
        _ failure: MailFailure?, of letter: LeasedLetter, _ batch: LetterBatch, _ logger: Logger
    ) async throws {
        if let failure, failure.concernsEveryLetter {
            return try await hold(failure, at: letter, batch, logger)
        }
        let isReleased = try await write { writing in
            try await record(failure, of: letter, batch.token, writing)
            return batch.hold == nil ? false : try await writing.releaseMail(at: now)
        }
        if isReleased { logger.notice("letters go again") }
        guard let failure else { return }
        logger.warning(
            "letter not delivered",
            metadata: ["letter": "\(letter.id)", "why": "\(failure.summary)"])
    }

    private func record(
        _ failure: MailFailure?, of letter: LeasedLetter, _ token: String,
        _ writing: WriteTransaction
    ) async throws {
        guard let failure else {
            try await writing.count(.delivered)
            try await writing.delivered(letter.id, token: token, keeping: kept(letter), at: now)
            return try await begin(letter, in: writing)
        }
        var isOver = failure.endsLetter
        if case .recipient = failure, letter.attempts >= letter.lane.triesOfRecipient {
            isOver = true
        }
        if isOver {
            try await writing.count(.refused)
            return try await writing.ended(letter.id, token: token, why: failure.summary)
        }
        let pause = min(30 << min(letter.attempts, 10), 4 * 3600)
        try await writing.count(.putOff)
        try await writing.putOff(
            letter.id, token: token, why: failure.summary, until: now.adding(seconds: pause),
            counts: true)
    }

    /// What is kept of a letter that was sent: of one with a code only a digest, as of the code
    /// itself. The demo shows its letters, to people who are invented.
    private func kept(_ letter: LeasedLetter) -> String {
        guard letter.lane == .codes, !settings.isDemo else { return letter.body }
        let digest = settings.key.code(for: letter.body, purpose: "letter")
        return "digest:" + Base64URL.encode(digest)
    }

    /// The time of a code begins when it has been sent: on the way it may have waited long.
    private func begin(_ letter: LeasedLetter, in writing: WriteTransaction) async throws {
        guard letter.lane == .codes else { return }
        try await writing.codeWasSent(
            letter.messageID, until: now.adding(seconds: Self.codeSeconds))
    }

    /// The letter goes behind the others of its lane, so that another one is tried next.
    private func hold(
        _ failure: MailFailure, at letter: LeasedLetter, _ batch: LetterBatch, _ logger: Logger
    ) async throws {
        let later = now.adding(seconds: min(600, 15 << min(batch.hold?.tries ?? 0, 6)))
        let isNew = try await write { writing in
            try await writing.count(.putOff)
            try await writing.putOff(
                letter.id, token: batch.token, why: failure.summary, until: later, counts: false)
            return try await writing.holdMail(why: failure.summary, at: now, until: later)
        }
        guard isNew else { return }
        logger.error(
            "letters are held: see `enroll doctor` and `enroll mail list`",
            metadata: ["why": "\(failure.summary)"])
    }

    private func send(_ letter: LeasedLetter, by transport: any Transport) async -> MailFailure? {
        do {
            let text = LetterText(
                subject: letter.subject, body: letter.body, messageID: letter.messageID,
                date: MailDate.text(letter.createdAt))
            let composed = try Letter(
                from: settings.mailFrom, named: settings.service.issuer, to: letter.recipient, text)
            try await transport.deliver(composed)
            return nil
        } catch let failure as MailFailure { return failure } catch {
            return Self.unfit(error as? Letter.Fault)
        }
    }

    /// A letter that cannot be written: its recipient's address, our own, or what it says.
    private static func unfit(_ fault: Letter.Fault?) -> MailFailure {
        switch fault {
        case .malformed(part: "recipient"), .controlByte(part: "recipient"): .recipient(553)
        case .malformed(part: "sender"), .controlByte(part: "sender"): .ours(.sender, nil)
        default: .letter(554)
        }
    }
}

/// Letters that were taken together.
private struct LetterBatch {
    let letters: [LeasedLetter]
    let token: String
    /// What held the queue when they were taken.
    let hold: MailHold?
    /// When others may take them.
    let end: Instant
}

/// RFC 5322 dates in Japan's time.
enum MailDate {
    static func text(_ instant: Instant) -> String {
        let (year, month, day) = instant.day.civil
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  // 1970-01-01 was Thursday
        let clock = String(instant.description.dropFirst(11).prefix(8))
        let weekday = weekdays[(instant.day.number % 7 + 7) % 7]
        return "\(weekday), \(day) \(months[month - 1]) \(year) \(clock) +0900"
    }
}
