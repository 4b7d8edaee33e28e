public import Enrollment
internal import Postgres

extension WriteTransaction {
    /// Wipes who somebody was from their applications and from what was copied of them. What is
    /// counted stays: kind, year, organization, prefecture, municipality, days, terms, numbers.
    /// `chosen` are places of rows of `applications` that are locked.
    func forgetParticulars(_ chosen: SQL, at now: Instant) async throws -> Int {
        try await executeLong(
            """
            WITH gone AS MATERIALIZED (
                SELECT id, person_id, fiscal_year, match_key FROM applications
                WHERE ctid = ANY(\(chosen))),
            given AS MATERIALIZED (
                SELECT b.id FROM badges b JOIN appointments p ON p.id = b.appointment_id
                WHERE p.application_id = ANY(ARRAY(SELECT id FROM gone))),
            versions AS (
                UPDATE application_versions v SET \(ApplicationColumn.emptied(.versioned)),
                    \(ApplicationColumn.broughtBackNoMore), postal_code = '0000000'
                WHERE v.application_id = ANY(ARRAY(SELECT id FROM gone))),
            places AS (
                UPDATE affiliations f SET unit = '', business_place_id = NULL, sort_key = '',
                    row_hash = ''
                WHERE f.person_id = ANY(ARRAY(SELECT person_id FROM gone))
                  AND f.application_id = ANY(ARRAY(SELECT id FROM gone))),
            said AS (
                DELETE FROM proposals p
                WHERE p.application_id = ANY(ARRAY(SELECT id FROM gone))),
            amended AS (
                DELETE FROM amendments r
                WHERE r.application_id = ANY(ARRAY(SELECT id FROM gone))),
            asked_for AS (
                DELETE FROM correction_requests r
                WHERE r.application_id = ANY(ARRAY(SELECT id FROM gone))),
            codes AS (
                UPDATE certificate_codes c SET code = NULL, printed = c.id
                FROM appointments p
                WHERE p.id = c.appointment_id
                  AND p.application_id = ANY(ARRAY(SELECT id FROM gone))),
            signed AS (
                UPDATE badges b SET signed_salt = b.salt
                WHERE b.id = ANY(ARRAY(SELECT id FROM given))),
            credentials AS (
                UPDATE badge_credentials c SET document = NULL
                WHERE c.badge_id = ANY(ARRAY(SELECT id FROM given))),
            tokens AS (
                UPDATE badge_tokens t SET token = NULL
                WHERE t.credential_id = ANY(ARRAY(
                    SELECT c.id FROM badge_credentials c
                    WHERE c.badge_id = ANY(ARRAY(SELECT id FROM given))))),
            reasons AS (
                UPDATE application_states s SET reason = ''
                WHERE s.application_id = ANY(ARRAY(SELECT id FROM gone)) AND s.reason <> ''),
            asked AS (
                UPDATE doubts d SET match_key = 'forgotten:' || gone.id
                FROM gone WHERE d.match_key = gone.match_key AND d.fiscal_year = gone.fiscal_year
                  AND d.answer <> '')
            UPDATE applications a SET \(ApplicationColumn.emptied([])), forgotten_at = \(now),
                postal_code = '0000000', match_key = 'forgotten:' || a.id,
                loose_key = 'forgotten:' || a.id
            FROM gone WHERE a.id = gone.id
            """)
    }
}
