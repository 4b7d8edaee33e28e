internal import CLibpq
internal import EventLoop

/// One connection of libpq, non-blocking, on a loop. Confined to that loop; carries one call at a
/// time (`ReadConnection` carries many).
final class Connection {
    let loop: EventLoop
    private let settings: PoolSettings
    private let setUp: [SQL]
    private(set) var handle: OpaquePointer?
    private var watch: EventLoop.Watch?
    private var waiter: CheckedContinuation<Void, any Error>?
    private var statements: [String: String] = [:]
    private var isSuspect = false
    /// When the current call must be over; set by whoever starts a statement.
    var deadline = ContinuousClock.now

    init(loop: EventLoop, settings: PoolSettings, setUp: [SQL]) {
        self.loop = loop
        self.settings = settings
        self.setUp = setUp
    }

    deinit { PQfinish(handle) }

    var isOpen: Bool { handle != nil && PQstatus(handle) == CONNECTION_OK }

    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// Connects unless connected. Throws `PostgresError.lost`.
    func open() async throws {
        dropIfHungUp()
        guard !isOpen else { return }
        close()
        startDeadline(settings.connectDeadline)
        handle = PQconnectStart(settings.connection)
        var step = PGRES_POLLING_WRITING
        while step != PGRES_POLLING_OK {
            guard PQstatus(handle) != CONNECTION_BAD, step != PGRES_POLLING_FAILED else {
                close()
                throw PostgresError.lost
            }
            try await wait(for: step == PGRES_POLLING_READING ? .readable : .writable)
            step = PQconnectPoll(handle)
        }
        PQsetnonblocking(handle, 1)
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        try watchSocket(for: .readable)
        for sql in setUp { _ = try await run(sql) }
    }

    func close() {
        if let watch { loop.cancel(watch) }
        watch = nil
        PQfinish(handle)
        handle = nil
        statements.removeAll()
        waiter?.resume(throwing: PostgresError.lost)
        waiter = nil
    }

    /// Leaves the socket to somebody else's watch (pipeline mode).
    func unwatch() {
        if let watch { loop.cancel(watch) }
        watch = nil
    }

    func startDeadline(_ duration: Duration? = nil) {
        deadline = .now + (duration ?? settings.statementDeadline)
    }

    /// Runs one statement, prepared by its text, and gives its result.
    func run(_ sql: SQL, within: Duration? = nil) async throws -> Answer {
        startDeadline(within)
        let text = sql.text
        let name = try await prepare(text)
        try send { try $0.sendPrepared(name, sql.parameters) }
        return try await answer()
    }

    /// Runs the text of a migration, which may hold many statements.
    func run(_ script: MigrationScript) async throws {
        startDeadline(.seconds(600))
        try send { PQsendQuery($0.pointer, script.text) == 1 }
        _ = try await answer()
    }

    /// Reads results until the statement is over; throws the first error among them.
    func answer() async throws -> Answer {
        var last: Answer?
        var failure: PostgresError?
        while let result = try await nextResult() {
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: last = Answer(result)
            case PGRES_COPY_IN, PGRES_COPY_OUT: return Answer(result)
            default:
                failure = failure ?? PostgresError(result: result)
                PQclear(result)
            }
        }
        if let failure {
            if failure == .lost { close() }
            throw failure
        }
        guard let last else { throw PostgresError.lost }
        return last
    }

    func nextResult() async throws -> OpaquePointer? {
        try await flush()
        while PQisBusy(handle) == 1 {
            try await wait(for: .readable)
            try consume()
        }
        return PQgetResult(handle)
    }

    func flush() async throws {
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1: try await wait(for: [.readable, .writable])
            default: throw lose()
            }
            try consume()
        }
    }

    func consume() throws {
        guard handle != nil, PQconsumeInput(handle) == 1 else { throw lose() }
    }

    func lose() -> PostgresError {
        close()
        return .lost
    }

    /// Waits until the socket is ready or the deadline of the current call has passed; then the
    /// connection is given up, because what the server does with it cannot be known.
    func wait(for interest: EventLoop.Interest) async throws {
        var timer: EventLoop.Timer?
        defer { timer?.cancel() }
        try await withCheckedThrowingContinuation { continuation in
            waiter = continuation
            timer = loop.schedule(after: deadline - .now) { [weak self] in self?.close() }
            do { try watchSocket(for: interest) } catch { close() }
        }
        if let watch, isOpen { loop.change(watch, to: .readable) }
    }

    private func prepare(_ text: String) async throws -> String {
        if let name = statements[text] { return name }
        let name = "s\(statements.count)"
        try send { PQsendPrepare($0.pointer, name, text, 0, nil) == 1 }
        _ = try await answer()
        statements[text] = name
        return name
    }

    private func send(_ body: (Handle) throws -> Bool) throws {
        guard let handle else { throw PostgresError.lost }
        guard try body(Handle(pointer: handle)) else { throw lose() }
    }

    /// While connecting libpq may change sockets, so it is watched anew; later only the interest
    /// changes.
    private func watchSocket(for interest: EventLoop.Interest) throws {
        if let watch, isOpen {
            loop.change(watch, to: interest)
            return
        }
        if let watch { loop.cancel(watch) }
        let socket = PQsocket(handle)
        guard socket >= 0 else { throw PostgresError.lost }
        watch = try loop.watch(socket, for: interest) { [weak self] _ in self?.becameReady() }
    }

    /// With nobody waiting the socket is left alone: what it holds belongs to the call that is about
    /// to wait, or, between calls, tells that the server hung up, which `open` looks at.
    private func becameReady() {
        if let watch { loop.change(watch, to: []) }
        isSuspect = waiter == nil
        waiter?.resume()
        waiter = nil
    }

    private func dropIfHungUp() {
        guard isSuspect else { return }
        isSuspect = false
        if PQconsumeInput(handle) == 0 { close() }
        if let watch { loop.change(watch, to: .readable) }
    }
}

/// The text of a migration file. Its own type, because it is the one text from a file that is run.
public struct MigrationScript: Sendable {
    let text: String
    public init(_ text: String) { self.text = text }
}
