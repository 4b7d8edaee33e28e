public import Enrollment
internal import Postgres

/// A workbook that somebody asked for.
public struct ExportRecord: Sendable {
    public let number: String
    public let basis: TallyBasis
    public let purpose: String
    /// Whoever asked.
    public let requestedBy: Actor
    public let requesterName: String
    public let requestedAt: Instant
    public let finishedAt: Instant?
    public let byteCount: Int
    public let rowCount: Int
    public let sha256: String
    /// Of the data parts; empty for a workbook of before these were summed up.
    public let dataSHA256: String
    /// Whether the bytes are still there.
    private let hasBytes: Bool

    /// For how many days a workbook can be fetched; no longer than `lifetimes` keeps its bytes.
    public static let daysKept = 7

    /// The moment from which nobody can fetch it any more; nil while it is being made.
    public var keptUntil: Instant? {
        finishedAt?.adding(seconds: Self.daysKept * 86_400)
    }

    /// Whether it can be fetched. The clock decides, whether or not anybody has tidied up.
    public func isKept(at now: Instant) -> Bool {
        keptUntil.map { now < $0 } ?? false && hasBytes
    }

    static let columns: SQL = """
        x.id, x.number, x.as_of, x.known_at, x.purpose, x.requested_by, x.requested_at,
        x.finished_at, x.byte_count, x.row_count, x.sha256, x.data_sha256,
        coalesce(c.name, '運用者') AS name,
        EXISTS (SELECT FROM export_chunks k WHERE k.export_id = x.id) AS has_bytes
        """

    static let tables: SQL = """
        exports x LEFT JOIN accounts c ON c.id = x.requested_by_account
        """

    init(_ row: Row) throws {
        number = try row.string("number")
        basis = TallyBasis(asOf: try row.day("as_of"), known: try row.instant("known_at"))
        purpose = try row.string("purpose")
        requestedBy = try row.actor("requested_by")
        requesterName = try row.string("name")
        requestedAt = try row.instant("requested_at")
        finishedAt = try row.optionalInstant("finished_at")
        byteCount = try row.int("byte_count")
        rowCount = try row.int("row_count")
        sha256 = try row.string("sha256")
        dataSHA256 = try row.string("data_sha256")
        hasBytes = try row.bool("has_bytes")
    }
}

extension WriteTransaction {
    /// Notes that somebody asks for a workbook.
    public func addExport(
        _ number: String, of basis: TallyBasis, for purpose: String, at moment: WriteStamp
    ) async throws {
        try await execute(
            """
            INSERT INTO exports (number, fiscal_year, as_of, known_at, purpose, requested_by,
                                 requested_at)
            VALUES (\(number), \(basis.year), \(basis.asOf), \(basis.known), \(purpose),
                    \(moment.actor), \(moment.now))
            """)
    }

    /// The next piece of a workbook.
    public func addChunk(_ bytes: [UInt8], at position: Int, of number: String) async throws {
        try await execute(
            """
            INSERT INTO export_chunks (export_id, position, bytes)
            SELECT id, \(position)::integer, \(bytes)::bytea FROM exports WHERE number = \(number)
            """)
    }

    public func finishExport(
        _ number: String, rows: Int, bytes: Int, sha256: (file: String, data: String),
        at now: Instant
    ) async throws {
        try await execute(
            """
            UPDATE exports SET finished_at = \(now), row_count = \(rows), byte_count = \(bytes),
                               sha256 = \(sha256.file), data_sha256 = \(sha256.data)
            WHERE number = \(number)
            """)
    }
}

extension ReadStore {
    public func export(number: String) async throws -> ExportRecord? {
        try await rows(
            """
            SELECT \(ExportRecord.columns) FROM \(ExportRecord.tables) WHERE x.number = \(number)
            """
        ).first.map { try ExportRecord($0) }
    }

    /// The newest first.
    public func exports(limit: Int = 20) async throws -> [ExportRecord] {
        try await rows(
            """
            SELECT \(ExportRecord.columns) FROM \(ExportRecord.tables)
            ORDER BY x.id DESC LIMIT \(limit)
            """
        ).map { try ExportRecord($0) }
    }

    /// Which pieces hold a range of a workbook's bytes, and what part of each.
    public func pieces(
        of range: Range<Int>, ofExport number: String
    ) async throws -> [(position: Int, part: Range<Int>)] {
        let rows = try await rows(
            """
            SELECT c.position, octet_length(c.bytes) AS size
            FROM export_chunks c JOIN exports x ON x.id = c.export_id
            WHERE x.number = \(number) ORDER BY c.position
            """)
        var start = 0
        return try rows.compactMap { row in
            let piece = start..<start + (try row.int("size"))
            start = piece.upperBound
            let part = piece.clamped(to: range)
            guard !part.isEmpty else { return nil }
            return (
                try row.int("position"),
                part.lowerBound - piece.lowerBound..<part.upperBound - piece.lowerBound
            )
        }
    }

    /// A piece of a workbook; nil after the last.
    public func chunk(_ position: Int, ofExport number: String) async throws -> [UInt8]? {
        try await rows(
            """
            SELECT c.bytes FROM export_chunks c JOIN exports x ON x.id = c.export_id
            WHERE x.number = \(number) AND c.position = \(position)
            """
        ).first?.bytes("bytes")
    }
}
