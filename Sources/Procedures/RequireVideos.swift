public import Enrollment
public import Store

/// A required video of a year, for whoever keeps the lists.
public struct RequiredVideo: Sendable {
    public let video: Video
    public let requirements: [Requirement]
}

extension Office {
    /// The videos of a year with what requires them, withdrawn or not. Throws
    /// `Refusal.yearNotOpen`.
    public func requiredVideos(in year: FiscalYear) async throws -> [RequiredVideo] {
        guard let rules = try await reading.rules(of: year) else {
            throw Refusal.yearNotOpen(year)
        }
        return rules.videos.map { video in
            RequiredVideo(
                video: video, requirements: rules.requirements.filter { $0.slot == video.slot })
        }
    }

    /// Withdraws the requirement of a video that was declared by mistake, from a day of its year
    /// on, or before it begins: then it was never required. Nothing that was filed or told changes;
    /// who was not renewed for want of it is found by a new plan. Throws `Refusal.notFound` where
    /// nothing is left to withdraw. `restoreRequirement` undoes it.
    public func withdrawRequirement(
        _ choice: RequirementChoice, from day: Day, because reason: String, by actor: Actor
    ) async throws -> Int {
        guard day <= choice.year.lastDay else {
            throw Refusal.conflict(.videoYearIsOver)
        }
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw Refusal.conflict(.reasonIsMissing)
        }
        return try await change(choice, .withdrawVideo, because: reason, by: actor) {
            writing, moment in
            try await writing.withdraw(choice, from: day, because: reason, at: moment)
        }
    }

    /// Requires again what was withdrawn. Throws `Refusal.notFound` where nothing is withdrawn.
    public func restoreRequirement(
        _ choice: RequirementChoice, by actor: Actor
    ) async throws -> Int {
        try await change(choice, .restoreVideo, by: actor) { writing, moment in
            try await writing.restore(choice, at: moment)
        }
    }

    private func change(
        _ choice: RequirementChoice, _ act: EventKind, because reason: String = "", by actor: Actor,
        _ body: (WriteTransaction, WriteStamp) async throws -> Int
    ) async throws -> Int {
        let moment = moment(actor)
        let count = try await write { writing in
            let count = try await body(writing, moment)
            guard count > 0 else { throw Refusal.notFound }
            let subject = "video:\(choice.year.startYear)-\(choice.slot)"
            let details = reason.isEmpty ? nil : EventDetails(reason: reason)
            record([Event(act, on: subject, details: details)], in: writing, at: moment)
            return count
        }
        forgetRules()
        return count
    }
}
