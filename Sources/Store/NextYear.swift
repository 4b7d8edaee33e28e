public import Enrollment
internal import Postgres

extension ReadStore {
    /// Whether the turn to a year was carried out.
    public func isRenewed(_ next: FiscalYear) async throws -> Bool {
        try await !rows(
            """
            SELECT 1 AS one FROM plans
            WHERE act = \(PlanAct.renew) AND fiscal_year = \(next) AND state = 'applied' LIMIT 1
            """
        ).isEmpty
    }

    /// Whether a year waits for its renewals: people were appointed to the last day of the year
    /// before, and the turn was not carried out.
    public func awaitsRenewal(_ next: FiscalYear) async throws -> Bool {
        try await rows(
            """
            SELECT EXISTS (SELECT FROM appointment_terms
                WHERE fiscal_year = \(next.previous) AND known_until = 'infinity'
                  AND end_reason = '' AND ends_on = \(next.firstDay))
              AND NOT EXISTS (SELECT FROM plans WHERE act = \(PlanAct.renew)
                AND fiscal_year = \(next) AND state = 'applied') AS awaits
            """
        ).first?.bool("awaits") ?? false
    }

    /// What the turn to a year first made of somebody's appointment of a kind; nil where it was not
    /// carried out, or did not concern them.
    public func renewalOutcome(
        of person: Int, _ kind: Kind, to next: FiscalYear
    ) async throws -> Renewal.Outcome? {
        let found = try await rows(
            """
            SELECT l.outcome FROM plans p JOIN plan_lines l ON l.plan_id = p.id
            WHERE p.act = \(PlanAct.renew) AND p.fiscal_year = \(next) AND p.state = 'applied'
              AND l.person_id = \(person) AND l.kind = \(kind) ORDER BY p.applied_at LIMIT 1
            """
        ).first
        guard case .renewing(let outcome) = try found?.code("outcome", PlanOutcome.self) else {
            return nil
        }
        return outcome
    }

    /// Whom a sure key last belonged to.
    public func person(ofKey key: String) async throws -> Int? {
        try await rows(
            """
            SELECT person_id FROM applications WHERE match_key COLLATE "C" = \(key)
            ORDER BY id DESC LIMIT 1
            """
        ).first?.int("person_id")
    }

    /// The days of videos of a year that somebody has told on the own page, by the video's number.
    public func toldViewings(
        of application: Int, in year: FiscalYear
    ) async throws -> [Int: Day] {
        let found = try await rows(
            """
            SELECT video_slot, viewed_on FROM viewings
            WHERE application_id = \(application) AND fiscal_year = \(year)
              AND grade = \(EvidenceGrade.declared) AND known_until = 'infinity'
            """)
        var days: [Int: Day] = [:]
        for row in found { days[try row.int("video_slot")] = try row.day("viewed_on") }
        return days
    }

    public func application(ofBadge token: String) async throws -> Int? {
        try await rows(
            """
            SELECT a.application_id FROM badges b JOIN appointments a ON a.id = b.appointment_id
            WHERE b.token = \(token)
            """
        ).first?.int("application_id")
    }

    /// Of some people, the applications whose appointments lasted to the last day of a year.
    public func lastingApplications(
        of people: [Int], in year: FiscalYear
    ) async throws -> [(personID: Int, applicationID: Int)] {
        try await rows(
            """
            SELECT p.person_id, p.application_id FROM appointments p
            JOIN appointment_terms t ON t.appointment_id = p.id
            WHERE p.person_id = ANY(\(people)::bigint[]) AND p.fiscal_year = \(year)
              AND t.known_until = 'infinity' AND t.end_reason = ''
              AND t.ends_on = \(year.next.firstDay)
            ORDER BY p.person_id, p.application_id
            """
        ).map { (try $0.int("person_id"), try $0.int("application_id")) }
    }
}

extension WriteTransaction {
    /// Puts somebody's answer in the place of the one before. Gives whether it is another one.
    public func setReuse(_ answer: ReuseAnswer, of application: Int) async throws -> Bool {
        try await execute(
            """
            UPDATE applications SET reuse_answer = \(answer)
            WHERE id = \(application) AND reuse_answer <> \(answer)
            """) > 0
    }
}
