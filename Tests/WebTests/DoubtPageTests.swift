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
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        var seen = 0
        let bytes = Invented.groupFile([1, 1]) { row in
            seen += 1
            if seen == 2 { row[9] = "other@example.jp" }
        }
        let planned = try await desk.office.planGroup(
            GroupUpload(name: "名簿.csv", bytes: bytes, coordinator: coordinator),
            of: "demo-hospital",
            by: .operator("coordinator"))
        let number = try #require(planned.number)
        _ = try await desk.office.applyGroup(number, by: .operator("coordinator"))
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
            try await office.open("/queue")
            #expect(office.text.contains("確認を待っている行</a>が1件あります"))
            try await office.open("/doubts")
            #expect(office.text.contains("<mark>other</mark>@example.jp"))
            #expect(office.text.contains("<mark>person1</mark>@example.jp"))
            let id = try await desk.count("SELECT id AS n FROM applications")
            let seen = try await desk.texts(
                "SELECT detail::text AS text FROM events WHERE act = 'open_doubts'")
            #expect(seen == ["{\"applications\":[\(id)]}"])
            try await office.send("/doubts/decide", [("answer", answer.rawValue)])
            #expect(
                office.text.contains(
                    answer == .same ? "同じ人としました。" : "別人としました。"))
            #expect(office.text.contains("待っている組：0組"))

            try await clerk.open("/group-files/plan?number=\(number)")
            let told = answer == .same ? "2行目と同じ方でした。" : "2行目とは別の方として、応募を受け付けました。"
            #expect(clerk.text.contains("3行目：\(told)"))
            #expect(clerk.answer("確認待ち") == "0件")
        }
    }

    @Test func anAnswerIsTakenBackWhereItWasGivenAndAmongTheAnswered() async throws {
        try await withOffice { desk in
            _ = try await Self.send(desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            for answered in [false, true] {
                try await office.open("/doubts")
                try await office.send("/doubts/decide", [("answer", "different")])
                if answered { try await office.open("/doubts/answered") }
                #expect(office.text.contains("元にもどす"))
                try await office.send("/doubts/take-back")
                #expect(office.text.contains("答えを取り消しました。もう一度、確認待ちです。"))
                #expect(office.text.contains("待っている組：1組"))
                #expect(office.text.contains("もう応募になっています"))
            }
            try await office.send("/doubts/decide", [("answer", "later")])
            #expect(office.text.contains("あとでにした組：1組"))
        }
    }

    @Test func whoeverIsSlowerIsToldWhatWasSaidAndByWhom() async throws {
        try await withOffice { desk in
            _ = try await Self.send(desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/doubts")
            let doubt = try #require(try await desk.office.openDoubts(DoubtFilter()).first).doubt
            try await desk.office.decideDoubt(doubt.id, as: .different, by: .operator("other"))
            try await office.send("/doubts/decide", [("answer", "same")])
            #expect(office.page.status == .conflict)
            #expect(office.text.contains("システムの運用担当が「別人」としていました。いまの操作では、何も記録していません。"))
            #expect(try await desk.office.reading.doubt(doubt.id)?.answer == .different)
        }
    }

    @Test func anOutOfDatePageWritesNothingAndSaysSo() async throws {
        try await withOffice { desk in
            _ = try await Self.send(desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/doubts")
            let id = try await desk.count("SELECT id AS n FROM applications")
            _ = try await desk.office.approve([id], by: .operator("other"))
            try await office.send("/doubts/decide", [("answer", "same")])
            #expect(office.page.status == .conflict)
            #expect(office.text.contains("画面を開いたあとに内容が変わりました。"))
            #expect(try await desk.office.reading.openDoubtCount() == 1)
            try await office.send("/doubts/decide", [("answer", "same")])
            #expect(office.text.contains("同じ人としました。"))
        }
    }

    @Test func theApplicationShowsWhatTheRowSaysAsThePersonReadsIt() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            let receipt = try await person.apply(1, desk) { $0["badge_opt_in"] = "no" }
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "", evidence: .personal, attests: true)
            let bytes = Invented.groupFile([1], at: .nara, seenOn: "2026/9/3")
            let planned = try await desk.office.planGroup(
                GroupUpload(name: "名簿.csv", bytes: bytes, coordinator: coordinator),
                of: "demo-hospital",
                by: .operator("coordinator"))
            _ = try await desk.office.applyGroup(
                try #require(planned.number), by: .operator("coordinator"))
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            let said = try #require(office.markup(from: "団体の名簿に書かれていた内容", to: "</section>"))
            let answers = said.matches(of: /<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/)
                .map { "\($0.output.1) \($0.output.2)" }
            #expect(
                answers == [
                    "郵便番号 630-8213", "都道府県 奈良県", "市区町村 奈良市", "町字以下 登大路町30",
                    "視聴日（動画1） 2026年9月3日", "視聴日（動画2） 2026年9月3日",
                    "オープンバッジ希望 希望する",
                ])
        }
    }

    @Test func bothSidesSayEachFactOnceAndInOneForm() async throws {
        try await withOffice { desk in
            let head = "氏名,フリガナ,郵便番号,住所,メールアドレス,電話番号,視聴日,本人同意,オープンバッジ希望"
            let rest = "102-0094,東京都千代田区紀尾井町1-3"
            let text = [
                head,
                "双子 花,フタゴ ハナ,\(rest),a@example.jp,03-1234-5678,2026/9/1,同意する,希望する",
                "双子　花,フタゴ　ハナ,\(rest),b@example.jp,03-1234-5678,2026/9/1,同意する,希望する",
            ].joined(separator: "\r\n")
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "", evidence: .personal, attests: true)
            let planned = try await desk.office.planGroup(
                GroupUpload(name: "九月の名簿.csv", bytes: Array(text.utf8), coordinator: coordinator),
                of: "demo-hospital", by: .operator("coordinator"))
            _ = try await desk.office.applyGroup(
                try #require(planned.number), by: .operator("coordinator"))
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/doubts")
            #expect(
                office.text.contains(
                    "氏名 双子 花、読み フタゴ ハナ、郵便番号 102-0094、住所 東京都千代田区紀尾井町1-3、電話番号 0312345678"))
            #expect(office.text.contains("<mark>a</mark>@example.jp"))
            #expect(office.text.contains("<mark>b</mark>@example.jp"))
            #expect(office.text.contains("名簿「九月の名簿.csv」の3行目"))
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
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "", evidence: .personal, attests: true)
            let planned = try await desk.office.planGroup(
                GroupUpload(
                    name: "名簿.csv", bytes: Invented.groupFile(1...2), coordinator: coordinator),
                of: "demo-hospital", by: .operator("coordinator"))
            let number = try #require(planned.number)
            var clerk = Browser(desk.office)
            try await clerk.signIn(asClerkOf: "demo-hospital", desk)
            try await clerk.open("/group-files/plan?number=\(number)")
            #expect(clerk.answer("新規") == "2件")
            #expect(!clerk.text.contains("すでに") && !clerk.text.contains("所属することになる"))
            _ = try await desk.office.applyGroup(number, by: .operator("coordinator"))
            try await clerk.open("/group-files/plan?number=\(number)")
            #expect(clerk.answer("新しく名簿に加わった人") == "2件")
            try await clerk.open("/group/members")
            #expect(clerk.text.contains("非公開") && !clerk.text.contains(receipt))
        }
    }
}

extension Browser {
    /// Signs in as somebody of an organization, with a new password.
    mutating func signIn(
        asClerkOf code: String, _ desk: isolated OfficeDesk
    ) async throws {
        let account = NewAccount(
            email: "clerk@enroll.example", name: "担当", role: .organization,
            organizationCode: code)
        let password = try await desk.office.addAccount(account, by: .operator("test"))
        try await open("/sign-in")
        try await send("/sign-in", [("email", account.email), ("password", password)])
    }
}
