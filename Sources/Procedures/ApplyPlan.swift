internal import Enrollment
internal import Secrets
internal import Store

/// A plan of whatever act is taken once, made again, and applied while it still says the same.
extension Office {
    /// Takes a plan and does `act` with it, which either does all that the plan says and gives how
    /// many that were, or does nothing and gives the plan that says what would be done now. Throws
    /// `Refusal.notFound` when there is no plan of that number and act, and `Refusal.conflict` when
    /// it was taken before or may not be taken yet.
    func applying(
        _ number: String, _ act: PlanAct, in writing: WriteTransaction, at moment: WriteStamp,
        _ body: (PlanRecord) async throws -> AppliedPlan
    ) async throws -> AppliedPlan {
        guard let plan = try await writing.claimPlan(number, act: act) else {
            throw try await refusal(of: number, act, writing.reading)
        }
        try await demandSecondOfficer(plan, writing.reading)
        let result = try await body(plan)
        switch result {
        case .changed: try await writing.replacePlan(plan.id)
        case .applied:
            try await writing.closePlan(plan.id, at: moment.now)
            record([Event(act.applied, on: act.subject(number))], in: writing, at: moment)
        }
        return result
    }

    /// Why a plan cannot be taken.
    private func refusal(
        of number: String, _ act: PlanAct, _ reading: ReadStore
    ) async throws -> Refusal {
        guard let plan = try await reading.plan(number: number), plan.act == act else {
            return .notFound
        }
        return switch plan.state {
        case .planned: .conflict(.consentIsMissing)
        case .replaced: .conflict(.planIsReplaced)
        case .discarded: .conflict(.planIsDiscarded)
        case .confirmed, .applied: .conflict(.planIsApplied)
        }
    }

    /// Writes the head of a plan and journals it; gives its id.
    func keep(
        _ plan: NewPlan, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> Int {
        let id = try await writing.add(plan, at: moment)
        record(
            [Event(plan.act.planned, on: plan.act.subject(plan.number))], in: writing, at: moment)
        return id
    }

    func planNumber(_ act: PlanAct) -> String { sayableNumber(act.letter) }

    /// A number that people can say: a letter for what it is of, then what nobody guesses.
    func sayableNumber(_ letter: String) -> String {
        let letters = Base64URL.encode(random.bytes(15)).filter { $0.isLetter || $0.isNumber }
        return "\(letter)-\(letters.prefix(10))"
    }
}

extension PlanAct {
    fileprivate var letter: String {
        switch self {
        case .group: "G"
        case .appoint: "A"
        case .renew: "R"
        case .undoGroup: "T"
        case .undoAppoint: "U"
        }
    }

    fileprivate var planned: EventKind {
        switch self {
        case .group: .planGroup
        case .appoint: .planAppointments
        case .renew: .planRenewal
        case .undoGroup: .planUndo
        case .undoAppoint: .planAppointmentUndo
        }
    }

    fileprivate var applied: EventKind {
        switch self {
        case .group: .applyGroup
        case .appoint: .applyAppointments
        case .renew: .applyRenewal
        case .undoGroup: .applyUndo
        case .undoAppoint: .applyAppointmentUndo
        }
    }

    /// What the journal calls a plan of the act.
    func subject(_ number: String) -> String {
        switch self {
        case .group: "group_file:\(number)"
        case .appoint, .renew, .undoGroup, .undoAppoint: "plan:\(number)"
        }
    }

    /// What the worker does to apply a plan of the act.
    var job: JobAct {
        switch self {
        case .group: .applyGroupFile
        case .appoint: .applyAppointments
        case .renew: .applyRenewal
        case .undoGroup: .undoGroupFile
        case .undoAppoint: .undoAppointments
        }
    }
}
