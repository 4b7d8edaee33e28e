internal import Enrollment
internal import Postgres

/// A line of the journal: who did what to what. `detail` is JSON without anybody's particulars.
public struct Event: Sendable {
    public let act: String
    public let subject: String
    public let detail: String

    public init(_ act: String, on subject: String, detail: String = "{}") {
        self.act = act
        self.subject = subject
        self.detail = detail
    }
}

extension WriteTransaction {
    /// Writes to the journal, with what is said next.
    public func record(_ events: [Event], at moment: WriteStamp) {
        guard !events.isEmpty else { return }
        executeLater(
            """
            INSERT INTO events (act, actor, subject, true_on, known_from, detail)
            SELECT f.act, \(moment.actor), f.subject, \(moment.day)::date,
                   \(moment.now)::timestamptz, f.detail::jsonb
            FROM unnest(\(events.map(\.act))::text[], \(events.map(\.subject))::text[],
                        \(events.map(\.detail))::text[]) AS f(act, subject, detail)
            """, rows: events.count)
    }
}
