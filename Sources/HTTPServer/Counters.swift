internal import HTTP
internal import Synchronization

/// What one worker counts. Written by its thread, read by any.
final class Counters: Sendable {
    private let informational = Atomic(0)
    private let successes = Atomic(0)
    private let redirections = Atomic(0)
    private let clientErrors = Atomic(0)
    private let serverErrors = Atomic(0)
    private let handlers = Atomic(0)
    private let late = Atomic(0)
    private let shed = Atomic(0)

    var inFlight: Int { handlers.load(ordering: .relaxed) }

    /// Counts a handler in, unless there are enough.
    func mayHandle(upTo limit: Int) -> Bool {
        guard inFlight < limit else {
            shed.add(1, ordering: .relaxed)
            return false
        }
        handlers.add(1, ordering: .relaxed)
        return true
    }

    func handled() { handlers.subtract(1, ordering: .relaxed) }

    func cameLate() { late.add(1, ordering: .relaxed) }

    func answered(_ status: Status) {
        switch status.code {
        case 200...299: successes.add(1, ordering: .relaxed)
        case 300...399: redirections.add(1, ordering: .relaxed)
        case 400...499: clientErrors.add(1, ordering: .relaxed)
        case 500...599: serverErrors.add(1, ordering: .relaxed)
        default: informational.add(1, ordering: .relaxed)
        }
    }

    /// Adds what was counted to a sum.
    func add(to sum: inout ServerCounts) {
        sum.answers[0] += informational.load(ordering: .relaxed)
        sum.answers[1] += successes.load(ordering: .relaxed)
        sum.answers[2] += redirections.load(ordering: .relaxed)
        sum.answers[3] += clientErrors.load(ordering: .relaxed)
        sum.answers[4] += serverErrors.load(ordering: .relaxed)
        sum.inFlight += inFlight
        sum.late += late.load(ordering: .relaxed)
        sum.shed += shed.load(ordering: .relaxed)
    }
}

/// What a server has done and holds, for its operator.
public struct ServerCounts: Sendable {
    /// Answers by the first digit of their status, from 1xx to 5xx.
    public internal(set) var answers = [0, 0, 0, 0, 0]
    /// Requests being answered.
    public internal(set) var inFlight = 0
    /// Requests whose deadline passed before their answer.
    public internal(set) var late = 0
    /// Requests refused at once because too many were being answered.
    public internal(set) var shed = 0
    /// Connections now open.
    public internal(set) var connections = 0
    /// Connections refused because their address had enough.
    public internal(set) var refusedConnections = 0
    /// The longest turn of a worker's loop since the last look.
    public internal(set) var longestTurn = Duration.zero
}
