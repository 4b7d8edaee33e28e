public import Enrollment
internal import Postgres

/// メモ. What the office wrote down about somebody, and who struck it out.
public struct NoteRecord: Sendable {
    public let id: Int
    /// Empty once it is forgotten.
    public let words: String
    /// To the person on their own page.
    public let isShown: Bool
    /// The note in whose place it was written.
    public let corrects: Int?
    public let writer: ActorRecord
    public let writtenAt: Instant
    public let striker: ActorRecord
    /// Nil as long as it stands.
    public let struckAt: Instant?

    init(_ row: Row) throws {
        id = try row.int("id")
        words = try row.string("words")
        isShown = try row.bool("is_shown")
        corrects = try row.optionalInt("corrects")
        writer = try ActorRecord(row, "writer")
        writtenAt = try row.instant("written_at")
        striker = try ActorRecord(row, "striker")
        struckAt = try row.optionalInstant("struck_at")
    }
}

/// A note that is written.
public struct NewNote: Sendable {
    public let personID: Int
    public let words: String
    public let isShown: Bool
    /// The note in whose place it is written.
    public let corrects: Int?

    public init(ofPerson id: Int, _ words: String, isShown: Bool, inPlaceOf corrects: Int? = nil) {
        personID = id
        self.words = words
        self.isShown = isShown
        self.corrects = corrects
    }
}

extension ReadStore {
    /// All notes about a person, struck out or not, the newest first.
    public func notes(ofPerson id: Int) async throws -> [NoteRecord] {
        try await rows(
            """
            SELECT n.id, n.words, n.is_shown, n.corrects, n.written_at, n.struck_at,
                   n.written_by AS writer, w.name AS writer_name, w.role AS writer_role,
                   nullif(n.struck_by, '') AS striker, s.name AS striker_name,
                   s.role AS striker_role
            FROM notes n
            LEFT JOIN accounts w ON w.id = n.written_by_account
            LEFT JOIN accounts s ON s.id = n.struck_by_account
            WHERE n.person_id = \(id) ORDER BY n.id DESC
            """
        ).map { try NoteRecord($0) }
    }

    /// What the office tells the person of an application on their own page, the newest first.
    public func shownNotes(ofApplication id: Int) async throws -> [NoteRecord] {
        guard let record = try await application(id: id) else { return [] }
        return try await notes(ofPerson: record.personID).filter {
            $0.isShown && $0.struckAt == nil && !$0.words.isEmpty
        }
    }
}

extension WriteTransaction {
    /// Keeps two who write about one person apart, and says whether anything is held of them.
    public func holdPerson(_ id: Int) async throws -> Bool {
        _ = try await rows("SELECT id FROM people WHERE id = \(id) FOR UPDATE")
        return try await !rows(
            """
            SELECT id FROM applications WHERE person_id = \(id) AND forgotten_at IS NULL LIMIT 1
            """
        ).isEmpty
    }

    /// Gives the note's number.
    public func write(_ note: NewNote, at moment: WriteStamp) async throws -> Int {
        try await rows(
            """
            INSERT INTO notes (person_id, is_shown, words, corrects, written_by, written_at)
            VALUES (\(note.personID), \(note.isShown), \(note.words), \(note.corrects),
                    \(moment.actor), \(moment.now)) RETURNING id
            """)[0].int("id")
    }

    /// Strikes a note of a person out; false where it is struck already, or nobody's.
    public func strikeNote(
        _ note: Int, ofPerson id: Int, at moment: WriteStamp
    ) async throws -> Bool {
        try await execute(
            """
            UPDATE notes SET struck_by = \(moment.actor), struck_at = \(moment.now)
            WHERE id = \(note) AND person_id = \(id) AND struck_at IS NULL
            """) > 0
    }
}
