/// 離脱. Somebody belongs to an organization no more, as it says of its own people: why, and which
/// day was the last.
public struct Leaving: Equatable, Sendable {
    /// The raw value is `affiliations.left_because`.
    public enum Reason: String, CaseIterable, Sendable {
        /// 退職, 異動, 卒業, 死亡, その他.
        case retired, transferred, graduated, deceased, other
        /// They say themselves that they do not wish to be listed.
        case objected

        /// What an organization may say of its people.
        public static let sayable: [Reason] = allCases.filter { $0 != .objected }
    }

    public let reason: Reason
    public let lastDay: Day

    public init(_ reason: Reason, on last: Day) {
        self.reason = reason
        lastDay = last
    }

    /// The days that may be the last one of a member of a year: an organization learns of some
    /// late, and knows of others before.
    public static func days(in year: FiscalYear) -> ClosedRange<Day> {
        year.firstDay...year.lastDay
    }

    /// Whether they are gone on a day.
    public func isOver(on day: Day) -> Bool { day > lastDay }
}

/// What a plan says of somebody who is named as a leaver.
public enum LeavingOutcome: String, CaseIterable, Sendable {
    case leaves
    /// It was said already, and stays as it is.
    case hasLeft = "has_left"
}

/// 名簿の一覧. Which of an organization's people a roster shows.
public enum MemberList: String, CaseIterable, Sendable {
    /// Whoever has not left.
    case present
    /// 確認済み: whoever has typed a code that went to their address; and who has not.
    case confirmed, unconfirmed
    /// 連絡済み: whom a letter has reached; and whom none has.
    case reached, unreached
    /// 視聴: whoever has watched all videos of the year; and who has not.
    case watched, unwatched
    case left
}

/// 連絡. Whether letters arrive at the address of somebody.
public enum MemberReach: String, CaseIterable, Sendable {
    case reached
    /// One was written or is on its way; none has arrived yet.
    case waiting
    /// Their mail server has refused it for good.
    case refused
    /// There is no address.
    case none
}
