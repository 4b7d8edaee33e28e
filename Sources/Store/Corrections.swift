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

/// 訂正 by an organization's file.
extension WriteTransaction {
    /// Closes what an organization last said of its person and records what it says now. Where the
    /// organization filed the application and it is not approved yet, the application's own
    /// particulars follow. Otherwise nothing but the 部署 changes, which is the organization's own.
    public func change(
        _ submission: Submission, of match: LiveApplication, by organizationID: Int,
        at moment: WriteStamp
    ) async throws -> Correction {
        let (isPrimary, moved) = try await replaceAffiliation(
            submission, match, organizationID, moment)
        if match.mayBeCorrected(by: organizationID), try await holdUnapproved(match.id) {
            let corrected = try await correct(match, by: submission, at: moment)
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
              AND known_until = 'infinity' RETURNING is_primary, unit
            """)
        guard let row = found.first else { return (false, nil) }
        let isPrimary = try row.bool("is_primary")
        affiliate(
            [
                Affiliation(
                    personID: match.personID, applicationID: match.id,
                    organizationID: organizationID, isPrimary: isPrimary, submission: submission)
            ], in: submission.application.year, at: moment)
        let (old, new) = (try row.string("unit"), submission.application.unit)
        let moved = FactChange(
            act: .changeAffiliation, applicationID: match.id,
            before: Self.unit(old, of: organizationID), after: Self.unit(new, of: organizationID))
        return (isPrimary, old == new ? nil : moved)
    }

    private static func unit(_ unit: String, of organizationID: Int) -> JSONValue {
        .object(["organization_id": .integer(organizationID), "unit": .string(unit)])
    }

    /// Whether an application is not approved yet, and stays so until the end of this transaction.
    private func holdUnapproved(_ applicationID: Int) async throws -> Bool {
        let states = ApplicationState.allCases.filter(\.mayBeCorrected).map(\.rawValue)
        return try await !rows(
            """
            SELECT id FROM applications
            WHERE id = \(applicationID) AND state = ANY(\(states)::text[]) FOR UPDATE
            """
        ).isEmpty
    }

    private func correct(
        _ match: LiveApplication, by submission: Submission, at moment: WriteStamp
    ) async throws -> FactChange? {
        try await keepVersion(of: match.id, until: moment.now)
        let changed = try await rows(
            """
            WITH old AS MATERIALIZED (
                SELECT \(ApplicationColumn.correctableFacts) FROM applications
                WHERE id = \(match.id)),
            new AS (
                UPDATE applications SET \(ApplicationColumn.assignments(submission))
                WHERE id = \(match.id) RETURNING \(ApplicationColumn.correctableFacts)),
            facts AS (
                SELECT o.key, o.value AS before, to_jsonb(new) -> o.key AS after
                FROM old, new, jsonb_each(to_jsonb(old)) o)
            SELECT jsonb_object_agg(key, before) AS before, jsonb_object_agg(key, after) AS after
            FROM facts WHERE before IS DISTINCT FROM after
            """)
        let seen = try await correctViewings(
            of: match.id, match.personID, by: submission, at: moment)
        let (before, after) = (
            try changed[0].members("before") + seen.before,
            try changed[0].members("after") + seen.after
        )
        guard !before.isEmpty || !after.isEmpty else { return nil }
        return FactChange(
            act: .correct, applicationID: match.id, before: .object(before), after: .object(after))
    }

    /// What was said to have been watched is closed where it is said otherwise now. Gives what was
    /// closed, and what is said of the same videos.
    private func correctViewings(
        of applicationID: Int, _ personID: Int, by submission: Submission, at moment: WriteStamp
    ) async throws -> (before: [JSONMember], after: [JSONMember]) {
        let seen = SubmittedViewing.all(of: submission, personID, applicationID)
        let closed = try await rows(
            """
            UPDATE viewings v SET known_until = \(moment.now)
            WHERE v.application_id = \(applicationID) AND v.person_id = \(personID)
              AND v.known_until = 'infinity' AND v.grade IN ('attested', 'declared')
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

    private func moveUnit(
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

extension Row {
    /// The members of an object; none for NULL.
    fileprivate func members(_ column: String) throws -> [JSONMember] {
        try optionalRead(column) { text in
            guard case .object(let members)? = try? JSONValue(reading: text.utf8) else {
                return nil
            }
            return members
        } ?? []
    }
}
