internal import Enrollment
public import Logging
public import Mail
internal import Secrets
internal import Store
internal import Words

extension Office {
    /// 発送. Sends letters that are due. A letter is taken for a while, sent outside any transaction,
    /// then recorded: at least once, always with the same Message-ID. Returns how many were taken.
    public func deliverLetters(
        by transport: any Transport, logger: Logger, limit: Int = 20
    ) async throws -> Int {
        let lease = Base64URL.encode(random.bytes(12))
        let letters = try await write { writing in
            try await writing.leaseLetters(
                limit, token: lease, at: now, until: now.adding(seconds: 60))
        }
        for letter in letters {
            let outcome = await send(letter, by: transport)
            try await write { writing in
                switch outcome {
                case nil: try await writing.delivered(letter.id, token: lease, at: now)
                case .some(let failure):
                    let gone = failure.isPermanent || letter.attempts >= 8
                    let pause = 30 << min(letter.attempts, 8)
                    try await writing.notDelivered(
                        letter.id, token: lease, why: failure.summary,
                        again: gone ? nil : now.adding(seconds: pause))
                }
            }
            if let outcome {
                logger.warning(
                    "letter not delivered",
                    metadata: ["letter": "\(letter.id)", "why": "\(outcome.summary)"])
            }
        }
        return letters.count
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
        } catch let failure as MailFailure { return failure } catch { return .permanent(553) }
    }
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
