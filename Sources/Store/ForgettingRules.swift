internal import Enrollment
internal import Postgres

/// Which rows `t` a lifetime is of, from which moment of theirs it is counted, and what forgetting
/// does.
struct ForgettingRule {
    enum Act {
        case delete
        /// The row stays; columns are set.
        case wipe(SQL)
        /// With their progress.
        case deleteJobs
        /// In all tables that hold them.
        case wipeParticulars
        /// By the journal's owner; nobody else may, and the rows stay as a trace.
        case askOwner
    }

    let table: SQL
    let moment: SQL
    let act: Act
    /// Which rows besides those whose moment has passed.
    private let condition: SQL

    private init(_ table: SQL, from moment: SQL, where condition: SQL = "true", _ act: Act) {
        self.table = table
        self.moment = moment
        self.condition = condition
        self.act = act
    }

    func past(_ limit: Instant) -> SQL {
        "\(condition) AND \(moment) <= \(limit)::timestamptz"
    }

    /// The rules of a kind, in the order in which its tables are forgotten.
    static func all(of kind: Lifetime.Kind) -> [ForgettingRule] {
        switch kind {
        case .draft: [ForgettingRule(kind), waitingFiles]
        case .groupOriginal: [originals, details]
        case .applicationWithoutAppointment: [unappointed, notes(ofAppointed: false), addressees]
        case .applicationWithAppointment: [appointed, notes(ofAppointed: true)]
        default: [ForgettingRule(kind)]
        }
    }

    /// A file of which nobody has said what its columns are for is a draft, too.
    private static let waitingFiles = Self("waiting_files", from: "t.received_at", .delete)

    private init(_ kind: Lifetime.Kind) {
        self =
            switch kind {
            case .draft: Self("drafts", from: "t.created_at", .delete)
            case .mailCode: Self("mail_codes", from: "t.expires_at", .delete)
            case .session: Self("sessions", from: "t.expires_at", .delete)
            case .limitCount: Self("limit_counts", from: "t.began_at", .delete)
            case .letterBody: Self.letters("t.state = 'delivered'")
            case .undeliveredLetter: Self.letters("t.state IN ('failed', 'suppressed')")
            case .groupOriginal: Self.originals
            case .groupAnswers: Self.answers
            case .job: Self.jobs
            case .exportBytes: Self.exports
            case .journalDetails: Self.journalDetails
            case .applicationWithoutAppointment: Self.unappointed
            case .applicationWithAppointment: Self.appointed
            case .invitation:
                Self(
                    "invitations", from: "coalesce(t.accepted_at, t.withdrawn_at, t.expires_at)",
                    .delete)
            }
    }

    /// A letter that still waits is not touched.
    private static func letters(_ states: SQL) -> Self {
        Self(
            "outbox", from: "coalesce(t.delivered_at, t.created_at)",
            where: "t.body <> '' AND t.state <> 'waiting' AND \(states)",
            .wipe("body = '', subject = '', recipient = ''"))
    }

    /// A file that was confirmed and waits for its job is still needed. What was found in it goes
    /// with it: of a problem only its code and its question stay.
    private static let originals = Self(
        "group_files", from: "(SELECT p.planned_at FROM plans p WHERE p.id = t.plan_id)",
        where: """
            t.original IS NOT NULL
            AND NOT EXISTS (SELECT FROM plans p WHERE p.id = t.plan_id AND p.state = 'confirmed')
            """,
        .wipe(originalIsForgotten))

    static let originalIsForgotten: SQL =
        "original = NULL, details = NULL, file_problems = \(withoutArguments("file_problems"))"

    /// When the file of a line was received.
    private static let uploadedAt: SQL = """
        (SELECT p.planned_at FROM group_files g JOIN plans p ON p.id = g.plan_id
         WHERE g.id = t.group_file_id)
        """

    /// What is said of a file's rows is forgotten with the file.
    private static let details = Self(
        "group_lines",
        from: uploadedAt,
        where: """
            t.cells IS NOT NULL
            AND NOT EXISTS (SELECT FROM group_files g JOIN plans p ON p.id = g.plan_id
                            WHERE g.id = t.group_file_id AND p.state = 'confirmed')
            """, .wipe(lineIsForgotten))

