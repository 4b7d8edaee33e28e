/// 集計. What is counted of appointments in one fiscal year, of one kind, for one key (all, an
/// organization, a group of organizations, a prefecture).
public struct Tally: Equatable, Sendable {
    /// 現任者数: people whose appointment holds on the day, both ends included, and has not ended on
    /// or before it.
    public var active = 0
    /// 兼任数: active people who belong to the organization besides their own.
    public var secondary = 0
    /// 当年度任命数, also those that have ended since.
    public var appointed = 0
    public var new = 0
    public var renewed = 0
    public var reappointed = 0
    /// 当年度終了数: 辞任, 解任, 区分変更 on or before the day.
    public var ended = 0
    /// 通算実人数: people ever appointed, in any year up to this one.
    public var everPersons = 0
    /// 通算延べ数: appointments of all years up to this one.
    public var everAppointments = 0

    public init() {}

    /// The measures that add up over organizations and prefectures; people counted once for ever do
    /// not.
    public static let additive: [(name: String, value: KeyPath<Tally, Int> & Sendable)] = [
        ("現任者数", \.active), ("当年度任命数", \.appointed), ("うち新規", \.new), ("うち継続", \.renewed),
        ("うち再任", \.reappointed), ("当年度終了数", \.ended),
    ]
}

/// What a tally is of.
public struct TallyKey: Hashable, Sendable {
    public let year: FiscalYear
    /// Code of the organization, group or prefecture; empty for all.
    public let code: String
    public let kind: Kind

    public init(_ year: FiscalYear, _ code: String, _ kind: Kind) {
        self.year = year
        self.code = code
        self.kind = kind
    }
}

/// Which numbers: as of the end of a day, as far as they were known at a moment. The same basis
/// gives the same numbers for ever.
public struct TallyBasis: Equatable, Sendable {
    /// 集計基準日.
    public let asOf: Day
    /// What was learned before this moment counts.
    public let known: Instant

    public init(asOf: Day, known: Instant) {
        self.asOf = asOf
        self.known = known
    }

    /// All that was learned up to the end of a day.
    public init(asOf: Day, knownOn: Day) {
        self.init(asOf: asOf, known: Instant(startOf: knownOn.adding(days: 1)))
    }

    public var year: FiscalYear { FiscalYear(containing: asOf) }
}

/// 記録の時点, as somebody asks for it.
public enum KnownMoment: Hashable, Sendable {
    case now
    /// The end of a day in Japan.
    case endOf(Day)
    /// The moment that a page or a file has named, to the microsecond.
    case at(Instant)

    /// Whether the moment is over before `day` begins.
    public func isBefore(_ day: Day) -> Bool {
        switch self {
        case .now: false
        case .endOf(let end): end < day
        case .at(let instant): instant <= Instant(startOf: day)
        }
    }

    /// Reads a moment as `TallyBasis.knownCode` writes it; the offset from UTC may stand behind it.
    public init?(code: String) {
        guard let instant = Instant(code) ?? Instant(code + "+09:00") else { return nil }
        self = .at(instant)
    }
}

extension TallyBasis {
    /// The moment in Japan's time, to be typed or linked to when the same numbers are wanted again:
    /// `2026-11-24T19:48:05.123456`.
    public var knownCode: String { String(known.precise.dropLast("+09:00".count)) }
}

/// 月次. What happened in a month, and how things stood at its end (or on the day of the basis).
public struct MonthTally: Equatable, Sendable {
    /// 2026-04.
    public let month: String
    public let year: FiscalYear
    public let kind: Kind
    public var applied = 0
    public var appointed = 0
    public var ended = 0
    public var active = 0
    public var everPersons = 0

    public init(month: String, year: FiscalYear, kind: Kind) {
        self.month = month
        self.year = year
        self.kind = kind
    }

    /// Fills in how things stood at the end of each month from what happened in it. Appointments
    /// end with their fiscal year, so that every April begins at nothing. `first` are the people
    /// appointed for the first time, by month.
    public static func accumulated(_ months: [MonthTally], first: [Int]) -> [MonthTally] {
        var (active, persons) = (0, 0)
        var year: FiscalYear?
        return zip(months, first).map { month, newcomers in
            if month.year != year { (active, year) = (0, month.year) }
            active += month.appointed - month.ended
            persons += newcomers
            var filled = month
            filled.active = active
            filled.everPersons = persons
            return filled
        }
    }
}
