public import Enrollment
internal import Postgres

/// An event with what its seal is made of.
public struct JournalRow: Sendable {
    public let id: Int
    /// The transaction that wrote it.
    public let writtenBy: Int
    /// Empty for one that was written before events had marks, or by somebody without the key.
    public let mark: [UInt8]
    public let statement: EventStatement

    init(_ row: Row) throws {
        id = try row.int("id")
        writtenBy = try row.int("written_by")
        mark = try row.optionalBytes("mark") ?? []
        statement = try EventStatement(row)
    }

    static let columns: SQL = "e.id, e.written_by, e.mark, \(EventStatement.columns)"
}

/// 封印. The place of an event in the chain.
public struct EventSeal: Sendable, Equatable {
    public let position: Int
    public let eventID: Int
    public let digest: [UInt8]

    public init(position: Int, eventID: Int, digest: [UInt8]) {
        self.position = position
        self.eventID = eventID
        self.digest = digest
    }

    /// Before the first one.
    public static let none = EventSeal(
        position: 0, eventID: 0, digest: [UInt8](repeating: 0, count: 32))
}

/// A head of the chain: its newest seal at a time, signed.
public struct SealHead: Sendable, Equatable {
    public let position: Int
    public let digest: [UInt8]
    /// What cannot be made without the key.
    public let code: [UInt8]

    public init(position: Int, digest: [UInt8], code: [UInt8]) {
        self.position = position
        self.digest = digest
        self.code = code
    }
}

/// Up to which event the journal was looked at.
public struct SealingPlace: Sendable, Equatable {
    public let writtenBy: Int
    public let eventID: Int

    public init(_ row: JournalRow) { (writtenBy, eventID) = (row.writtenBy, row.id) }

    init(writtenBy: Int, eventID: Int) { (self.writtenBy, self.eventID) = (writtenBy, eventID) }

    static let start = SealingPlace(writtenBy: 0, eventID: 0)
}

extension ReadStore {
    /// Where sealing goes on. From the start where this is another cluster than the one in which
    /// the last events were written, as after a restored dump: its transactions are counted anew.
    public func sealingPlace() async throws -> SealingPlace {
        try await rows(
            """
            SELECT h.written_by, h.event_id FROM seal_heads h
            WHERE h.written_by < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
              AND h.position = (SELECT max(position) FROM seal_heads)
            """
        ).first.map {
            SealingPlace(writtenBy: try $0.int("written_by"), eventID: try $0.int("event_id"))
        } ?? .start
    }

    /// Whether there may be something to seal.
    public func hasUnsealed(after place: SealingPlace) async throws -> Bool {
        try await !unsealed(after: place, limit: 1).isEmpty
    }

    /// Events without a seal that are complete, in the order in which they were written: nothing
    /// that still runs can write before them, so nothing comes between two that were given. What
    /// says that it was written by a transaction yet to come is from another cluster.
    public func unsealed(after place: SealingPlace, limit: Int) async throws -> [JournalRow] {
        try await rows(
            """
            SELECT \(JournalRow.columns) FROM events e
            WHERE (e.written_by, e.id) > (\(place.writtenBy)::bigint, \(place.eventID)::bigint)
              AND (e.written_by < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                   OR e.written_by >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
              AND NOT EXISTS (SELECT FROM event_seals s WHERE s.event_id = e.id)
            ORDER BY e.written_by, e.id LIMIT \(limit)
            """
        ).map { try JournalRow($0) }
    }

    /// The last seal of the chain.
    public func lastSeal() async throws -> EventSeal {
        try await rows(
            "SELECT position, event_id, digest FROM event_seals ORDER BY position DESC LIMIT 1"
        ).first.map {
            EventSeal(
                position: try $0.int("position"), eventID: try $0.int("event_id"),
                digest: try $0.bytes("digest"))
        } ?? .none
    }

    /// How many events that were known before a moment wait for their seal.
    public func unsealedCount(knownBefore moment: Instant) async throws -> Int {
        try await longRows(
            """
            SELECT count(*) AS n FROM events e
            WHERE e.known_from < \(moment)::timestamptz
              AND NOT EXISTS (SELECT FROM event_seals s WHERE s.event_id = e.id)
            """)[0].int("n")
    }
}

extension WriteTransaction {
    /// Keeps others from sealing until the transaction ends; false when somebody else does it.
    public func takeSealing() async throws -> Bool {
        try await rows("SELECT pg_try_advisory_xact_lock(20260402) AS taken")[0].bool("taken")
    }

    public func add(_ seals: [EventSeal]) async throws {
        guard !seals.isEmpty else { return }
        try await execute(
            """
            INSERT INTO event_seals (position, event_id, digest)
            SELECT * FROM unnest(\(seals.map(\.position))::bigint[],
                                 \(seals.map(\.eventID))::bigint[],
                                 \(seals.map(\.digest))::bytea[])
            """)
    }

    public func add(_ head: SealHead, upTo place: SealingPlace, at now: Instant) async throws {
        try await execute(
            """
            INSERT INTO seal_heads (position, digest, code, written_by, event_id, sealed_at)
            VALUES (\(head.position), \(head.digest), \(head.code), \(place.writtenBy),
                    \(place.eventID), \(now))
            """)
    }
}
