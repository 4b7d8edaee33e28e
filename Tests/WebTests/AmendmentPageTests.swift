import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 補正 on the pages of the office and of the person.
@Suite struct AmendmentPageTests {
    @Test func theOfficeSendsItBackAndThePersonSeesOnlyThat() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            let receipt = try await person.apply(1, desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.text.contains("補正を求める"))
            try await office.open("/queue/amendment?receipt=\(receipt)")
            #expect(office.value(of: "due_on") == "2026-12-08")
            try await office.send("/queue/amendment", [("due_on", "2026-01-01")])
            #expect(office.summary(of: "due_on") != nil)
            #expect(office.text.contains("直してほしい項目に、言葉を入力してください。"))
            let said = [("say-street", "番地を\n入力してください。"), ("due_on", "2026年12月8日")]
            try await office.send("/queue/amendment", said)
            #expect(office.text.contains("応募を返して、補正を求めますか"))
            try await office.send("/queue/amendment")
            #expect(office.text.contains("応募を返しました。補正を待ちます。"))
            try await office.open("/queue")
            #expect(office.text.contains("補正を待っている応募"))
            try await person.openOwn(receipt, 1, desk)
            #expect(person.text.contains("1か所を直してください"))
            #expect(person.text.contains("<h2>いまの状態</h2>"))
            #expect(person.text.contains("番地を<br>入力してください。"))
            #expect(person.value(of: "street") == "紀尾井町1-3")
            #expect(person.value(of: "family_name") == nil)
            try await person.send("/my/fix", [("street", "")])
            #expect(person.problem(of: "street") != nil)
            try await person.send("/my/fix", [("street", "紀尾井町1-4")])
            #expect(person.text.contains("直した内容を受け付けました。"))
            #expect(!person.text.contains("か所を直してください"))
            try await office.open("/queue")
            #expect(office.text.contains("補正あり"))
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.text.contains("補正されました"))
        }
    }

    @Test func theOfficeTakesItBack() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            let receipt = try await person.apply(1, desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/amendment?receipt=\(receipt)")
            try await office.send(
                "/queue/amendment",
                [
                    ("say-phone", "電話番号を確かめてください。"), ("due_on", "2026-12-08"),
                ])
            try await office.send("/queue/amendment")
            try await office.send("/queue/amendment/take-back")
            #expect(office.text.contains("補正の求めを取り消しました。"))
            #expect(office.answer("いまの状態") == "受付済み")
        }
    }
}
