public import Enrollment
internal import JSON
internal import Postgres

/// 団体申請の名簿: a file as it was received, with the plan that was made of it.
public struct GroupFileRecord: Sendable {
    public let id: Int
    /// What is to be done with it, and how far that is.
    public let plan: PlanRecord
    /// How much of the organization whoever sent it looked after.
    public let scope: OrganizationScope
    /// The 事業所 of that; nil for the whole organization.
    public let senderPlaceID: Int?
    public let fileName: String
    public let format: String
    public let headerRow: Int
    public let counts: [GroupPlan.Outcome: Int]
    public let rowCount: Int
    public let leavingCount: Int
    public let appliedCount: Int
    /// How many of those whom sending it concerns want a badge.
    public let badgeCount: Int
    /// Who sent it; empty for the operator.
    public let coordinator: Coordinator
    /// Whether a plan has taken back what could be taken back of it then.
    public let isUndone: Bool

    /// Whether it is a spreadsheet's book; else it is a CSV file.
    public var isBook: Bool { format == Self.bookFormat }
    /// How `format` says so.
    public static let bookFormat = "xlsx"

    public var organizationID: Int { scope.organizationID }
    public var number: String { plan.number }
    public var year: FiscalYear { plan.year }
    public var state: PlanState { plan.state }
    /// A file is planned when it is received.
    public var uploadedAt: Instant { plan.plannedAt }
    public var evidence: EvidenceKind { coordinator.evidence }

    init(_ row: Row) throws {
        id = try row.int("id")
        plan = try PlanRecord(row)
        scope = OrganizationScope(
            try row.int("organization_id"), at: try row.optionalPath("sender_path"))
        senderPlaceID = try row.optionalInt("business_place_id")
        fileName = try row.string("file_name")
        format = try row.string("encoding")
        headerRow = try row.int("header_row")
        rowCount = try row.int("row_count")
        leavingCount = try row.int("leaving_count")
        appliedCount = try row.int("applied_count")
        badgeCount = try row.int("badge_count")
        isUndone = try row.bool("is_undone")
        coordinator = Coordinator(
            name: try row.string("coordinator_name"), phone: try row.string("coordinator_phone"),
            email: try row.string("coordinator_email"), evidence: try row.code("evidence_kind"),
            attests: plan.isAttested)
        var counts: [GroupPlan.Outcome: Int] = [:]
        for outcome in GroupPlan.Outcome.allCases {
            counts[outcome] = try row.int("\(outcome.rawValue)_count")
        }
        self.counts = counts
    }

    static let columns: SQL = """
        g.id, \(PlanRecord.columns), g.organization_id, g.business_place_id,
        h.path AS sender_path, g.file_name, g.encoding, g.header_row,
        g.row_count, g.new_count, g.changed_count, g.unchanged_count, g.joins_count,
        g.repeated_count, g.error_count, g.held_count, g.leaving_count, g.applied_count,
        g.badge_count, g.evidence_kind, g.coordinator_name, g.coordinator_phone,
        g.coordinator_email,
        EXISTS (SELECT FROM plans u WHERE u.undoes = p.id AND u.state = 'applied') AS is_undone
        """

    static let tables: SQL = """
        group_files g JOIN plans p ON p.id = g.plan_id
        LEFT JOIN business_places h ON h.id = g.business_place_id
        """
}

/// A file on its way into the tables.
public struct NewGroupFile: Sendable {
    public let scope: OrganizationScope
    public let fileName: String
    public let bytes: [UInt8]
    public let sha256: String
    public let format: String
    public let coordinator: Coordinator
    public let leavingCount: Int

    public init(
        of scope: OrganizationScope, file: (name: String, bytes: [UInt8]), sha256: String,
        format: String, coordinator: Coordinator, leavingCount: Int
    ) {
        self.scope = scope
        fileName = file.name
        bytes = file.bytes
        self.sha256 = sha256
        self.format = format
        self.coordinator = coordinator
        self.leavingCount = leavingCount
    }
}

