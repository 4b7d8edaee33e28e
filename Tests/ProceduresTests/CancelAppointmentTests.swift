import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 任命の取消: it was wrong from the start.
@Suite struct CancelAppointmentTests {
    private static let officer = Actor.operator("office")

    private static func appointed(
        _ desk: isolated OfficeDesk, isTold: Bool = true
    ) async throws -> Int {
        let id = try await desk.approved(1)
        try await desk.appointAll()
        if isTold { _ = try await desk.sendLetters() }
        try await desk.move(by: 3_600)
        return id
    }

    private static func cancel(
        _ id: Int, because reason: String = "別の人の応募だったため", _ desk: isolated OfficeDesk
    ) async throws {
        let found = try await desk.office.reading.appointment(ofApplication: id)
        try await desk.office.cancel(
            appointmentOfApplication: id, seen: try #require(found).knownFrom, because: reason,
            by: officer)
    }

    private static func resume(_ id: Int, _ desk: isolated OfficeDesk) async throws {
        let found = try await desk.office.reading.appointment(ofApplication: id)
        let seen = try #require(found).knownFrom
        try await desk.office.resume(appointmentOfApplication: id, seen: seen, by: officer)
    }

    private static func term(_ id: Int, _ desk: isolated OfficeDesk) async throws -> Term {
        try #require(try await desk.office.reading.appointment(ofApplication: id)).term
    }

    /// How many were appointed in the year.
    private static func count(
        on basis: TallyBasis, _ desk: isolated OfficeDesk
    ) async throws -> Int {
        try await desk.office.numbers(on: basis).totals.values.reduce(0) { $0 + $1.appointed }
    }

    private static func kinds(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.sendLetters().map {
            String($0.messageID.prefix { $0 != "-" })
        }
    }

