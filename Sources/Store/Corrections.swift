public import Enrollment
public import JSON
internal import Postgres

/// What a corrected row of an organization's file changed: facts by their columns, as they were and
/// as they are.
public struct FactChange: Sendable {
    public let act: EventKind
    public let applicationID: Int
    public let before: JSONValue
    public let after: JSONValue
}

/// What became of a corrected row.
public struct Correction: Sendable {
    /// Whether the application's own particulars followed.
    public let isOwn: Bool
    public let changes: [FactChange]
}

/// What of an application a correction says anew.
struct CorrectedFacts {
    enum Viewings {
        case none
        /// Those of its own year: what was told of the next one has an act of its own.
        case ofYear
        case all
    }

    let columns: [ApplicationColumn]
    let viewings: Viewings
}

/// 訂正 by an organization's file.
extension WriteTransaction {
    /// Closes what an organization last said of its person and records what it says now. Where the
    /// organization filed the application and it is not approved yet, the application's own
    /// particulars follow. Otherwise nothing but the 部署 changes, which is the organization's own.
    public func change(
        _ submission: Submission, of match: LiveApplication, by organizationID: Int,
        at moment: WriteStamp
    ) async throws -> Correction {
        // The application first, as whoever corrects it themselves does: nobody waits for a row of
        // the other's.
        var isOwn = match.mayBeCorrected(by: organizationID)
        if isOwn { isOwn = try await holdUnapproved(match.id) }
        if isOwn { isOwn = try await !isAnothers(submission.application, than: match.id) }
        let (isPrimary, moved) = try await replaceAffiliation(
            submission, match, organizationID, moment)
        if isOwn {
            let corrected = try await correct(
                match.id, of: match.personID, by: submission,
                CorrectedFacts(columns: ApplicationColumn.correctable, viewings: .all),
                at: moment)
            return Correction(isOwn: true, changes: [moved, corrected].compactMap(\.self))
        }
        if isPrimary {
            try await moveUnit(of: match.id, to: submission.application.unit, at: moment)
        }
        return Correction(isOwn: false, changes: [moved].compactMap(\.self))
    }

    /// Gives whether the organization is the one that the application names, and what its member's
    /// 部署 was and is.
    private func replaceAffiliation(
        _ submission: Submission, _ match: LiveApplication, _ organizationID: Int,
        _ moment: WriteStamp
    ) async throws -> (isPrimary: Bool, moved: FactChange?) {
        let found = try await rows(
            """
            UPDATE affiliations SET known_until = \(moment.now)
            WHERE application_id = \(match.id) AND organization_id = \(organizationID)
              AND known_until = 'infinity'
            RETURNING is_primary, unit, business_place_id, true_until, left_because
            """)
        guard let row = found.first else { return (false, nil) }
        let isPrimary = try row.bool("is_primary")
        let old = try Belonging(row)
        let new = Belonging(
            unit: submission.application.unit, placeID: submission.placeID(elseAt: old.placeID))
        affiliate(
            [
                try Affiliation(
                    personID: match.personID, applicationID: match.id,
                    to: (organizationID, new.placeID), isPrimary: isPrimary, submission: submission,
                    leaving: row.leaving())
            ], in: submission.application.year, at: moment)
        let moved = FactChange(
            act: .changeAffiliation, applicationID: match.id, before: old.json(of: organizationID),
            after: new.json(of: organizationID))
        return (isPrimary, old == new ? nil : moved)
    }

    /// Whether another live application has the name, kana and address of a corrected one already:
    /// the same person has perhaps applied alone with it. Then nothing is made of the two here.
    public func isAnothers(
        _ application: Application, than applicationID: Int
    ) async throws -> Bool {
        let states = ApplicationState.allCases.filter(\.isLive).map(\.rawValue)
        return try await !rows(
            """
            SELECT id FROM applications
            WHERE match_key COLLATE "C" = \(application.keys.sure) AND kind = \(application.kind)
              AND fiscal_year = \(application.year) AND id <> \(applicationID)
              AND state = ANY(\(states)::text[]) AND NOT appointment_ended LIMIT 1
            """
        ).isEmpty
    }

    /// Whether an application is not approved yet, and stays so until the end of this transaction.
    private func holdUnapproved(_ applicationID: Int) async throws -> Bool {
        let states = ApplicationState.allCases.filter(\.mayBeCorrected).map(\.rawValue)
        return try await !rows(
            """
            SELECT id FROM applications
            WHERE id = \(applicationID) AND state = ANY(\(states)::text[])
              AND mail_confirmed_at IS NULL FOR UPDATE
            """
        ).isEmpty
    }

