import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing
import Words

/// 資材 on the pages of an organization and of the office.
@Suite struct MaterialPageTests {
    /// The whole form, with one answer that is another.
    private static func answers(_ name: String = "", _ value: String = "") -> [(String, String)] {
        [
            ("sticker_qty", "1"), ("nametag_qty", "3"), ("material_qty", "1"),
            ("ship_to_postal_code", "102-0094"), ("ship_to_prefecture", "東京都"),
            ("ship_to_city", "千代田区"), ("ship_to_street", "紀尾井町1-3"),
            ("ship_to_name", "総務課"),
        ].map { $0.0 == name ? (name, value) : $0 }
    }

    private static func clerk(
        _ desk: isolated OfficeDesk, people: Int = 3
    ) async throws -> Browser {
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let plan = try await desk.office.planGroup(
            GroupUpload(
                name: "名簿.csv", bytes: Invented.groupFile(1...people), coordinator: coordinator),
            of: "demo-hospital", by: .operator("test"))
        _ = try await desk.office.applyGroup(try #require(plan.number), by: .operator("test"))
        var browser = Browser(desk.office)
        try await browser.signIn(asClerkOf: "demo-hospital", desk)
        return browser
    }

    private static func reception(
        _ desk: isolated OfficeDesk, _ email: String = "reception@enroll.example",
        named name: String = "受付"
    ) async throws -> Browser {
        var browser = Browser(desk.office)
        let account = NewAccount(
            email: email, name: name, role: .office, organizationCode: nil,
            rights: OfficeRights([.reception]))
        let password = try await desk.office.addAccount(account, by: .operator("test"))
        try await browser.open("/sign-in")
        try await browser.send("/sign-in", [("email", account.email), ("password", password)])
        return browser
    }

    /// 今日 counts the one that is in a state, and leads to its list.
    private static func expectToday(
        _ word: String, state: String, _ office: Browser
    ) async throws {
        var office = office
        try await office.open("/today")
        let path = "/materials?state=\(state)"
        let row = office.text.split(separator: "<tr").first { $0.contains(word) }
        #expect(row?.contains("<a href=\"\(path)\">1件</a>") == true, "\(word)")
        try await office.open(path)
        #expect(office.text.contains("紀尾井町1-3"), "\(word)")
    }

    @Test func aClerkAsksPutsRightWithdrawsAndAsksAgain() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            try await clerk.open("/group/materials")
            #expect(clerk.text.contains("まだ、資材を頼んでいません。"))
            #expect(clerk.text.contains("ステッカー1枚、名札3枚、資料1部"))
            try await clerk.open("/group/materials/ask?place=")
            #expect(clerk.value(of: "nametag_qty") == "3")
            try await clerk.send(
                "/group/materials/ask", [("nametag_qty", "三"), ("ship_to_name", "総務課")])
            #expect(clerk.page.status == .unprocessable)
            #expect(clerk.problem(of: "nametag_qty")?.contains("0から9999の整数") == true)
            #expect(clerk.summary(of: "ship_to_postal_code")?.contains("郵便番号") == true)
            #expect(
                clerk.value(of: "nametag_qty") == "三" && clerk.value(of: "ship_to_name") == "総務課")
            try await clerk.send("/group/materials/ask", Self.answers())
            #expect(clerk.text.contains("資材を頼みました。"))
            #expect(clerk.answer("状態") == "依頼中" && clerk.answer("頼んだ人") != nil)
            try await desk.move(by: 1)
            try await clerk.send("/group/materials/request", Self.answers("ship_to_name", "庶務課"))
            #expect(clerk.answer("送付先")?.contains("庶務課") == true)
            try await desk.move(by: 1)
            try await clerk.send("/group/materials/change")
            #expect(clerk.text.contains("取りやめました。") && clerk.answer("状態") == "取りやめ")
            #expect(clerk.value(of: "ship_to_name") == nil)
            try await desk.move(by: 1)
            try await clerk.send("/group/materials/change")
            #expect(clerk.answer("状態") == "依頼中")
            try await clerk.open("/group/materials")
            #expect(clerk.text.contains("足りないところはありません。"))
        }
    }

    @Test func theOfficeSendsTakesBackAndSaysWhatCameBack() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            try await clerk.open("/group/materials/ask?place=")
            try await clerk.send("/group/materials/ask", Self.answers())
            let number = "\(try await desk.count("SELECT max(id) AS n FROM material_requests"))"
            var office = try await Self.reception(desk)
            try await Self.expectToday("発送を待つ資材", state: "waiting", office)
            try await office.open("/materials")
            #expect(office.text.contains("見本病院") && office.text.contains("いちばん古い依頼"))
            try await desk.move(by: 1)
            try await office.send("/materials/ship")
            #expect(office.text.contains("1件を発送済みにしますか"))
            try await office.send("/materials/ship", [("sent_on", "2027-03-31")])
            #expect(office.problem(of: "sent_on")?.contains("までの日") == true)
            try await office.send("/materials/ship", [("sent_on", "2026-11-24")])
            #expect(office.text.contains("1件を発送済みにしました。"))
            try await clerk.open("/group/materials/request?number=\(number)")
            #expect(clerk.answer("状態") == "発送済み（2026年11月24日）")
            #expect(clerk.value(of: "ship_to_name") == nil)
            try await desk.move(by: 1)
            try await office.send("/materials/ship/undo")
            #expect(office.text.contains("1件の発送を取り消しました。"))
            try await desk.move(by: 1)
            try await office.open("/materials")
            try await office.send("/materials/ship", [("number", number)])
            try await office.send("/materials/ship", [("sent_on", "2026-11-24")])
            try await desk.move(by: 1)
            try await office.open("/materials?state=sent")
            try await office.send("/materials/change")
            #expect(office.text.contains("戻ってきたことを記録しました。"))
            try await Self.expectToday("戻ってきた資材", state: "returned", office)
            try await clerk.open("/group/materials")
            #expect(clerk.text.contains("宛先に届かず、戻ってきた資材があります"))
            try await desk.move(by: 1)
            try await clerk.open("/group/materials/request?number=\(number)")
            try await clerk.send(
                "/group/materials/request", Self.answers("nametag_qty", "4"))
            #expect(clerk.answer("状態") == "依頼中")
            #expect(clerk.text.contains("また同じところへ送られます。"))
            try await desk.move(by: 1)
            try await clerk.send(
                "/group/materials/request", Self.answers("ship_to_street", "紀尾井町1-4"))
            #expect(clerk.answer("状態") == "依頼中" && !clerk.text.contains("また同じところへ"))
        }
    }

    /// Of two officers the second is told what the first said, and that the own day is not kept.
    @Test func whoeverIsSlowerIsToldByWhomAndForWhichDayItWasRecorded() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            try await clerk.open("/group/materials/ask?place=")
            try await clerk.send("/group/materials/ask", Self.answers())
            try await desk.move(by: 86_400)
            var first = try await Self.reception(desk, named: "さき")
            var second = try await Self.reception(desk, "later@enroll.example", named: "あと")
            try await second.open("/materials")
            try await second.send("/materials/ship")
            try await desk.move(by: 1)
            try await clerk.send("/group/materials/request", Self.answers("nametag_qty", "9"))
            try await first.open("/materials")
            try await first.send("/materials/ship")
            let today = desk.office.today
            let (day, other) = (today.description, today.adding(days: -1).description)
            var (same, late) = (second, second)
            var again = first
            try await first.send("/materials/ship", [("sent_on", day)])
            #expect(first.text.contains("1件を発送済みにしました。"))
            try await again.send("/materials/ship", [("sent_on", day)])
            #expect(again.text.contains("1件を発送済みにしました。"))
            try await same.send("/materials/ship", [("sent_on", day)])
            #expect(same.page.status == .conflict)
            #expect(same.text.contains("何も記録していません") && same.text.contains("さき"))
            #expect(!same.text.contains("1件を発送済みにしました。"))
            try await late.send("/materials/ship", [("sent_on", other)])
            #expect(late.page.status == .conflict && late.text.contains("入力した日（\(other)）"))
            #expect(late.text.contains("発送済み（2026年"))
        }
    }

    @Test func whatCameBackIsNotSentAgainBecauseSomebodyPressed() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            try await clerk.open("/group/materials/ask?place=")
            try await clerk.send("/group/materials/ask", Self.answers())
            let record = try #require(
                try await desk.office.reading.materials(MaterialFilter()).first)
            try await desk.move(by: 1)
            _ = try await desk.office.sendMaterials(
                [record.number], on: desk.office.today, seen: nil, by: .operator("office"))
            let sent = try await desk.office.reading.materials(numbered: [record.number])[0]
            try await desk.move(by: 1)
            try await desk.office.changeMaterials(
                record.number, .markReturned, seen: sent.version, within: nil,
                by: .operator("office"))
            try await desk.move(by: 1)
            try await clerk.open("/group/materials/request?number=\(record.number)")
            try await clerk.send("/group/materials/request", Self.answers())
            #expect(clerk.text.contains("何もしていません") && !clerk.text.contains("直しました。"))
            #expect(clerk.answer("状態")?.hasPrefix("戻ってきた") == true)
        }
    }

    @Test func anOldPageSaysThatSomethingElseIsKnownAndKeepsWhatWasTyped() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            try await clerk.open("/group/materials/ask?place=")
            try await clerk.send("/group/materials/ask", Self.answers())
            let record = try #require(
                try await desk.office.reading.materials(
                    MaterialFilter()
                ).first)
            try await desk.move(by: 1)
            _ = try await desk.office.sendMaterials(
                [record.number], on: desk.office.today, seen: nil, by: .operator("office"))
            try await clerk.send("/group/materials/request", Self.answers("ship_to_name", "庶務課"))
            #expect(clerk.page.status == .conflict && clerk.text.contains("この依頼は変わりました"))
            var office = try await Self.reception(desk)
            try await office.open("/materials")
            #expect(office.text.contains("発送を待っている資材はありません。"))
        }
    }

    @Test func aTableIsLookedAtBeforeItAsks() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            try await clerk.open("/group/materials")
            try await clerk.upload(
                "/group/materials/file", [], file: Array("氏,名\r\n山田,一\r\n".utf8))
            #expect(clerk.page.status == .unprocessable && clerk.text.contains("必要な列がありません"))
            let bytes = try await desk.office.materialTableFile(
                of: OrganizationScope(
                    try #require(
                        try await desk.office.currentRules().organization(code: "demo-hospital")
                    ).id))
            let table = String(decoding: bytes, as: UTF8.self)
            let wrong = table.replacing(",,,,,,,\r\n", with: ",102,東京都,千代田区,1-3,,総務課,\r\n")
            try await clerk.open("/group/materials")
            try await clerk.upload(
                "/group/materials/file", [], file: Array(wrong.utf8))
            #expect(clerk.text.contains("2行目「送付先郵便番号」：郵便番号は7桁"))
            let right = wrong.replacing(",102,", with: ",1020094,")
            try await clerk.open("/group/materials")
            try await clerk.upload(
                "/group/materials/file", [], file: Array(right.utf8))
            #expect(clerk.text.contains("1件の資材を頼みますか"))
            try await clerk.send("/group/materials/file/apply")
            #expect(clerk.text.contains("表のとおりに資材を頼みました。"))
            #expect(clerk.text.contains("ステッカー1枚、名札3枚、資料1部"))
        }
    }

    @Test func aTableSaysByItsColumnsWhatIsWrongAndWhatWaits() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            try await desk.office.addBusinessPlace(
                try #require(BusinessPlacePath("east")), named: BusinessPlaceName("東病院")!,
                of: "demo-hospital",
                by: .operator("test"))
            let head = MaterialColumn.headings.joined(separator: ",")
            func send(_ place: String, _ count: String) async throws {
                let row = "\(place),3,0,0,0,1,\(count),,1020094,東京都,千代田区,1-3,,総務課,"
                try await clerk.open("/group/materials")
                try await clerk.upload(
                    "/group/materials/file", [], file: Array("\(head)\r\n\(row)\r\n".utf8))
            }
            try await send("north,", "10枚")
            #expect(clerk.text.contains("2行目「事業所コード」：「north」という事業所はありません"))
            #expect(clerk.text.contains("「10枚」は使えません。"))
            #expect(!clerk.text.contains("どこの資材か") && !clerk.text.contains("一覧から選んで"))
            try await send("east,西病院", "3")
            #expect(clerk.text.contains("事業所コード「east」は「東病院」ですが、「西病院」と"))
            try await send("east,東病院", "3")
            #expect(clerk.text.contains("東病院（east）") && !clerk.text.contains("依頼中です"))
            try await clerk.send("/group/materials/file/apply")
            let number = try await desk.count("SELECT max(id) AS n FROM material_requests")
            try await send("east,東病院", "3")
            let told = "は、ステッカー1枚、名札3枚を依頼中です（番号\(number)）。"
            #expect(clerk.text.contains("この事業所" + told))
            for page in ["/group/materials/ask?place=east", "/group/materials/ask"] {
                try await clerk.open(page)
                #expect(clerk.text.contains("東病院" + told))
            }
        }
    }

    @Test func labelsAreTakenAwayAndThatIsKept() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            try await clerk.open("/group/materials/ask?place=")
            try await clerk.send("/group/materials/ask", Self.answers())
            var office = try await Self.reception(desk)
            try await office.open("/materials/labels")
            #expect(office.text.hasPrefix("\u{FEFF}依頼番号,団体コード,団体名,事業所,ステッカー枚数"))
            #expect(office.text.contains("102-0094,東京都千代田区紀尾井町1-3,,総務課"))
            let kept = try await desk.count(
                "SELECT count(*) AS n FROM events WHERE act = 'download_labels'")
            #expect(kept == 1)
        }
    }
}
