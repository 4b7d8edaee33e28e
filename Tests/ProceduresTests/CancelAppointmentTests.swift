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

    private static func cancel(_ id: Int, _ desk: isolated OfficeDesk) async throws {
        try await desk.office.cancel(
            appointmentOfApplication: id, because: "別の人の応募だったため", by: officer)
    }

    private static func resume(_ id: Int, _ desk: isolated OfficeDesk) async throws {
        let found = try await desk.office.reading.appointment(ofApplication: id)
        let seen = try #require(found).knownFrom
        try await desk.office.resume(appointmentOfApplication: id, seen: seen, by: officer)
    }

    private static func term(_ id: Int, _ desk: isolated OfficeDesk) async throws -> Term {
        try #require(try await desk.office.reading.appointment(ofApplication: id)).term
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

    @Test func whatHasEndedAndWhatHasNoReasonIsNotCancelled() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            await #expect(throws: Refusal.conflict(.reasonIsMissing)) {
                try await desk.office.cancel(
                    appointmentOfApplication: id, because: "", by: Self.officer)
            }
            try await desk.office.resign(application: id, by: .applicant)
            await #expect(throws: Refusal.conflict(.noAppointmentToEnd)) {
                try await Self.cancel(id, desk)
            }
        }
    }
}
