import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// もう一度応募する in the year in which an appointment ended or an application was rejected.
@Suite struct AgainTests {
    private static func states(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts("SELECT state AS text FROM applications ORDER BY id")
    }

    /// Appoints the person, who resigns on the next day.
    private static func appointedAndResigned(
        _ number: Int, _ desk: isolated OfficeDesk
    ) async throws {
        let id = try await desk.approved(number)
        try await desk.appointAll()
        try await desk.move(by: 86_400)
        try await desk.office.resign(application: id, by: .applicant)
    }

    @Test func whoeverResignedAppliesAgainAndTheOfficeSeesIt() async throws {
        try await withOffice { desk in
            try await Self.appointedAndResigned(1, desk)
            let receipt = try await desk.apply(1)
            #expect(try await Self.states(desk) == ["appointed", "submitted"])
            let queue = try await desk.office.reading.queue(QueueFilter(year: desk.office.year))
            #expect(queue.map(\.receipt) == [receipt])
            #expect(try await desk.count("SELECT count(*) AS n FROM people") == 1)
            let letters = try await desk.texts("SELECT letter AS text FROM outbox ORDER BY id")
            #expect(letters.last == "receipt")
        }
    }

    @Test func whoeverWasRejectedAppliesAgainAndTheOfficeSeesIt() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            try await desk.office.reject(id, because: "要件を満たしません。", by: .operator("office"))
            try await desk.apply(1)
            #expect(try await Self.states(desk) == ["rejected", "submitted"])
            #expect(try await desk.count("SELECT count(*) AS n FROM people") == 1)
        }
    }

    @Test func whoeverIsStillAppointedAndAppliesAgainIsTheSameApplication() async throws {
        try await withOffice { desk in
            _ = try await desk.approved(1)
            try await desk.appointAll()
            try await desk.apply(1)
            #expect(try await Self.states(desk) == ["appointed", "merged"])
        }
    }

    @Test func whoeverAppliedAgainAfterAResignationDoesNotApplyAThirdTime() async throws {
        try await withOffice { desk in
            try await Self.appointedAndResigned(1, desk)
            try await desk.apply(1)
            try await desk.apply(1)
            #expect(try await Self.states(desk) == ["appointed", "submitted", "merged"])
        }
    }

    @Test func aCallerWhoBecamePromoterAndResignedAppliesAsCallerAgain() async throws {
        try await withOffice { desk in
            let asCaller: @Sendable (inout ApplicationDraft) -> Void = {
                $0["applicant_kind"] = "caller"
                $0["eligibility_category"] = "community_caller"
            }
            try await desk.apply(1, asCaller)
            try await desk.approveAll()
            try await desk.appointAll()
            try await desk.move(by: 86_400)
            try await Self.appointedAndResigned(1, desk)
            try await desk.apply(1, asCaller)
            try await desk.approveAll()
            try await desk.appointAll()
            #expect(try await Self.states(desk) == ["appointed", "appointed", "appointed"])
        }
    }

    @Test func theSecondAppointmentOfAYearIsCountedAndThePersonOnce() async throws {
        try await withOffice { desk in
            try await Self.appointedAndResigned(1, desk)
            try await desk.apply(1)
            try await desk.approveAll()
            try await desk.appointAll()
            let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
            let numbers = try await desk.office.numbers(on: basis)
            let total = numbers.total(Invented.year, .promoter)
            #expect(total.appointed == 2 && total.active == 1 && total.ended == 1)
            #expect(total.new == 2 && total.renewed == 0 && total.reappointed == 0)
            #expect(total.everPersons == 1 && total.everAppointments == 2)
            #expect(numbers.differences.isEmpty)
        }
    }

    @Test(arguments: ["new", "renewed", "reappointed"])
    func theSecondAppointmentOfAYearIsWhatTheFirstWas(history: String) async throws {
        try await withOffice { desk in
            try await Self.appointedAndResigned(1, desk)
            _ = try await desk.rows("UPDATE appointments SET history = \(history)")
            try await desk.apply(1)
            try await desk.approveAll()
            try await desk.appointAll()
            let histories = try await desk.texts(
                "SELECT history AS text FROM appointments ORDER BY id")
            #expect(histories == [history, history])
        }
    }

    @Test func theNumberOfAnEndedApplicationLeadsToTheNewOne() async throws {
        try await withOffice { desk in
            let old = try await desk.apply(1)
            try await desk.office.reject(
                desk.id(of: old), because: "要件を満たしません。", by: .operator("office"))
            let new = try await desk.apply(1)
            let owner = try await desk.office.reading.statusOwner(
                receipt: old, email: Invented.email(1).uppercased())
            #expect(try await owner?.id == desk.id(of: new))
            let other = try await desk.office.reading.statusOwner(
                receipt: old, email: Invented.email(2))
            #expect(other == nil)
        }
    }
}
