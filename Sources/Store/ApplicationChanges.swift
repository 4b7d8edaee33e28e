public import Enrollment
internal import Postgres

extension Writing {
    /// Closes what a body last said of its person and records what it says now. The application's
    /// own particulars follow, as long as the body is the one that sent it.
    public func change(
        _ filing: Filing, of applicationID: Int, by organizationID: Int, at moment: Moment
    ) async throws {
        let found = try await rows(
            """
            UPDATE affiliations SET known_until = \(moment.now)
            WHERE application_id = \(applicationID) AND organization_id = \(organizationID)
              AND known_until = 'infinity' RETURNING person_id, is_primary
            """)
        guard let row = found.first else { return }
        let isPrimary = try row.bool("is_primary")
        affiliate(
            [
                Affiliation(
                    personID: try row.int("person_id"), applicationID: applicationID,
                    organizationID: organizationID, isPrimary: isPrimary, filing: filing)
            ], in: filing.application.year, at: moment)
        guard isPrimary else { return }
        try await keepVersion(of: applicationID, until: moment.now)
        let (name, place) = (filing.application.name, filing.application.address)
        try await execute(
            """
            UPDATE applications SET family_name = \(name.family), given_name = \(name.given),
                family_name_kana = \(name.familyKana), given_name_kana = \(name.givenKana),
                family_name_0213 = \(name.family0213), given_name_0213 = \(name.given0213),
                postal_code = \(place.postalCode), prefecture_code = \(place.prefectureCode),
                municipality_code = \(place.municipalityCode), ward = \(place.ward),
                street = \(place.street), building = \(place.building),
                phone = \(filing.application.phone), unit = \(filing.application.unit),
                content_hash = \(filing.digest)
            WHERE id = \(applicationID)
            """)
    }

    /// Moves applications from one state to the next; gives those that were in it.
    public func move(
        _ ids: [Int], from: [ApplicationState], to state: ApplicationState, reason: String,
        in year: FiscalYear? = nil, at moment: Moment
    ) async throws -> [Int] {
        let moved = try await rows(
            """
            UPDATE applications SET state = \(state), state_changed_at = \(moment.now)
            WHERE id = ANY(\(ids)::bigint[]) AND state = ANY(\(from.map(\.rawValue))::text[])
              AND fiscal_year = coalesce(\(year?.startYear)::int, fiscal_year)
            RETURNING id
            """
        ).map { try $0.int("id") }
        try await execute(
            """
            INSERT INTO application_states (application_id, state, true_on, known_from, reason)
            SELECT id, \(state), \(moment.day)::date, \(moment.now)::timestamptz, \(reason)
            FROM unnest(\(moved)::bigint[]) AS f(id)
            """)
        return moved
    }
}