/// 取りまとめ担当者 and what they attest.
public struct Coordinator: Sendable {
    public let name: String
    public let phone: String
    public let email: String
    public let evidence: EvidenceKind
    public let attests: Bool

    public init(name: String, phone: String, email: String, evidence: EvidenceKind, attests: Bool) {
        self.name = name
        self.phone = phone
        self.email = email
        self.evidence = evidence
        self.attests = attests
    }
}

/// What is kept of a plan's lines: what is said of them, and all answers only of rows that wait for
/// the office's word. Making it takes a while: away from the loop.
public struct GroupLineRows: Sendable {
    let rows: CopyRows

    /// Throws `PostgresError.nulInText`.
    public init(_ lines: ArraySlice<GroupPlan.Line>, of file: Int) throws {
        var rows = CopyRows(byteCount: 640 * lines.count)
        for line in lines {
            let cells = line.noticed?.cells
            try rows.append {
                try $0.bigint(file)
                try $0.integer(line.row)
                try $0.text(line.outcome.rawValue)
                try $0.jsonb(line.problems.json.text)
                try $0.jsonb(line.outcome == .held ? Answers.json(line.draft) : nil)
                try $0.jsonb(cells.map(Answers.json))
            }
        }
        self.rows = rows
    }
}

extension WriteTransaction {
    /// Keeps the file of a plan, with what was found in it; gives its id.
    public func keep(
        _ file: NewGroupFile, of plan: Int, _ found: GroupPlan
    ) async throws -> Int {
        let count = found.count
        return try await rows(
            """
            INSERT INTO group_files (plan_id, organization_id, business_place_id, file_name, sha256,
                original, encoding, header_row, row_count, new_count, changed_count,
                unchanged_count, joins_count, repeated_count, error_count, held_count,
                leaving_count, badge_count, file_problems,
                details, coordinator_name, coordinator_phone, coordinator_email, evidence_kind)
            VALUES (\(plan), \(file.scope.organizationID), (SELECT id FROM business_places
                 WHERE organization_id = \(file.scope.organizationID)
                   AND path = \(file.scope.place?.description)), \(file.fileName), \(file.sha256),
                \(file.bytes), \(file.format), \(found.headerRow), \(found.lines.count),
                \(count(.new)), \(count(.changed)), \(count(.unchanged)), \(count(.joins)),
                \(count(.repeated)), \(count(.error)), \(count(.held)), \(file.leavingCount),
                \(found.badgeCount), \(found.noticesOfFile.json.text)::jsonb,
                \(GroupFileFindings.details(of: found).text)::jsonb, \(file.coordinator.name),
                \(file.coordinator.phone), \(file.coordinator.email),
                \(file.coordinator.evidence))
            RETURNING id
            """)[0].int("id")
    }

    /// Keeps lines of a file's plan.
    public func keep(_ lines: GroupLineRows) async throws {
        _ = try await session.copyIn(
            binary: """
                COPY group_lines (group_file_id, row_number, outcome, problems, answers, cells)
                FROM STDIN (FORMAT binary)
                """
        ) { try await $0(lines.rows) }
    }

    /// Says of lines what became of them and wipes what they held, but for what somebody was asked
    /// about: an answer may be taken back.
    public func finish(_ lines: [DoneLine], of file: Int) async throws {
        try await executeLong(
            """
            UPDATE group_lines l SET applied_as = f.applied, answers = CASE WHEN EXISTS (
                SELECT FROM doubts d WHERE d.group_file_id = l.group_file_id
                  AND d.row_number = l.row_number) THEN l.answers END,
                application_id = coalesce(f.application,
                         (SELECT a.id FROM applications a WHERE a.receipt = f.receipt))
            FROM unnest(\(lines.map(\.row))::integer[],
                        \(lines.map(\.applicationID))::bigint[], \(lines.map(\.receipt))::text[],
                        \(lines.map(\.appliedAs.rawValue))::text[])
              AS f(row, application, receipt, applied)
            WHERE l.group_file_id = \(file) AND l.row_number = f.row
            """)
    }

