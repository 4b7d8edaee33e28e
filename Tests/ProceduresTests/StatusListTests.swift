import Enrollment
import JSON
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// 失効の一覧: says at once what the terms say, however they came to end and to hold again.
@Suite struct StatusListTests {
    private static let officer = Actor.operator("office")

    private static func appointed(_ desk: isolated OfficeDesk) async throws -> Int {
        let id = try await desk.approved(1)
        try await desk.appointAll()
        try await desk.move(by: 10 * 86_400)
        return id
    }

    private static func resume(_ id: Int, _ desk: isolated OfficeDesk) async throws {
        let found = try await desk.office.reading.appointment(ofApplication: id)
        try await desk.office.resume(
            appointmentOfApplication: id, seen: try #require(found).knownFrom, by: officer)
    }

    /// Whether the bit is set, asked as anybody asks; it is what hosted verification and the term
    /// say, too.
    private static func isRevoked(_ id: Int, _ desk: isolated OfficeDesk) async throws -> Bool {
        let reading = desk.office.reading
        let token = try #require(try await reading.badgeToken(ofApplication: id))
        let text = String(
            decoding: try await desk.office.credential(token: token), as: UTF8.self)
        let verdict = try await BadgeCredentialTests.verdict(text, desk)
        let isRevoked = verdict == .invalid(.ended(.revoked))
        #expect(isRevoked || verdict == .valid)
        #expect(try await desk.office.assertion(token: token).isRevoked == isRevoked)
        let term = try #require(try await reading.appointment(ofApplication: id)).term
        #expect((term.endReason != nil) == isRevoked)
        return isRevoked
    }

    @Test(arguments: AppointmentEnding.reasons)
    func anEndSetsTheBitAndTakingItBackClearsIt(reason: EndReason) async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            #expect(try await !Self.isRevoked(id, desk))
            let ending = AppointmentEnding(
                reason, on: desk.office.today.adding(days: -3), because: "活動の実態がないため")
            try await desk.office.end(appointmentOfApplication: id, ending, by: Self.officer)
            #expect(try await Self.isRevoked(id, desk))
            try await desk.move(by: 60)
            try await Self.resume(id, desk)
            #expect(try await !Self.isRevoked(id, desk))
        }
    }

    @Test func aResignationAndACancellationSetIt() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            try await desk.office.resign(application: id, by: .applicant)
            #expect(try await Self.isRevoked(id, desk))
            try await desk.move(by: 60)
            try await Self.resume(id, desk)
            #expect(try await !Self.isRevoked(id, desk))
            try await desk.move(by: 60)
            let found = try await desk.office.reading.appointment(ofApplication: id)
            try await desk.office.cancel(
                appointmentOfApplication: id, seen: try #require(found).knownFrom,
                because: "別の人の応募だったため", by: Self.officer)
            #expect(try await Self.isRevoked(id, desk))
        }
    }

    @Test func mergingSetsTheOthersBitAndSeparatingClearsIt() async throws {
        try await withOffice { desk in
            let first = try await desk.apply(1)
            let second = try await desk.apply(1) { $0["email"] = "other@example.jp" }
            let (stays, other) = (try await desk.id(of: first), try await desk.id(of: second))
            _ = try await desk.office.approve([stays, other], by: Self.officer)
            try await desk.appointAll()
            try await desk.move(by: 3_600)
            var persons: [Int] = []
            for id in [stays, other] {
                let found = try await desk.office.reading.application(id: id)
                persons.append(try #require(found).personID)
            }
            let plan = try await desk.office.planMerge(of: persons[1], into: persons[0])
            let merge = try await desk.office.mergePeople(
                persons[1], into: persons[0], seen: plan.mark, because: "本人に確かめた",
                by: Self.officer)
            #expect(try await Self.isRevoked(other, desk))
            #expect(try await !Self.isRevoked(stays, desk))
            try await desk.move(by: 3_600)
            let back = try await desk.office.planSeparation(merge)
            try await desk.office.separatePeople(
                merge, seen: back.mark, giving: [], because: "別人だった", by: Self.officer)
            #expect(try await !Self.isRevoked(other, desk))
        }
    }

    /// The same on every server, until something of it changes; each year has its own.
    @Test func theListIsTheSameUntilSomethingChanges() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            _ = try await Self.isRevoked(id, desk)
            let before = try await desk.office.statusList(of: "2026")
            try await desk.move(by: 60)
            #expect(try await desk.office.statusList(of: "2026") == before)
            try await desk.office.resign(application: id, by: .applicant)
            let after = try await desk.office.statusList(of: "2026")
            #expect(after != before)
            let list = try JSONValue(reading: after)
            #expect(list["validFrom"] == .string(desk.office.now.description))
            #expect(list["id"] == .string("https://enroll.example/status/2026"))
            let another = try await desk.office.statusList(of: "2027")
            #expect(String(decoding: another, as: UTF8.self).contains("/status/2027#list"))
            for year in ["2021", "2028", "02026", "x", "２０２６"] {
                await #expect(throws: Refusal.notFound) {
                    try await desk.office.statusList(of: year)
                }
            }
        }
    }
}
