public import Enrollment
internal import Postgres

/// 訂正 by whoever applied.
extension WriteTransaction {
    /// An application as it is now, and stays until the end of this transaction but for what is
    /// done in it; nil when there is none. Whoever else would change it waits.
    public func hold(application id: Int) async throws -> ApplicationRecord? {
        try await execute("SELECT id FROM applications WHERE id = \(id) FOR UPDATE")
        return try await reading.application(id: id)
    }

    /// From now on nothing but its owner changes what the application says: a code that was sent to
    /// its address was typed. False where that had been so before, or the address is another.
    @discardableResult
    public func confirmMail(
        ofApplication id: Int, _ email: String, at now: Instant
    ) async throws -> Bool {
        try await execute(
            """
            UPDATE applications SET mail_confirmed_at = \(now)
            WHERE id = \(id) AND mail_confirmed_at IS NULL AND lower(email) = lower(\(email))
            """) == 1
    }

    /// Whether nobody has typed a code that went to the address of an application.
    public func isUnconfirmed(application id: Int) async throws -> Bool {
        try await !rows(
            "SELECT id FROM applications WHERE id = \(id) AND mail_confirmed_at IS NULL"
        ).isEmpty
    }

    /// Whether the same person has another live application of a kind in the year.
    public func hasAnother(
        than record: ApplicationRecord, of kind: Kind
    ) async throws -> Bool {
        let states = ApplicationState.live.map(\.rawValue)
        return try await !rows(
            """
            SELECT id FROM applications
            WHERE person_id = \(record.personID) AND kind = \(kind) AND fiscal_year = \(record.year)
              AND id <> \(record.id) AND state = ANY(\(states)::text[]) AND NOT appointment_ended
            LIMIT 1
            """
        ).isEmpty
    }

    /// Writes the answers to the questions that are open, keeps what was there before, and lets
    /// what follows from them follow. The application is held. Gives what changed; nil for nothing.
    public func correct(
        _ record: ApplicationRecord, by submission: Submission,
        _ isOpen: (ApplicationField) -> Bool, at moment: WriteStamp
    ) async throws -> FactChange? {
        let what = CorrectedFacts(
            columns: ApplicationColumn.own(isOpen),
            viewings: isOpen(.viewedOn(slot: 1)) ? .ofYear : .none)
        let change = try await correct(
            record.id, of: record.personID, by: submission, what, at: moment)
        try await moveAffiliation(of: record, by: submission, isOpen, at: moment)
        agree(to: submission.application.choices, of: record, isOpen, at: moment)
        if isOpen(.familyName) {
            executeLater(
                """
                UPDATE affiliations SET sort_key = \(submission.application.keys.order)
                WHERE application_id = \(record.id) AND known_until = 'infinity'
                """)
        }
        return change
    }

    /// The organization that the application names, where another is named or another 部署.
    private func moveAffiliation(
        of record: ApplicationRecord, by submission: Submission,
        _ isOpen: (ApplicationField) -> Bool, at moment: WriteStamp
    ) async throws {
        let application = submission.application
        let moves = isOpen(.organization) && application.organizationID != record.organizationID
        let isElsewhere = isOpen(.unit) && application.unit != record.texts[.unit]
        guard moves || isElsewhere else { return }
        let organization = moves ? application.organizationID : record.organizationID
        let closed = try await rows(
            """
            UPDATE affiliations SET known_until = \(moment.now)
            WHERE application_id = \(record.id) AND known_until = 'infinity'
              AND (is_primary OR organization_id = \(organization))
            RETURNING organization_id, business_place_id, true_until, left_because
            """)
        guard let organization else { return }
        let former = try closed.first { try $0.int("organization_id") == organization }
        let place = try former?.optionalInt("business_place_id")
        affiliate(
            [
                try Affiliation(
                    personID: record.personID, applicationID: record.id,
                    to: (organization, place), isPrimary: true, submission: submission,
                    leaving: former?.leaving())
            ], in: record.year, at: moment)
    }

    /// What is agreed to now and was not before.
    private func agree(
        to choices: Choices, of record: ApplicationRecord, _ isOpen: (ApplicationField) -> Bool,
        at moment: WriteStamp
    ) {
        let shares = isOpen(.consentShare) && choices.allowsSharing
        let publishes = isOpen(.consentPublic) && choices.allowsPublishing
        executeLater(
            """
            INSERT INTO application_consents (application_id, kind, version, given_by, known_from)
            SELECT \(record.id)::bigint, t.kind, t.version, 'person', \(moment.now)::timestamptz
            FROM consent_texts t
            WHERE t.fiscal_year = \(record.year)
              AND ((t.kind = 'share' AND \(shares)) OR (t.kind = 'public' AND \(publishes)))
            ON CONFLICT ON CONSTRAINT application_consents_once DO NOTHING
            """)
    }
}