    @Test func itNeverWasAndWhatWasCountedBeforeStays() async throws {
        try await withOffice { desk in
            try desk.useLayouts()
            let id = try await Self.appointed(desk)
            let before = try await desk.office.basis(asOf: desk.office.today, known: .now)
            let (shown, roster) = (
                try await desk.office.numbers(on: before), try await desk.lines(of: "08", before)
            )
            try await desk.move(by: 3_600)
            try await Self.cancel(id, desk)
            let term = try await Self.term(id, desk)
            #expect(term.state(on: desk.office.today) == .cancelled)
            let after = try await desk.office.basis(asOf: desk.office.today, known: .now)
            let numbers = try await desk.office.numbers(on: after)
            #expect(numbers.totals.values.allSatisfy { $0.active == 0 && $0.appointed == 0 })
            #expect(numbers.totals.values.allSatisfy { $0.ended == 0 })
            #expect(numbers.differences.isEmpty)
            #expect(try await desk.office.numbers(on: before).totals == shown.totals)
            #expect(try await desk.lines(of: "08", before) == roster)
            let token = try #require(
                try await desk.office.reading.badgeToken(ofApplication: id))
            #expect(try await desk.office.assertion(token: token).isRevoked)
            #expect(try await Self.kinds(desk).suffix(1) == ["cancellation"])
        }
    }

    @Test func takenBackItHoldsAsBefore() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let before = try await Self.term(id, desk)
            for _ in 0..<2 {
                try await Self.cancel(id, desk)
                try await desk.move(by: 60)
                try await Self.resume(id, desk)
                try await desk.move(by: 60)
            }
            #expect(try await Self.term(id, desk) == before)
            let kinds = try await Self.kinds(desk)
            #expect(kinds.count { $0 == "cancellation" } == 2)
            #expect(kinds.count { $0 == "resumption" } == 2)
        }
    }

    /// Before its letter left nobody hears of it; taken back, the letter leaves after all.
    @Test func whoWasNotToldYetHearsNothingOfIt() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk, isTold: false)
            try await Self.cancel(id, desk)
            let kinds = try await Self.kinds(desk)
            #expect(!kinds.contains("appointment") && !kinds.contains("cancellation"))
            try await Self.resume(id, desk)
            #expect(try await Self.kinds(desk).filter { $0 != "receipt" }.last == "appointment")
        }
    }

    /// A letter whose words were forgotten meanwhile does not leave empty: the resumption is told.
    @Test func aLetterThatWasForgottenDoesNotLeaveEmpty() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk, isTold: false)
            try await Self.cancel(id, desk)
            _ = try await desk.rows(
                "UPDATE outbox SET body = '' WHERE state = 'suppressed' AND letter = 'appointment'")
            try await Self.resume(id, desk)
            let kinds = try await Self.kinds(desk)
            #expect(!kinds.contains("appointment") && kinds.contains("resumption"))
        }
    }

    /// Whoever applies again is new, not appointed once more; the number is not given again.
    @Test func whoAppliesAgainComesNew() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            try await Self.cancel(id, desk)
            try await desk.apply(1)
            try await desk.approveAll()
            try await desk.appointAll()
            let found = try await desk.texts(
                "SELECT number || ' ' || history AS text FROM appointments ORDER BY id")
            #expect(found.count == 2 && Set(found).count == 2)
            #expect(found.allSatisfy { $0.hasSuffix(" new") })
            await #expect(throws: Refusal.conflict(.appliedMeanwhile)) {
                try await Self.resume(id, desk)
            }
        }
    }

    @Test func whatHasNoReasonIsNotCancelled() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            await #expect(throws: Refusal.conflict(.reasonIsMissing)) {
                try await Self.cancel(id, because: "", desk)
            }
        }
    }

    /// Another officer's page, from before the person resigned.
    @Test func anotherStateThanWasSeenIsNotCancelled() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let seen = try #require(try await desk.office.reading.appointment(ofApplication: id))
            try await desk.office.resign(application: id, by: .applicant)
            await #expect(throws: Refusal.conflict(.noAppointmentToEnd)) {
                try await desk.office.cancel(
                    appointmentOfApplication: id, seen: seen.knownFrom, because: "誤り",
                    by: Self.officer)
            }
            #expect(try await Self.term(id, desk).endReason == .resigned)
        }
    }

    /// Whoever resigned from what was wrong from the start was never appointed; taken back, they have
    /// resigned again, and the badge with them.
    @Test func whatHasEndedIsCancelledAndHasEndedAgainWhenThatIsTakenBack() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            try await desk.office.resign(application: id, by: .applicant)
            let resigned = try await Self.term(id, desk)
            let token = try #require(
                try await desk.office.reading.badgeToken(ofApplication: id))
            for _ in 0..<2 {
                try await desk.move(by: 60)
                try await Self.cancel(id, desk)
                let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
                let numbers = try await desk.office.numbers(on: basis)
                #expect(numbers.totals.values.allSatisfy { $0.appointed == 0 && $0.ended == 0 })
                #expect(try await desk.office.reading.badge(token: token)?.isCancelled == true)
                try await desk.move(by: 60)
                try await Self.resume(id, desk)
                #expect(try await Self.term(id, desk) == resigned)
                let badge = try #require(try await desk.office.reading.badge(token: token))
                #expect(badge.isRevoked && badge.reason == "resigned")
            }
            try await desk.apply(1)
            let told = try await desk.sendLetters().filter { $0.subject.contains("任命の取消し") }
            #expect(told.count == 2 && told.allSatisfy { $0.messageID.hasPrefix("resumption-") })
        }
    }

    /// A death stands as it is: nothing is sent any more, whatever else was wrong.
    @Test func whatADeathHasEndedIsNotCancelled() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            try await desk.office.end(
                appointmentOfApplication: id,
                AppointmentEnding(.deceased, on: desk.office.today, because: ""),
                by: Self.officer)
            await #expect(throws: Refusal.conflict(.noAppointmentToEnd)) {
                try await Self.cancel(id, desk)
            }
        }
    }

    /// Of a year that is over: the numbers of that year lose it as they are known from now on, and
    /// get it back.
    @Test func whatAYearThatIsOverHadIsCancelledAndTakenBack() async throws {
        try await withOffice(on: Day("2026-09-15")!) { desk in
            let id = try await Self.appointed(desk)
            let lastDay = Day("2027-03-31")!
            let before = try await Self.term(id, desk)
            try await desk.move(by: 250 * 86_400)
            #expect(before.state(on: desk.office.today) == .expired)
            let shown = try await desk.office.basis(asOf: lastDay, known: .now)
            #expect(try await Self.count(on: shown, desk) == 1)
            try await desk.move(by: 60)
            try await Self.cancel(id, desk)
            try await desk.move(by: 60)
            let without = try await desk.office.basis(asOf: lastDay, known: .now)
            #expect(try await Self.count(on: without, desk) == 0)
            #expect(try await Self.count(on: shown, desk) == 1)
            try await Self.resume(id, desk)
            #expect(try await Self.term(id, desk) == before)
            try await desk.move(by: 60)
            let again = try await desk.office.basis(asOf: lastDay, known: .now)
            #expect(try await Self.count(on: again, desk) == 1)
        }
    }
}
