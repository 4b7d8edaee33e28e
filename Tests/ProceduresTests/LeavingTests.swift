import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 離脱: an organization says that its own people have left, and takes it back.
@Suite struct LeavingTests {
    private static let day = Day("2026-10-31")!
    private static let retired = Leaving(.retired, on: day)

    private static func scope(
        _ desk: isolated OfficeDesk, _ code: String = "demo-hospital"
    ) async throws -> OrganizationScope {
        let body = try await desk.office.currentRules().organization(code: code)
        return OrganizationScope(try #require(body).id)
    }

    private static func ids(_ desk: isolated OfficeDesk) async throws -> [Int] {
        try await desk.rows("SELECT id FROM applications ORDER BY id").map { try $0.int("id") }
    }

    private static func leave(
        _ ids: [Int], _ desk: isolated OfficeDesk, _ leaving: Leaving = retired
    ) async throws {
        let scope = try await scope(desk)
        let plan = try await desk.office.planLeaving(of: ids, within: scope)
        try await desk.office.leave(
            ids, leaving, within: scope, seen: plan.mark, by: .operator("coordinator"))
    }

    private static func list(
        _ list: MemberList, _ desk: isolated OfficeDesk
    ) async throws -> [Int] {
        try await desk.office.reading.members(
            of: try await scope(desk), in: desk.office.year, list, limit: 99
        ).members.map(\.id).sorted()
    }

    @Test func whoeverHasLeftIsOnAListOfTheirOwnAndComesBack() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...3) == 3)
            let ids = try await Self.ids(desk)
            try await Self.leave(Array(ids[0..<2]), desk)
            #expect(try await Self.list(.left, desk) == Array(ids[0..<2]))
            #expect(try await Self.list(.present, desk) == [ids[2]])
            let scope = try await Self.scope(desk)
            let counts = try await desk.office.reading.memberCounts(of: scope, in: desk.office.year)
            #expect(counts[.present] == 1 && counts[.left] == 2)
            let acts = try await desk.office.reading.leavingActs(
                of: scope, in: desk.office.year, limit: 9)
            #expect(acts.map(\.count) == [2] && acts[0].leaving == Self.retired)
            #expect(acts[0].actor.actor == .operator("coordinator"))
            try await desk.move(by: 60)
            try await desk.office.takeBackLeaving(
                saidAt: acts[0].at, only: [ids[0]], within: scope, by: .operator("coordinator"))
            #expect(try await Self.list(.left, desk) == [ids[1]])
            let days = try await desk.texts(
                """
                SELECT true_from || ' ' || true_until AS text FROM affiliations
                WHERE known_until = 'infinity' ORDER BY application_id
                """)
            let today = desk.office.today
            #expect(
                days == ["\(today) 2027-03-31", "2026-10-31 2026-10-31", "\(today) 2027-03-31"])
        }
    }

    @Test func whoeverIsToldIsToldOnceAndAnEarlyUndoIsSilent() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...3) == 3)
            try await desk.move(by: 3_600)
            try await desk.sendLetters()
            let ids = try await Self.ids(desk)
            let scope = try await Self.scope(desk)
            try await Self.leave([ids[0]], desk)
            try await desk.office.takeBackLeaving(
                saidAt: desk.office.now, within: scope, by: .operator("coordinator"))
            try await Self.leave([ids[1]], desk, Leaving(.deceased, on: Self.day))
            try await desk.move(by: 1)
            let said = desk.office.now
            try await Self.leave([ids[2]], desk)
            try await desk.move(by: 3_600)
            let letters = try await desk.sendLetters().filter { $0.messageID.contains("affil") }
            #expect(letters.map(\.recipient) == [Invented.email(3)])
            #expect(letters[0].body.contains("2026年10月31日"))
            try await desk.office.takeBackLeaving(
                saidAt: said, within: scope, by: .operator("coordinator"))
            let told = try await desk.sendLetters().last
            #expect(told?.messageID.hasPrefix("affiliation_resumed-") == true)
            #expect(told?.recipient == Invented.email(3))
        }
    }

    @Test func theSlowerOfTwoIsRefusedAndNobodyOfAnotherOrganizationLeaves() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...2) == 2)
            #expect(try await desk.enter([3], to: "demo-clinic") == 1)
            let ids = try await Self.ids(desk)
            let scope = try await Self.scope(desk)
            let plan = try await desk.office.planLeaving(of: ids, within: scope)
            #expect(plan.lines.map(\.member.id).sorted() == Array(ids[0..<2]))
            try await Self.leave([ids[0]], desk)
            await #expect(throws: Refusal.conflict(.membersHaveChanged)) {
                try await desk.office.leave(
                    ids, Self.retired, within: scope, seen: plan.mark, by: .operator("a"))
            }
            let again = try await desk.office.planLeaving(of: ids, within: scope)
            #expect(
                again.lines.map(\.outcome).sorted { $0.rawValue < $1.rawValue }
                    == [.hasLeft, .leaves])
            await #expect(throws: Refusal.conflict(.dayIsOutsideTheYear)) {
                try await desk.office.leave(
                    ids, Leaving(.other, on: Day("2025-03-31")!), within: scope, seen: again.mark,
                    by: .operator("a"))
            }
            #expect(try await Self.list(.left, desk) == [ids[0]])
        }
    }

    /// A file of before, or of after, says nothing about it.
    @Test func aFileThatNamesALeaverDoesNotBringThemBack() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter([1]) == 1)
            try await Self.leave(try await Self.ids(desk), desk)
            try await desk.move(by: 60)
            let rows = Invented.groupFile([1])
            let changed = String(decoding: rows, as: UTF8.self).replacing("外科", with: "内科")
            _ = try await desk.enter([1])
            _ = try await desk.office.applyGroup(
                try #require(try await desk.plan(Array(changed.utf8)).number),
                by: .operator("coordinator"))
            #expect(try await Self.list(.present, desk).isEmpty)
            #expect(try await Self.list(.left, desk).count == 1)
        }
    }

    /// Nobody who is reported dead is appointed or written to, until it is taken back.
    @Test func whoeverIsReportedDeadWaitsAndIsNotWrittenTo() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...2) == 2)
            try await desk.move(by: 3_600)
            let before = try await desk.sendLetters().count
            let ids = try await Self.ids(desk)
            let scope = try await Self.scope(desk)
            try await Self.leave([ids[0]], desk, Leaving(.deceased, on: Self.day))
            let said = desk.office.now
            try await desk.move(by: 1)
            #expect(try await desk.office.reading.leavings(among: ids) == [ids[0]: .deceased])
            let file = try await desk.office.memberFile(ids[0], within: scope)
            var typed = file.answers
            typed[.phone] = "0312345678"
            _ = try await desk.office.correct(
                MemberAct(of: ids[0], within: scope, seen: file.mark, by: .operator("c")),
                saying: typed)
            try await desk.approveAll()
            try await desk.appointAll()
            let told = try await desk.sendLetters().dropFirst(before).map(\.recipient)
            #expect(!told.contains(Invented.email(1)) && told.contains(Invented.email(2)))
            let waits: SQL = "SELECT count(*) AS n FROM plan_lines WHERE detail = 'reported_dead'"
            #expect(try await desk.count(waits) == 1)
            try await desk.office.takeBackLeaving(
                saidAt: said, within: scope, by: .operator("coordinator"))
            try await desk.appointAll()
            #expect(try await desk.count("SELECT count(*) AS n FROM appointments") == 2)
        }
    }

    @Test func whoeverHasLeftIsNotRenewedByTheOrganizationAndIsTold() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...3) == 3)
            try await desk.approveAll()
            try await desk.appointAll()
            let ids = try await Self.ids(desk)
            try await Self.leave([ids[0]], desk)
            try await Self.leave([ids[1]], desk, Leaving(.deceased, on: Self.day))
            let next = desk.office.year.next
            try await desk.office.openFiscalYear(next, by: .operator("office"))
            try await desk.move(to: Instant(startOf: next.firstDay).adding(seconds: 36_000))
            let plan = try await desk.office.planRenewal(
                to: next, by: Decision(decidedOn: desk.office.today, number: "1"),
                by: .operator("office"))
            let counts = try await desk.office.reading.outcomes(of: plan.id)
            #expect(counts[.renewing(.left)] == 2)
            _ = try await desk.office.applyRenewal(plan.number, by: .operator("office"))
            let told = try await desk.sendLetters().filter { $0.messageID.contains("not_renewed") }
            #expect(
                told.filter { $0.body.contains("所属が、終わっています") }.map(\.recipient)
                    == [Invented.email(1)])
        }
    }
}
