public import Enrollment
internal import Postgres

/// An application on its way into the tables, with what a procedure adds to it.
public struct Filing: Sendable {
    public let application: Application
    public let route: ApplicationRoute
    public let state: ApplicationState
    public let receipt: ReceiptNumber
    public let onceKey: String
    /// Digest of `Application.content`.
    public let digest: String
    public let grade: EvidenceGrade
    /// Who gave the consents and who recorded the viewings: the person or the agent.
    public let givenBy: ConsentGiver
    public var personID: Int?
    public var mergedInto: Int?

    public init(
        _ application: Application, by route: ApplicationRoute, receipt: ReceiptNumber,
        onceKey: String, digest: String, grade: EvidenceGrade
    ) {
        self.application = application
        self.route = route
        state = .submitted
        self.receipt = receipt
        self.onceKey = onceKey
        self.digest = digest
        self.grade = grade
        givenBy = route == .group ? .agent : .person
    }
}

public enum ConsentGiver: String, Sendable { case person, agent }

/// Somebody who has applied in the year already.
public struct LiveApplication: Sendable {
    public let id: Int
    public let personID: Int
    public let receipt: String
    public let organizationIDs: Set<Int>
    public let digests: [Int: String]
}

/// What a row of the tables said when it was written.
public struct Moment: Sendable {
    public let now: Instant
    public let actor: String
    public var day: Day { now.day }

    public init(now: Instant, actor: String) {
        self.now = now
        self.actor = actor
    }
}

extension Reading {
    /// Live applications of a year by kind and sure key, with the bodies they belong to.
    public func liveApplications(
        _ keys: [String], in year: FiscalYear
    ) async throws -> [String: LiveApplication] {
        let found = try await longRows(
            """
            SELECT a.id, a.person_id, a.receipt, a.kind || a.match_key AS key,
                   coalesce(array_to_string(array_agg(f.organization_id), ','), '') AS bodies,
                   coalesce(array_to_string(array_agg(f.row_hash), ','), '') AS digests
            FROM applications a
            LEFT JOIN affiliations f ON f.person_id = a.person_id AND f.application_id = a.id
              AND f.known_until = 'infinity'
            WHERE a.fiscal_year = \(year) AND a.match_key COLLATE "C" = ANY(\(keys)::text[])
              AND a.state IN ('submitted', 'correcting', 'reviewing', 'approved', 'appointed')
            GROUP BY a.id
            """)
        var live: [String: LiveApplication] = [:]
        for row in found {
            let bodies = try row.string("bodies").split(separator: ",").compactMap { Int($0) }
            let digests = try row.string("digests").split(separator: ",").map(String.init)
            live[try row.string("key")] = LiveApplication(
                id: try row.int("id"), personID: try row.int("person_id"),
                receipt: try row.string("receipt"), organizationIDs: Set(bodies),
                digests: Dictionary(zip(bodies, digests), uniquingKeysWith: { $1 }))
        }
        return live
    }

    /// The person that each sure key last belonged to, in any year.
    public func people(_ keys: [String]) async throws -> [String: Int] {
        let found = try await longRows(
            """
            SELECT DISTINCT ON (match_key) match_key, person_id FROM applications
            WHERE match_key COLLATE "C" = ANY(\(keys)::text[])
            ORDER BY match_key, id DESC
            """)
        var people: [String: Int] = [:]
        for row in found { people[try row.string("match_key")] = try row.int("person_id") }
        return people
    }

    /// The receipt that a once-key already led to.
    public func receipt(onceKey: String) async throws -> String? {
        try await rows("SELECT receipt FROM applications WHERE once_key = \(onceKey)")
            .first?.string("receipt")
    }
}

extension Writing {
    /// The receipt that a once-key led to, read so that it may be counted on: a mark is committed
    /// behind whatever was committed before, and the answer waits for the standby to have both.
    public func settledReceipt(onceKey: String) async throws -> String? {
        try await execute("SELECT pg_logical_emit_message(true, 'settle', '')")
        return try await reading.receipt(onceKey: onceKey)
    }

