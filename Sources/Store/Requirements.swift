public import Enrollment
internal import Postgres

/// Which requirements of a video are meant: all of a year's, or of one kind or category only.
public struct RequirementChoice: Sendable {
    public let year: FiscalYear
    public let slot: Int
    public let kind: Kind?
    public let category: EligibilityCategory?

    public init(
        year: FiscalYear, slot: Int, kind: Kind? = nil, category: EligibilityCategory? = nil
    ) {
        self.year = year
        self.slot = slot
        self.kind = kind
        self.category = category
    }

    fileprivate var condition: SQL {
        """
        r.fiscal_year = \(year) AND r.video_slot = \(slot)
          AND r.kind = coalesce(\(kind?.rawValue)::text, r.kind)
          AND r.category = coalesce(\(category?.rawValue)::text, r.category)
        """
    }
}

extension WriteTransaction {
    /// Withdraws requirements from a day on; those that are withdrawn already stay as they are.
    /// Gives how many.
    public func withdraw(
        _ choice: RequirementChoice, from day: Day, because reason: String, at moment: WriteStamp
    ) async throws -> Int {
        try await execute(
            """
            INSERT INTO requirement_withdrawals (fiscal_year, kind, category, video_slot, true_from,
                                                 reason, recorded_by, known_from)
            SELECT r.fiscal_year, r.kind, r.category, r.video_slot, \(day)::date, \(reason),
                   \(moment.actor), \(moment.now)::timestamptz
            FROM requirements r WHERE \(choice.condition)
            ON CONFLICT DO NOTHING
            """)
    }

    /// Takes withdrawals back: the videos are required as before. Gives how many.
    public func restore(_ choice: RequirementChoice, at moment: WriteStamp) async throws -> Int {
        try await execute(
            """
            UPDATE requirement_withdrawals r SET known_until = \(moment.now)
            WHERE \(choice.condition) AND r.known_until = 'infinity'
            """)
    }
}

extension ReadStore {
    /// The numbers of the videos that were required on some day of the basis's year up to the day
    /// of the basis, as far as it was known then.
    public func requiredSlots(on basis: TallyBasis) async throws -> [Int] {
        try await rows(
            """
            SELECT DISTINCT r.video_slot FROM requirements r
            WHERE r.fiscal_year = \(basis.year) AND r.known_from < \(basis.known)
              AND NOT EXISTS (
                SELECT FROM requirement_withdrawals w
                WHERE w.fiscal_year = r.fiscal_year AND w.kind = r.kind
                  AND w.category = r.category AND w.video_slot = r.video_slot
                  AND w.known_from < \(basis.known) AND w.known_until >= \(basis.known)
                  AND w.true_from <= \(basis.year.firstDay))
            ORDER BY r.video_slot
            """
        ).map { try $0.int("video_slot") }
    }
}
