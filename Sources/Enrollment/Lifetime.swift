/// 保存期間. For how long a kind of data is kept, from a day on; dated configuration with its source.
public struct Lifetime: Sendable, Equatable {
    /// What is kept. The raw value is `lifetimes.kind`.
    public enum Kind: String, CaseIterable, Sendable {
        case draft
        case mailCode = "mail_code"
        case session
        case limitCount = "limit_count"
        case letterBody = "letter_body"
        /// The body of a letter that did not arrive, or was never to be sent.
        case undeliveredLetter = "undelivered_letter"
        case groupOriginal = "group_original"
        case groupAnswers = "group_answers"
        case job
        case exportBytes = "export_bytes"
        /// What was before and after an act, and why; that it was done stays in the journal.
        case journalDetails = "journal_details"
        /// The particulars of an application; what is counted of it stays.
        case applicationWithoutAppointment = "application_without_appointment"
        case applicationWithAppointment = "application_with_appointment"
        /// A link works for so long once it was sent, and what is left of an invitation is kept for
        /// as long once it has ended.
        case invitation
    }

    public enum Unit: String, CaseIterable, Sendable {
        case days, years
        /// Whole fiscal years after the one in which it ended.
        case fiscalYears = "fiscal_years"
    }

    public let kind: Kind
    public let validFrom: Day
    public let amount: Int
    public let unit: Unit

    public init(_ kind: Kind, from validFrom: Day, _ amount: Int, _ unit: Unit) {
        self.kind = kind
        self.validFrom = validFrom
        self.amount = amount
        self.unit = unit
    }

    /// What ended before this moment is kept no longer. Of fiscal years it is the start of one in
    /// Japan: what ended on 31 March 2027 and is kept for one is past its lifetime from 1 April
    /// 2028 on.
    public func limit(at now: Instant) -> Instant {
        let (year, month, day) = now.day.civil
        switch unit {
        case .days: return now.adding(seconds: -amount * 86_400)
        case .years:
            // 29 February has its anniversary on the 28th.
            let anniversary =
                Day(year: year - amount, month: month, day: day)
                ?? Day(year: year - amount, month: month, day: 28)
            return Instant(startOf: anniversary ?? now.day)
        case .fiscalYears:
            let fiscalYear = FiscalYear(containing: now.day).startYear - amount
            return Instant(startOf: FiscalYear(startYear: fiscalYear).firstDay)
        }
    }

    /// The end of something that begins at a moment and lasts for it. Years have 365 days here, and
    /// fiscal years too: what lasts by them is not told to the day.
    public func end(of start: Instant) -> Instant {
        start.adding(seconds: amount * (unit == .days ? 1 : 365) * 86_400)
    }

    /// The rule in a line of the journal: `journal_details 5 years from 2026-04-01`.
    public var rule: String { "\(kind.rawValue) \(amount) \(unit.rawValue) from \(validFrom)" }
}