    /// How many rows of a file did anything.
    public func setApplied(_ count: Int, of file: Int) async throws {
        try await execute("UPDATE group_files SET applied_count = \(count) WHERE id = \(file)")
    }
}

extension ReadStore {
    public func groupFile(number: String) async throws -> GroupFileRecord? {
        try await rows(
            """
            SELECT \(GroupFileRecord.columns) FROM \(GroupFileRecord.tables)
            WHERE p.number = \(number)
            """
        ).first.map { try GroupFileRecord($0) }
    }

    /// The newest files, of whoever sent them or of what somebody looks after; those before one of
    /// them.
    public func groupFiles(
        of scope: OrganizationScope?, before file: Int? = nil, limit: Int
    ) async throws -> [GroupFileRecord] {
        let who: SQL =
            scope.map { "g.organization_id = \($0.organizationID) AND \($0.covers("g"))" } ?? "true"
        let older: SQL = file.map { "g.id < \($0)" } ?? "true"
        return try await rows(
            """
            SELECT \(GroupFileRecord.columns) FROM \(GroupFileRecord.tables)
            WHERE \(who) AND \(older) ORDER BY g.id DESC LIMIT \(limit)
            """
        ).map { try GroupFileRecord($0) }
    }

    /// The file of the same octets that the organization sent, and that was applied and not taken
    /// back, before this one: its number, and when it was received.
    public func earlierGroupFile(
        sameAs number: String
    ) async throws -> (number: String, at: Instant)? {
        try await rows(
            """
            SELECT q.number, q.planned_at FROM \(GroupFileRecord.tables)
            JOIN group_files e ON e.organization_id = g.organization_id AND e.sha256 = g.sha256
            JOIN plans q ON q.id = e.plan_id
            WHERE p.number = \(number) AND e.id < g.id AND q.state = \(PlanState.applied)
              AND NOT EXISTS (SELECT FROM plans u
                              WHERE u.undoes = q.id AND u.state = \(PlanState.applied))
            ORDER BY e.id DESC LIMIT 1
            """
        ).first.map { (try $0.string("number"), try $0.instant("planned_at")) }
    }

    /// The bytes as they came; nil when they are forgotten.
    public func original(of file: Int) async throws -> [UInt8]? {
        try await longRows("SELECT original FROM group_files WHERE id = \(file)")
            .first?.optionalBytes("original")
    }

    /// How many live people of an organization in a year, as far as the file speaks for it, are not
    /// among these people; nothing becomes of them because a file did not name them.
    public func leavingCount(
        besides people: [Int], of scope: OrganizationScope, in year: FiscalYear
    ) async throws -> Int {
        try await longRows(
            """
            SELECT count(*) AS n FROM affiliations f
            WHERE f.organization_id = \(scope.organizationID) AND f.fiscal_year = \(year)
              AND f.known_until = 'infinity' AND f.left_because = ''
              AND \(scope.covers("f")) AND NOT f.person_id = ANY(\(people)::bigint[])
            """)[0].int("n")
    }
}

extension WriteTransaction {
    /// A file that is not sent after all: what was in it is forgotten, what was counted stays.
    public func discard(_ file: Int, of plan: Int) async throws {
        try await execute(
            "UPDATE plans SET state = \(PlanState.discarded) WHERE id = \(plan)")
        try await execute(
            "UPDATE group_files t SET \(ForgettingRule.originalIsForgotten) WHERE t.id = \(file)")
        try await execute(
            """
            UPDATE group_lines t SET \(ForgettingRule.lineIsForgotten), answers = NULL
            WHERE t.group_file_id = \(file)
            """)
    }
}
