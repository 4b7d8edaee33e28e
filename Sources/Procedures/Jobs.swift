public import Enrollment
public import Store

/// What a job does; the subject says to what.
enum JobAct: String {
    case applyGroupFile = "apply_group_file"
    case applyAppointments = "apply_appointments"
    case applyRenewal = "apply_renewal"
    case exportMinistry = "export_ministry"
}

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
            try await writing.enqueue(JobAct.applyGroupFile.rawValue, subject: subject, at: now)
            writing.record(
                [Event("confirm_group", on: "group_file:\(number)")], at: moment(actor))
        }
    }

    /// What became of the asking; nil while nobody asked.
    public func groupJob(_ number: String) async throws -> JobRecord? {
        let plain = try await reading.job(JobAct.applyGroupFile.rawValue, subject: number)
        if let plain { return plain }
        return try await reading.job(JobAct.applyGroupFile.rawValue, subject: number + "+held")
    }

    /// Asks the worker to apply a plan of appointments or of the year's turn.
    public func askToApply(_ number: String, by actor: String) async throws {
        try await write { writing in
            guard let plan = try await writing.reading.plan(number: number) else {
                throw Refusal.notFound
            }
            guard plan.state == "planned" else { return }
            if plan.act == .renew, today < plan.year.firstDay {
                throw Refusal.tooEarly(plan.year.firstDay)
            }
            try await writing.enqueue(act(of: plan).rawValue, subject: number, at: now)
            writing.record(
                [Event("confirm_plan", on: "plan:\(number)")], at: moment(actor))
        }
    }

    /// What became of the asking; nil while nobody asked.
    public func job(of plan: PlanRecord) async throws -> JobRecord? {
        try await reading.job(act(of: plan).rawValue, subject: plan.number)
    }

    func act(of plan: PlanRecord) -> JobAct {
        plan.act == .renew ? .applyRenewal : .applyAppointments
    }
}
