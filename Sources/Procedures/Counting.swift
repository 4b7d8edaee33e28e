internal import Enrollment

/// One count at a time: each reads every appointment, and a dozen at once would keep everybody else
/// from the database. Whoever asks for the same days while others wait is given the same answer, if
/// it was begun after the question: nobody sees less than there was when they asked. Confined to the
/// office's loop.
final class Counting {
    /// What is asked for: days, not moments, so that two who ask in the same second ask the same.
    struct Days: Equatable {
        let asOf: Day
        let knownOn: Day?
    }

    private struct Run {
        let days: Days
        let ticket: Int
        let numbers: MinistryNumbers?
    }

    private final class Waiter {
        var continuation: CheckedContinuation<Void, Never>?
        var run: Run?
    }

    private var ticket = 0
    private var isBusy = false
    private var waiters: [Waiter] = []

    /// What `count` gives, or what somebody else's count of the same days gave.
    func numbers(
        of days: Days, _ count: () async throws -> MinistryNumbers
    ) async throws -> MinistryNumbers {
        ticket += 1
        let mine = ticket
        while isBusy {
            if let run = await nextEnd(), run.days == days, run.ticket > mine,
                let numbers = run.numbers
            {
                return numbers
            }
        }
        try Task.checkCancellation()
        return try await run(days, count)
    }

    private func run(
        _ days: Days, _ count: () async throws -> MinistryNumbers
    ) async throws -> MinistryNumbers {
        isBusy = true
        ticket += 1
        let begun = ticket
        var numbers: MinistryNumbers?
        defer { end(Run(days: days, ticket: begun, numbers: numbers)) }
        let found = try await count()
        numbers = found
        return found
    }

    private func nextEnd() async -> Run? {
        let waiter = Waiter()
        await withCheckedContinuation { continuation in
            waiter.continuation = continuation
            waiters.append(waiter)
        }
        return waiter.run
    }

    private func end(_ run: Run) {
        isBusy = false
        let waiting = waiters
        waiters = []
        for waiter in waiting {
            waiter.run = run
            waiter.continuation?.resume()
        }
    }
}
