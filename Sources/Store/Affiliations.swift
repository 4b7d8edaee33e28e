public import Enrollment
internal import Postgres

/// 所属. A person belongs to a body in a year.
public struct Affiliation: Sendable {
    public let personID: Int
    public let applicationID: Int
    public let organizationID: Int
    public let unit: String
    public let isPrimary: Bool
    public let digest: String
    /// By what the body's roster is ordered.
    public let order: String

    init(
        personID: Int, applicationID: Int, organizationID: Int, isPrimary: Bool, filing: Filing
    ) {
        self.personID = personID
        self.applicationID = applicationID
        self.organizationID = organizationID
        self.isPrimary = isPrimary
        unit = filing.application.unit
        digest = filing.digest
        order = filing.application.keys.order
    }

    /// 兼任: a further body of somebody who has applied already. A file makes no body the one that the
    /// application names, by which people are counted.
    public init(of match: LiveApplication, to organizationID: Int, filing: Filing) {
        self.init(
            personID: match.personID, applicationID: match.id, organizationID: organizationID,
            isPrimary: false, filing: filing)
    }

    /// The body that an application names; nil where it names none, or was merged into another.
    init?(filed filing: Filing, as applicationID: Int) {
        guard let body = filing.application.organizationID, let person = filing.personID,
            filing.mergedInto == nil
        else { return nil }
        self.init(
            personID: person, applicationID: applicationID, organizationID: body, isPrimary: true,
            filing: filing)
    }
}

extension Writing {
    /// Adds affiliations, with what is said next; one that stands already stays as it is.
    public func affiliate(
        _ affiliations: [Affiliation], in year: FiscalYear?, at moment: Moment
    ) {
        guard let year, !affiliations.isEmpty else { return }
        executeLater(
            """
            INSERT INTO affiliations (person_id, organization_id, application_id, fiscal_year, unit,
                is_primary, row_hash, sort_key, true_from, true_until, known_from)
            SELECT f.person, f.body, f.application, \(year)::smallint, f.unit, f.is_primary,
                   f.digest, f.sort, \(moment.day)::date, \(year.lastDay)::date, \(moment.now)::timestamptz
            FROM unnest(\(affiliations.map(\.personID))::bigint[],
                        \(affiliations.map(\.organizationID))::bigint[],
                        \(affiliations.map(\.applicationID))::bigint[],
                        \(affiliations.map(\.unit))::text[],
                        \(affiliations.map(\.isPrimary))::boolean[],
                        \(affiliations.map(\.digest))::text[],
                        \(affiliations.map(\.order))::text[])
              AS f(person, body, application, unit, is_primary, digest, sort)
            ON CONFLICT DO NOTHING
            """, rows: affiliations.count)
    }
}
