public import Enrollment
internal import Postgres

/// What stands first in the office's queue.
public enum QueueOrder: String, Sendable, CaseIterable {
    /// In the order in which they came.
    case oldest
    /// Those of one organization together; whoever applies alone comes last.
    case organization
    /// First those about whom it is asked whether they are somebody else who is known.
    case doubted

    /// What is compared before the number of the application `q`.
    fileprivate var rank: SQL {
        switch self {
        case .oldest: "0::bigint"
        case .organization: "coalesce(q.organization_id, \(Int.max))::bigint"
        case .doubted: "CASE WHEN \(QueueFilter.isDoubted) THEN 0 ELSE 1 END::bigint"
        }
    }
}

/// Which of the waiting applications the office looks at, and in which order.
public struct QueueFilter: Sendable, Equatable {
    public var year: FiscalYear
    public var states: [ApplicationState] = [.submitted, .reviewing]
    /// Nil for all.
    public var applicants: Applicants?
    public var kind: Kind?
    public var route: ApplicationRoute?
    /// Whether a question waits, whether they are somebody else who is known.
    public var isDoubted: Bool?
    /// Whether they came back with an answer to what the office had asked.
    public var isAmended: Bool?
    /// Those that came on this day or before.
    public var receivedUpTo: Day?
    public var order = QueueOrder.oldest
    /// The application that was seen last, whatever became of it since; 0 for none.
    public var after = 0
    public var limit = 50

    public init(year: FiscalYear) { self.year = year }

    /// Whether an open question is about `q`: it was filed and is in doubt again, or a row of a
    /// file may speak of the same person. All open ones are read once.
    fileprivate static let isDoubted: SQL = """
        q.id IN (
            SELECT about.id FROM doubts d
            LEFT JOIN group_lines m
              ON m.group_file_id = d.group_file_id AND m.row_number = d.other_row
            CROSS JOIN LATERAL (
                VALUES (d.application_id), (d.other_application_id), (m.application_id)) about(id)
            WHERE d.answer = '' AND about.id IS NOT NULL)
        """

    /// Whether what the office asked last about `q` was answered.
    static let isAmended: SQL = """
        coalesce((SELECT m.state = 'answered' FROM amendments m WHERE m.application_id = q.id
                  ORDER BY m.id DESC LIMIT 1), false)
        """

    /// What an application `q` in one of the states must be.
    fileprivate var condition: SQL {
        var all: [SQL] = []
        switch applicants {
        case nil: break
        case .alone: all.append("q.organization_id IS NULL")
        case .organization(let id): all.append("q.organization_id = \(id)")
        }
        if let kind { all.append("q.kind = \(kind)") }
        if let route { all.append("q.route = \(route)") }
        if let isDoubted { all.append("(\(Self.isDoubted)) = \(isDoubted)") }
        if let isAmended { all.append("(\(Self.isAmended)) = \(isAmended)") }
        if let receivedUpTo { all.append("q.received_on <= \(receivedUpTo)::date") }
        return all.reduce("true") { "\($0) AND \($1)" }
    }
}

/// Where an application stands among those that are looked at.
public struct QueueSpot: Sendable, Equatable {
    /// How many stand before it.
    public let before: Int
    public let count: Int
    /// Whether it is one of them still.
    public let isThere: Bool
    /// Receipt numbers of its neighbours.
    public let previous: String?
    public let next: String?
}

/// How many wait, by what the queue is narrowed by.
public struct QueueCounts: Sendable, Equatable {
    public let all: Int
    public let kinds: [Kind: Int]
    public let routes: [ApplicationRoute: Int]
    public let doubted: Int
}