    /// Writes what some columns say now, and keeps what they said.
    func correct(
        _ id: Int, of personID: Int, by submission: Submission, _ what: CorrectedFacts,
        at moment: WriteStamp
    ) async throws -> FactChange? {
        let (columns, viewings) = (what.columns, what.viewings)
        try await keepVersion(of: id, until: moment.now)
        let facts = ApplicationColumn.facts(columns)
        let changed = try await rows(
            """
            WITH old AS MATERIALIZED (
                SELECT \(facts) FROM applications WHERE id = \(id)),
            new AS (
                UPDATE applications SET \(ApplicationColumn.assignments(columns, submission))
                WHERE id = \(id) RETURNING \(facts)),
            facts AS (
                SELECT o.key, o.value AS before, to_jsonb(new) -> o.key AS after
                FROM old, new, jsonb_each(to_jsonb(old)) o)
            SELECT jsonb_object_agg(key, before) AS before, jsonb_object_agg(key, after) AS after
            FROM facts WHERE before IS DISTINCT FROM after
            """)
        var seen: (before: [JSONMember], after: [JSONMember]) = ([], [])
        if viewings != .none {
            seen = try await correctViewings(
                of: id, personID, by: submission, onlyOfYear: viewings == .ofYear, at: moment)
        }
        let (before, after) = (
            try changed[0].members("before") + seen.before,
            try changed[0].members("after") + seen.after
        )
        guard !before.isEmpty || !after.isEmpty else { return nil }
        return FactChange(
            act: .correct, applicationID: id, before: .object(before), after: .object(after))
    }

    /// What was said to have been watched is closed where it is said otherwise now. Gives what was
    /// closed, and what is said of the same videos.
    private func correctViewings(
        of applicationID: Int, _ personID: Int, by submission: Submission, onlyOfYear: Bool,
        at moment: WriteStamp
    ) async throws -> (before: [JSONMember], after: [JSONMember]) {
        let seen = SubmittedViewing.all(of: submission, personID, applicationID)
        let year = onlyOfYear ? submission.application.year.startYear : nil
        let closed = try await rows(
            """
            UPDATE viewings v SET known_until = \(moment.now)
            WHERE v.application_id = \(applicationID) AND v.person_id = \(personID)
              AND v.known_until = 'infinity' AND v.grade IN ('attested', 'declared')
              AND v.fiscal_year = coalesce(\(year)::smallint, v.fiscal_year)
              AND NOT EXISTS (
                SELECT FROM unnest(\(seen.map(\.year.startYear))::smallint[],
                                   \(seen.map(\.viewing.slot))::smallint[],
                                   \(seen.map(\.viewing.viewedOn.description))::date[])
                  AS f(year, slot, day)
                WHERE f.year = v.fiscal_year AND f.slot = v.video_slot AND f.day = v.viewed_on
                  AND v.grade = \(submission.grade))
            RETURNING v.fiscal_year, v.video_slot, v.viewed_on
            """
        ).map {
            (
                video: "viewing_\(try $0.int("fiscal_year"))_\(try $0.int("video_slot"))",
                day: try $0.day("viewed_on")
            )
        }
        add(seen, at: moment)
        let said = seen.map {
            (video: "viewing_\($0.year.startYear)_\($0.viewing.slot)", day: $0.viewing.viewedOn)
        }
        return (
            closed.map { JSONMember($0.video, .string($0.day.description)) },
            said.filter { said in closed.contains { $0.video == said.video } }
                .map { JSONMember($0.video, .string($0.day.description)) }
        )
    }

    func moveUnit(
        of applicationID: Int, to unit: String, at moment: WriteStamp
    ) async throws {
        let moves = try await rows(
            """
            SELECT id FROM applications WHERE id = \(applicationID) AND unit <> \(unit) FOR UPDATE
            """)
        guard !moves.isEmpty else { return }
        try await keepVersion(of: applicationID, until: moment.now)
        try await execute("UPDATE applications SET unit = \(unit) WHERE id = \(applicationID)")
    }
}

/// What an organization says of where its member works.
struct Belonging: Equatable {
    let unit: String
    let placeID: Int?

    init(unit: String, placeID: Int?) {
        self.unit = unit
        self.placeID = placeID
    }

    init(_ row: Row) throws {
        unit = try row.string("unit")
        placeID = try row.optionalInt("business_place_id")
    }

    func json(of organizationID: Int) -> JSONValue {
        .object([
            "organization_id": .integer(organizationID), "unit": .string(unit),
            "business_place_id": placeID.map { .integer($0) } ?? .null,
        ])
    }
}

extension Row {
    /// The members of an object; none for NULL.
    func members(_ column: String) throws -> [JSONMember] {
        try optionalRead(column) { text in
            guard case .object(let members)? = try? JSONValue(reading: text.utf8) else {
                return nil
            }
            return members
        } ?? []
    }
}
