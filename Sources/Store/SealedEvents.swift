public import Enrollment
internal import Postgres

/// A seal with everything that it can be compared with. What is nil is not there any more.
public struct SealedEvent: Sendable {
    public let seal: EventSeal
    public let event: JournalRow?
    public let details: KeptDetails?
    public let head: SealHead?
    public let sealedAt: Instant?

    init(_ row: Row) throws {
        seal = EventSeal(
            position: try row.int("position"), eventID: try row.int("event_id"),
            digest: try row.bytes("digest"))
        event = try row.optionalInt("id") == nil ? nil : try JournalRow(row)
        details = try KeptDetails(row)
        sealedAt = try row.optionalInstant("sealed_at")
        head = try row.optionalBytes("code").map {
            SealHead(position: try row.int("position"), digest: try row.bytes("head"), code: $0)
        }
    }
}

/// The details of an event, or the trace that they have left.
public struct KeptDetails: Sendable {
    public let salt: [UInt8]
    public let details: EventDetails
    /// When and under which rule they were forgotten.
    public let forgotten: (at: Instant, under: String)?

    /// Nil where there are none.
    init?(_ row: Row) throws {
        guard let salt = try row.optionalBytes("salt") else { return nil }
        self.salt = salt
        details = EventDetails(
            before: try row.optionalString("before") ?? "",
            after: try row.optionalString("after") ?? "", reason: try row.string("reason"))
        let rule = try row.string("forgotten_under")
        forgotten = try row.optionalInstant("forgotten_at").map { ($0, rule) }
    }

    static let columns: SQL = """
        d.salt, d.before, d.after, d.reason, d.forgotten_at, d.forgotten_under
        """
}

/// An event without a seal.
public struct UnsealedEvent: Sendable {
    public let event: JournalRow
    public let details: KeptDetails?
}

extension ReadStore {
    /// The next seals of the chain.
    public func sealedEvents(after position: Int, limit: Int) async throws -> [SealedEvent] {
        try await longRows(
            """
            SELECT s.position, s.event_id, s.digest, \(JournalRow.columns),
                   \(KeptDetails.columns), h.digest AS head, h.code, h.sealed_at
            FROM event_seals s
            LEFT JOIN events e ON e.id = s.event_id
            LEFT JOIN event_details d ON d.event_id = s.event_id
            LEFT JOIN seal_heads h ON h.position = s.position
            WHERE s.position > \(position)::bigint ORDER BY s.position LIMIT \(limit)
            """
        ).map { try SealedEvent($0) }
    }

    /// Events that had no seal up to a place of the chain.
    public func eventsWithoutSeal(
        upTo position: Int, after id: Int, limit: Int
    ) async throws -> [UnsealedEvent] {
        try await longRows(
            """
            SELECT \(JournalRow.columns), \(KeptDetails.columns) FROM events e
            LEFT JOIN event_details d ON d.event_id = e.id
            WHERE e.id > \(id)::bigint AND NOT EXISTS (
                SELECT FROM event_seals s
                WHERE s.event_id = e.id AND s.position <= \(position)::bigint)
            ORDER BY e.id LIMIT \(limit)
            """
        ).map { UnsealedEvent(event: try JournalRow($0), details: try KeptDetails($0)) }
    }

    /// Events with the mark of an earlier one, at most so many: somebody has copied them.
    public func copiedEvents(limit: Int) async throws -> [Int] {
        try await longRows(
            """
            SELECT e.id FROM (
                SELECT id, row_number() OVER (PARTITION BY mark ORDER BY id) AS place FROM events
                WHERE mark IS NOT NULL) e
            WHERE e.place > 1 ORDER BY e.id LIMIT \(limit)
            """
        ).map { try $0.int("id") }
    }

    /// Details of events that are not there, at most so many.
    public func detailsOfNothing(limit: Int) async throws -> [Int] {
        try await longRows(
            """
            SELECT d.event_id FROM event_details d
            WHERE NOT EXISTS (SELECT FROM events e WHERE e.id = d.event_id)
            ORDER BY d.event_id LIMIT \(limit)
            """
        ).map { try $0.int("event_id") }
    }

    /// Every lifetime that held at some time.
    public func everyLifetime() async throws -> [Lifetime] {
        try await rows(
            "SELECT kind, valid_from, amount, unit FROM lifetimes ORDER BY kind, valid_from"
        ).map {
            Lifetime(
                try $0.code("kind"), from: try $0.day("valid_from"), try $0.int("amount"),
                try $0.code("unit"))
        }
    }
}
