/// 応募の状態.
public enum ApplicationState: String, CaseIterable, Sendable {
    case draft, submitted, correcting, reviewing, approved, appointed, rejected, withdrawn, merged,
        expired

    /// Whether it stands in the way of another application of the same person, kind and year.
    public var isLive: Bool {
        switch self {
        case .submitted, .correcting, .reviewing, .approved, .appointed: true
        case .draft, .rejected, .withdrawn, .merged, .expired: false
        }
    }

    /// Whether the office has still to approve or to refuse it.
    public var waitsForOffice: Bool { self == .submitted || self == .reviewing }

    /// Those that wait for a decision.
    public static let waiting: [ApplicationState] = [
        .submitted, .correcting, .reviewing, .approved,
    ]

    /// Those that are live, in the order of their life.
    public static let live: [ApplicationState] = allCases.filter(\.isLive)

    /// Whether the step is one that the life of an application knows.
    public func mayBecome(_ next: ApplicationState) -> Bool {
        switch (self, next) {
        case (.draft, .submitted), (.draft, .withdrawn), (.draft, .expired): true
        case (.submitted, .reviewing), (.submitted, .merged), (.submitted, .approved): true
        case (.reviewing, .correcting), (.reviewing, .approved), (.reviewing, .rejected): true
        case (.submitted, .correcting), (.correcting, .submitted), (.correcting, .expired): true
        // What was sent back and not answered in time is looked at all the same.
        case (.expired, .reviewing): true
        case (.approved, .appointed): true
        // A plan of appointments was taken back.
        case (.appointed, .approved): true
        // 審査にもどす: what was decided is taken back.
        case (.approved, .reviewing), (.rejected, .reviewing): true
        case (.submitted, .withdrawn), (.correcting, .withdrawn), (.reviewing, .withdrawn): true
        case (.approved, .withdrawn): true
        case (.submitted, .expired), (.reviewing, .expired), (.approved, .expired): true
        case (.submitted, .rejected): true
        // 重複の確認: whose it is was said, and is taken back.
        case (.reviewing, .merged), (.correcting, .merged), (.merged, .reviewing): true
        // 人をまとめる, and the way back.
        case (.approved, .merged), (.merged, .submitted), (.merged, .correcting): true
        case (.merged, .approved): true
        default: false
        }
    }
}

/// 任命が終わった理由.
public enum EndReason: String, CaseIterable, Sendable {
    case resigned, revoked, superseded, deceased
    /// 取消: it was wrong from the start, and holds on no day.
    case cancelled
    /// 統合: its holder has another one beside it, of the same kind; it holds on no day.
    case merged
}

/// 任命の状態, derived from its days; nothing has to be switched at midnight.
public enum AppointmentState: String, CaseIterable, Sendable {
    case scheduled, active, resigned, revoked, superseded, deceased, expired
    case cancelled, merged

    /// What an appointment is that ended for that reason.
    public init(_ reason: EndReason) {
        switch reason {
        case .resigned: self = .resigned
        case .revoked: self = .revoked
        case .superseded: self = .superseded
        case .deceased: self = .deceased
        case .cancelled: self = .cancelled
        case .merged: self = .merged
        }
    }
}

/// 状態, as it is said to people: how far an application is, or what became of the appointment that
/// came of it.
public enum ApplicationStatus: Equatable, Sendable {
    case applied(ApplicationState)
    case appointed(AppointmentState)
}

/// The days of an appointment, from the first one up to the day from which it no longer holds, and
/// why it ended before its time.
public struct Term: Equatable, Sendable {
    public let from: Day
    /// The first day on which it does not count any more. Whoever resigns or is dismissed has ended
    /// on that day already; whoever changes the kind ends on the day on which the other begins.
    public let endsOn: Day
    public let endReason: EndReason?

    public init(from first: Day, endsOn end: Day, because reason: EndReason? = nil) {
        from = first
        endsOn = end
        endReason = reason
    }

    /// 任命の最後の日, as people are told it: the day on which somebody resigned or was dismissed
    /// (though it counts no more), else the last day that counts.
    public var lastDay: Day {
        switch endReason {
        case .resigned, .revoked, .deceased, .cancelled, .merged: endsOn
        case .superseded, nil: endsOn.adding(days: -1)
        }
    }

    /// The state on a day follows from the days alone.
    public func state(on day: Day) -> AppointmentState {
        if endReason == .cancelled { return .cancelled }
        if endReason == .merged { return .merged }
        guard day >= from else { return .scheduled }
        guard day >= endsOn else { return .active }
        return endReason.map(AppointmentState.init) ?? .expired
    }
}

/// 新規・継続・再任.
public enum AppointmentHistory: String, CaseIterable, Sendable {
    case new, renewed, reappointed

    /// New at the first appointment of a kind; renewed when the year before had one; else
    /// reappointed, after at least one whole year without. Whoever is appointed again in one year
    /// stays what they were by the first appointment of that year.
    public init(
        appointedIn year: FiscalYear, before earlier: some Sequence<FiscalYear>,
        again first: AppointmentHistory? = nil
    ) {
        if let first {
            self = first
            return
        }
        guard let last = earlier.filter({ $0 < year }).max() else {
            self = .new
            return
        }
        self = last == year.previous ? .renewed : .reappointed
    }
}

extension Term {
    /// 取消 and 統合: as it is known now, it never was.
    public var holdsOnNoDay: Bool { endReason == .cancelled || endReason == .merged }
}
