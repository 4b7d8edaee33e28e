internal import CLibpq
internal import EventLoop

/// What is said over a connection: statements in one round trip, prepared once, each by its shape.
extension Connection {
    enum Step {
        case preparing(SQL.Shape, String)
        case running(SQL.Shape)
    }

    /// Runs one statement. Throws `PostgresError`.
    func run(_ sql: SQL, within: Duration? = nil) async throws -> QueryResult {
        let answers = try await run([sql], within: within)
        guard let answer = answers.last else { throw fail() }
        return answer
    }

    /// Runs statements in one round trip, those put off before them, and gives their answers. When
    /// one fails, those after it are not run, and its error is thrown. `within` is what the server
    /// may take for each; we wait a little longer.
    func run(_ sqls: [SQL], within: Duration? = nil) async throws -> [QueryResult] {
        let within = within ?? settings.statementTimeout
        runLater(allowed: within, sqls)
        let longest = max(within, longestDeferred)
        return Array(
            try await exchange(takeDeferred(), deadline: settings.deadline(for: longest))
                .suffix(sqls.count))
    }

    /// Ends a transaction or a step of it: nothing may stand before it that could fail.
    func command(_ sql: SQL, deadline: Duration? = nil) async throws -> QueryResult {
        let answers = try await exchange([sql], deadline: deadline ?? settings.deadline())
        guard let answer = answers.last else { throw fail() }
        return answer
    }

    /// Sends what was put off together with COMMIT.
    func commit() async throws -> QueryResult {
        let longest = max(longestDeferred, allowance ?? .zero)
        let deadline = max(settings.commitDeadline, settings.deadline(for: longest))
        let answers = try await exchange(takeDeferred() + ["COMMIT"], deadline: deadline)
        guard let answer = answers.last else { throw fail() }
        return answer
    }

    private func exchange(_ batch: [SQL], deadline: Duration) async throws -> [QueryResult] {
        startDeadline(deadline)
        try enterPipeline()
        var steps: [Step] = []
        for sql in batch { try send(sql, &steps) }
        guard PQpipelineSync(try held) == 1 else { throw fail() }
        return try await answers(to: steps)
    }

    /// Puts off a statement whose answer decides nothing: it goes with the next one, and its error
    /// is that one's.
    func runLater(_ sql: SQL, within: Duration? = nil) {
        runLater(allowed: within ?? settings.statementTimeout, [sql])
    }

    private func runLater(allowed within: Duration, _ sqls: [SQL]) {
        if allowance != within { deferred.append(allow(within)) }
        deferred += sqls
        longestDeferred = max(longestDeferred, within)
    }

    /// Nothing waits any more to go with the next statement.
    @discardableResult
    func takeDeferred() -> [SQL] {
        defer {
            deferred.removeAll(keepingCapacity: true)
            longestDeferred = .zero
        }
        return deferred
    }

    /// Runs the text of a migration, which may hold many statements, all of them `within` a time.
    func run(_ script: MigrationScript, within: Duration) async throws {
        _ = try await run([], within: within)
        try leavePipeline()
        startDeadline(within)
        guard PQsendQuery(try held, script.text) == 1 else { throw fail() }
        _ = try await answer()
    }

    /// Starts `COPY`, which has no place in a pipeline.
    func start(_ copy: SQL, within: Duration) async throws {
        _ = try await run([], within: within)
        try leavePipeline()
        let name = nextName()
        guard PQsendPrepare(try held, name, copy.text, 0, nil) == 1 else { throw fail() }
        _ = try await answer()
        guard try room.send(name, copy.parameters, on: held) else { throw fail() }
        _ = try await answer()
    }

    /// Reads results until a statement outside a pipeline is over, or its COPY begins; throws the
    /// first error among them.
    func answer() async throws -> QueryResult {
        var last: QueryResult?
        var failure: PostgresError?
        while let result = try await nextResult() {
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: last = QueryResult(result)
            case PGRES_COPY_IN, PGRES_COPY_OUT: return QueryResult(result)
            default:
                failure = failure ?? PostgresError(result: result)
                PQclear(result)
            }
        }
        if let failure { throw ended(by: failure) }
        guard let last else { throw fail() }
        return last
    }

    func nextResult() async throws -> OpaquePointer? {
        try await flush()
        while PQisBusy(try held) == 1 {
            try await wait(for: .readable)
            try consume()
        }
        return PQgetResult(try held)
    }

    private func answers(to steps: [Step]) async throws -> [QueryResult] {
        var answers: [QueryResult] = []
        var failure: PostgresError?
        var step = steps.makeIterator()
        while true {
            guard let result = try await nextResult() else {
                if !isOpen { throw fail() }
                continue
            }
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                PQclear(result)
                if let failure { throw failure }
                return answers
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                let answer = QueryResult(result)
                switch step.next() {
                case .preparing(let shape, let name): statements[shape] = name
                default: answers.append(answer)
                }
            case PGRES_PIPELINE_ABORTED:
                PQclear(result)
                _ = step.next()
            default:
                let error = PostgresError(result: result)
                PQclear(result)
                if case .running(let shape) = step.next(), error == .planChanged {
                    statements[shape] = nil
                }
                failure = failure ?? error
                if error == .lost { throw ended(by: error) }
            }
        }
    }

    /// A server that says farewell has nothing more to say.
    private func ended(by failure: PostgresError) -> PostgresError {
        if failure == .lost { close() }
        return failure
    }

    private func send(_ sql: SQL, _ steps: inout [Step]) throws {
        let handle = try held
        var name = statements[sql.shape]
        if name == nil {
            let fresh = nextName()
            guard PQsendPrepare(handle, fresh, sql.text, 0, nil) == 1 else { throw fail() }
            steps.append(.preparing(sql.shape, fresh))
            name = fresh
        }
        do {
            guard try room.send(name ?? "", sql.parameters, on: handle) else { throw fail() }
        } catch PostgresError.nulInText {
            // Something may be on its way already, whose answers nobody would take.
            if !steps.isEmpty { close() }
            throw PostgresError.nulInText
        }
        steps.append(.running(sql.shape))
    }

    private func nextName() -> String {
        statementCount += 1
        return "s\(statementCount)"
    }

    private func allow(_ duration: Duration) -> SQL {
        allowance = duration
        return "SELECT set_config('statement_timeout', \(duration.inMilliseconds), true)"
    }

    private func enterPipeline() throws {
        let handle = try held
        if PQpipelineStatus(handle) == PQ_PIPELINE_OFF, PQenterPipelineMode(handle) != 1 {
            throw fail()
        }
    }

    private func leavePipeline() throws {
        let handle = try held
        if PQpipelineStatus(handle) != PQ_PIPELINE_OFF, PQexitPipelineMode(handle) != 1 {
            throw fail()
        }
    }
}

/// The text of a migration file. Its own type, because it is the one text from a file that is run.
public struct MigrationScript: Sendable {
    let text: String
    public init(_ text: String) { self.text = text }
}