    /// Makes people and gives their ids.
    public func makePeople(_ count: Int, at moment: Moment) async throws -> [Int] {
        try await rows(
            """
            INSERT INTO people (known_from) SELECT \(moment.now)::timestamptz
            FROM generate_series(1, \(count)::int) RETURNING id
            """
        ).map { try $0.int("id") }
    }

    /// Files applications, with their state, affiliation, viewings and consents. Gives the id of
    /// each that was filed, by receipt; one whose promise was already taken is not among them.
    public func file(_ filings: [Filing], at moment: Moment) async throws -> [String: Int] {
        let filed = try await insertApplications(filings, moment)
        let here = filings.filter { filed[$0.receipt.description] != nil }
        let ids = here.compactMap { filed[$0.receipt.description] }
        try await insertStates(here, ids, moment)
        try await insertViewings(here, ids, moment)
        try await insertConsents(here, ids, moment)
        let members = zip(here, ids).filter {
            $0.0.application.organizationID != nil && $0.0.mergedInto == nil
        }
        try await affiliate(
            members.map { filing, id in
                Affiliation(
                    personID: filing.personID ?? 0, applicationID: id,
                    organizationID: filing.application.organizationID ?? 0, isPrimary: true,
                    filing: filing)
            }, in: filings.first?.application.year, at: moment)
        return filed
    }

    private func insertApplications(
        _ filings: [Filing], _ moment: Moment
    ) async throws -> [String: Int] {
        let all = filings.map(\.application)
        let names = all.map(\.name)
        let places = all.map(\.address)
        let choices = all.map(\.choices)
        let states = filings.map { $0.mergedInto == nil ? $0.state.rawValue : "merged" }
        let found = try await rows(
            """
            INSERT INTO applications (receipt, person_id, fiscal_year, kind, route, state,
                state_changed_at, category, programme_id, organization_id, unit, activity_note,
                family_name, given_name, family_name_kana, given_name_kana, family_name_0213,
                given_name_0213, no_reading, single_name, postal_code, prefecture_code,
                municipality_code, ward, street, building, email, phone, employee_number,
                badge_opt_in, news_opt_in, reuse_opt_in, share_consent, public_consent, match_key,
                loose_key, sort_key, content_hash, once_key, merged_into, received_on, received_at)
            SELECT f.receipt, f.person, f.year, f.kind, f.route, f.state,
                \(moment.now)::timestamptz, f.category, f.programme, f.body, f.unit, f.note,
                f.family, f.given, f.family_kana, f.given_kana, f.family_0213, f.given_0213,
                f.no_reading, f.single_name, f.postal, f.prefecture, f.municipality, f.ward,
                f.street, f.building, f.email, f.phone, f.employee, f.badge, f.news, f.reuse,
                f.share, f.public, f.match, f.loose, f.sort, f.digest, f.once, f.merged,
                \(moment.day)::date, \(moment.now)::timestamptz
            FROM unnest(
                \(filings.map(\.receipt.description))::text[], \(filings.map(\.personID))::bigint[],
                \(all.map(\.year.startYear))::smallint[], \(all.map(\.kind.rawValue))::text[],
                \(filings.map(\.route.rawValue))::text[], \(states)::text[],
                \(all.map(\.category.rawValue))::text[], \(all.map(\.programmeID))::text[],
                \(all.map(\.organizationID))::bigint[], \(all.map(\.unit))::text[],
                \(all.map(\.activityNote))::text[], \(names.map(\.family))::text[],
                \(names.map(\.given))::text[], \(names.map(\.familyKana))::text[],
                \(names.map(\.givenKana))::text[], \(names.map(\.family0213))::text[],
                \(names.map(\.given0213))::text[], \(names.map(\.hasNoReading))::boolean[],
                \(names.map(\.isSingle))::boolean[], \(places.map(\.postalCode))::text[],
                \(places.map(\.prefectureCode))::text[],
                \(places.map(\.municipalityCode))::text[], \(places.map(\.ward))::text[],
                \(places.map(\.street))::text[], \(places.map(\.building))::text[],
                \(all.map(\.email))::text[], \(all.map(\.phone))::text[],
                \(all.map(\.employeeNumber))::text[], \(choices.map(\.wantsBadge))::boolean[],
                \(choices.map(\.wantsNews))::boolean[], \(choices.map(\.allowsReuse))::boolean[],
                \(choices.map(\.allowsSharing))::boolean[],
                \(choices.map(\.allowsPublishing))::boolean[], \(all.map(\.keys.sure))::text[],
                \(all.map(\.keys.loose))::text[], \(all.map(\.keys.order))::text[],
                \(filings.map(\.digest))::text[], \(filings.map(\.onceKey))::text[],
                \(filings.map(\.mergedInto))::bigint[])
              AS f(receipt, person, year, kind, route, state, category, programme, body, unit, note,
                family, given, family_kana, given_kana, family_0213, given_0213, no_reading,
                single_name, postal, prefecture, municipality, ward, street, building, email,
                phone, employee, badge, news, reuse, share, public, match, loose, sort, digest,
                once, merged)
            ON CONFLICT DO NOTHING
            RETURNING id, receipt
            """)
        var ids: [String: Int] = [:]
        for row in found { ids[try row.string("receipt")] = try row.int("id") }
        return ids
    }

