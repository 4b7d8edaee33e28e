internal import Enrollment
internal import Postgres

extension WriteTransaction {
    /// Makes people and gives their ids.
    public func makePeople(_ count: Int, at moment: WriteStamp) async throws -> [Int] {
        let times = Array(repeating: moment.now.precise, count: count)
        return try await rows(
            """
            INSERT INTO people (known_from)
            SELECT known_from FROM unnest(\(times)::timestamptz[]) AS f(known_from) RETURNING id
            """
        ).map { try $0.int("id") }
    }

    /// Files applications, with their state, affiliation, viewings and consents. Gives the id of
    /// each that was filed, by receipt; one whose promise was already taken is not among them. Only
    /// the ids are waited for: the rows that hang on them go with what is said next.
    public func submit(_ submissions: [Submission], at moment: WriteStamp) async throws -> [String:
        Int]
    {
        let filed = try await insertApplications(submissions, moment)
        let here = submissions.filter { filed[$0.receipt.description] != nil }
        let ids = here.compactMap { filed[$0.receipt.description] }
        insertStates(here, ids, moment)
        add(zip(here, ids).flatMap { SubmittedViewing.all(of: $0, $0.personID, $1) }, at: moment)
        insertConsents(here, ids, moment)
        affiliate(
            zip(here, ids).compactMap(Affiliation.init(filed:as:)),
            in: submissions.first?.application.year, at: moment)
        return filed
    }

    private static let insertedNames = SQL.list(ApplicationColumn.all.map(\.name))

    private func insertApplications(
        _ submissions: [Submission], _ moment: WriteStamp
    ) async throws -> [String: Int] {
        let found = try await rows(
            """
            INSERT INTO applications (\(Self.insertedNames), state_changed_at, received_on,
                received_at)
            SELECT \(Self.insertedNames), \(moment.now)::timestamptz, \(moment.day)::date,
                \(moment.now)::timestamptz
            FROM unnest(\(SQL.list(ApplicationColumn.all.map { $0.values(submissions) })))
              AS f(\(Self.insertedNames))
            ON CONFLICT DO NOTHING
            RETURNING id, receipt
            """)
        var ids: [String: Int] = [:]
        for row in found { ids[try row.string("receipt")] = try row.int("id") }
        return ids
    }

    private func insertStates(
        _ submissions: [Submission], _ ids: [Int], _ moment: WriteStamp
    ) {
        let states = submissions.map(\.firstState.rawValue)
        executeLater(
            """
            INSERT INTO application_states (application_id, state, true_on, known_from)
            SELECT f.id, f.state, \(moment.day)::date, \(moment.now)::timestamptz
            FROM unnest(\(ids)::bigint[], \(states)::text[]) AS f(id, state)
            """, rows: ids.count)
    }

    private func insertConsents(
        _ submissions: [Submission], _ ids: [Int], _ moment: WriteStamp
    ) {
        executeLater(
            """
            INSERT INTO application_consents (application_id, kind, version, given_by, known_from)
            SELECT f.id, t.kind, t.version, f.giver, \(moment.now)::timestamptz
            FROM unnest(\(ids)::bigint[], \(submissions.map(\.givenBy.rawValue))::text[],
                        \(submissions.map(\.application.choices.allowsSharing))::boolean[],
                        \(submissions.map(\.application.choices.allowsPublishing))::boolean[],
                        \(submissions.map(\.application.year.startYear))::smallint[])
              AS f(id, giver, shares, publishes, year)
            JOIN consent_texts t ON t.fiscal_year = f.year
             AND (t.is_required OR (t.kind = 'share' AND f.shares)
                  OR (t.kind = 'public' AND f.publishes))
            """, rows: ids.count)
    }
}
