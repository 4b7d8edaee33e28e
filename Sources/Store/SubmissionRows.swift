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

    private func insertApplications(
        _ submissions: [Submission], _ moment: WriteStamp
    ) async throws -> [String: Int] {
        let all = submissions.map(\.application)
        let names = all.map(\.name)
        let places = all.map(\.address)
        let choices = all.map(\.choices)
        let states = submissions.map { $0.mergedInto == nil ? $0.state.rawValue : "merged" }
        let found = try await rows(
            """
            INSERT INTO applications (receipt, person_id, fiscal_year, kind, route, state,
                state_changed_at, category, programme_id, organization_id, unit, activity_note,
                family_name, given_name, family_name_kana, given_name_kana, family_name_0213,
                given_name_0213, no_reading, single_name, postal_code, prefecture_code,
                municipality_code, ward, street, building, email, phone, employee_number,
                badge_opt_in, news_opt_in, reuse_opt_in, reuse_answer, share_consent, public_consent,
                match_key, loose_key, sort_key, content_hash, once_key, merged_into, filed_by,
                received_on, received_at)
            SELECT f.receipt, f.person, f.year, f.kind, f.route, f.state,
                \(moment.now)::timestamptz, f.category, f.programme, f.body, f.unit, f.note,
                f.family, f.given, f.family_kana, f.given_kana, f.family_0213, f.given_0213,
                f.no_reading, f.single_name, f.postal, f.prefecture, f.municipality, f.ward,
                f.street, f.building, f.email, f.phone, f.employee, f.badge, f.news,
                f.reuse = 'yes', f.reuse, f.share, f.public, f.match, f.loose, f.sort, f.digest, f.once, f.merged,
                f.filer, \(moment.day)::date, \(moment.now)::timestamptz
            FROM unnest(
                \(submissions.map(\.receipt.description))::text[], \(submissions.map(\.personID))::bigint[],
                \(all.map(\.year.startYear))::smallint[], \(all.map(\.kind.rawValue))::text[],
                \(submissions.map(\.route.rawValue))::text[], \(states)::text[],
                \(all.map(\.category.rawValue))::text[], \(all.map(\.programmeID))::text[],
                \(all.map(\.organizationID))::bigint[], \(all.map(\.unit))::text[],
                \(all.map(\.activityNote))::text[], \(names.map(\.family))::text[],
                \(names.map(\.given))::text[], \(names.map(\.familyKana))::text[],
                \(names.map(\.givenKana))::text[], \(names.map(\.family0213))::text[],
                \(names.map(\.given0213))::text[], \(names.map(\.hasNoKana))::boolean[],
                \(names.map(\.isSingle))::boolean[], \(places.map(\.postalCode))::text[],
                \(places.map(\.prefectureCode))::text[],
                \(places.map(\.municipalityCode))::text[], \(places.map(\.ward))::text[],
                \(places.map(\.street))::text[], \(places.map(\.building))::text[],
                \(all.map(\.email))::text[], \(all.map(\.phone))::text[],
                \(all.map(\.employeeNumber))::text[], \(choices.map(\.wantsBadge))::boolean[],
                \(choices.map(\.wantsNews))::boolean[], \(choices.map(\.reuse.rawValue))::text[],
                \(choices.map(\.allowsSharing))::boolean[],
                \(choices.map(\.allowsPublishing))::boolean[], \(all.map(\.keys.sure))::text[],
                \(all.map(\.keys.loose))::text[], \(all.map(\.keys.order))::text[],
                \(submissions.map(\.digest))::text[], \(submissions.map(\.onceKey))::text[],
                \(submissions.map(\.mergedInto))::bigint[], \(submissions.map(\.submittedBy))::bigint[])
              AS f(receipt, person, year, kind, route, state, category, programme, body, unit, note,
                family, given, family_kana, given_kana, family_0213, given_0213, no_reading,
                single_name, postal, prefecture, municipality, ward, street, building, email,
                phone, employee, badge, news, reuse, share, public, match, loose, sort, digest,
                once, merged, filer)
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
        let states = submissions.map { $0.mergedInto == nil ? $0.state.rawValue : "merged" }
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
