import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 集計.
@Suite struct NumbersTests {
    private static func numbers(
        _ desk: isolated OfficeDesk, asOf: String, knownOn: String? = nil
    ) async throws -> MinistryNumbers {
        let day = try #require(Day(asOf))
        let basis = try await desk.office.basis(
            asOf: day, known: knownOn.flatMap { Day($0) }.map { .endOf($0) } ?? .now)
        return try await desk.office.numbers(on: basis)
    }

    @Test func aResignationCountsFromItsDayOnAndTheDayBeforeStaysAsItWas() async throws {
        try await withOffice { desk in
            let ids = [try await desk.approved(1), try await desk.approved(2)]
            try await desk.appointAll()
            try await desk.move(by: 86_400)
            try await desk.office.resign(application: ids[0], by: .applicant)
            try await desk.move(by: 86_400)
            for (day, active, ended) in [
                ("2026-11-24", 2, 0), ("2026-11-25", 1, 1), ("2026-11-26", 1, 1),
            ] {
                let total = try await Self.numbers(desk, asOf: day).total(Invented.year, .promoter)
                #expect(total.active == active && total.ended == ended, "\(day)")
            }
        }
    }

    @Test func whatWasNotYetKnownIsNotCounted() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            try await desk.appointAll()
            try await desk.move(by: 86_400)
            try await desk.office.resign(application: id, by: .applicant)
            let before = try await Self.numbers(
                desk, asOf: "2026-11-25", knownOn: "2026-11-24")
            #expect(before.total(Invented.year, .promoter).active == 1)
            let after = try await Self.numbers(desk, asOf: "2026-11-25")
            #expect(after.total(Invented.year, .promoter).active == 0)
        }
    }

    @Test func aMomentThatAPageNamedGivesTheSameNumbersAlthoughMoreWasRecordedThatDay() async throws
    {
        try await withOffice { desk in
            _ = try await desk.approved(1)
            try await desk.appointAll()
            let office = desk.office!
            let shown = try await office.numbers(asOf: office.today, known: .now)
            try await desk.move(by: 60)
            _ = try await desk.approved(2)
            try await desk.appointAll()
            try await desk.move(by: 200 * 86_400)
            let known = try #require(KnownMoment(code: shown.basis.knownCode))
            let again = try await desk.office.numbers(asOf: shown.basis.asOf, known: known)
            #expect(again.basis == shown.basis && again.totals == shown.totals)
            let whole = try await desk.office.numbers(
                asOf: shown.basis.asOf, known: .endOf(shown.basis.asOf))
            #expect(whole.total(Invented.year, .promoter).active == 2)
            #expect(again.total(Invented.year, .promoter).active == 1)
            let future = Instant(microseconds: desk.office.now.microseconds + 2)
            await #expect(throws: Refusal.self) {
                try await desk.office.basis(asOf: shown.basis.asOf, known: .at(future))
            }
        }
    }

    @Test func whoBelongsToTwoOrganizationsCountsOnceAndIsASecondMemberOfTheOther() async throws {
        try await withOffice { desk in
            _ = try await desk.enter(1...3)
            _ = try await desk.enter([2], to: "demo-clinic")
            let ids = try await desk.rows("SELECT id FROM applications").map { try $0.int("id") }
            _ = try await desk.office.approve(ids, by: .operator("office"))
            try await desk.appointAll()
            let numbers = try await Self.numbers(desk, asOf: "2026-11-24")
            let hospital = numbers.organizations[
                TallyKey(Invented.year, "demo-hospital", .promoter)]
            let clinic = numbers.organizations[TallyKey(Invented.year, "demo-clinic", .promoter)]
            #expect(hospital?.active == 3 && hospital?.secondary == 0)
            #expect(clinic?.active ?? 0 == 0 && clinic?.secondary == 1)
            #expect(numbers.total(Invented.year, .promoter).active == 3)
            #expect(numbers.differences.isEmpty)
        }
    }

    @Test func monthsAddUpToTheEndAndAprilBeginsAnew() async throws {
        let may = Instant(startOf: try #require(Day("2026-05-10")))
        try await withOffice(at: may) { desk in
            for number in 1...3 {
                let token = try await desk.confirmedDraft(
                    Invented.draft(number) {
                        $0["view_1_on"] = "2026-04-02"
                        $0["view_2_on"] = "2026-04-02"
                    })
                let receipt = try await desk.office.submitApplication(of: token)
                _ = try await desk.office.approve([desk.id(of: receipt)], by: .operator("office"))
                try await desk.appointAll()
                try await desk.move(by: 31 * 86_400)
            }
            let months = try await Self.numbers(desk, asOf: "2026-07-31").months.filter {
                $0.kind == .promoter
            }
            #expect(months.map(\.month) == ["2026-04", "2026-05", "2026-06", "2026-07"])
            #expect(months.map(\.applied) == [0, 1, 1, 1])
            #expect(months.map(\.appointed) == [0, 1, 1, 1])
            #expect(months.map(\.active) == [0, 1, 2, 3])
            #expect(months.map(\.everPersons) == [0, 1, 2, 3])
            try await desk.move(to: Instant(startOf: try #require(Day("2027-04-02"))))
            let later = try await Self.numbers(desk, asOf: "2027-04-02")
            #expect(later.months.last { $0.kind == .promoter }?.active == 0)
            #expect(later.months.last { $0.kind == .promoter }?.everPersons == 3)
            #expect(later.total(Invented.year, .promoter).active == 3, "31 March")
            let next = later.total(Invented.year.next, .promoter)
            #expect(next.everPersons == 3 && next.appointed == 0, "before the renewal")
            #expect(later.differences.isEmpty)
        }
    }

    /// 0 people would be said of a day of which nobody knows anything.
    @Test func aDayBeforeTheFirstRecordIsNotCounted() async throws {
        try await withOffice { desk in
            let today = desk.office.today
            _ = try await Self.numbers(desk, asOf: today.adding(days: -400).description)
            _ = try await desk.approved(1)
            try await desk.move(by: 86_400)
            _ = try await desk.approved(2)
            let none = Refusal.beforeRecords(today)
            await #expect(throws: none) {
                try await Self.numbers(desk, asOf: today.adding(days: -1).description)
            }
            await #expect(throws: none) {
                try await Self.numbers(
                    desk, asOf: today.description, knownOn: today.adding(days: -1).description)
            }
            let early = Instant(microseconds: Instant(startOf: today).microseconds - 1)
            await #expect(throws: none) {
                try await desk.office.basis(asOf: today, known: .at(early))
            }
            _ = try await Self.numbers(desk, asOf: today.description)
        }
    }

    @Test func aDayToComeIsNotCounted() async throws {
        try await withOffice { desk in
            await #expect(throws: Refusal.self) {
                try await Self.numbers(desk, asOf: "2026-11-25")
            }
            await #expect(throws: Refusal.self) {
                try await Self.numbers(desk, asOf: "2026-11-24", knownOn: "2026-11-25")
            }
        }
    }

    @Test func anOrganizationPutIntoAnotherGroupLaterIsCountedInTheGroupOfItsYear() async throws {
        try await withOffice { desk in
            _ = try await desk.enter(1...3)
            try await desk.approveAll()
            try await desk.appointAll()
            let before = try await Self.groups(desk)
            _ = try await desk.rows(
                "UPDATE organizations SET group_code = 'carrier-shops', name = 'X'")
            #expect(try await Self.groups(desk) == before)
        }
    }

    private static func groups(_ desk: isolated OfficeDesk) async throws -> [String: Int] {
        let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
        let numbers = try await desk.office.numbers(on: basis)
        #expect(!(numbers.countedOrganizations[desk.office.year] ?? []).contains { $0.name == "X" })
        return Dictionary(
            uniqueKeysWithValues: numbers.groups.map { ($0.key.code, $0.value.active) })
    }
}