    private func insertStates(
        _ filings: [Filing], _ ids: [Int], _ moment: Moment
    ) async throws {
        let states = filings.map { $0.mergedInto == nil ? $0.state.rawValue : "merged" }
        try await execute(
            """
            INSERT INTO application_states (application_id, state, true_on, known_from)
            SELECT f.id, f.state, \(moment.day)::date, \(moment.now)::timestamptz
            FROM unnest(\(ids)::bigint[], \(states)::text[]) AS f(id, state)
            """)
    }

    private func insertViewings(
        _ filings: [Filing], _ ids: [Int], _ moment: Moment
    ) async throws {
        let all = zip(filings, ids).flatMap { filing, id in
            filing.application.viewings.map { (filing, id, $0) }
        }
        guard !all.isEmpty else { return }
        try await execute(
            """
            INSERT INTO viewings (person_id, application_id, fiscal_year, video_slot, grade,
                                  viewed_on, recorded_by, known_from)
            SELECT f.person, f.application, f.year, f.slot, f.grade, f.day, \(moment.actor),
                   \(moment.now)::timestamptz
            FROM unnest(\(all.map(\.0.personID))::bigint[], \(all.map(\.1))::bigint[],
                        \(all.map(\.0.application.year.startYear))::smallint[],
                        \(all.map(\.2.slot))::smallint[], \(all.map(\.0.grade.rawValue))::text[],
                        \(all.map(\.2.viewedOn.description))::date[])
              AS f(person, application, year, slot, grade, day)
            """)
    }

    private func insertConsents(
        _ filings: [Filing], _ ids: [Int], _ moment: Moment
    ) async throws {
        try await execute(
            """
            INSERT INTO application_consents (application_id, kind, version, given_by, known_from)
            SELECT f.id, t.kind, t.version, f.giver, \(moment.now)::timestamptz
            FROM unnest(\(ids)::bigint[], \(filings.map(\.givenBy.rawValue))::text[],
                        \(filings.map(\.application.choices.allowsSharing))::boolean[],
                        \(filings.map(\.application.choices.allowsPublishing))::boolean[],
                        \(filings.map(\.application.year.startYear))::smallint[])
              AS f(id, giver, shares, publishes, year)
            JOIN consent_texts t ON t.fiscal_year = f.year
             AND (t.is_required OR (t.kind = 'share' AND f.shares)
                  OR (t.kind = 'public' AND f.publishes))
            """)
    }
}

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

    public init(
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
}

extension Writing {
    /// Adds affiliations; one that stands already stays as it is.
    public func affiliate(
        _ affiliations: [Affiliation], in year: FiscalYear?, at moment: Moment
    ) async throws {
        guard let year, !affiliations.isEmpty else { return }
        try await execute(
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
            """)
    }

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
        try await affiliate(
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
        at moment: Moment
    ) async throws -> [Int] {
        let moved = try await rows(
            """
            UPDATE applications SET state = \(state), state_changed_at = \(moment.now)
            WHERE id = ANY(\(ids)::bigint[]) AND state = ANY(\(from.map(\.rawValue))::text[])
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
