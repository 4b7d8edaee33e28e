internal import Glibc
internal import Synchronization

/// What waits for a turn: so many at a time, and so many that may wait. Whoever asks for many waits
/// behind whoever asks for one. Everything here that is done by turns waits in one of these: work
/// away from the loop, connections of a database, counts.
public final class WorkQueue: Sendable {
    /// Files and pictures. Each may hold tens of megabytes.
    public static let files = WorkQueue(width: 4)
    /// Passwords, which are slow and hungry on purpose: half of the cores, so that pages and files
    /// go on whatever is asked here. The last of 24 waits for about 11 s on two cores, less than a
    /// request may take; one client has 8 of the places.
    public static let hashing = WorkQueue(width: max(1, cores / 2), places: 24, placesEach: 8)

    private static var cores: Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }

    private let state: Mutex<WaitingLine>

    /// `places` are those that wait besides the `width` that are worked on; `placesEach` of them
    /// are for one owner.
    public init(width: Int, places: Int = .max, placesEach: Int = .max) {
        state = Mutex(WaitingLine(free: width, places: places, placesEach: placesEach))
    }

    /// How many wait now.
    public var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Takes a turn where nobody has to wait; the taker calls `leave`. False where somebody has to.
    public func tryEnter() -> Bool { state.withLock { $0.tryEnter() } }

    /// Waits for a turn; the taker calls `leave`. Throws `QueueFull` at once where there is no
    /// place,
    /// `CancellationError` when the task is cancelled while it waits, and what `giveUp` was given.
    /// `number` tells the waiter to `giveUp`; see `nextNumber`.
    public func enter(_ owner: String? = nil, as number: Int? = nil) async throws {
        if tryEnter(owner) { return }
        let number = number ?? nextNumber()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let waiter = WaitingLine.Waiter(
                    number: number, owner: owner, continuation: continuation)
                state.withLock { $0.lineUp(waiter) }?.tell()
                // Cancelled before it stood in the line: nobody else would take it out.
                if Task.isCancelled { giveUp(number) }
            }
        } onCancel: {
            giveUp(number)
        }
    }

    /// Gives a turn back: whoever is next has it.
    public func leave() { state.withLock { $0.leave() }?.tell() }

    /// A number for one waiter of this queue.
    public func nextNumber() -> Int { state.withLock { $0.nextNumber() } }

    /// Sends a waiter away with an error; nothing where it has its turn already.
    public func giveUp(_ number: Int, because error: any Error = CancellationError()) {
        state.withLock { $0.giveUp(number) }?.tell(error)
    }

    private func tryEnter(_ owner: String?) -> Bool { state.withLock { $0.tryEnter(owner) } }
}

/// There is no place in a queue.
public struct QueueFull: Error, Equatable {}

/// Who waits, and whose turn is next: a line of turns, in each of which an owner is served once.
struct WaitingLine {
    struct Waiter {
        let number: Int
        let owner: String?
        let continuation: CheckedContinuation<Void, any Error>
        var turn = 0
    }

    /// What somebody is to be told, when the lock has been given back.
    struct Answer {
        let waiter: Waiter
        var error: (any Error)?

        func tell(_ other: (any Error)? = nil) {
            if let error = other ?? error {
                waiter.continuation.resume(throwing: error)
            } else {
                waiter.continuation.resume()
            }
        }
    }

    private(set) var waiting: [Waiter] = []
    private var free: Int
    private let places: Int
    private let placesEach: Int
    private var lastNumber = 0
    private var turn = 0
    /// The last turn that an owner has taken or stands in line for.
    private var lastTurn: [String?: Int] = [:]

    init(free: Int, places: Int, placesEach: Int) {
        self.free = free
        self.places = places
        self.placesEach = placesEach
    }

    mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// Lets somebody in where there is room.
    mutating func tryEnter(_ owner: String? = nil) -> Bool {
        guard free > 0 else { return false }
        free -= 1
        if owner != nil { lastTurn[owner] = max(turn, lastTurn[owner] ?? 0) }
        return true
    }

    /// Lets somebody in, puts them in the line, or sends somebody away.
    mutating func lineUp(_ waiter: Waiter) -> Answer? {
        var waiter = waiter
        if tryEnter(waiter.owner) { return Answer(waiter: waiter) }
        let own = count(of: waiter.owner)
        guard waiter.owner == nil || own < placesEach else {
            return Answer(waiter: waiter, error: QueueFull())
        }
        let dropped = waiting.count < places ? nil : lastOfTheLongest(than: own + 1)
        guard waiting.count < places || dropped != nil else {
            return Answer(waiter: waiter, error: QueueFull())
        }
        waiter.turn = max(turn, lastTurn[waiter.owner].map { $0 + 1 } ?? 0)
        lastTurn[waiter.owner] = waiter.turn
        waiting.append(waiter)
        return dropped.map { Answer(waiter: waiting.remove(at: $0), error: QueueFull()) }
    }

    /// Somebody is done; the next goes in.
    mutating func leave() -> Answer? {
        guard
            let next = waiting.indices.min(by: {
                (waiting[$0].turn, waiting[$0].number) < (waiting[$1].turn, waiting[$1].number)
            })
        else {
            free += 1
            lastTurn = [:]
            return nil
        }
        let waiter = waiting.remove(at: next)
        turn = waiter.turn
        lastTurn = lastTurn.filter { $0.value >= turn }
        return Answer(waiter: waiter)
    }

    mutating func giveUp(_ number: Int) -> Answer? {
        guard let index = waiting.firstIndex(where: { $0.number == number }) else { return nil }
        return Answer(waiter: waiting.remove(at: index))
    }

    private func count(of owner: String?) -> Int { waiting.count { $0.owner == owner } }

    /// Where the queue is full, whoever has most places loses the last to somebody who would still
    /// have fewer.
    private func lastOfTheLongest(than own: Int) -> Int? {
        let counts = Dictionary(waiting.map { ($0.owner, 1) }, uniquingKeysWith: +)
        guard let longest = counts.max(by: { $0.value < $1.value }), longest.value > own else {
            return nil
        }
        return waiting.lastIndex { $0.owner == longest.key }
    }
}
