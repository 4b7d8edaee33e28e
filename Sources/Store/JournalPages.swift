public import Enrollment
public import JSON
internal import Postgres

/// Of whom events are asked for.
public enum JournalActors: Sendable, Equatable {
    case accounts([Int])
    /// Whoever runs the installation.
    case operators
}

/// Which events a page of the journal shows.
public struct JournalFilter: Sendable {
    public var act: EventKind?
    public var actors: JournalActors?
    /// What they are about, as the journal calls it; nil for everything.
    public var subjects: [String]?
    /// Days in Japan, both with it.
    public var from: Day?
    public var until: Day?
    /// Also who looked and who tried.
    public var showsWatching = false
    /// The last event that was seen; nil for the newest ones.
    public var before: Int?
    public var limit = 50

    public init() {}
}

extension WriteTransaction {
    /// Events by when they were written, the newest first. Read by the program and not by pages: it
    /// says what was before and after.
    public func journal(_ filter: JournalFilter) async throws -> [JournalEntry] {
        let bounds = try await ids(from: filter.from, until: filter.until)
        let found = try await rows(
            """
            SELECT j.id, j.act, j.subject, j.known_from, j.detail, d.before, d.after, d.reason,
                   d.forgotten_at, \(ActorRecord.columns)
            FROM (\(filter.chosen(within: bounds))) j
            LEFT JOIN LATERAL (
                SELECT * FROM event_details k WHERE k.event_id = j.id OFFSET 0) d ON true
            LEFT JOIN accounts u ON u.id = j.actor_account
            ORDER BY j.id DESC LIMIT \(filter.limit)
            """)
        return try await entries(of: found)
    }

    /// The numbers between which the events of these days lie. Numbers follow the time but for a
    /// few minutes, so that the day before and the day after are looked for; found by halves, and
    /// no event is read that is not asked for.
    private func ids(from: Day?, until: Day?) async throws -> Range<Int> {
        let newest = try await rows("SELECT coalesce(max(id), 0) AS id FROM events")[0].int("id")
        let all = 0..<newest + 1
        let first = try await from.map { $0.adding(days: -1) }.asyncMap { day in
            try await number(ofFirstEventFrom: Instant(startOf: day), in: all)
        }
        let last = try await until.map { $0.adding(days: 2) }.asyncMap { day in
            try await number(ofFirstEventFrom: Instant(startOf: day), in: all)
        }
        let (lower, upper) = (first ?? all.lowerBound, last ?? all.upperBound)
        return lower..<max(lower, upper)
    }

    private func number(
        ofFirstEventFrom moment: Instant, in all: Range<Int>
    ) async throws -> Int {
        var (low, high) = (all.lowerBound, all.upperBound)
        while low < high {
            let middle = (low + high) / 2
            let isLater =
                try await rows(
                    """
                    SELECT known_from >= \(moment)::timestamptz AS later FROM events
                    WHERE id >= \(middle) ORDER BY id LIMIT 1
                    """
                ).first?.bool("later") ?? true
            if isLater { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// What events are about, as people call it today: receipts, numbers, names.
    public func names(ofSubjects subjects: [JournalSubject]) async throws -> [String: String] {
        var names: [String: String] = [:]
        for kind in JournalSubject.Kind.allCases {
            let keys = subjects.filter { $0.kind == kind }.map(\.key)
            guard !keys.isEmpty, let question = Self.question(kind, keys) else { continue }
            for row in try await rows(question) {
                let key = try row.string("key")
                names["\(kind.rawValue):\(key)"] = try row.optionalString("name") ?? ""
            }
        }
        return names
    }

    private static func question(_ kind: JournalSubject.Kind, _ keys: [String]) -> SQL? {
        let numbers = keys.compactMap { Int($0) }
        return switch kind {
        case .application:
            """
            SELECT id::text AS key, receipt AS name FROM applications
            WHERE id = ANY(\(numbers)::bigint[])
            """
        case .person:
            """
            SELECT p.id::text AS key, coalesce(p.member_number,
                (SELECT a.receipt FROM applications a WHERE a.person_id = p.id
                 ORDER BY a.id DESC LIMIT 1)) AS name
            FROM people p WHERE p.id = ANY(\(numbers)::bigint[])
            """
        case .account:
            "SELECT id::text AS key, name FROM accounts WHERE id = ANY(\(numbers)::bigint[])"
        case .organization:
            """
            SELECT k AS key, o.name FROM unnest(\(keys)::text[]) k
            JOIN organizations o ON o.code = k OR o.id::text = k
            """
        case .appointment, .receipt, .plan, .groupFile, .signingKey, .export, .invitation, .year,
            .page, .address, .mail, .job, .lifetime, .materials, .other:
            nil
        }
    }
}

extension JournalFilter {
    /// The newest events that fit, driven by what leaves the fewest.
    fileprivate func chosen(within ids: Range<Int>) -> SQL {
        let fitting = fitting(within: ids)
        if let subjects {
            return """
                SELECT e.* FROM unnest(\(subjects)::text[]) AS s(subject) CROSS JOIN LATERAL (
                    SELECT * FROM events i WHERE i.subject = s.subject AND \(fitting)
                    ORDER BY i.id DESC LIMIT \(limit)) e
                """
        }
        if case .accounts(let accounts) = actors {
            return """
                SELECT e.* FROM unnest(\(accounts)::bigint[]) AS s(account) CROSS JOIN LATERAL (
                    SELECT * FROM events i WHERE i.actor_account = s.account AND \(fitting)
                    ORDER BY i.id DESC LIMIT \(limit)) e
                """
        }
        return "SELECT * FROM events i WHERE \(fitting) ORDER BY i.id DESC LIMIT \(limit)"
    }

    private func fitting(within ids: Range<Int>) -> SQL {
        let left = showsWatching || act != nil ? [] : EventKind.watching.map(\.rawValue)
        let byAct: SQL = act.map { "i.act = \($0)" } ?? "i.act <> ALL(\(left)::text[])"
        let since: SQL =
            from.map { "i.known_from >= \(Instant(startOf: $0))::timestamptz" } ?? "true"
        let to: SQL =
            until.map {
                "i.known_from < \(Instant(startOf: $0.adding(days: 1)))::timestamptz"
            } ?? "true"
        let newest = min(before ?? .max, ids.upperBound)
        return """
            i.id >= \(ids.lowerBound) AND i.id < \(newest) AND \(byAct) AND \(since) AND \(to)
            AND \(byActor)
            """
    }

    private var byActor: SQL {
        switch actors {
        case nil: "true"
        case .operators: "i.actor LIKE 'operator:%'"
        case .accounts(let accounts): "i.actor_account = ANY(\(accounts)::bigint[])"
        }
    }
}

extension Optional {
    fileprivate func asyncMap<Value>(
        _ transform: (Wrapped) async throws -> Value
    ) async throws -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}

extension ReadStore {
    /// 任命番号 of a person, of all years.
    public func appointmentNumbers(ofPerson id: Int) async throws -> [String] {
        try await rows("SELECT number FROM appointments WHERE person_id = \(id) ORDER BY id").map {
            try $0.string("number")
        }
    }
}

extension WriteTransaction {
    /// Of those who look after people of an organization, or did.
    public func accountIDs(ofOrganization id: Int) async throws -> [Int] {
        try await rows("SELECT id FROM accounts WHERE organization_id = \(id) ORDER BY id").map {
            try $0.int("id")
        }
    }
}
