internal import Enrollment
public import JSON
internal import Postgres

/// What is held about somebody under one heading.
public struct OwnDataPart: Sendable {
    public let name: String
    public let items: [JSONValue]
}

/// 本人に渡すデータ. Everything about the person of an application that stands under its mail address;
/// nobody else's, no secret of ours. Read by the program and not by pages.
extension WriteTransaction {
    public func ownData(ofApplication id: Int) async throws -> [OwnDataPart] {
        let ids = try await holdApplications(withMailOf: id).map(\.applicationID) + merged(with: id)
        var parts: [OwnDataPart] = []
        for (name, question) in Self.questions(about: ids.isEmpty ? [id] : ids) {
            let items = try await rows("SELECT to_jsonb(t)::text AS item FROM (\(question)) t")
                .map { row in
                    try row.read("item") { try? JSONValue(reading: $0.utf8) }
                }
            parts.append(OwnDataPart(name: name, items: items))
        }
        return parts
    }

    /// Of somebody who was known as two, all that either has: the office has made sure.
    private func merged(with id: Int) async throws -> [Int] {
        try await rows(
            """
            SELECT o.id FROM applications a
            JOIN applications o ON o.person_id = a.person_id AND o.forgotten_at IS NULL
            WHERE a.id = \(id) AND EXISTS (
                SELECT FROM person_merges m
                WHERE m.survivor_id = a.person_id AND m.undone_at IS NULL)
            ORDER BY o.id
            """
        ).map { try $0.int("id") }
    }

    private static func questions(about ids: [Int]) -> [(String, SQL)] {
        applications(ids) + facts(ids) + amendments(ids) + appointments(ids) + certificates(ids)
            + letters(ids)
            + records(ids) + merges(ids)
    }

    private static func applications(_ ids: [Int]) -> [(String, SQL)] {
        [
            (
                "applications",
                """
                SELECT a.receipt, a.fiscal_year, a.kind, a.route, a.state, a.category,
                       p.name AS programme, o.name AS organization, a.workplace_name, a.unit,
                       a.activity_note, a.family_name, a.given_name, a.family_name_kana,
                       a.given_name_kana, a.family_name_0213, a.given_name_0213, a.no_reading,
                       a.single_name, a.postal_code, pr.name AS prefecture,
                       m.name || a.ward AS city, a.street, a.building, a.email, a.phone,
                       a.employee_number, a.badge_opt_in, a.news_opt_in, a.share_consent,
                       a.public_consent, a.reuse_answer, a.received_on, a.received_at,
                       a.mail_confirmed_at, n.member_number
                FROM applications a
                JOIN people n ON n.id = a.person_id
                JOIN prefectures pr ON pr.code = a.prefecture_code
                JOIN municipalities m ON m.code = a.municipality_code
                LEFT JOIN organizations o ON o.id = a.organization_id
                LEFT JOIN programmes p
                  ON p.fiscal_year = a.fiscal_year AND p.id = a.programme_id
                WHERE a.id = ANY(\(ids)::bigint[]) ORDER BY a.id
                """
            ),
            (
                "states",
                """
                SELECT a.receipt, s.state, s.true_on, s.known_from, s.reason
                FROM application_states s JOIN applications a ON a.id = s.application_id
                WHERE s.application_id = ANY(\(ids)::bigint[]) ORDER BY s.id
                """
            ),
            (
                "earlier_versions",
                """
                SELECT a.receipt, v.kind, v.category, v.family_name, v.given_name,
                       v.family_name_kana, v.given_name_kana, v.postal_code,
                       pr.name AS prefecture, m.name || v.ward AS city, v.street, v.building,
                       v.phone, v.unit, v.workplace_name, v.activity_note, v.badge_opt_in,
                       v.known_from, v.known_until
                FROM application_versions v JOIN applications a ON a.id = v.application_id
                JOIN prefectures pr ON pr.code = v.prefecture_code
                JOIN municipalities m ON m.code = v.municipality_code
                WHERE v.application_id = ANY(\(ids)::bigint[])
                ORDER BY v.application_id, v.known_until
                """
            ),
        ]
    }

