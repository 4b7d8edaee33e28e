internal import Enrollment
internal import EventLoop
internal import Store

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
    /// The counts that came to their end while somebody waited, the last of each question.
    private var recent: [Run] = []

    /// What `count` gives, or what somebody else's count of the same gave.
    func numbers(
        of question: Question, _ count: () async throws -> MinistryNumbers
    ) async throws -> MinistryNumbers {
        ticket += 1
        let mine = ticket
        try await turns.enter()
        defer {
            if turns.waitingCount == 0 { recent = [] }
            turns.leave()
        }
        if let run = recent.first(where: { $0.question == question && $0.ticket > mine }) {
            return run.numbers
        }
        return try await run(question, count)
    }

    private func run(
        _ question: Question, _ count: () async throws -> MinistryNumbers
    ) async throws -> MinistryNumbers {
        ticket += 1
        let begun = ticket
        let numbers = try await count()
        recent.removeAll { $0.question == question }
        recent.append(Run(question: question, ticket: begun, numbers: numbers))
        return numbers
    }
}
