internal import Enrollment
internal import Postgres

/// 訂正 by an organization's file.
extension WriteTransaction {
    /// Closes what an organization last said of its person and records what it says now. Where the
    /// organization filed the application and it is not approved yet, the application's own
    /// particulars follow; gives whether they did. Otherwise nothing but the 部署 changes, which is
    /// the organization's own.
    public func change(
        _ submission: Submission, of match: LiveApplication, by organizationID: Int,
        at moment: WriteStamp
    ) async throws -> Bool {
        let isPrimary = try await replaceAffiliation(submission, match, organizationID, moment)
        if match.mayBeCorrected(by: organizationID), try await holdUnapproved(match.id) {
            try await correct(match, by: submission, at: moment)
            return true
        }
        if isPrimary {
            try await moveUnit(of: match.id, to: submission.application.unit, at: moment)
        }
        return false
    }

    /// Gives whether the organization is the one that the application names.
    private func replaceAffiliation(
        _ submission: Submission, _ match: LiveApplication, _ organizationID: Int,
        _ moment: WriteStamp
    ) async throws -> Bool {
        let found = try await rows(
            """
            UPDATE affiliations SET known_until = \(moment.now)
            WHERE application_id = \(match.id) AND organization_id = \(organizationID)
              AND known_until = 'infinity' RETURNING is_primary
            """)
        guard let row = found.first else { return false }
        let isPrimary = try row.bool("is_primary")
        affiliate(
            [
                Affiliation(
                    personID: match.personID, applicationID: match.id,
                    organizationID: organizationID, isPrimary: isPrimary, submission: submission)
            ], in: submission.application.year, at: moment)
        return isPrimary
    }

    /// Whether an application is not approved yet, and stays so until the end of this transaction.
    private func holdUnapproved(_ applicationID: Int) async throws -> Bool {
        let states = ApplicationState.allCases.filter(\.mayBeCorrected).map(\.rawValue)
        return try await !rows(
            """
            SELECT id FROM applications
            WHERE id = \(applicationID) AND state = ANY(\(states)::text[]) FOR UPDATE
            """
        ).isEmpty
    }

    private func correct(
        _ match: LiveApplication, by submission: Submission, at moment: WriteStamp
    ) async throws {
        try await keepVersion(of: match.id, until: moment.now)
        try await execute(
            """
            UPDATE applications SET \(ApplicationColumn.assignments(submission))
            WHERE id = \(match.id)
            """)
        try await correctViewings(of: match.id, match.personID, by: submission, at: moment)
    }

    /// What was said to have been watched is closed where it is said otherwise now.
    private func correctViewings(
        of applicationID: Int, _ personID: Int, by submission: Submission, at moment: WriteStamp
    ) async throws {
        let seen = SubmittedViewing.all(of: submission, personID, applicationID)
        try await execute(
            """
            UPDATE viewings v SET known_until = \(moment.now)
            WHERE v.application_id = \(applicationID) AND v.person_id = \(personID)
              AND v.known_until = 'infinity' AND v.grade IN ('attested', 'declared')
              AND NOT EXISTS (
                SELECT FROM unnest(\(seen.map(\.year.startYear))::smallint[],
                                   \(seen.map(\.viewing.slot))::smallint[],
                                   \(seen.map(\.viewing.viewedOn.description))::date[])
                  AS f(year, slot, day)
                WHERE f.year = v.fiscal_year AND f.slot = v.video_slot AND f.day = v.viewed_on
                  AND v.grade = \(submission.grade))
            """)
        add(seen, at: moment)
    }

    private func moveUnit(
        of applicationID: Int, to unit: String, at moment: WriteStamp
    ) async throws {
        let moves = try await rows(
            """
            SELECT id FROM applications WHERE id = \(applicationID) AND unit <> \(unit) FOR UPDATE
            """)
        guard !moves.isEmpty else { return }
        try await keepVersion(of: applicationID, until: moment.now)
        try await execute("UPDATE applications SET unit = \(unit) WHERE id = \(applicationID)")
    }
}
