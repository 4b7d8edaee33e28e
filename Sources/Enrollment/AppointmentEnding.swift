/// 任命を終えること, as the office says it: why, as of which day, and in its words.
public struct AppointmentEnding: Sendable, Equatable {
    /// What the office may say as of a day; a change of kind follows from another appointment.
    public static let reasons: [EndReason] = [.resigned, .revoked, .deceased]
    /// What it may take back: 取消 as well.
    public static let undoable = reasons + [.cancelled]

    public let reason: EndReason
    /// The last day, as people are told it; it counts no more.
    public let day: Day
    /// Of 解任 and 取消 the person is told it; else it stands in the journal alone.
    public let because: String

    public init(_ reason: EndReason, on day: Day, because words: String) {
        self.reason = reason
        self.day = day
        because = words
    }

    /// 取消 of an appointment that was wrong from the start.
    public static func cancelling(_ term: Term, because words: String) -> AppointmentEnding {
        AppointmentEnding(.cancelled, on: term.from, because: words)
    }

    /// What an appointment may have ended for before it is cancelled. Whoever has died is told
    /// nothing any more, and a change of kind hangs together with another appointment.
    public static let cancellable: [EndReason] = [.resigned, .revoked]

    /// Whether an appointment can be cancelled, of whichever year: one that was wrong from the
    /// start is so also after it is over.
    public static func mayCancel(_ term: Term) -> Bool {
        term.endReason.map(cancellable.contains) ?? true
    }

    /// Whether the words are needed, because the person is told them.
    public var needsWords: Bool { [.revoked, .cancelled].contains(reason) }

    /// The days on which a term can end: from its first one to today, and inside of it. Nil where
    /// it has ended or has not begun.
    public static func days(of term: Term, on today: Day) -> ClosedRange<Day>? {
        guard term.state(on: today) == .active, term.endReason == nil else { return nil }
        return term.from...today
    }

    /// Whether an end can be taken back: it was no change of kind, and the term would go on. 取消 is
    /// taken back of every year.
    public static func mayBeTakenBack(_ term: Term, on today: Day) -> Bool {
        guard let reason = term.endReason, undoable.contains(reason) else { return false }
        return reason == .cancelled || FiscalYear(containing: term.from).lastDay >= today
    }
}

extension EndReason {
    /// What stands in the journal of an appointment that ended for it.
    public var act: EventKind { self == .resigned ? .resign : .endAppointment }

    /// What anybody may know who has the badge's link: neither a death nor a 解任.
    public var published: String {
        switch self {
        case .resigned, .revoked, .deceased: "ended"
        case .superseded, .cancelled, .merged: rawValue
        }
    }
}
