public import Enrollment
public import Logging
public import Store

private let applyGroupFile = "apply_group_file"

extension Office {
    /// Asks the worker to apply a plan. The agent's word that everybody consents is kept with it.
    public func askToApplyGroup(
        _ number: String, of organizationID: Int, holdingToo: Bool, by actor: String
    ) async throws {
        try await write { writing in
            guard let file = try await writing.reading.groupFile(number: number),
                file.organizationID == organizationID
            else { throw Refusal.notFound }
            guard file.state == "planned" else { return }
            try await writing.attest(number)
            let subject = number + (holdingToo ? "+held" : "")
            try await writing.enqueue(applyGroupFile, subject: subject, at: now)
            try await writing.record(
                [Event("confirm_group", on: "group_file:\(number)")], at: moment(actor))
        }
    }

    /// What became of the asking; nil while nobody asked.
    public func groupJob(_ number: String) async throws -> JobRecord? {
        let plain = try await reading.job(applyGroupFile, subject: number)
        if let plain { return plain }
        return try await reading.job(applyGroupFile, subject: number + "+held")
    }

    /// Does the oldest piece of work, wholly or not at all. A refusal ends the work with its reason;
    /// anything else leaves it to be tried again. Returns whether there was any.
    public func doOneJob(logger: Logger) async throws -> Bool {
        try await write { writing in
            guard let job = try await writing.takeJob(at: now) else { return false }
            do {
                try await writing.savepoint { try await run(job, in: writing) }
                try await writing.finishJob(job, at: now)
            } catch let refusal as Refusal {
                logger.warning("job refused", metadata: ["act": "\(job.act)"])
                try await writing.finishJob(job, failure: "\(refusal)", at: now)
            }
            return true
        }
    }

    private func run(_ job: JobRecord, in writing: Writing) async throws {
        guard job.act == applyGroupFile else { throw Refusal.notFound }
        let holdingToo = job.subject.hasSuffix("+held")
        let number = String(job.subject.prefix { $0 != "+" })
        _ = try await applyGroup(
            number, holdingToo: holdingToo, in: writing, at: moment("worker"))
    }
}
