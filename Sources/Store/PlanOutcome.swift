public import Enrollment

/// What a plan of a bulk act does.
public enum PlanAct: String, CaseIterable, Sendable {
    /// 団体申請: submits the rows of an organization's file.
    case group
    case appoint
    case renew
    /// 送信の取消し: takes back what an organization's file did.
    case undoGroup = "undo_group"
    /// 任命の取消し: takes back all that a plan of appointments did.
    case undoAppoint = "undo_appoint"
}

/// How far a plan of a bulk act is.
public enum PlanState: String, CaseIterable, Sendable {
    /// 下見. Nothing was done yet.
    case planned
    /// Taken for applying, in the transaction that applies it.
    case confirmed
    case applied
    /// It no longer said what would be done, and another took its place.
    case replaced
    /// A file that whoever looks after it does not send after all.
    case discarded
}

/// What a plan says of a person: one word, also where it stands in a table or an address.
public enum PlanOutcome: Hashable, Sendable {
    case appointing(Appointing.Outcome)
    case renewing(Renewal.Outcome)
    case undoing(AppointmentUndoing.Outcome)
    /// Of whoever only the plan named whose place this one took.
    case gone
}

extension PlanOutcome: CaseIterable, RawRepresentable {
    public static var allCases: [PlanOutcome] {
        Appointing.Outcome.allCases.map { .appointing($0) }
            + Renewal.Outcome.allCases.map { .renewing($0) }
            + AppointmentUndoing.Outcome.allCases.map { .undoing($0) } + [.gone]
    }

    /// What plans of an act say of the people in them, in the order of a page.
    public static func all(of act: PlanAct) -> [PlanOutcome] {
        switch act {
        case .group, .undoGroup: []
        case .appoint: Appointing.Outcome.allCases.map { .appointing($0) }
        case .renew: Renewal.Outcome.allCases.map { .renewing($0) }
        case .undoAppoint: AppointmentUndoing.Outcome.allCases.map { .undoing($0) }
        }
    }

    public var rawValue: String {
        switch self {
        case .appointing(let outcome): outcome.rawValue
        case .renewing(let outcome): outcome.rawValue
        case .undoing(let outcome): outcome.rawValue
        case .gone: "gone"
        }
    }

    public init?(rawValue: String) {
        guard let found = Self.allCases.first(where: { $0.rawValue == rawValue }) else {
            return nil
        }
        self = found
    }
}

/// Why a plan says it.
public enum PlanReason: Hashable, Sendable {
    case waits(Appointing.Wait)
    /// Videos that were not watched, by their numbers in the year.
    case lacks(slots: [Int])
    case stays(AppointmentUndoing.Hindrance)
}

extension PlanReason: RawRepresentable {
    public var rawValue: String {
        switch self {
        case .waits(let wait): wait.rawValue
        case .lacks(let slots): slots.map(String.init).joined(separator: ",")
        case .stays(let hindrance): hindrance.rawValue
        }
    }

    public init?(rawValue: String) {
        if let wait = Appointing.Wait(rawValue: rawValue) {
            self = .waits(wait)
            return
        }
        if let hindrance = AppointmentUndoing.Hindrance(rawValue: rawValue) {
            self = .stays(hindrance)
            return
        }
        let parts = rawValue.split(separator: ",", omittingEmptySubsequences: false)
        let slots = parts.compactMap { Int($0) }
        guard slots.count == parts.count else { return nil }
        self = .lacks(slots: slots)
    }
}

/// What the plan said of somebody whose place another took, where that says something else.
public enum EarlierOutcome: Hashable, Sendable {
    case notNamed
    case said(PlanOutcome)
}

extension EarlierOutcome: RawRepresentable {
    public var rawValue: String {
        switch self {
        case .notNamed: ""
        case .said(let outcome): outcome.rawValue
        }
    }

    public init?(rawValue: String) {
        if rawValue.isEmpty {
            self = .notNamed
        } else if let outcome = PlanOutcome(rawValue: rawValue) {
            self = .said(outcome)
        } else {
            return nil
        }
    }
}
