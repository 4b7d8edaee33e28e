public import Enrollment
internal import Postgres

/// 団体からの申し出. What an organization's file says of somebody otherwise than their application does;
/// nothing was changed by it.
public struct ProposalRecord: Sendable {
    public let organizationID: Int
    public let organizationName: String
    /// The answers that differ, as a person reads them.
    public let answers: ApplicationDraft
    public let knownFrom: Instant
}

extension ReadStore {
    /// What is registered of applications, by their ids.
    public func particulars(of ids: [Int]) async throws -> [Int: Particulars] {
        let found = try await longRows(
            """
            SELECT \(SQL.list(ApplicationColumn.particulars.map { "a.\($0.name)" })), a.id,
                   a.postal_code, a.prefecture_code, a.municipality_code || a.ward AS city,
                   a.badge_opt_in, coalesce(w.slots, '{}') AS slots,
                   coalesce(w.days, '{}') AS days
            FROM applications a
            LEFT JOIN LATERAL (
                SELECT array_agg(v.video_slot) AS slots, array_agg(v.viewed_on) AS days
                FROM viewings v
                WHERE v.application_id = a.id AND v.person_id = a.person_id
                  AND v.known_until = 'infinity') w ON true
            WHERE a.id = ANY(\(ids)::bigint[])
            """)
        var held: [Int: Particulars] = [:]
        for row in found { held[try row.int("id")] = try Particulars(row) }
        return held
    }

    /// What organizations say of an application otherwise, the newest first.
    public func proposals(of applicationID: Int) async throws -> [ProposalRecord] {
        try await rows(
            """
            SELECT p.organization_id, o.name, p.known_from, p.answers
            FROM proposals p JOIN organizations o ON o.id = p.organization_id
            WHERE p.application_id = \(applicationID) AND p.known_until = 'infinity'
            ORDER BY p.id DESC
            """
        ).map {
            ProposalRecord(
                organizationID: try $0.int("organization_id"),
                organizationName: try $0.string("name"),
                answers: try $0.answers("answers"),
                knownFrom: try $0.instant("known_from"))
        }
    }
}

extension WriteTransaction {
    /// Keeps what an organization says now of applications otherwise than they do, in place of what
    /// it said before; where it says nothing else any more, nothing is kept. Gives the applications
    /// of which it said something else, or nothing, before.
    @discardableResult
    public func propose(
        _ proposals: [(applicationID: Int, answers: ApplicationDraft)], by organizationID: Int,
        at moment: WriteStamp
    ) async throws -> [Int] {
        guard !proposals.isEmpty else { return [] }
        let closed = try await rows(
            """
            UPDATE proposals SET known_until = \(moment.now)
            WHERE application_id = ANY(\(proposals.map(\.applicationID))::bigint[])
              AND organization_id = \(organizationID) AND known_until = 'infinity'
            RETURNING application_id, answers
            """)
        var before: [Int: ApplicationDraft] = [:]
        for row in closed { before[try row.int("application_id")] = try row.answers("answers") }
        try await execute(
            """
            INSERT INTO proposals (application_id, organization_id, answers, known_from)
            SELECT f.id, \(organizationID)::bigint, f.answers::jsonb, \(moment.now)::timestamptz
            FROM unnest(\(proposals.map(\.applicationID))::bigint[],
                        \(proposals.map { Answers.json($0.answers) })::text[]) AS f(id, answers)
            WHERE f.answers <> '{}'
            """)
        return proposals.filter { id, answers in
            let said = answers.only(answers.answers.filter { !$0.text.isEmpty }.map(\.field))
            return !said.answers.isEmpty && said != before[id]
        }.map(\.applicationID)
    }
}

extension Particulars {
    fileprivate init(_ row: Row) throws {
        var values: [ApplicationField: String] = [
            .postalCode: try row.string("postal_code"),
            .prefecture: try row.string("prefecture_code"), .city: try row.string("city"),
            .badgeOptIn: try row.bool("badge_opt_in") ? "yes" : "",
        ]
        for (field, text) in try ApplicationColumn.read(ApplicationColumn.particulars, of: row).all
        {
            values[field] = text
        }
        for viewing in try row.viewings() {
            values[.viewedOn(slot: viewing.slot)] = viewing.viewedOn.description
        }
        self.init(values)
    }
}
