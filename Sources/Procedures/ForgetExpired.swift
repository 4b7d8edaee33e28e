public import Enrollment
internal import JSON
internal import Store

/// What of a kind is past its lifetime, or was forgotten because it was.
public struct Expired: Sendable, Equatable {
    public let lifetime: Lifetime
    /// What ended before this moment is kept no longer.
    public let limit: Instant
    public let count: Int
    /// The day in Japan from which the oldest of them is; nil where it was not asked.
    public let oldest: Day?
}

extension Office {
    /// So many rows are forgotten in one transaction.
    public static let forgettingChunk = 1_000

    /// 消去の下見. How many rows of each kind are past their lifetime now. Changes nothing. Counts also
    /// what pages may not read.
    public func planForgetting() async throws -> [Expired] {
        try await write { writing in
            let reading = writing.reading
            try await reading.expectManyRows()
            var found: [Expired] = []
            for lifetime in try await reading.lifetimes(on: today) {
                let limit = lifetime.limit(at: now)
                let past = try await reading.pastLifetime(lifetime.kind, before: limit)
                found.append(
                    Expired(
                        lifetime: lifetime, limit: limit, count: past.count, oldest: past.oldest))
            }
            return found
        }
    }

    /// 消去. Forgets what is past its lifetime now, a part of it a transaction, and journals each
    /// part with the rule and the count. May be broken off, done again, and done by two at once.
    /// Cannot be undone. Stops between two parts when `goesOn` says no.
    @discardableResult
    public func forgetExpired(
        _ kinds: [Lifetime.Kind] = Lifetime.Kind.allCases, chunk: Int = Office.forgettingChunk,
        by actor: Actor, while goesOn: () -> Bool = { true }
    ) async throws -> [Expired] {
        var forgotten: [Expired] = []
        for lifetime in try await reading.lifetimes(on: today) where kinds.contains(lifetime.kind) {
            let limit = lifetime.limit(at: now)
            var (count, last) = (0, chunk)
            while last == chunk, goesOn() {
                last = try await forget(lifetime, before: limit, atMost: chunk, by: actor)
                count += last
            }
            if count > 0 {
                forgotten.append(
                    Expired(lifetime: lifetime, limit: limit, count: count, oldest: nil))
            }
        }
        return forgotten
    }

    /// Kinds for which no lifetime holds today: nothing of them is ever forgotten.
    public func kindsWithoutLifetime() async throws -> [Lifetime.Kind] {
        let known = Set(try await reading.lifetimes(on: today).map(\.kind))
        return Lifetime.Kind.allCases.filter { !known.contains($0) }
    }

    private func forget(
        _ lifetime: Lifetime, before limit: Instant, atMost chunk: Int, by actor: Actor
    ) async throws -> Int {
        try await write { writing in
            let count = try await writing.forget(
                lifetime.kind, before: limit, atMost: chunk, at: now)
            guard count > 0 else { return 0 }
            let detail = JSONValue.object([
                "count": .integer(count), "rule": .string(lifetime.rule),
                "before": .string("\(limit)"),
            ])
            let subject = "lifetime:\(lifetime.kind.rawValue)"
            record([Event(.forget, on: subject, detail: detail)], in: writing, at: moment(actor))
            return count
        }
    }
}