    static let lineIsForgotten: SQL = "cells = NULL, problems = \(withoutArguments("problems"))"

    private static func withoutArguments(_ problems: SQL) -> SQL {
        """
        coalesce((SELECT jsonb_agg(p.problem - 'arguments' ORDER BY p.position)
                  FROM jsonb_array_elements(\(problems)) WITH ORDINALITY
                    AS p(problem, position)), '[]')
        """
    }

    /// What the office has not decided yet is kept until it has, with the row beside it.
    private static let answers = Self(
        "group_lines",
        from: uploadedAt,
        where: """
            t.answers IS NOT NULL
            AND NOT EXISTS (SELECT FROM group_files g JOIN plans p ON p.id = g.plan_id
                            WHERE g.id = t.group_file_id AND p.state = 'confirmed')
            AND NOT EXISTS (SELECT FROM doubts d
                            WHERE d.group_file_id = t.group_file_id AND d.answer = ''
                              AND t.row_number IN (d.row_number, d.other_row))
            """, .wipe("answers = NULL"))

    private static let journalDetails = Self(
        "event_details", from: "(SELECT e.known_from FROM events e WHERE e.id = t.event_id)",
        where: "t.forgotten_at IS NULL", .askOwner)

    private static let jobs = Self(
        "jobs", from: "coalesce(t.finished_at, t.created_at)", where: "t.state <> 'waiting'",
        .deleteJobs)

    private static let exports = Self(
        "export_chunks", from: "(SELECT x.finished_at FROM exports x WHERE x.id = t.export_id)",
        .delete)

    /// Until the end of the fiscal year in which somebody applied.
    private static let unappointed = Self(
        "applications",
        from: "(make_date(t.fiscal_year + 1, 4, 1)::timestamp AT TIME ZONE 'Asia/Tokyo')",
        where: """
            t.forgotten_at IS NULL
            AND NOT EXISTS (SELECT FROM appointments p WHERE p.application_id = t.id)
            """, .wipeParticulars)

    /// To whom 資材 were addressed: until the end of the fiscal year in which it was asked for.
    private static let addressees = Self(
        "material_facts",
        from: """
            (SELECT make_date(r.fiscal_year + 1, 4, 1)::timestamp AT TIME ZONE 'Asia/Tokyo'
             FROM material_requests r WHERE r.id = t.request_id)
            """,
        where: "NOT t.is_forgotten", .wipe("addressee = '', phone = '', is_forgotten = true"))

    /// Until the end of the fiscal year for which the person was last appointed.
    private static let appointed = Self(
        "applications",
        from: """
            (SELECT make_date(max(p.fiscal_year) + 1, 4, 1)::timestamp AT TIME ZONE 'Asia/Tokyo'
             FROM appointments p WHERE p.person_id = t.person_id)
            """,
        where: """
            t.forgotten_at IS NULL
            AND EXISTS (SELECT FROM appointments p WHERE p.application_id = t.id)
            """, .wipeParticulars)

    /// Notes go with the last application of their person.
    private static func notes(ofAppointed isAppointed: Bool) -> Self {
        let facts: SQL = isAppointed ? "appointments" : "applications"
        let has: SQL = isAppointed ? "EXISTS" : "NOT EXISTS"
        return Self(
            "notes",
            from: """
                (SELECT make_date(max(p.fiscal_year) + 1, 4, 1)::timestamp
                        AT TIME ZONE 'Asia/Tokyo'
                 FROM \(facts) p WHERE p.person_id = t.person_id)
                """,
            where: """
                NOT t.is_forgotten
                AND \(has) (SELECT FROM appointments p WHERE p.person_id = t.person_id)
                AND NOT EXISTS (SELECT FROM applications a
                                WHERE a.person_id = t.person_id AND a.forgotten_at IS NULL)
                """, .wipe("words = '', is_forgotten = true"))
    }
}
