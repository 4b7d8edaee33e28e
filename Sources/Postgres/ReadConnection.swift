internal import CLibpq
internal import EventLoop

/// A connection in pipeline mode that carries the single reads of many callers at once, each with a
/// sync of its own, so that one's error is not another's. Confined to its loop.
final class ReadConnection {
    private struct Call {
        let continuation: CheckedContinuation<Answer, any Error>
        let deadline: ContinuousClock.Instant
        var answer: Answer?
        var failure: PostgresError?
    }

    private let loop: EventLoop
    private let settings: PoolSettings
    private let connection: Connection
    private var calls: ArraySlice<Call> = []
    private var statements: [String: String] = [:]
    private var watch: EventLoop.Watch?
    private var timer: EventLoop.Timer?
    private var opening: [CheckedContinuation<Void, any Error>]?

    init(loop: EventLoop, settings: PoolSettings) {
        self.loop = loop
        self.settings = settings
        connection = Connection(loop: loop, settings: settings, setUp: settings.readSetUp)
    }

    /// How many callers wait for an answer here.
    var load: Int { calls.count + (opening?.count ?? 0) }

    func run(_ sql: SQL) async throws -> Answer {
        try await open()
        let parameters = try ParameterLayout(sql.parameters)
        return try await withCheckedThrowingContinuation { continuation in
            let deadline = ContinuousClock.now + settings.statementDeadline
            calls.append(Call(continuation: continuation, deadline: deadline))
            guard send(sql.text, parameters, Int32(sql.parameters.count)) else { return lose() }
            flush()
            if timer == nil { watchDeadline() }
        }
    }

    /// One opens, the others wait for it.
    private func open() async throws {
        if watch != nil, connection.isOpen { return }
        guard opening == nil else {
            return try await withCheckedThrowingContinuation { opening?.append($0) }
        }
        opening = []
        let outcome: Result<Void, any Error>
        do {
            try await connection.open()
            guard PQenterPipelineMode(connection.handle) == 1 else { throw connection.lose() }
            connection.unwatch()
            watch = try loop.watch(PQsocket(connection.handle), for: .readable) { [weak self] _ in
                self?.becameReady()
            }
            outcome = .success(())
        } catch { outcome = .failure(error) }
        let waiting = opening ?? []
        opening = nil
        for continuation in waiting { continuation.resume(with: outcome) }
        try outcome.get()
    }

    private func send(_ text: String, _ parameters: ParameterLayout, _ count: Int32) -> Bool {
        let handle = connection.handle
        var name = statements[text]
        if name == nil {
            let fresh = "r\(statements.count)"
            guard PQsendPrepare(handle, fresh, text, 0, nil) == 1 else { return false }
            statements[text] = fresh
            name = fresh
        }
        let sent = parameters.withPointers { values, lengths, formats in
            PQsendQueryPrepared(handle, name, count, values, lengths, formats, 0) == 1
        }
        return sent && PQpipelineSync(handle) == 1
    }

    private func becameReady() {
        guard PQconsumeInput(connection.handle) == 1 else { return lose() }
        while !calls.isEmpty, PQisBusy(connection.handle) == 0 {
            guard let result = PQgetResult(connection.handle) else {
                if PQisBusy(connection.handle) == 1 { break }
                continue
            }
            take(result)
        }
        if connection.handle != nil { flush() }
    }

    private func take(_ result: OpaquePointer) {
        guard let first = calls.indices.first else { return PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK: calls[first].answer = Answer(result)
        case PGRES_PIPELINE_SYNC:
            PQclear(result)
            finish(calls.removeFirst())
        case PGRES_PIPELINE_ABORTED: PQclear(result)
        default:
            calls[first].failure = PostgresError(result: result)
            PQclear(result)
        }
    }

    private func finish(_ call: Call) {
        if let failure = call.failure {
            if failure == .lost { lose() }
            call.continuation.resume(throwing: failure)
        } else if let answer = call.answer {
            call.continuation.resume(returning: answer)
        } else {
            call.continuation.resume(throwing: PostgresError.lost)
        }
    }

    private func flush() {
        guard let watch else { return }
        switch PQflush(connection.handle) {
        case 0: loop.change(watch, to: .readable)
        case 1: loop.change(watch, to: [.readable, .writable])
        default: lose()
        }
    }

    /// One timer for the oldest call; when it has passed nobody knows what the server does.
    private func watchDeadline() {
        guard let oldest = calls.first else {
            timer = nil
            return
        }
        timer = loop.schedule(after: oldest.deadline - .now) { [weak self] in
            guard let self else { return }
            if let oldest = calls.first, oldest.deadline <= .now { lose() }
            watchDeadline()
        }
    }

    func lose() {
        if let watch { loop.cancel(watch) }
        watch = nil
        connection.close()
        statements.removeAll()
        let abandoned = calls
        calls = []
        for call in abandoned { call.continuation.resume(throwing: PostgresError.lost) }
    }
}
