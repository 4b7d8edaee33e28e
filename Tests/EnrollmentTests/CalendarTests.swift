import Enrollment
import Testing

@Suite("年度 turns over on the first of April") struct FiscalYearTests {
    @Test(arguments: [("2026-03-31", 2025), ("2026-04-01", 2026), ("2027-01-01", 2026)])
    func contains(day: String, startYear: Int) throws {
        #expect(FiscalYear(containing: try #require(Day(day))).startYear == startYear)
    }

    @Test func everyDayBelongsToOneYear() throws {
        var day = try #require(Day("2019-01-01"))
        for _ in 0..<3000 {
            let year = FiscalYear(containing: day)
            #expect(year.contains(day) && !year.next.contains(day) && !year.previous.contains(day))
            #expect(Day(day.description) == day)
            let (y, m, d) = day.civil
            #expect(Day(year: y, month: m, day: d) == day)
            day = day.adding(days: 1)
        }
    }

    @Test func daysAreCountedFromOneAnother() throws {
        let day = try #require(Day("2026-09-01"))
        #expect(day.spreadsheetSerial == 46_266)
        #expect(day.adding(days: 30).days(since: day) == 30 && day.days(since: day) == 0)
        for text in ["2026-9-1", "2026-02-29", "0000-01-01", "2026-09-01x", "２０２６-09-01", ""] {
            #expect(Day(text) == nil, "\(text)")
        }
        for text in ["2026-09-01T00:00:00", "2026-09-01T24:00:00Z", "2026-09-01T00:00Z", "x"] {
            #expect(Instant(text) == nil, "\(text)")
        }
    }

    @Test func midnightInJapanIsTheBorder() throws {
        let last = try #require(Instant("2027-03-31T14:59:59Z"))
        #expect(last.day.description == "2027-03-31")
        #expect(last.adding(seconds: 1).day.description == "2027-04-01")
        #expect(last.description == "2027-03-31T23:59:59+09:00")
        #expect(Instant("2027-03-31 23:59:59.5+09")?.precise == "2027-03-31T23:59:59.500000+09:00")
        #expect(Instant(startOf: try #require(Day("2027-04-01"))) == last.adding(seconds: 1))
    }
}

@Suite("Days are read as people write them") struct TypedDayTests {
    @Test(arguments: [
        "2026-09-01", "2026/9/1", "2026.9.1", "20260901", "2026年9月1日", "R8.9.1", "R08/09/01",
        "令和8年9月1日", "令和八年九月一日", "２０２６／９／１", "46266", "　2026－09－01 ", "令和８年０９月０１日",
    ])
    func read(text: String) throws {
        #expect(TypedDay.read(text) == .day(try #require(Day("2026-09-01"))))
    }