    private static func amendments(_ ids: [Int]) -> [(String, SQL)] {
        [
            (
                "amendments",
                """
                SELECT a.receipt, r.questions, r.due_on, r.asked_at, r.state, r.ended_at,
                       r.reminded_at
                FROM amendments r JOIN applications a ON a.id = r.application_id
                WHERE r.application_id = ANY(\(ids)::bigint[]) ORDER BY r.id
                """
            )
        ]
    }

    private static func facts(_ ids: [Int]) -> [(String, SQL)] {
        [
            (
                "consents",
                """
                SELECT a.receipt, c.kind, c.version, c.given_by, c.known_from
                FROM application_consents c JOIN applications a ON a.id = c.application_id
                WHERE c.application_id = ANY(\(ids)::bigint[])
                ORDER BY c.application_id, c.kind
                """
            ),
            (
                "affiliations",
                """
                SELECT a.receipt, o.name AS organization, b.name AS business_place, f.unit,
                       f.is_primary, f.true_from, f.true_until, f.left_because, f.known_from,
                       nullif(f.known_until, 'infinity') AS known_until
                FROM affiliations f JOIN applications a ON a.id = f.application_id
                JOIN organizations o ON o.id = f.organization_id
                LEFT JOIN business_places b ON b.id = f.business_place_id
                WHERE f.application_id = ANY(\(ids)::bigint[]) ORDER BY f.id
                """
            ),
            (
                "viewings",
                """
                SELECT a.receipt, d.title AS video, v.fiscal_year, v.viewed_on, v.grade,
                       v.known_from, nullif(v.known_until, 'infinity') AS known_until
                FROM viewings v JOIN applications a ON a.id = v.application_id
                JOIN videos d ON d.fiscal_year = v.fiscal_year AND d.slot = v.video_slot
                WHERE v.application_id = ANY(\(ids)::bigint[]) ORDER BY v.id
                """
            ),
            (
                "correction_requests",
                """
                SELECT a.receipt, r.answers, r.asked_at, r.state, r.reason, r.decided_at
                FROM correction_requests r JOIN applications a ON a.id = r.application_id
                WHERE r.application_id = ANY(\(ids)::bigint[]) ORDER BY r.id
                """
            ),
            (
                "organizations_said",
                """
                SELECT a.receipt, o.name AS organization, p.answers, p.known_from,
                       nullif(p.known_until, 'infinity') AS known_until
                FROM proposals p JOIN applications a ON a.id = p.application_id
                JOIN organizations o ON o.id = p.organization_id
                WHERE p.application_id = ANY(\(ids)::bigint[]) ORDER BY p.id
                """
            ),
        ]
    }

    private static func appointments(_ ids: [Int]) -> [(String, SQL)] {
        [
            (
                "appointments",
                """
                SELECT a.receipt, p.number, p.fiscal_year, p.kind, p.history, p.decided_on,
                       p.decision_number, t.true_from,
                       CASE WHEN t.end_reason IN ('', 'superseded') THEN t.ends_on - 1
                            WHEN t.end_reason <> 'cancelled' THEN t.ends_on END AS last_day,
                       t.end_reason, t.known_from,
                       nullif(t.known_until, 'infinity') AS known_until
                FROM appointments p JOIN applications a ON a.id = p.application_id
                JOIN appointment_terms t ON t.appointment_id = p.id
                WHERE p.application_id = ANY(\(ids)::bigint[]) ORDER BY p.id, t.id
                """
            ),
            (
                "badges",
                """
                SELECT p.number, b.token, b.class_slug, b.salt, b.identity, b.issued_on,
                       b.expires_on, b.known_from, b.revoked_at, b.revocation_reason
                FROM badges b JOIN appointments p ON p.id = b.appointment_id
                WHERE p.application_id = ANY(\(ids)::bigint[]) ORDER BY b.id
                """
            ),
            (
                "badge_revocations_undone",
                """
                SELECT p.number, u.revoked_at, u.reason, u.undone_at
                FROM badge_revocations_undone u JOIN badges b ON b.id = u.badge_id
                JOIN appointments p ON p.id = b.appointment_id
                WHERE p.application_id = ANY(\(ids)::bigint[]) ORDER BY u.badge_id, u.undone_at
                """
            ),
        ]
    }

