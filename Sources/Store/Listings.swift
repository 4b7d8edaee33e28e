public import Enrollment
internal import Postgres

/// An organization whose file has listed somebody, and what they say of it.
public struct ListingRecord: Sendable, Equatable {
    public let organizationID: Int
    public let organizationName: String
    public let since: Day
    /// Nil for who has not left.
    public let leaving: Leaving?
    /// Nil as long as they have said nothing.
    public let answer: ListingAnswer?
    public let answeredAt: Instant?
}

/// The rule of an organization that is open in a year.
public struct ConsentRecord: Sendable {
    public let organizationID: Int
    public let name: String
    public let terms: ConsentTerms
}

extension ReadStore {
    /// The organizations whose files have listed the person of an application, the first one first.
    public func listings(of record: ApplicationRecord) async throws -> [ListingRecord] {
        try await rows(
            """
            SELECT f.organization_id, o.name, f.true_from, f.true_until, f.left_because,
                   said.answer, said.answered_at
            FROM affiliations f JOIN organizations o ON o.id = f.organization_id
            JOIN applications a ON a.id = f.application_id
            LEFT JOIN LATERAL (
                SELECT n.answer, n.answered_at FROM listing_answers n
                WHERE n.application_id = f.application_id
                  AND n.organization_id = f.organization_id
                ORDER BY n.id DESC LIMIT 1) said ON true
            WHERE f.person_id = \(record.personID) AND f.application_id = \(record.id)
              AND f.known_until = 'infinity'
              AND (NOT f.is_primary OR a.submitted_by = f.organization_id)
            ORDER BY f.is_primary DESC, f.id
            """
        ).map {
            ListingRecord(
                organizationID: try $0.int("organization_id"),
                organizationName: try $0.string("name"), since: try $0.day("true_from"),
                leaving: try $0.leaving(), answer: try $0.optionalCode("answer"),
                answeredAt: try $0.optionalInstant("answered_at"))
        }
    }

    /// The rules of a year's organizations that are others than what each file says, by name.
    public func consentRules(in year: FiscalYear) async throws -> [ConsentRecord] {
        try await rows(
            """
            SELECT y.organization_id, o.name, y.consent_rule, y.consent_asked_on,
                   y.consent_method
            FROM organization_years y JOIN organizations o ON o.id = y.organization_id
            WHERE y.fiscal_year = \(year)
              AND (y.consent_rule <> 'attested' OR y.consent_asked_on IS NOT NULL)
            ORDER BY o.name, o.id
            """
        ).map {
            ConsentRecord(
                organizationID: try $0.int("organization_id"), name: try $0.string("name"),
                terms: ConsentTerms(
                    try $0.code("consent_rule"), askedOn: try $0.optionalDay("consent_asked_on"),
                    method: try $0.string("consent_method")))
        }
    }
}

extension WriteTransaction {
    /// Keeps what somebody says of an organization that has listed them.
    public func answer(
        _ answer: ListingAnswer, toListingBy organizationID: Int, of applicationID: Int,
        at moment: WriteStamp
    ) async throws {
        try await execute(
            """
            INSERT INTO listing_answers (application_id, organization_id, answer, answered_at)
            VALUES (\(applicationID), \(organizationID), \(answer), \(moment.now))
            """)
    }

    /// They belong to it after all, who had objected. Gives what changed.
    public func stayAfterAll(
        _ applicationID: Int, _ organizationID: Int, at moment: WriteStamp
    ) async throws -> [FactChange] {
        try await stay(
            [applicationID], organizationID, after: "m.left_because = 'objected'", at: moment)
    }

    /// False where the organization is not open in the year.
    public func setConsent(
        _ terms: ConsentTerms, of organizationID: Int, in year: FiscalYear
    ) async throws -> Bool {
        try await execute(
            """
            UPDATE organization_years SET consent_rule = \(terms.rule),
                consent_asked_on = \(terms.askedOn), consent_method = \(terms.method)
            WHERE fiscal_year = \(year) AND organization_id = \(organizationID)
            """) == 1
    }
}