    @Test(arguments: [
        "9/1", "9月1日", "08/09/01", "きのう", "", "2026-09", "1-2-3", "2026年9月1",
        "2026/9/1 1", "2026/9/1 25:00", "26-09-01", "R8", "明治8年9月1日", "2026年9/1",
    ])
    func notRead(text: String) { #expect(TypedDay.read(text) == .unreadable) }

    @Test(arguments: ["2026-02-30", "令和8年2月29日", "20261301", "2026年13月1日"])
    func notInCalendar(text: String) { #expect(TypedDay.read(text) == .notInCalendar) }

    @Test func theFirstYearOfAnEraIsRead() throws {
        #expect(TypedDay.read("令和元年5月1日") == .day(try #require(Day("2019-05-01"))))
        #expect(TypedDay.read("平成31年5月1日") == .day(try #require(Day("2019-05-01"))))
    }
}

@Suite("Numbers check themselves") struct NumberTests {
    @Test func aReceiptNumberIsReadAsPeopleTypeIt() throws {
        let number = ReceiptNumber(FiscalYear(startYear: 2026)) { [0, 1, 2, 3, 4, 5, 6, 255] }
        #expect(number.description.hasPrefix("26-2345-678"))
        let plain = number.description.filter { $0 != "-" }
        #expect(ReceiptNumber(plain.lowercased()) == number)
        #expect(ReceiptNumber("　\(number.description)") == number)
    }

    @Test func aReceiptNumberIsDrawnAgainUntilItsCheckCharacterIsMistakenForNoOther() throws {
        let year = FiscalYear(startYear: 2026)
        var ends: Set<Character> = []
        var draws: UInt8 = 0
        while draws < 200 {
            let number = ReceiptNumber(year) {
                draws += 1
                return [draws, 1, 2, 3, 4, 5, 6, 7]
            }
            ends.insert(try #require(number.description.last))
        }
        #expect(ends.isDisjoint(with: "01ILOU"), "\(ends)")
        #expect(ends.count > 20)
    }

    @Test func aReceiptNumberGivenBeforeThatRuleIsStillRead() {
        for check in "01IOLU" {
            let head = Self.receiptHead(checkedBy: check)
            let number = "\(head)-\(check)"
            #expect(ReceiptNumber(number)?.description == number)
        }
    }

    /// The beginning of a receipt number that has this check character.
    private static func receiptHead(checkedBy check: Character) -> String {
        let letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
        return letters.lazy.flatMap { one in letters.map { "26-2345-67\(one)\($0)" } }
            .first { CheckCharacter.of($0) == check } ?? ""
    }

    @Test func zeroAndOneAreReadWhereverALetterThatLooksLikeThemWasTyped() throws {
        let member = MemberNumber(sequence: 10_110)
        let typed = member.description.replacing("0", with: "o").replacing("1", with: "i")
        #expect(MemberNumber(typed) == member)
        let year = FiscalYear(startYear: 2028)  // R10
        let number = AppointmentNumber(year, .caller, sequence: 100_001)
        let misread = number.description.replacing("0", with: "O").replacing("1", with: "I")
        #expect(AppointmentNumber(misread) == number)
        for (check, twin) in [("0", "O"), ("O", "0"), ("1", "I"), ("I", "1")] {
            let head = Self.receiptHead(checkedBy: Character(check))
            #expect(ReceiptNumber("\(head)-\(twin)")?.description == "\(head)-\(check)")
        }
        let tens = ReceiptNumber(FiscalYear(startYear: 2010)) { [9, 8, 7, 6, 5, 4, 3, 2] }
        #expect(ReceiptNumber("IO" + tens.description.dropFirst(2)) == tens)
    }

    @Test func oneWrongCharacterIsAlwaysSeen() throws {
        let number = AppointmentNumber(FiscalYear(startYear: 2026), .promoter, sequence: 123)
        #expect(number.description.hasPrefix("R08-P-0000123-"))
        #expect(AppointmentNumber(number.description) == number)
        for index in 1..<number.description.count {
            var letters = Array(number.description)
            guard letters[index] != "-" else { continue }
            letters[index] = letters[index] == "5" ? "6" : "5"
            #expect(AppointmentNumber(String(letters)) == nil)
        }
    }

    /// The example of the Global Release Identifier, which uses the same check.
    @Test func theCheckCharacterIsThatOfTheStandard() {
        #expect(CheckCharacter.of("A12425GABC1234002") == "M")
        #expect(CheckCharacter.holds("A1-2425G-ABC1234002-M"))
        #expect(!CheckCharacter.holds("A1-2425G-ABC1234002-N") && !CheckCharacter.holds(""))
    }

    @Test(arguments: ["", "26", "26-あいうえ-かきくけ-C", "AB-2345-6789-C", "26-0O1I-LU22-X"])
    func whatIsNoReceiptNumberIsNotRead(text: String) {
        #expect(ReceiptNumber(text) == nil)
        #expect(AppointmentNumber(text) == nil && MemberNumber(text) == nil)
    }

    @Test func numbersOfAnotherFormAreRefusedThoughTheirCheckCharacterHolds() {
        for head in ["RXX-P-0000123", "R08-Z-0000123", "R08-P-00A0123", "M-0000A123"] {
            let text = head + "-" + String(CheckCharacter.of(head))
            #expect(AppointmentNumber(text) == nil && MemberNumber(text) == nil, "\(text)")
        }
    }

    @Test func standingFollowsFromTheYearsBefore() {
        let years = { (all: [Int]) in all.map { FiscalYear(startYear: $0) } }
        let year = FiscalYear(startYear: 2026)
        #expect(AppointmentHistory(appointedIn: year, before: years([])) == .new)
        #expect(AppointmentHistory(appointedIn: year, before: years([2023, 2025])) == .renewed)
        #expect(AppointmentHistory(appointedIn: year, before: years([2024])) == .reappointed)
    }
}
