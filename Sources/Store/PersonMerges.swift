public import Enrollment
internal import Postgres

/// 統合 of two persons, as it stands or as it was taken back.
public struct PersonMergeRecord: Sendable {
    public let id: Int
    public let survivorID: Int
    public let absorbedID: Int
    /// 委員番号; empty of whoever was never appointed.
    public let survivorNumber: String
    public let absorbedNumber: String
    public let mergedAt: Instant
    public let merger: ActorRecord
    public let undoneAt: Instant?

    init(_ row: Row) throws {
        id = try row.int("id")
        survivorID = try row.int("survivor_id")
        absorbedID = try row.int("absorbed_id")
        survivorNumber = try row.string("survivor_number")
        absorbedNumber = try row.string("absorbed_number")
        mergedAt = try row.instant("merged_at")
        merger = try ActorRecord(row)
        undoneAt = try row.optionalInstant("undone_at")
    }

    static let columns: SQL = """
        m.id, m.survivor_id, m.absorbed_id, coalesce(s.member_number, '') AS survivor_number,
        coalesce(b.member_number, '') AS absorbed_number, m.merged_at, m.undone_at,
        m.merged_by AS actor, u.name AS actor_name, u.role AS actor_role
        """

    static let tables: SQL = """
        person_merges m JOIN people s ON s.id = m.survivor_id JOIN people b ON b.id = m.absorbed_id
        LEFT JOIN accounts u ON u.id =
            CASE WHEN m.merged_by LIKE 'account:%' THEN substr(m.merged_by, 9)::bigint END
        """
}

/// What one application was before a merge, and what became of it by it.
public struct MergedApplication: Sendable {
    public let applicationID: Int
    public let personID: Int
    public let state: ApplicationState
    /// Into which it leads since; nil where it does not.
    public let ledInto: Int?

    public init(applicationID: Int, personID: Int, state: ApplicationState, ledInto: Int?) {
        self.applicationID = applicationID
        self.personID = personID
        self.state = state
        self.ledInto = ledInto
    }
}

extension ReadStore {
    /// Who has a 委員番号 today: whoever was merged is the one who stays.
    public func personID(memberNumber: String) async throws -> Int? {
        try await rows(
            "SELECT survivor_of(id) AS id FROM people WHERE member_number = \(memberNumber)"
        ).first?.int("id")
    }

    /// All that a person has, for merging them with another; `isSurvivors` as it is told.
    public func mergingParts(
        ofPerson id: Int, isSurvivors: Bool
    ) async throws -> [PersonMerging.Part] {
        try await rows(
            """
            SELECT a.id, a.receipt, a.fiscal_year, a.kind, a.state, p.number, t.true_from,
                   t.ends_on, t.end_reason
            FROM applications a
            LEFT JOIN appointments p ON p.application_id = a.id AND p.undone_by IS NULL
            LEFT JOIN appointment_terms t
              ON t.appointment_id = p.id AND t.known_until = 'infinity'
            WHERE a.person_id = \(id) ORDER BY a.id
            """
        ).map { row in
            var appointed: (number: String, term: Term)?
            if let number = try row.optionalString("number"), let term = try row.optionalTerm() {
                appointed = (number, term)
            }
            return PersonMerging.Part(
                applicationID: try row.int("id"), receipt: try row.string("receipt"),
                isSurvivors: isSurvivors,
                applied: (try row.year("fiscal_year"), try row.code("kind")),
                state: try row.code("state"), appointed: appointed)
        }
    }

    public func personMerge(_ id: Int) async throws -> PersonMergeRecord? {
        try await rows(
            """
            SELECT \(PersonMergeRecord.columns) FROM \(PersonMergeRecord.tables) WHERE m.id = \(id)
            """
        ).first.map { try PersonMergeRecord($0) }
    }

    /// Those by which a person became more than they were, the last first.
    public func personMerges(ofPerson id: Int) async throws -> [PersonMergeRecord] {
        try await rows(
            """
            SELECT \(PersonMergeRecord.columns) FROM \(PersonMergeRecord.tables)
            WHERE m.survivor_id = \(id) OR m.absorbed_id = \(id) ORDER BY m.id DESC LIMIT 50
            """
        ).map { try PersonMergeRecord($0) }
    }

