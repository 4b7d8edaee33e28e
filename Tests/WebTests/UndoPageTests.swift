import Enrollment
import HTTP
import Logging
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 送信の取消し on the pages of the organization and of the office.
@Suite struct UndoPageTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A file of three that was sent, of whom the first is approved.
    private static func send(_ desk: isolated OfficeDesk) async throws -> String {
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let planned = try await desk.office.planGroup(
            GroupUpload(
                name: "名簿.csv", bytes: Invented.groupFile(1...3), coordinator: coordinator),
            of: "demo-hospital", by: .operator("test"))
        let number = try #require(planned.number)
        _ = try await desk.office.applyGroup(number, by: .operator("test"))
        let id = try await desk.count("SELECT min(id) AS n FROM applications")
        _ = try await desk.office.approve([id], by: .operator("office"))
        try await desk.move(by: 60)
        return number
    }

    private static func clerk(
        _ desk: isolated OfficeDesk, of code: String = "demo-hospital"
    ) async throws -> Browser {
        let account = NewAccount(
            email: "clerk@\(code).example", name: "担当", role: .organization,
            organizationCode: code)
        let password = try await desk.office.addAccount(account, by: .operator("test"))
        var browser = Browser(desk.office)
        try await browser.open("/sign-in")
        try await browser.send("/sign-in", [("email", account.email), ("password", password)])
        return browser
    }

    @Test func aClerkSeesWhoIsTakenBackAndTakesThemBackOnce() async throws {
        try await withOffice { desk in
            let file = try await Self.send(desk)
            var clerk = try await Self.clerk(desk)
            try await clerk.open("/group-files/plan?number=\(file)")
            let last = desk.office.today.adding(days: 30)
            let (_, month, day) = last.civil
            #expect(clerk.text.contains("\(month)月\(day)日まで取り消せます。"))
            try await clerk.send("/group-files/undo/plan")
            #expect(clerk.heading == "取消しの下見")
            #expect(clerk.answer("取り消す人") == "2人")
            #expect(clerk.answer("取り消さずに残す人") == "1人")
            #expect(clerk.text.contains("応募をなかったことにします"))
            let plan = clerk.path
            try await clerk.open(plan + "&outcome=kept")
            #expect(clerk.text.contains("承認されたため。"))
            let second = clerk
            try await clerk.send("/group-files/undo")
            #expect(clerk.heading == "送信を取り消しています")
            while try await desk.office.doOneJob(logger: Self.logger) {}
            try await clerk.open(plan)
            #expect(clerk.heading == "名簿の送信を取り消しました")
            #expect(clerk.answer("取り消した人") == "2人")
            var again = second
            try await again.send("/group-files/undo")
            #expect(again.heading == "名簿の送信を取り消しました")
            try await clerk.open("/group-files/plan?number=\(file)")
            #expect(clerk.text.contains("に、送信を取り消しました。"))
            #expect(clerk.heading == "この名簿の送信は取り消しました")
            #expect(!clerk.text.contains("登録が終わりました"))
            #expect(clerk.text.contains("まだ取り消していない行は"))
            try await clerk.open("/group/members")
            #expect(try await desk.office.reading.stateCounts(in: desk.office.year)[.approved] == 1)
        }
    }

    @Test func theOfficeTakesAFileBackFromItsOwnList() async throws {
        try await withOffice { desk in
            let file = try await Self.send(desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/files")
            #expect(office.text.contains(file) && office.text.contains("見本病院"))
            try await office.open("/files/file?number=\(file)")
            #expect(office.answer("新しく名簿に加わった人") == "3件")
            try await office.send("/files/undo/plan")
            #expect(office.text.contains("/queue/application?receipt="))
            let plan = office.path
            try await office.send("/files/undo")
            while try await desk.office.doOneJob(logger: Self.logger) {}
            try await office.open(plan)
            #expect(office.heading == "名簿の送信を取り消しました")
            let receipt = try await desk.texts(
                "SELECT receipt AS text FROM applications WHERE state = 'withdrawn' LIMIT 1")
            try await office.open("/queue/application?receipt=\(receipt[0])")
            #expect(office.text.contains("団体の名簿の送信の取消し"))
        }
    }

    @Test func whatChangedSinceThePlanIsLookedAtFirst() async throws {
        try await withOffice { desk in
            let file = try await Self.send(desk)
            var clerk = try await Self.clerk(desk)
            try await clerk.open("/group-files/plan?number=\(file)")
            try await clerk.send("/group-files/undo/plan")
            let plan = clerk.path
            let id = try await desk.count("SELECT max(id) AS n FROM applications")
            _ = try await desk.office.approve([id], by: .operator("office"))
            try await clerk.send("/group-files/undo")
            while try await desk.office.doOneJob(logger: Self.logger) {}
            try await clerk.open(plan)
            #expect(clerk.text.contains("下見のあとに変わったところがあります"))
        }
    }

    /// Whoever wrote in the roster that somebody applied is asked; the person is told what became of
    /// it.
    @Test func thePersonReadsWhoTookItBack() async throws {
        try await withOffice { desk in
            let file = try await Self.send(desk)
            let plan = try await desk.office.planUndo(
                ofGroup: file, within: nil, by: .operator("test"))
            let record = try #require(
                try await desk.office.reading.application(
                    receipt: try await desk.texts(
                        "SELECT receipt AS text FROM applications ORDER BY id DESC LIMIT 1")[0]))
            _ = try await desk.office.applyUndo(plan.number, by: .operator("test"))
            var person = Browser(desk.office)
            try await person.openOwn(record.receipt, 3, desk)
            #expect(person.text.contains("所属団体が名簿の送信を取り消したため、この応募はなくなりました。"))
            #expect(person.text.contains("団体が名簿の送信を取り消しました"))
        }
    }
}
