public import Enrollment

extension Term {
    /// 任命の最後の日, as people are told it: the day on which somebody resigned or was dismissed
    /// (though it counts no more), else the last day that counts.
    public var lastDay: Day {
        switch endReason {
        case .resigned, .revoked: endsOn
        case .superseded, nil: endsOn.adding(days: -1)
        }
    }
}