    /// The last ones, of everybody.
    public func personMerges(limit: Int) async throws -> [PersonMergeRecord] {
        try await rows(
            """
            SELECT \(PersonMergeRecord.columns) FROM \(PersonMergeRecord.tables)
            ORDER BY m.id DESC LIMIT \(limit)
            """
        ).map { try PersonMergeRecord($0) }
    }

    /// What was applied for since by whoever stays, which might be either's.
    public func applications(
        since merge: PersonMergeRecord
    ) async throws -> [ApplicationRecord] {
        try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM \(ApplicationRecord.tables)
            WHERE a.person_id = \(merge.survivorID) AND a.received_at > \(merge.mergedAt)
              AND a.id NOT IN (SELECT application_id FROM merged_applications m
                               JOIN person_merges p ON p.id = m.merge_id
                               WHERE p.undone_at IS NULL AND p.id > \(merge.id))
            ORDER BY a.id
            """
        ).map { try ApplicationRecord($0) }
    }

    public func mergedApplications(by merge: Int) async throws -> [MergedApplication] {
        try await rows(
            """
            SELECT application_id, person_id, state, led_into FROM merged_applications
            WHERE merge_id = \(merge) ORDER BY application_id
            """
        ).map {
            MergedApplication(
                applicationID: try $0.int("application_id"), personID: try $0.int("person_id"),
                state: try $0.code("state"), ledInto: try $0.optionalInt("led_into"))
        }
    }
}

extension WriteTransaction {
    /// Two persons, held from now on with all that they have applied for; false where one of them
    /// leads to another already.
    public func hold(people ids: [Int]) async throws -> Bool {
        let free = try await rows(
            """
            SELECT id, merged_into IS NULL AS is_free FROM people WHERE id = ANY(\(ids)::bigint[])
            ORDER BY id FOR UPDATE
            """)
        try await execute(
            """
            SELECT id FROM applications WHERE person_id = ANY(\(ids)::bigint[])
            ORDER BY id FOR UPDATE
            """)
        return try free.count == Set(ids).count && free.allSatisfy { try $0.bool("is_free") }
    }

    /// Keeps that a person leads to another, and what each application was before.
    public func addMerge(
        of absorbed: Int, into survivor: Int, _ applications: [MergedApplication],
        at moment: WriteStamp
    ) async throws -> Int {
        try await execute(
            "UPDATE people SET merged_into = \(survivor) WHERE id = \(absorbed)")
        let id = try await rows(
            """
            INSERT INTO person_merges (survivor_id, absorbed_id, merged_at, merged_by)
            VALUES (\(survivor), \(absorbed), \(moment.now), \(moment.actor)) RETURNING id
            """)[0].int("id")
        try await execute(
            """
            INSERT INTO merged_applications (merge_id, application_id, person_id, state, led_into)
            SELECT \(id)::bigint, f.application, f.person, f.state, f.led_into
            FROM unnest(\(applications.map(\.applicationID))::bigint[],
                        \(applications.map(\.personID))::bigint[],
                        \(applications.map(\.state.rawValue))::text[],
                        \(applications.map(\.ledInto))::bigint[])
              AS f(application, person, state, led_into)
            """)
        return id
    }

    /// A person stands for themselves again. False where that is so already.
    public func undoMerge(_ merge: PersonMergeRecord, at moment: WriteStamp) async throws -> Bool {
        let undone = try await execute(
            """
            UPDATE person_merges SET undone_at = \(moment.now), undone_by = \(moment.actor)
            WHERE id = \(merge.id) AND undone_at IS NULL
            """)
        guard undone == 1 else { return false }
        try await execute("UPDATE people SET merged_into = NULL WHERE id = \(merge.absorbedID)")
        return true
    }

    /// What waits for a person goes to the one who stays: one word holds it back.
    public func moveWaitingLetters(of personID: Int, to survivor: Int) async throws {
        try await execute(
            """
            UPDATE outbox SET person_id = \(survivor)
            WHERE person_id = \(personID) AND state = 'waiting'
            """)
    }
}
