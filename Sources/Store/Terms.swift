public import Enrollment
internal import Postgres

/// An appointment whose term was made shorter.
public struct EndedTerm: Sendable {
    public let number: String
    /// The first day that did not count, until then and from now on.
    public let before: Day
    public let after: Day
}

extension WriteTransaction {
    /// 辞任. Closes what we believed of a term and records the shorter one, which does not count from
    /// `day` on. Returns nil when it is not the term of this application, has ended, or would end
    /// before it began.
    public func endTerm(
        ofApplication id: Int, on day: Day, reason: EndReason, at moment: WriteStamp
    ) async throws -> EndedTerm? {
        let closed = try await rows(
            """
            UPDATE appointment_terms t SET known_until = \(moment.now)
            FROM appointments a
            WHERE a.application_id = \(id) AND t.appointment_id = a.id
              AND t.known_until = 'infinity' AND t.end_reason = ''
              AND t.true_from <= \(day) AND t.ends_on > \(day)
            RETURNING a.number, t.appointment_id, t.person_id, t.kind, t.fiscal_year, t.true_from,
                t.ends_on
            """)
        guard let row = closed.first else { return nil }
        try await execute(
            """
            INSERT INTO appointment_terms (appointment_id, person_id, kind, fiscal_year, true_from,
                                           ends_on, end_reason, known_from)
            VALUES (\(try row.int("appointment_id")), \(try row.int("person_id")),
                    \(try row.string("kind")), \(try row.int("fiscal_year")),
                    \(try row.day("true_from")), \(day), \(reason), \(moment.now))
            """)
        try await markEnded([try row.int("appointment_id")])
        return EndedTerm(
            number: try row.string("number"), before: try row.day("ends_on"), after: day)
    }

    /// 取消. Closes what we believed of a term, as far as it is what was `seen`, and records that it
    /// held on no day. Returns nil where there is nothing to cancel.
    public func cancelTerm(
        ofApplication id: Int, seen: Instant, at moment: WriteStamp
    ) async throws -> EndedTerm? {
        let before = [""] + AppointmentEnding.cancellable.map(\.rawValue)
        let closed = try await rows(
            """
            UPDATE appointment_terms t SET known_until = \(moment.now)
            FROM appointments a
            WHERE a.application_id = \(id) AND t.appointment_id = a.id
              AND a.undone_by IS NULL
              AND t.known_until = 'infinity' AND t.known_from = \(seen)
              AND t.end_reason = ANY(\(before)::text[])
            RETURNING a.number, t.id, t.appointment_id, t.true_from, t.ends_on
            """)
        guard let row = closed.first else { return nil }
        try await execute(
            """
            INSERT INTO appointment_terms (appointment_id, person_id, kind, fiscal_year, true_from,
                                           ends_on, end_reason, known_from)
            SELECT appointment_id, person_id, kind, fiscal_year, true_from, true_from,
                   \(EndReason.cancelled), \(moment.now)
            FROM appointment_terms WHERE id = \(try row.int("id"))
            """)
        try await markEnded([try row.int("appointment_id")])
        return EndedTerm(
            number: try row.string("number"), before: try row.day("ends_on"),
            after: try row.day("true_from"))
    }

    /// The applications of appointments that ended no longer stand in the way of another one.
    private func markEnded(_ appointments: [Int]) async throws {
        try await execute(
            """
            UPDATE applications a SET appointment_ended = true FROM appointments p
            WHERE p.id = ANY(\(appointments)::bigint[]) AND a.id = p.application_id
            """)
    }

    /// 区分変更. Ends what people hold as よびかけ員 when they become 推進委員, on `first`, and their
    /// badges with it. Gives those that ended.
    public func supersedeCallers(
        _ people: [Int], on first: Day, at moment: WriteStamp
    ) async throws -> [EndedTerm] {
        let closed = try await rows(
            """
            UPDATE appointment_terms t SET known_until = \(moment.now)
            FROM appointments a
            WHERE a.id = t.appointment_id AND t.person_id = ANY(\(people)::bigint[])
              AND t.known_until = 'infinity'
              AND t.kind = 'caller' AND t.end_reason = ''
              AND t.true_from < \(first) AND t.ends_on > \(first)
            RETURNING a.number, t.appointment_id, t.person_id, t.fiscal_year, t.true_from, t.ends_on
            """)
        guard !closed.isEmpty else { return [] }
        let ended = try closed.map { try $0.int("appointment_id") }
        try await execute(
            """
            INSERT INTO appointment_terms (appointment_id, person_id, kind, fiscal_year, true_from,
                                           ends_on, end_reason, known_from)
            SELECT f.id, f.person, 'caller', f.year, f.first, \(first)::date, 'superseded',
                   \(moment.now)::timestamptz
            FROM unnest(\(ended)::bigint[],
                        \(try closed.map { try $0.int("person_id") })::bigint[],
                        \(try closed.map { try $0.int("fiscal_year") })::smallint[],
                        \(try closed.map { try $0.string("true_from") })::date[])
              AS f(id, person, year, first)
            """)
        try await execute(
            """
            UPDATE badges SET revoked_at = \(moment.now), revocation_reason = 'superseded'
            WHERE revoked_at IS NULL AND appointment_id = ANY(\(ended)::bigint[])
            """)
        try await markEnded(ended)
        return try closed.map {
            EndedTerm(number: try $0.string("number"), before: try $0.day("ends_on"), after: first)
        }
    }
}
