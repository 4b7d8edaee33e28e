internal import CLibpq
internal import EventLoop

/// A connection in pipeline mode that carries the single reads of many callers at once. What is
/// asked in one turn of the loop goes out together under one sync; when one of them fails, those
/// after it were not run and are asked again, so that one's error is not another's. Confined to its
/// loop.
final class ReadConnection {
    private enum Step {
        case preparing(SQL.Shape, String)
        /// Nil: somebody else has answered it meanwhile.
        case call(ReadCall?)
        case sync
    }

    private let loop: EventLoop
    private let settings: PoolSettings
    private let connection: Connection
    private var steps: ArraySlice<Step> = []
    /// Not run, because one before them failed.
    private var aborted: [ReadCall] = []
    private var watch: EventLoop.Watch?
    private var look: EventLoop.Timer?
    private var headSince = ContinuousClock.now
    private(set) var isOpening = false
    /// Calls that are on their way here.
    private(set) var load = 0
    /// Of these, calls of this turn that no sync has followed yet.
    private(set) var unsyncedCount = 0
    /// Told when there is room again, and given calls that are to be asked elsewhere.
    var becameFree: () -> Void = {}
    var giveAway: ([ReadCall]) -> [ReadCall] = { $0 }

    init(loop: EventLoop, settings: PoolSettings, hosts: Hosts) {
        self.loop = loop
        self.settings = settings
        connection = Connection(
            loop: loop, settings: settings, hosts: hosts, setUp: settings.readSetUp)
    }

    var isOpen: Bool { watch != nil && connection.isOpen }

    /// Whether what is being answered takes so long that nothing should be put behind it.
    var isStuck: Bool { load > 0 && headSince + .milliseconds(50) < .now }

    func open() async throws {
        guard !isOpen, !isOpening else { return }
        isOpening = true
        defer { isOpening = false }
        fail()
        try await connection.open()
        connection.unwatch()
        watch = try loop.watch(PQsocket(connection.handle), for: .readable) { [weak self] _ in
            self?.becameReady()
        }
    }

    /// Sends a call; it leaves at the end of this turn with the others. A call that cannot be sent
    /// fails.
    func ask(_ call: ReadCall) {
        call.sentCount += 1
        if load == 0 { headSince = .now }
        do { try send(call.sql) } catch PostgresError.nulInText {
            return call.fail(PostgresError.nulInText)
        } catch {
            call.fail(error)
            return fail()
        }
        steps.append(.call(call))
        load += 1
        unsyncedCount += 1
        if unsyncedCount == 1 { loop.atEndOfTurn { [weak self] in self?.endTurn() } }
        if look == nil { lookLater() }
    }

    private func send(_ sql: SQL) throws {
        let handle = try connection.held
        var name = connection.statements[sql.shape]
        if name == nil {
            connection.statementCount += 1
            let fresh = "r\(connection.statementCount)"
            guard PQsendPrepare(handle, fresh, sql.text, 0, nil) == 1 else {
                throw PostgresError.lost
            }
            connection.statements[sql.shape] = fresh
            steps.append(.preparing(sql.shape, fresh))
            name = fresh
        }
        guard try connection.room.send(name ?? "", sql.parameters, on: handle) else {
            throw PostgresError.lost
        }
    }

    private func endTurn() {
        guard unsyncedCount > 0, let handle = connection.handle else { return }
        unsyncedCount = 0
        steps.append(.sync)
        guard PQpipelineSync(handle) == 1 else { return fail() }
        flush()
    }

    private func becameReady() {
        guard PQconsumeInput(connection.handle) == 1 else { return fail() }
        let before = load
        while !steps.isEmpty, PQisBusy(connection.handle) == 0 {
            guard let result = PQgetResult(connection.handle) else {
                if PQisBusy(connection.handle) == 1 { break }
                if !connection.isOpen { return fail() }
                continue
            }
            take(result)
        }
        guard connection.handle != nil else { return }
        if load < before {
            headSince = .now
            becameFree()
        }
        flush()
    }

    private func take(_ result: OpaquePointer) {
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK: answered(QueryResult(result))
        case PGRES_PIPELINE_SYNC:
            PQclear(result)
            steps.removeFirst()
            askAgain()
        case PGRES_PIPELINE_ABORTED:
            PQclear(result)
            notRun()
        default:
            let error = PostgresError(result: result)
            PQclear(result)
            failed(error)
        }
    }

    private func answered(_ answer: QueryResult) {
        guard case .call(let call) = steps.removeFirst() else { return }
        load -= 1
        call?.finish(.success(answer))
    }

    private func notRun() {
        switch steps.removeFirst() {
        case .preparing(let shape, let name): forget(shape, name)
        case .call(let call):
            load -= 1
            if let call { aborted.append(call) }
        case .sync: return
        }
    }

    private func failed(_ error: PostgresError) {
        guard error != .lost else { return fail() }
        switch steps.removeFirst() {
        case .preparing(let shape, let name):
            forget(shape, name)
            // The error belongs to whoever asked; the call itself is told as not run.
            guard let next = steps.indices.first, case .call(let call?) = steps[next] else {
                return
            }
            steps[next] = .call(nil)
            call.fail(error)
        case .call(let call):
            load -= 1
            guard let call else { return }
            guard error == .planChanged, call.sentCount < 3 else { return call.fail(error) }
            connection.statements[call.sql.shape] = nil
            aborted.append(call)
        case .sync: return
        }
    }

    private func forget(_ shape: SQL.Shape, _ name: String) {
        if connection.statements[shape] == name { connection.statements[shape] = nil }
    }

    private func askAgain() {
        let calls = aborted
        aborted = []
        for call in calls where !call.isOver { ask(call) }
    }

    private func flush() {
        guard let watch else { return }
        switch PQflush(connection.handle) {
        case 0: loop.change(watch, to: .readable)
        case 1: loop.change(watch, to: [.readable, .writable])
        default: fail()
        }
    }

    /// While calls are on their way, looks now and then how long the first has taken.
    private func lookLater() {
        look = loop.schedule(after: .milliseconds(50)) { [weak self] in self?.lookAtHead() }
    }

    private func lookAtHead() {
        look = nil
        guard load > 0 else { return }
        if headSince + settings.deadline() < .now { return fail(.deadline) }
        if isStuck { passFollowersOn() }
        lookLater()
    }

    /// Those behind a slow one are asked elsewhere; what comes for them here is dropped.
    private func passFollowersOn() {
        guard let head = steps.firstIndex(where: { if case .call = $0 { true } else { false } })
        else { return }
        var places: [Int] = []
        var calls: [ReadCall] = []
        for place in steps.indices where place > head {
            guard case .call(let call?) = steps[place] else { continue }
            places.append(place)
            calls.append(call)
        }
        let kept = giveAway(calls)
        for (place, call) in zip(places, calls) where !kept.contains(where: { $0 === call }) {
            steps[place] = .call(nil)
        }
    }

    /// Gives the connection up. The call that was being answered gets `reason`; those behind it may
    /// be asked again elsewhere.
    func fail(_ reason: PostgresError = .lost) {
        if let watch { loop.cancel(watch) }
        watch = nil
        connection.close(reason)
        var calls = aborted
        for case .call(let call?) in steps { calls.append(call) }
        (steps, aborted, load, unsyncedCount) = ([], [], 0, 0)
        for (place, call) in calls.enumerated() { call.fail(place == 0 ? reason : .lost) }
    }
}