extension ReadStore {
    /// Those of the states, in the order that is asked for, a page after the last one seen.
    public func queue(_ filter: QueueFilter) async throws -> [ApplicationRecord] {
        let states = filter.states.map(\.rawValue)
        return try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM (
                SELECT f.id, f.rank FROM unnest(\(states)::text[]) AS s(state)
                CROSS JOIN LATERAL (
                    SELECT q.id, \(filter.order.rank) AS rank FROM applications q
                    WHERE q.fiscal_year = \(filter.year) AND q.state = s.state
                      AND \(filter.condition) AND \(Self.isAfter(filter))
                    ORDER BY \(Self.order(filter)) LIMIT \(filter.limit)) f
                ORDER BY f.rank, f.id LIMIT \(filter.limit)) next
            CROSS JOIN \(ApplicationRecord.tables(of: "next.id"))
            ORDER BY next.rank, a.id
            """
        ).map { try ApplicationRecord($0) }
    }

    /// By number alone an index finds the next ones; a rank has to be made for all that wait.
    private static func order(_ filter: QueueFilter) -> SQL {
        filter.order == .oldest ? "q.id" : "\(filter.order.rank), q.id"
    }

    private static func isAfter(_ filter: QueueFilter) -> SQL {
        guard filter.order != .oldest else { return "q.id > \(filter.after)" }
        return """
            (\(filter.after) = 0 OR (\(filter.order.rank), q.id) > (
                SELECT \(filter.order.rank), q.id FROM applications q
                WHERE q.id = \(filter.after)))
            """
    }

    /// Where an application stands in the queue; nil where there is none of the number.
    public func spot(of id: Int, in filter: QueueFilter) async throws -> QueueSpot? {
        let states = filter.states.map(\.rawValue)
        return try await rows(
            """
            /* tally */
            WITH line AS (
                SELECT q.id, \(filter.order.rank) AS rank, q.receipt FROM applications q
                WHERE q.fiscal_year = \(filter.year) AND q.state = ANY(\(states)::text[])
                  AND \(filter.condition)),
            here AS (
                SELECT q.id, \(filter.order.rank) AS rank FROM applications q WHERE q.id = \(id))
            SELECT (SELECT count(*) FROM line) AS n,
                   (SELECT count(*) FROM line l
                    WHERE (l.rank, l.id) < (here.rank, here.id)) AS before,
                   EXISTS (SELECT FROM line l WHERE l.id = here.id) AS is_there,
                   (SELECT l.receipt FROM line l WHERE (l.rank, l.id) < (here.rank, here.id)
                    ORDER BY l.rank DESC, l.id DESC LIMIT 1) AS previous,
                   (SELECT l.receipt FROM line l WHERE (l.rank, l.id) > (here.rank, here.id)
                    ORDER BY l.rank, l.id LIMIT 1) AS next
            FROM here
            """
        ).first.map {
            QueueSpot(
                before: try $0.int("before"), count: try $0.int("n"),
                isThere: try $0.bool("is_there"), previous: try $0.optionalString("previous"),
                next: try $0.optionalString("next"))
        }
    }

    /// Of all that wait in a year.
    public func queueCounts(in year: FiscalYear) async throws -> QueueCounts {
        let found = try await rows(
            """
            /* tally */
            SELECT q.kind, q.route, count(*) AS n,
                   count(*) FILTER (WHERE \(QueueFilter.isDoubted)) AS doubted
            FROM applications q
            WHERE q.fiscal_year = \(year) AND q.state IN ('submitted', 'reviewing')
            GROUP BY q.kind, q.route
            """
        ).map {
            (
                kind: try $0.code("kind") as Kind, route: try $0.code("route") as ApplicationRoute,
                count: try $0.int("n"), doubted: try $0.int("doubted")
            )
        }
        return QueueCounts(
            all: found.reduce(0) { $0 + $1.count },
            kinds: Dictionary(found.map { ($0.kind, $0.count) }, uniquingKeysWith: +),
            routes: Dictionary(found.map { ($0.route, $0.count) }, uniquingKeysWith: +),
            doubted: found.reduce(0) { $0 + $1.doubted })
    }

    /// Those of some applications about which a question waits.
    public func doubted(among ids: [Int]) async throws -> Set<Int> {
        Set(
            try await rows(
                """
                SELECT q.id FROM unnest(\(ids)::bigint[]) AS q(id) WHERE \(QueueFilter.isDoubted)
                """
            ).map { try $0.int("id") })
    }
}
