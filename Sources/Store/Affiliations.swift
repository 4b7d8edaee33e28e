public import Enrollment
internal import Postgres

/// 所属. A person belongs to an organization in a year.
public struct Affiliation: Sendable {
    public let personID: Int
    public let applicationID: Int
    public let organizationID: Int
    public let unit: String
    /// 事業所 of the organization; nil for none of them.
    public let placeID: Int?
    public let isPrimary: Bool
    public let digest: String
    /// By what the organization's roster is ordered.
    public let order: String
    /// Whoever has left stays so, whatever is said of them besides; nil for who has not.
    public let leaving: Leaving?

    init(
        personID: Int, applicationID: Int, to organization: (id: Int, placeID: Int?),
        isPrimary: Bool, submission: Submission, leaving: Leaving? = nil
    ) {
        self.leaving = leaving
        self.personID = personID
        self.applicationID = applicationID
        organizationID = organization.id
        placeID = organization.placeID
        self.isPrimary = isPrimary
        unit = submission.application.unit
        digest = submission.digest
        order = submission.application.keys.order
    }

    /// 兼任: a further organization of somebody who has applied already. A file makes no organization
    /// the one that the application names, by which people are counted.
    public init(of match: LiveApplication, to organizationID: Int, submission: Submission) {
        self.init(
            personID: match.personID, applicationID: match.id,
            to: (organizationID, submission.firstPlaceID), isPrimary: false,
            submission: submission)
    }

    /// The organization that an application names; nil where it names none, or was merged into
    /// another.
    init?(filed submission: Submission, as applicationID: Int) {
        guard let organization = submission.application.organizationID,
            let person = submission.personID,
            submission.mergedInto == nil
        else { return nil }
        self.init(
            personID: person, applicationID: applicationID,
            to: (organization, submission.firstPlaceID), isPrimary: true, submission: submission)
    }
}

extension WriteTransaction {
    /// Adds affiliations, with what is said next; one that stands already stays as it is.
    public func affiliate(
        _ affiliations: [Affiliation], in year: FiscalYear?, at moment: WriteStamp
    ) {
        guard let year, !affiliations.isEmpty else { return }
        executeLater(
            """
            INSERT INTO affiliations (person_id, organization_id, application_id, fiscal_year, unit,
                business_place_id, is_primary, row_hash, sort_key, true_from, true_until,
                left_because, known_from)
            SELECT f.person, f.body, f.application, \(year)::smallint, f.unit, f.place,
                   f.is_primary, f.digest, f.sort, least(\(moment.day)::date, f.last),
                   coalesce(f.last, \(year.lastDay)::date), coalesce(f.because, ''),
                   \(moment.now)::timestamptz
            FROM unnest(\(affiliations.map(\.personID))::bigint[],
                        \(affiliations.map(\.organizationID))::bigint[],
                        \(affiliations.map(\.applicationID))::bigint[],
                        \(affiliations.map(\.unit))::text[],
                        \(affiliations.map(\.placeID))::bigint[],
                        \(affiliations.map(\.isPrimary))::boolean[],
                        \(affiliations.map(\.digest))::text[],
                        \(affiliations.map(\.order))::text[],
                        \(affiliations.map(\.leaving?.lastDay.description))::date[],
                        \(affiliations.map(\.leaving?.reason.rawValue))::text[])
              AS f(person, body, application, unit, place, is_primary, digest, sort, last, because)
            ON CONFLICT DO NOTHING
            """, rows: affiliations.count)
    }
}
