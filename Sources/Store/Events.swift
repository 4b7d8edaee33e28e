public import Enrollment
public import JSON
internal import Postgres

/// A line of the journal: who did what to what. `detail` says nothing of anybody's particulars, and
/// is kept for ever.
public struct Event: Sendable {
    public let act: EventKind
    public let subject: String
    /// JSON, as it is kept: octet by octet.
    public let detail: String
    public let details: EventDetails?

    public init(
        _ act: EventKind, on subject: String, detail: JSONValue = .object([:]),
        details: EventDetails? = nil
    ) {
        self.act = act
        self.subject = subject
        self.detail = detail.text
        self.details = details
    }
}

/// 前後の内容と理由. What was before and after an act, and why; forgotten after its lifetime.
public struct EventDetails: Sendable, Equatable {
    /// JSON; empty for nothing.
    public let before: String
    public let after: String
    public let reason: String

    public init(before: JSONValue? = nil, after: JSONValue? = nil, reason: String = "") {
        self.init(before: before?.text ?? "", after: after?.text ?? "", reason: reason)
    }

    init(before: String, after: String, reason: String) {
        self.before = before
        self.after = after
        self.reason = reason
    }

    /// Of what the event keeps a digest. No text of the tables has the octet that parts them.
    public func octets(salt: [UInt8]) -> [UInt8] {
        salt + Array(before.utf8) + [0] + Array(after.utf8) + [0] + Array(reason.utf8)
    }
}

/// What an event says, as it stands in the tables, also where somebody has put there what no
/// program of ours writes. Marks and seals are made of it.
public struct EventStatement: Sendable {
    public let act: String
    public let actor: String
    public let subject: String
    public let trueOn: String
    /// Microseconds since 1970.
    public let knownFrom: Int64
    public let detail: String
    /// Empty where the event has no details.
    public let detailsDigest: [UInt8]

    public init(_ event: Event, detailsDigest: [UInt8], at moment: WriteStamp) {
        act = event.act.rawValue
        actor = moment.actor.code
        subject = event.subject
        trueOn = moment.day.description
        knownFrom = moment.now.microseconds
        detail = event.detail
        self.detailsDigest = detailsDigest
    }

    init(_ row: Row) throws {
        act = try row.string("act")
        actor = try row.string("actor")
        subject = try row.string("subject")
        trueOn = try row.string("true_on")
        knownFrom = try row.read("known_from") { Int64($0) }
        detail = try row.string("detail")
        detailsDigest = try row.optionalBytes("details_digest") ?? []
    }

    static let columns: SQL = """
        e.act, e.actor, e.subject, e.true_on, e.detail, e.details_digest,
        CASE WHEN isfinite(e.known_from)
             THEN (extract(epoch FROM e.known_from) * 1000000)::bigint ELSE 0 END AS known_from
        """

    /// Each text ends with an octet that none of them has.
    public var octets: [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(256)
        for text in [act, actor, subject, trueOn, String(knownFrom), detail] {
            octets.append(contentsOf: text.utf8)
            octets.append(0)
        }
        return octets + detailsDigest
    }
}

/// An event that bears the mark of whoever has the key; nothing else enters the journal.
public struct MarkedEvent: Sendable {
    public let event: Event
    public let detailsDigest: [UInt8]?
    /// Empty where there are no details.
    public let salt: [UInt8]
    public let mark: [UInt8]

    public init(_ event: Event, detailsDigest: [UInt8]?, salt: [UInt8], mark: [UInt8]) {
        self.event = event
        self.detailsDigest = detailsDigest
        self.salt = salt
        self.mark = mark
    }
}

extension WriteTransaction {
    /// Writes to the journal, with what is said next.
    public func record(_ events: [MarkedEvent], at moment: WriteStamp) {
        guard !events.isEmpty else { return }
        let detailed = events.filter { $0.event.details != nil }
        guard !detailed.isEmpty else {
            return executeLater(Self.insertion(of: events, at: moment), rows: events.count)
        }
        executeLater(
            """
            WITH written AS (\(Self.insertion(of: events, at: moment)) RETURNING id, details_digest)
            INSERT INTO event_details (event_id, salt, before, after, reason)
            SELECT w.id, f.salt, nullif(f.before, '')::json, nullif(f.after, '')::json, f.reason
            FROM unnest(\(detailed.map(\.detailsDigest))::bytea[],
                        \(detailed.map(\.salt))::bytea[],
                        \(detailed.map { $0.event.details?.before })::text[],
                        \(detailed.map { $0.event.details?.after })::text[],
                        \(detailed.map { $0.event.details?.reason })::text[])
              AS f(digest, salt, before, after, reason)
            JOIN written w ON w.details_digest = f.digest
            """, rows: events.count)
    }

    private static func insertion(of events: [MarkedEvent], at moment: WriteStamp) -> SQL {
        """
        INSERT INTO events (act, actor, subject, true_on, known_from, detail, details_digest, mark)
        SELECT f.act, \(moment.actor), f.subject, \(moment.day)::date, \(moment.now)::timestamptz,
               f.detail::json, f.digest, f.mark
        FROM unnest(\(events.map(\.event.act.rawValue))::text[],
                    \(events.map(\.event.subject))::text[], \(events.map(\.event.detail))::text[],
                    \(events.map(\.detailsDigest))::bytea[], \(events.map(\.mark))::bytea[])
          AS f(act, subject, detail, digest, mark)
        """
    }
}
