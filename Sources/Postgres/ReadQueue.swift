internal import EventLoop

/// The connections for single reads, and who waits while each is held up. Confined to its loop.
final class ReadQueue {
    private let loop: EventLoop
    private let settings: PoolSettings
    private let readers: [ReadConnection]
    private var waiting: ArraySlice<ReadCall> = []
    private var look: EventLoop.Timer?
    private var isClosed = false
    /// How many calls one connection takes before another is used.
    private static let batch = 32

    init(loop: EventLoop, settings: PoolSettings, hosts: Hosts) {
        self.loop = loop
        self.settings = settings
        readers = (0..<settings.readConnections).map { _ in
            ReadConnection(loop: loop, settings: settings, hosts: hosts)
        }
        for reader in readers {
            reader.becameFree = { [weak self] in self?.serveWaiting() }
            reader.giveAway = { [weak self, unowned reader] in
                self?.spread($0, besides: reader) ?? $0
            }
        }
    }

    /// Throws `PostgresError.busy` at once when too many wait, and when none is free in time.
    func run(_ sql: SQL) async throws -> QueryResult {
        guard !isClosed else { throw PostgresError.lost }
        if room() == nil, let closed = readers.first(where: { !$0.isOpen && !$0.isOpening }) {
            do { try await closed.open() } catch {
                failWaitingIfAlone(error)
                if leastLoaded() == nil { throw error }
            }
            serveWaiting()
        }
        guard waiting.count < settings.mostWaiting else { throw settings.waits.refused() }
        let deadline = ContinuousClock.now + settings.deadline()
        return try await withCheckedThrowingContinuation { continuation in
            place(ReadCall(sql, deadline: deadline, continuation))
        }
    }

    func close() {
        isClosed = true
        for reader in readers { reader.fail() }
    }

    private func place(_ call: ReadCall) {
        if waiting.isEmpty, let reader = room() ?? leastLoaded() { return reader.ask(call) }
        // The connection went while we were on our way to it.
        guard hasReaders else { return call.fail(PostgresError.lost) }
        call.waitsSince = .now
        waiting.append(call)
        if look == nil { lookLater() }
    }

    private var hasReaders: Bool { readers.contains { $0.isOpen || $0.isOpening } }

    /// A connection that takes a call without making it wait: the one of this turn, or an idle one.
    private func room() -> ReadConnection? {
        readers.first { $0.unsyncedCount > 0 && $0.unsyncedCount < Self.batch && $0.isOpen }
            ?? readers.first { $0.load == 0 && $0.isOpen }
    }

    /// The least loaded of those that are not held up; nil when all are.
    private func leastLoaded(besides: ReadConnection? = nil) -> ReadConnection? {
        readers.filter { $0.isOpen && $0 !== besides && $0.load < 2 * Self.batch && !$0.isStuck }
            .min { $0.load < $1.load }
    }

    private func serveWaiting() {
        while !waiting.isEmpty, let reader = room() ?? leastLoaded(), let call = takeFirst() {
            if !call.isOver { reader.ask(call) }
        }
    }

    /// Asks calls on other connections; gives back those for which there is none.
    private func spread(_ calls: [ReadCall], besides: ReadConnection) -> [ReadCall] {
        var kept: [ReadCall] = []
        for call in calls {
            if let other = leastLoaded(besides: besides) {
                other.ask(call)
            } else {
                kept.append(call)
            }
        }
        return kept
    }

    /// The call that waits longest waits no more.
    private func takeFirst() -> ReadCall? {
        guard let call = waiting.popFirst() else { return nil }
        if let begin = call.waitsSince { settings.waits.waited(since: begin) }
        call.waitsSince = nil
        return call
    }

    /// Nobody is left who would serve those that wait.
    private func failWaitingIfAlone(_ error: any Error) {
        guard !hasReaders else { return }
        while let call = takeFirst() { call.fail(error) }
    }

    private func lookLater() {
        look = loop.schedule(after: .milliseconds(50)) { [weak self] in self?.dropLate() }
    }

    private func dropLate() {
        look = nil
        serveWaiting()
        failWaitingIfAlone(PostgresError.lost)
        while let first = waiting.first, first.deadline <= .now {
            takeFirst()?.fail(settings.waits.refused())
        }
        if !waiting.isEmpty { lookLater() }
    }
}
