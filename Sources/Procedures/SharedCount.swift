internal import Enrollment
internal import EventLoop

/// One count at a time: each reads every appointment, and a dozen at once would keep everybody else
/// from the database. Whoever asks for the same while others wait is given the same answer, if it
/// was begun after the question: nobody sees less than there was when they asked. Confined to the
/// office's loop.
final class SharedCount {
    /// What is asked for, in the asker's words: two who ask for now in the same second ask the
    /// same.
    struct Question: Equatable {
        let asOf: Day
        let known: KnownMoment
    }

    private struct Run {
        let question: Question
        let ticket: Int
        let numbers: MinistryNumbers
    }

    private var ticket = 0
    private let turns = WorkQueue(width: 1)
    /// The last count that came to its end.
    private var last: Run?

    /// What `count` gives, or what somebody else's count of the same gave.
    func numbers(
        of question: Question, _ count: () async throws -> MinistryNumbers
    ) async throws -> MinistryNumbers {
        ticket += 1
        let mine = ticket
        try await turns.enter()
        defer { turns.leave() }
        if let last, last.question == question, last.ticket > mine { return last.numbers }
        ticket += 1
        let begun = ticket
        let numbers = try await count()
        last = Run(question: question, ticket: begun, numbers: numbers)
        return numbers
    }
}
