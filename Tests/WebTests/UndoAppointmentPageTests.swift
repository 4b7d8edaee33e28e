import Enrollment
import HTTP
import Logging
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 任命の取消し of all that a plan did, on its pages.
@Suite struct UndoAppointmentPageTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Everybody approved is appointed, and one of them may have resigned; gives the plan.
    private static func appointed(
        _ desk: isolated OfficeDesk, resigning: Bool = true
    ) async throws -> String {
        _ = try await QueuePageTests.fill(desk)
        let ids = try await desk.office.reading.queue(QueueFilter(year: desk.office.year)).map(\.id)
        _ = try await desk.office.approve(ids, by: .operator("office"))
        let plan = try await desk.office.planAppointments(
            by: Decision(decidedOn: desk.office.today, number: "デ総第1号"),
            by: .operator("office"))
        _ = try await desk.office.applyAppointments(plan.number, by: .operator("office"))
        if resigning { try await desk.office.resign(application: ids[0], by: .applicant) }
        _ = try await desk.sendLetters()
        try await desk.move(by: 60)
        return plan.number
    }

    private static func states(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts("SELECT state AS text FROM applications ORDER BY state")
    }

    @Test func anOfficerSeesWhoIsTakenBackSaysWhyAndTakesThemBackOnce() async throws {
        try await withOffice { desk in
            let number = try await Self.appointed(desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/plans?number=\(number)")
            try await office.send("/plans/undo")
            #expect(office.heading == "任命の取消しの下見")
            #expect(office.answer("取り消す人") == "3人" && office.answer("取り消さない人") == "1人")
            let plan = office.path
            try await office.open(plan + "&outcome=stays")
            #expect(office.text.contains("そのあとに辞任しました。"))
            try await office.open(plan)
            try await office.send("/plans/apply")
            #expect(office.text.contains("理由を入力してください。"))
            #expect(!(try await Self.states(desk)).contains("approved"))
            let second = office
            try await office.send("/plans/apply", [("because", "決裁の対象を誤ったため")])
            var again = second
            try await again.send("/plans/apply", [("because", "別の理由")])
            #expect(again.page.status == .conflict && again.heading == "取消しは、もう始まっています")
            try await again.open(plan)
            #expect(again.answer("理由") == "決裁の対象を誤ったため")
            again = second
            try await again.send("/plans/apply", [("because", "決裁の対象を誤ったため")])
            #expect(again.path == plan)
            while try await desk.office.doOneJob(logger: Self.logger) {}
            try await office.open(plan)
            #expect(office.answer("取り消した人") == "3人" && office.answer("取り消さなかった人") == "1人")
            #expect(office.heading == "任命を取り消しました")
            #expect(office.answer("理由") == "決裁の対象を誤ったため")
            #expect(
                try await Self.states(desk) == ["appointed", "approved", "approved", "approved"])
            try await office.open("/plans?number=\(number)")
            #expect(office.heading == "任命の一部を取り消しました")
            #expect(office.text.contains("4人のうち3人の任命を取り消しました。"))
            #expect(!office.text.contains("終わりました。"))
            #expect(office.text.contains("まだ取り消していない人が1人います。"))
            try await office.open("/decisions")
            #expect(office.text.contains("一部を取り消しました（4人のうち3人、"))
            let told = try await desk.sendLetters().filter {
                $0.messageID.hasPrefix("cancellation-")
            }
            #expect(told.count == 3)
            #expect(told.allSatisfy { $0.body.contains("決裁の対象を誤ったため") })
        }
    }

    @Test func aPlanOfWhichNothingIsLeftSaysThatItWasTakenBack() async throws {
        try await withOffice { desk in
            let number = try await Self.appointed(desk, resigning: false)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/plans?number=\(number)")
            var old = office
            let undoing = try await desk.office.planAppointmentUndo(
                of: number, by: .operator("office"))
            _ = try await desk.office.undoAppointments(
                undoing.number, because: "理由", by: .operator("office"))
            try await office.open("/plans?number=\(number)")
            #expect(office.heading == "任命を取り消しました")
            #expect(office.answer("任命を取り消した人") == "4人")
            #expect(office.text.contains("任命を取り消した人（4人）"))
            #expect(!office.text.contains("任命する人") && !office.text.contains("任命した人"))
            #expect(office.text.contains("4人のうち4人の任命を取り消しました。"))
            #expect(office.text.contains("/plans?number=\(undoing.number)"))
            #expect(!office.text.contains("取消しの下見をする"))
            try await office.open("/decisions")
            #expect(office.text.contains("取り消しました（4人のうち4人、"))
            #expect(!office.text.contains("実行済み"))
            try await old.send("/plans/undo")
            #expect(old.page.status == .conflict)
            #expect(old.heading == "取り消せる任命が残っていません")
        }
    }

    /// Where somebody is left whom it appointed, it says whom it appointed.
    @Test func whatWasDoneIsToldAsDone() async throws {
        try await withOffice { desk in
            let number = try await Self.appointed(desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            let plan = "/plans?number=\(number)"
            try await office.open(plan)
            #expect(office.answer("任命した人") == "4人" && office.answer("任命する人") == nil)
            let undoing = try await desk.office.planAppointmentUndo(
                of: number, by: .operator("office"))
            _ = try await desk.office.undoAppointments(
                undoing.number, because: "理由", by: .operator("office"))
            try await office.open(plan)
            #expect(office.heading == "任命の一部を取り消しました")
            #expect(office.answer("任命した人") == "4人")
        }
    }

    /// What they read: the appointment was cancelled, and they wait for the decision again.
    @Test func thePersonReadsThatTheyWaitAgain() async throws {
        try await withOffice { desk in
            let number = try await Self.appointed(desk)
            let undoing = try await desk.office.planAppointmentUndo(
                of: number, by: .operator("office"))
            _ = try await desk.office.undoAppointments(
                undoing.number, because: "理由", by: .operator("office"))
            let rows = try await desk.rows(
                """
                SELECT a.receipt, a.email, p.number FROM applications a
                JOIN appointments p ON p.application_id = a.id
                WHERE a.state = 'approved' ORDER BY a.id LIMIT 1
                """)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            let receipt = try rows[0].string("receipt")
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.text.contains("承認済み"))
            let record = try #require(
                try await desk.office.reading.application(receipt: receipt))
            let states = try await desk.office.reading.states(of: record.id).map {
                ReachedState($0.state, on: $0.trueOn, because: $0.cause)
            }
            let steps = TrailStep.all(states, nil, on: desk.office.today).map(\.kind)
            #expect(
                steps == [.received, .approved, .appointed, .ended(.cancelled), .decision])
        }
    }
}