    private static func certificates(_ ids: [Int]) -> [(String, SQL)] {
        [
            (
                "certificate_codes",
                """
                SELECT p.number, c.key_id AS key, encode(c.code, 'base64') AS code, c.known_from
                FROM certificate_codes c JOIN appointments p ON p.id = c.appointment_id
                WHERE p.application_id = ANY(\(ids)::bigint[]) ORDER BY c.known_from, c.id
                """
            ),
            (
                "badge_credentials",
                """
                SELECT p.number, c.key_id AS key, s.status_index, c.document, c.known_from
                FROM badge_credentials c JOIN badge_statuses s ON s.badge_id = c.badge_id
                JOIN badges b ON b.id = c.badge_id
                JOIN appointments p ON p.id = b.appointment_id
                WHERE p.application_id = ANY(\(ids)::bigint[]) ORDER BY c.id
                """
            ),
        ]
    }

    private static func merges(_ ids: [Int]) -> [(String, SQL)] {
        [
            (
                "merges",
                """
                SELECT s.member_number AS stays, b.member_number AS merged, m.merged_at,
                       m.undone_at
                FROM person_merges m JOIN people s ON s.id = m.survivor_id
                JOIN people b ON b.id = m.absorbed_id
                WHERE m.survivor_id IN
                    (SELECT person_id FROM applications WHERE id = ANY(\(ids)::bigint[]))
                ORDER BY m.id
                """
            )
        ]
    }

    /// Letters went also to the address that somebody had before they changed it. A code is a key,
    /// not a fact about somebody: its letter is named, and its text left out. Who of the office did
    /// something is somebody else's.
    private static func letters(_ ids: [Int]) -> [(String, SQL)] {
        [
            (
                "letters",
                """
                SELECT q.letter, q.recipient, q.subject,
                       CASE WHEN q.letter <> 'code' THEN q.body END AS body, q.state,
                       q.created_at, q.delivered_at
                FROM outbox q
                CROSS JOIN LATERAL (
                    SELECT bool_or(lower(q.recipient) = lower(a.email)) AS is_reached,
                           bool_or(q.person_id = a.person_id) AS is_own
                    FROM applications a WHERE a.id = ANY(\(ids)::bigint[])) t
                WHERE t.is_reached AND (t.is_own OR q.person_id IS NULL AND q.letter = 'receipts')
                   OR t.is_own AND lower(q.recipient) IN (
                    SELECT lower(d.before ->> 'email')
                    FROM events e JOIN event_details d ON d.event_id = e.id
                    WHERE e.act = \(EventKind.changeMail) AND e.subject IN (
                        SELECT 'application:' || id
                        FROM applications WHERE id = ANY(\(ids)::bigint[])))
                ORDER BY q.id
                """
            )
        ]
    }

    private static func records(_ ids: [Int]) -> [(String, SQL)] {
        [
            (
                "notes",
                """
                SELECT n.written_at, n.is_shown AS shown_to_you,
                       CASE WHEN n.is_shown THEN n.words END AS words, n.struck_at
                FROM notes n WHERE n.person_id IN
                    (SELECT person_id FROM applications WHERE id = ANY(\(ids)::bigint[]))
                ORDER BY n.id
                """
            ),
            (
                "journal",
                """
                SELECT e.act, split_part(e.actor, ':', 1) AS by_whom, e.true_on, e.known_from,
                       d.before, d.after, nullif(d.reason, '') AS reason
                FROM events e LEFT JOIN event_details d ON d.event_id = e.id
                WHERE e.subject IN (
                    SELECT 'application:' || id FROM applications WHERE id = ANY(\(ids)::bigint[])
                    UNION ALL
                    SELECT 'receipt:' || receipt FROM applications
                    WHERE id = ANY(\(ids)::bigint[])
                    UNION ALL
                    SELECT 'appointment:' || number FROM appointments
                    WHERE application_id = ANY(\(ids)::bigint[])
                    UNION ALL
                    SELECT 'person:' || person_id FROM applications
                    WHERE id = ANY(\(ids)::bigint[]))
                ORDER BY e.id
                """
            ),
            (
                "sessions",
                """
                SELECT s.created_at, s.last_seen_at, s.expires_at FROM sessions s
                WHERE s.application_id = ANY(\(ids)::bigint[]) ORDER BY s.created_at
                """
            ),
        ]
    }
}
