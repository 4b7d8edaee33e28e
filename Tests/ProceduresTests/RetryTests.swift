import Enrollment
import Postgres
import Procedures
import Secrets
import TestSupport
import Testing

/// A write is run again where that is safe, and an unknown commit is never guessed.
@Suite struct RetryTests {
    /// Fails as told, then lets through.
    final class Failing: Database {
        let inner: any Database
        var failures: [PostgresError]
        /// Whether what fails with an unknown outcome was committed all the same.
        var commitsUnknown = false
        private(set) var attempts = 0

        init(_ inner: any Database, _ failures: [PostgresError]) {
            self.inner = inner
            self.failures = failures
        }

        func rows(_ sql: SQL) async throws -> [Row] { try await inner.rows(sql) }

        func reading<Value>(
            _ body: (ReadSession) async throws -> Value
        ) async throws -> Value { try await inner.reading(body) }

        func transaction<Value>(
            _ body: (Session) async throws -> Value
        ) async throws -> Value {
            attempts += 1
            guard !failures.isEmpty else { return try await inner.transaction(body) }
            let failure = failures.removeFirst()
            if failure == .unknownOutcome, commitsUnknown {
                _ = try await inner.transaction(body)
            }
            throw failure
        }
    }

    /// Presses the button while the database fails so; gives the receipt, how often it was tried,
    /// and how many applications there are then.
    static func press(
        _ failures: [PostgresError], commitsUnknown: Bool = false
    ) async throws -> (receipt: String?, attempts: Int, count: Int) {
        try await withOffice { desk in
            let token = try await desk.confirmedDraft(Invented.draft(1))
            let failing = Failing(desk.database, failures)
            failing.commitsUnknown = commitsUnknown
            let office = desk.office(over: failing)
            let receipt = try? await office.submitApplication(of: token)
            let count = try await desk.count("SELECT count(*) AS n FROM applications")
            if let receipt {
                #expect(
                    try await desk.texts("SELECT receipt AS text FROM applications") == [receipt])
            }
            return (receipt, failing.attempts, count)
        }
    }

    @Test(arguments: [PostgresError.serialization, .lost, .planChanged, .readOnly])
    func whatWasUndoneIsRunAgainWhole(failure: PostgresError) async throws {
        let (receipt, attempts, count) = try await Self.press([failure, failure])
        #expect(receipt != nil && attempts == 3 && count == 1)
    }

    @Test func aCollisionThatDoesNotEndIsGivenUp() async throws {
        let failures = Array(repeating: PostgresError.serialization, count: 10)
        let (receipt, attempts, count) = try await Self.press(failures)
        #expect(receipt == nil && attempts == 4 && count == 0)
    }

    @Test(arguments: [
        PostgresError.deadline, .busy, .lockTimeout, .statementTimeout,
        .constraint(name: "x", sqlState: "23514"), .exhausted(sqlState: "53100"),
    ])
    func whatWouldOnlyWaitLongerIsNotRunAgain(failure: PostgresError) async throws {
        let (receipt, attempts, count) = try await Self.press([failure])
        #expect(receipt == nil && attempts == 1 && count == 0)
    }

    @Test func anUnknownCommitThatWasDoneGivesItsReceiptAndFilesNothingMore() async throws {
        let (receipt, _, count) = try await Self.press([.unknownOutcome], commitsUnknown: true)
        #expect(receipt != nil && count == 1)
    }

    @Test func anUnknownCommitThatWasNotDoneIsFiledOnceAfterAll() async throws {
        let (receipt, _, count) = try await Self.press([.unknownOutcome])
        #expect(receipt != nil && count == 1)
    }

    @Test func itIsLookedForUntilTheDatabaseIsBack() async throws {
        let away = [PostgresError.unknownOutcome, .unreachable("away"), .unreachable("away")]
        let (receipt, _, count) = try await Self.press(away, commitsUnknown: true)
        #expect(receipt != nil && count == 1)
    }
}
