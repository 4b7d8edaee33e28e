import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 重複の確認 as the office sees it, and what the clerk sees of it.
@Suite struct DoubtPageTests {
    /// Sends a file whose second row is likely the person of the first; gives its number.
    private static func send(_ desk: isolated OfficeDesk) async throws -> String {
        let agent = GroupAgent(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        var seen = 0
        let bytes = Invented.groupFile([1, 1]) { row in
            seen += 1
            if seen == 2 { row[9] = "other@example.jp" }
        }
        let planned = try await desk.office.planGroup(
            GroupUpload(name: "名簿.csv", bytes: bytes, agent: agent), of: "demo-hospital",
            by: "agent")
        let number = try #require(planned.number)
        _ = try await desk.office.applyGroup(number, by: "agent")
        return number
    }

    @Test(arguments: [DoubtAnswer.same, .different])
    func theOfficeSeesBothSidesAndDecidesAndTheClerkIsTold(answer: DoubtAnswer) async throws {
        try await withOffice { desk in
            let number = try await Self.send(desk)
            var clerk = Browser(desk.office)
            try await clerk.signIn(asClerkOf: "demo-hospital", desk)
            try await clerk.open("/group-files/plan?number=\(number)")
            #expect(clerk.text.contains("3行目：2行目と同じ方かどうか、事務局が確かめています。"))
            #expect(clerk.answer("確認待ち") == "1件")

            var office = Browser(desk.office)
            try await office.signIn(desk)
            #expect(office.text.contains("確認を待っている行</a>が1件あります"))
            try await office.open("/doubts")
            #expect(office.text.contains("other@example.jp"))
            #expect(office.text.contains("person1@example.jp"))
            try await office.send("/doubts/decide", [("answer", answer.rawValue)])
            #expect(
                office.text.contains(
                    answer == .same ? "同じ人としました。" : "別人としました。"))
            #expect(office.text.contains("待っている行：0件"))

            try await clerk.open("/group-files/plan?number=\(number)")
            let told = answer == .same ? "2行目と同じ方でした。" : "2行目とは別の方として、応募を受け付けました。"
            #expect(clerk.text.contains("3行目：\(told)"))
            #expect(clerk.answer("確認待ち") == "0件")
        }
    }

    @Test func aClerkDecidesNothing() async throws {
        try await withOffice { desk in
            _ = try await Self.send(desk)
            var clerk = Browser(desk.office)
            try await clerk.signIn(asClerkOf: "demo-hospital", desk)
            try await clerk.open("/doubts")
            #expect(clerk.page.status == .forbidden)
        }
    }

    @Test func aPlanNamesNobodyWhoIsKnownElsewhere() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            let receipt = try await person.apply(1, desk)
            let agent = GroupAgent(
                name: "担当", phone: "", email: "", evidence: .personal, attests: true)
            let planned = try await desk.office.planGroup(
                GroupUpload(name: "名簿.csv", bytes: Invented.groupFile(1...2), agent: agent),
                of: "demo-hospital", by: "agent")
            let number = try #require(planned.number)
            var clerk = Browser(desk.office)
            try await clerk.signIn(asClerkOf: "demo-hospital", desk)
            try await clerk.open("/group-files/plan?number=\(number)")
            #expect(clerk.answer("新規") == "2件")
            #expect(!clerk.text.contains("すでに") && !clerk.text.contains("所属することになる"))
            _ = try await desk.office.applyGroup(number, by: "agent")
            try await clerk.open("/group-files/plan?number=\(number)")
            #expect(clerk.answer("新しく名簿に加わった人") == "2件")
            try await clerk.open("/group/members")
            #expect(clerk.text.contains("非公開") && !clerk.text.contains(receipt))
        }
    }
}

extension Browser {
    /// Signs in as somebody of a body, with a new password.
    mutating func signIn(
        asClerkOf code: String, _ desk: isolated OfficeDesk
    ) async throws {
        let account = NewAccount(
            email: "clerk@enroll.example", name: "担当", role: .organization,
            organizationCode: code)
        let password = try await desk.office.addAccount(account, by: "test")
        try await open("/sign-in")
        try await send("/sign-in", [("email", account.email), ("password", password)])
    }
}
