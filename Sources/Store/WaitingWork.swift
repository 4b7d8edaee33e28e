public import Enrollment
internal import Postgres

/// How many wait of something, and since when the oldest.
public struct WaitingCount: Sendable, Equatable {
    public let count: Int
    /// Nil where none waits.
    public let since: Day?

    public static let none = WaitingCount(count: 0, since: nil)

    public init(count: Int, since: Day?) {
        self.count = count
        self.since = since
    }
}

/// The applications that wait for the office in a year.
public struct WaitingQueue: Sendable, Equatable {
    public let all: WaitingCount
    /// Those that came on a day or before.
    public let late: WaitingCount
    /// Those that came back with an answer to what the office had asked.
    public let amended: WaitingCount
}

/// A letter to somebody that did not arrive and was not sent again.
public struct UndeliveredLetter: Sendable, Equatable {
    public let id: Int
    public let kind: LetterKind
    public let writtenAt: Instant
    /// A number of its person, by which their page is opened.
    public let receipt: String
}

extension ReadStore {
    /// As the queue shows them, by the same condition.
    public func waitingQueue(
        in year: FiscalYear, lateUpTo day: Day
    ) async throws -> WaitingQueue {
        let row = try await rows(
            """
            /* tally */
            SELECT count(*) AS n, min(q.received_on) AS since,
                   count(*) FILTER (WHERE q.received_on <= \(day)::date) AS late,
                   min(q.received_on) FILTER (WHERE q.received_on <= \(day)::date) AS late_since,
                   count(*) FILTER (WHERE \(QueueFilter.isAmended)) AS amended,
                   min(q.received_on) FILTER (WHERE \(QueueFilter.isAmended)) AS amended_since
            FROM applications q
            WHERE q.fiscal_year = \(year) AND q.state IN ('submitted', 'reviewing')
            """)[0]
        func count(_ name: String, _ since: String) throws -> WaitingCount {
            WaitingCount(count: try row.int(name), since: try row.optionalDay(since))
        }
        return WaitingQueue(
            all: try count("n", "since"), late: try count("late", "late_since"),
            amended: try count("amended", "amended_since"))
    }

    /// 重複の確認: those that nobody has put off.
    public func waitingDoubts() async throws -> WaitingCount {
        try await waiting(
            """
            /* tally */ SELECT count(*) AS n, min(asked_on) AS since FROM doubts
            WHERE answer = '' AND put_off_at IS NULL
            """)
    }

    /// 団体からの申し出 about the applications of a year.
    public func waitingProposals(in year: FiscalYear) async throws -> WaitingCount {
        try await waiting(
            """
            /* tally */ SELECT count(*) AS n,
                min(s.known_from AT TIME ZONE 'Asia/Tokyo')::date AS since
            FROM proposals s JOIN applications a ON a.id = s.application_id
            WHERE s.known_until = 'infinity' AND a.fiscal_year = \(year)
            """)
    }

    /// 決裁を待つ応募, since they were approved.
    public func waitingForDecision(in year: FiscalYear) async throws -> WaitingCount {
        try await waiting(
            """
            /* tally */ SELECT count(*) AS n,
                min(state_changed_at AT TIME ZONE 'Asia/Tokyo')::date AS since
            FROM applications WHERE fiscal_year = \(year) AND state = 'approved'
            """)
    }

    private func waiting(_ sql: SQL) async throws -> WaitingCount {
        let row = try await rows(sql)[0]
        return WaitingCount(count: try row.int("n"), since: try row.optionalDay("since"))
    }

    /// Letters to people that did not arrive and were not sent again, the newest first.
    public func undeliveredLetters(limit: Int) async throws -> [UndeliveredLetter] {
        try await rows(
            """
            SELECT o.id, o.letter, o.created_at, a.receipt
            FROM (SELECT q.id, q.letter, q.created_at, q.person_id FROM outbox q
                  WHERE q.state = 'failed' OFFSET 0) o
            CROSS JOIN LATERAL (
                SELECT q.receipt FROM applications q WHERE q.person_id = o.person_id
                ORDER BY q.id DESC LIMIT 1) a
            WHERE NOT EXISTS (SELECT FROM outbox again WHERE again.repeats = o.id)
            ORDER BY o.id DESC LIMIT \(limit)
            """
        ).map {
            UndeliveredLetter(
                id: try $0.int("id"), kind: try $0.code("letter"),
                writtenAt: try $0.instant("created_at"), receipt: try $0.string("receipt"))
        }
    }
}
