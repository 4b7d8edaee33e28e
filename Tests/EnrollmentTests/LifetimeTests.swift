import Enrollment
import Testing

/// 保存期間.
@Suite struct LifetimeTests {
    private static func limit(_ amount: Int, _ unit: Lifetime.Unit, at now: String) throws
        -> Instant
    {
        let from = try #require(Day("2026-04-01"))
        return Lifetime(.draft, from: from, amount, unit).limit(at: try #require(Instant(now)))
    }

    @Test func daysAreCountedToTheMoment() throws {
        #expect(
            try Self.limit(30, .days, at: "2026-12-01T10:20:30+09:00").description
                == "2026-11-01T10:20:30+09:00")
        let now = "2026-12-01T10:20:30+09:00"
        #expect(try Self.limit(0, .days, at: now).description == now)
    }

    @Test func yearsEndOnTheirAnniversaryInJapan() throws {
        #expect(
            try Self.limit(5, .years, at: "2031-06-30T23:30:00+09:00").description
                == "2026-06-30T00:00:00+09:00")
        #expect(
            try Self.limit(5, .years, at: "2032-02-29T12:00:00+09:00").description
                == "2027-02-28T00:00:00+09:00")
    }

    @Test(arguments: [
        ("2028-03-31T23:59:59+09:00", "2026-04-01T00:00:00+09:00"),
        ("2028-04-01T00:00:00+09:00", "2027-04-01T00:00:00+09:00"),
    ])
    func aFiscalYearIsKeptWhole(now: String, limit: String) throws {
        #expect(try Self.limit(1, .fiscalYears, at: now).description == limit)
    }
}
