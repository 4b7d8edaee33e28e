internal import CLibpq
internal import EventLoop

/// One connection of libpq, non-blocking, on a loop: opens, waits, gives up. Confined to that loop;
/// carries one call at a time (`ReadConnection` carries many). What is said over it stands in
/// `Connection+Pipeline.swift`.
final class Connection {
    let loop: EventLoop
    let settings: PoolSettings
    private let hosts: Hosts
    private let setUp: [SQL]
    private(set) var handle: OpaquePointer?
    private var watch: EventLoop.Watch?
    private var waiter: CheckedContinuation<Void, any Error>?
    /// Whether something came while nobody waited.
    private var isReady = false
    private var timer: (due: ContinuousClock.Instant, EventLoop.Timer)?
    /// When the current call must be over; set by whoever starts a statement.
    private var deadline = ContinuousClock.now
    /// Why this connection ended; told to whoever still asks it.
    private var ending = PostgresError.lost
    /// The server warned of something, as it does when a commit is not on the standby yet.
    var wasWarned = false
    let room = ParameterBuffers()
    var statements: [SQL.Shape: String] = [:]
    var statementCount = 0
    /// Statements that go with the next one, and the longest that one of them may take.
    var deferred: [SQL] = []
    var longestDeferred = Duration.zero
    /// What the server was last told that a statement may take; nil when that is not known.
    var allowance: Duration?

    init(loop: EventLoop, settings: PoolSettings, hosts: Hosts, setUp: [SQL]) {
        self.loop = loop
        self.settings = settings
        self.hosts = hosts
        self.setUp = [settings.limits] + setUp
    }

    deinit { PQfinish(handle) }

    var isOpen: Bool { handle != nil && PQstatus(handle) == CONNECTION_OK }

    /// Whether the server holds a transaction for us, whole or failed.
    var isInTransaction: Bool { isOpen && PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// Connects unless connected, to the first host that answers. Throws
    /// `PostgresError.unreachable`, or what the first that answered said to the set-up: to ask
    /// another host then would hide it behind that one's words.
    func open() async throws {
        dropIfHungUp()
        guard !isOpen else { return }
        var failure = PostgresError.lost
        for (number, connection) in try hosts.inOrder() {
            do {
                try await connect(connection)
                return hosts.answered(number)
            } catch PostgresError.unreachable(let reason) { failure = .unreachable(reason) }
        }
        hosts.noneAnswered(failure)
        throw failure
    }

    private func connect(_ connection: String) async throws {
        close()
        startDeadline(settings.connectDeadline)
        handle = PQconnectStart(connection)
        do {
            try await greet()
            allowance = settings.statementTimeout
            _ = try await run(setUp, within: settings.connectDeadline)
        } catch {
            let reason = failureText
            close()
            switch error as? PostgresError {
            case .lost: throw PostgresError.unreachable(reason)
            case .deadline: throw PostgresError.unreachable("the server does not answer")
            default: throw error
            }
        }
    }

    private func greet() async throws {
        var step = PGRES_POLLING_WRITING
        while step != PGRES_POLLING_OK {
            guard PQstatus(handle) != CONNECTION_BAD, step != PGRES_POLLING_FAILED else {
                throw PostgresError.lost
            }
            try await wait(for: step == PGRES_POLLING_READING ? .readable : .writable)
            step = PQconnectPoll(handle)
        }
        PQsetnonblocking(handle, 1)
        listenToWarnings()
        try watchSocket(for: .readable)
    }

    /// One line; it names hosts and roles and no person.
    private var failureText: String {
        guard let text = PQerrorMessage(handle) else { return "no answer" }
        return String(cString: text).split(separator: "\n").joined(separator: "; ")
    }

    private func listenToWarnings() {
        let this = Unmanaged.passUnretained(self).toOpaque()
        PQsetNoticeReceiver(
            handle,
            { this, result in
                // PG_DIAG_SEVERITY_NONLOCALIZED
                guard let this, let severity = PQresultErrorField(result, 0x56) else { return }
                let isWarning = String(cString: severity) == "WARNING"
                if isWarning {
                    Unmanaged<Connection>.fromOpaque(this).takeUnretainedValue().wasWarned = true
                }
            }, this)
    }

    /// Ends the connection; whoever waits on it gets `reason`.
    func close(_ reason: PostgresError = .lost) {
        unwatch()
        timer?.1.cancel()
        timer = nil
        PQfinish(handle)
        handle = nil
        ending = reason
        statements.removeAll()
        takeDeferred()
        allowance = nil
        isReady = false
        waiter?.resume(throwing: reason)
        waiter = nil
    }

    /// Leaves the socket to somebody else's watch (pipelined reads).
    func unwatch() {
        if let watch { loop.cancel(watch) }
        watch = nil
    }

    func startDeadline(_ duration: Duration) { deadline = .now + duration }

    /// Whatever libpq has to send is sent. Throws `PostgresError`.
    func flush() async throws {
        while true {
            switch PQflush(try held) {
            case 0: return
            case 1: try await wait(for: [.readable, .writable])
            default: throw fail()
            }
            try consume()
        }
    }

    /// The connection while there is one. Throws why there is none any more.
    var held: OpaquePointer {
        get throws {
            guard let handle else { throw ending }
            return handle
        }
    }

    func consume() throws {
        guard PQconsumeInput(try held) == 1 else { throw fail() }
    }

    func fail() -> PostgresError {
        if handle != nil { close() }
        return ending
    }

    /// Waits until the socket is ready or the deadline of the current call has passed; then the
    /// connection is given up, because what the server does with it cannot be known.
    func wait(for interest: EventLoop.Interest) async throws {
        _ = try held
        try await withCheckedThrowingContinuation { continuation in
            // It may have become ready on the way here.
            if isReady {
                isReady = false
                return continuation.resume()
            }
            waiter = continuation
            watchDeadline()
            do { try watchSocket(for: interest) } catch { close() }
        }
        if let watch, isOpen { loop.change(watch, to: .readable) }
    }

    /// One timer serves many waits: it looks, and is set again while somebody waits for longer.
    private func watchDeadline() {
        if let timer, timer.due <= deadline { return }
        timer?.1.cancel()
        let timer = loop.schedule(after: deadline - .now) { [weak self] in self?.timeHasPassed() }
        self.timer = (deadline, timer)
    }

    private func timeHasPassed() {
        timer = nil
        guard waiter != nil else { return }
        if deadline <= .now { close(.deadline) } else { watchDeadline() }
    }

    /// While connecting libpq may change sockets, so it is watched anew; later only the interest
    /// changes.
    private func watchSocket(for interest: EventLoop.Interest) throws {
        if let watch, isOpen {
            loop.change(watch, to: interest)
            return
        }
        unwatch()
        let socket = PQsocket(handle)
        guard socket >= 0 else { throw PostgresError.lost }
        watch = try loop.watch(socket, for: interest) { [weak self] _ in self?.becameReady() }
    }

    /// With nobody waiting what comes is either the answer to a call that is about to wait, or the
    /// server's farewell. It is left where it is, and not looked at again: a socket that was hung
    /// up stays ready for ever.
    private func becameReady() {
        guard let waiter else {
            isReady = true
            return unwatch()
        }
        // Whoever waits runs before the loop asks again and reads what came, so the watch can stay.
        self.waiter = nil
        waiter.resume()
    }

    /// Looks at what came while nobody waited: the server may have hung up.
    private func dropIfHungUp() {
        guard isReady, isOpen else { return }
        // A farewell is read first, the end of the stream after it.
        if PQconsumeInput(handle) == 0 || PQconsumeInput(handle) == 0 { close() }
    }
}
