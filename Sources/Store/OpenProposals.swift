public import Enrollment
internal import Postgres

/// An open proposal of an organization beside the application of which it speaks.
public struct OpenProposal: Sendable {
    public let id: Int
    public let application: ApplicationRecord
    public let proposal: ProposalRecord
}

/// An organization with open proposals, and how many.
public struct ProposingBody: Sendable, Equatable {
    public let organizationID: Int
    public let name: String
    public let count: Int
}

/// Which proposals are listed, and from where on.
public struct ProposalFilter: Sendable, Equatable {
    public var year: FiscalYear
    /// Nil for those of all organizations.
    public var organizationID: Int?
    /// The last one seen.
    public var after = 0
    public var limit = 50

    public init(year: FiscalYear) { self.year = year }
}

extension ReadStore {
    /// 団体からの申し出. What organizations say now otherwise than the applications of a year do, in the
    /// order in which they said it.
    public func openProposals(_ filter: ProposalFilter) async throws -> [OpenProposal] {
        var ofOrganization: SQL = "true"
        if let id = filter.organizationID { ofOrganization = "q.organization_id = \(id)" }
        return try await rows(
            """
            SELECT \(ApplicationRecord.columns), s.id AS proposal_id, s.known_from AS said_at,
                   b.id AS said_by_id, b.name AS said_by,
                   s.answers AS said
            FROM (SELECT q.* FROM proposals q JOIN applications y ON y.id = q.application_id
                  WHERE q.known_until = 'infinity' AND y.fiscal_year = \(filter.year)
                    AND q.id > \(filter.after) AND \(ofOrganization)
                  ORDER BY q.id LIMIT \(filter.limit)) s
            JOIN organizations b ON b.id = s.organization_id
            CROSS JOIN \(ApplicationRecord.tables(of: "s.application_id"))
            ORDER BY s.id
            """
        ).map {
            OpenProposal(
                id: try $0.int("proposal_id"), application: try ApplicationRecord($0),
                proposal: ProposalRecord(
                    organizationID: try $0.int("said_by_id"),
                    organizationName: try $0.string("said_by"),
                    answers: try $0.answers("said"),
                    knownFrom: try $0.instant("said_at")))
        }
    }

    /// The organizations with proposals of a year, by name.
    public func proposingBodies(in year: FiscalYear) async throws -> [ProposingBody] {
        try await rows(
            """
            /* tally */ SELECT o.id, o.name, count(*) AS n
            FROM proposals s JOIN applications a ON a.id = s.application_id
            JOIN organizations o ON o.id = s.organization_id
            WHERE s.known_until = 'infinity' AND a.fiscal_year = \(year)
            GROUP BY o.id, o.name ORDER BY o.name, o.id
            """
        ).map {
            ProposingBody(
                organizationID: try $0.int("id"), name: try $0.string("name"),
                count: try $0.int("n"))
        }
    }
}
