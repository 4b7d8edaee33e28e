public import Enrollment
public import EventLoop
internal import Logging
public import Mail
public import Postgres
public import Procedures
internal import Secrets
internal import Store
internal import Words

/// Gives a test an office on real tables: all migrations, the reference data of 2026, two
/// organizations (`demo-hospital`, `demo-clinic`), and nobody in them. What the test does is thrown
/// away. Tests take turns on one connection, so that none waits for another's locks.
public func withOffice<Value: Sendable>(
    at start: Instant, seed: UInt64 = 1,
    _ body: @Sendable (isolated OfficeDesk) async throws -> Value
) async throws -> Value {
    try await turns.enter()
    let outcome: Result<Value, any Error>
    do {
        let desk = try await sharedDesk.value
        try await desk.begin(at: start, seed: seed)
        outcome = .success(try await body(desk))
    } catch { outcome = .failure(error) }
    turns.leave()
    return try outcome.get()
}

/// The same at ten in the morning of a day in Japan.
public func withOffice<Value: Sendable>(
    on day: Day = Invented.today, seed: UInt64 = 1,
    _ body: @Sendable (isolated OfficeDesk) async throws -> Value
) async throws -> Value {
    try await withOffice(at: Instant(startOf: day).adding(seconds: 36_000), seed: seed, body)
}

/// Takes a turn with no office, and nothing written that is not committed: before the end of a
/// transaction that writes, in whatever database of the cluster, nobody knows that the journal is
/// complete.
public func withNoOffice(_ body: @Sendable () async throws -> Void) async throws {
    try await turns.enter()
    let outcome: Result<Void, any Error>
    do {
        try await sharedDesk.value.leave()
        outcome = .success(try await body())
    } catch { outcome = .failure(error) }
    turns.leave()
    try outcome.get()
}

private let turns = WorkQueue(width: 1)

/// Waits until a database of this cluster has been migrated: the first one makes the roles of all,
/// and what connects while it does may find one that is nobody's yet.
public func needRoles() async throws { _ = try await sharedDesk.value }

/// Made when the first test asks, once a process.
private let sharedDesk = Task { try await OfficeDesk() }

/// An actor on a loop, like the desk of a command, that holds the office of the test whose turn it
/// is.
public actor OfficeDesk {
    public let loop: EventLoop
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.asUnownedSerialExecutor()
    }

    /// One connection inside the transaction that is thrown away.
    public private(set) var database: SingleConnectionDatabase!
    public private(set) var office: Office!
    public private(set) var mail = MemoryTransport()
    private let time = MovableTime(Instant(startOf: Invented.today))

    fileprivate init() async throws {
        loop = try EventLoop(name: "office-tests")
        try await prepare()
    }

    private func prepare() async throws {
        let settings = try await TestDatabase.make(on: loop)
        database = try await SingleConnectionDatabase(on: loop, settings)
    }

    fileprivate func leave() async throws { try await database.startOver() }

    fileprivate func begin(at start: Instant, seed: UInt64) async throws {
        try await database.startOver()
        time.now = start
        mail = MemoryTransport()
        office = TestDatabase.office(
            DatabaseAsRole(database, .application), reading: DatabaseAsRole(database, .reader),
            time.clock, .seeded(seed))
        _ = try await office.rules(of: office.year)
    }

    /// The same office over a database of the test's own: over `database` it is the owner's.
    public func office(over other: any Database) -> Office {
        TestDatabase.office(other, reading: database, time.clock, .seeded(9))
    }

    /// The same office, set otherwise.
    public func set(_ change: (inout OfficeSettings) -> Void) {
        office = TestDatabase.office(
            DatabaseAsRole(database, .application), reading: DatabaseAsRole(database, .reader),
            time.clock, .seeded(7), change)
    }

    /// Time goes to `instant`. The rules are read anew, because a procedure that reads them inside
    /// its transaction would wait for the one connection that it holds.
    public func move(to instant: Instant) async throws {
        time.now = instant
        _ = try await office.rules(of: office.year)
    }

    public func move(by seconds: Int) async throws {
        try await move(to: time.now.adding(seconds: seconds))
    }

    /// Sends the letters that are due and gives all that were sent so far.
    @discardableResult
    public func sendLetters() async throws -> [Letter] {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        while try await office.deliverLetters(by: mail, logger: logger) > 0 {}
        return mail.letters
    }

    /// The six digits of the newest letter to an address; nil when none came.
    public func newestCode(to address: String) async throws -> String? {
        let letter = try await sendLetters().last { letter in
            letter.recipient == address && letter.messageID.hasPrefix("code-")
        }
        return letter?.body.firstMatch(of: /[0-9]{6}/).map { String($0.output) }
    }

    public func rows(_ sql: SQL) async throws -> [Row] { try await database.rows(sql) }

    /// The only number that a question has for an answer: `SELECT count(*) AS n FROM …`.
    public func count(_ sql: SQL) async throws -> Int { try await rows(sql)[0].int("n") }

    public func texts(_ sql: SQL) async throws -> [String] {
        try await rows(sql).map { try $0.string("text") }
    }
}

extension OfficeDesk {
    /// The token of the link in the newest letter of an invitation.
    public func invitationLink() async throws -> String {
        let body = try await rows(
            "SELECT body FROM outbox WHERE letter = 'invitation' ORDER BY id DESC LIMIT 1"
        )[0].string("body")
        let line = body.split(separator: "\n").first { $0.contains("/invitation/") }
        return line?.split(separator: "/").last.map(String.init) ?? ""
    }
}
