internal import Enrollment
public import Logging
internal import Secrets
public import Store
internal import Words

/// Where a job says how far it is; outside the transaction that does it, so that pages can see it.
public typealias JobBoard = (JobRecord, JobProgress) async throws -> Void

/// How far a bulk act is, told while it goes on.
struct Progress {
    let tell: (_ done: Int, _ total: Int) async -> Void

    static var silent: Progress { Progress { _, _ in } }
}

extension Office {
    /// How often a job may break before it is given up, and somebody is told.
    static let jobTries = 8

    /// Does the oldest piece of work, wholly or not at all. A refusal ends the work with its
    /// reason; what breaks is put off, each time for longer, and given up at last with a letter to
    /// the office. Returns whether there was any. `board` is told how far it is.
    public func doOneJob(
        logger: Logger, telling board: @escaping JobBoard = { _, _ in }
    ) async throws -> Bool {
        var taken: JobRecord?
        do {
            let didIt = try await write { writing in
                guard let job = try await writing.takeJob(at: now) else { return false }
                taken = job
                let progress = progress(of: job, on: board, logger)
                do {
                    let failure = try await writing.savepoint {
                        try await run(job, in: writing, progress)
                    }
                    try await writing.finishJob(job, failure: failure, at: now)
                } catch let refusal as Refusal {
                    logger.warning(
                        "job refused",
                        metadata: ["act": "\(job.act.rawValue)", "why": "\(refusal.code)"])
                    try await writing.finishJob(job, failure: .refused(refusal.code), at: now)
                }
                return true
            }
            if didIt { await refreshStatistics(logger) }
            return didIt
        } catch {
            guard let taken else { throw error }
            try await putOff(taken, because: error, logger)
            return true
        }
    }

    /// Lets the database look at how its tables have grown, after an act of many rows.
    public func lookAtTables() async throws { try await write { try await $0.lookAtTables() } }

    /// Work of many rows leaves the database with a wrong idea of its tables. The work is done all
    /// the same when it cannot look at them now.
    private func refreshStatistics(_ logger: Logger) async {
        do { try await lookAtTables() } catch {
            logger.warning("statistics not renewed", metadata: ["error": "\(error)"])
        }
    }

    /// Shows how far a job is to whoever looks at its page.
    public func show(_ progress: JobProgress, of job: JobRecord) async throws {
        try await write { try await $0.tell(progress, of: job, at: now) }
    }

    /// What cannot be told is only logged: the work is worth more than the word of it.
    private func progress(
        of job: JobRecord, on board: @escaping JobBoard, _ logger: Logger
    ) -> Progress {
        Progress { done, total in
            do { try await board(job, JobProgress(done: done, of: total)) } catch {
                logger.warning("progress not told", metadata: ["error": "\(error)"])
            }
        }
    }

    private func putOff(
        _ job: JobRecord, because error: any Error, _ logger: Logger
    ) async throws {
        let reference = Base64URL.encode(random.bytes(6))
        let attempt = job.attempts + 1
        logger.error(
            "job broke",
            metadata: [
                "act": "\(job.act.rawValue)", "attempt": "\(attempt)", "reference": "\(reference)",
                "error": "\(error)",
            ])
        try await write { writing in
            guard attempt >= Self.jobTries else {
                return try await writing.putOffJob(job, until: now.adding(seconds: 1 << attempt))
            }
            // Done after all: there is nothing to tell the office.
            guard
                try await writing.finishJob(job, failure: .broke(reference: reference), at: now)
            else { return }
            let words = settings.letters.jobFailed(job.subject, reference: reference)
            writing.post(
                try await writing.reading.officeAddresses().enumerated().map { index, address in
                    letter(.jobFailed, words, to: address, about: "\(job.subject)-\(index)")
                }, at: now)
            record(
                [Event(.giveUpJob, on: "job:\(job.subject)")], in: writing, at: moment(.worker))
        }
    }

    /// Whoever pressed the button has done what the worker does for them.
    private func asker(of job: JobRecord, _ reading: ReadStore) async throws -> Actor {
        let plan = try await reading.actor(of: .confirmPlan, on: "plan:\(job.subject)")
        if let actor = plan?.actor { return actor }
        return try await reading.actor(of: .confirmGroup, on: "group_file:\(job.subject)")?.actor
            ?? .worker
    }

    /// Returns why nothing was done.
    private func run(
        _ job: JobRecord, in writing: WriteTransaction, _ progress: Progress
    ) async throws -> JobFailure? {
        let moment = moment(try await asker(of: job, writing.reading))
        switch job.act {
        case .applyGroupFile:
            return try await applyGroup(
                job.subject, includingHeld: false, in: writing, at: moment, progress
            ).failure
        case .applyAppointments:
            return try await applyAppointments(job.subject, in: writing, at: moment, progress)
                .failure
        case .applyRenewal:
            return try await applyRenewal(job.subject, in: writing, at: moment, progress).failure
        case .undoGroupFile:
            return try await applyUndo(job.subject, in: writing, at: moment, progress).failure
        case .undoAppointments:
            return try await undoAppointments(job.subject, in: writing, at: moment, progress)
                .failure
        case .exportMinistry: try await makeExport(job.subject, in: writing, progress)
        }
        return nil
    }
}
