import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// あなたを名簿にのせた団体 on the own page, and the rule of organizations on the office's.
@Suite struct ListingPageTests {
    private static func listed(_ desk: isolated OfficeDesk) async throws -> Browser {
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let plan = try await desk.office.planGroup(
            GroupUpload(
                name: "名簿.csv", bytes: Invented.groupFile([1]), coordinator: coordinator),
            of: "demo-hospital", by: .operator("test"))
        _ = try await desk.office.applyGroup(try #require(plan.number), by: .operator("test"))
        let receipt = try await desk.texts("SELECT receipt AS text FROM applications")[0]
        var person = Browser(desk.office)
        try await person.openOwn(receipt, 1, desk)
        return person
    }

    @Test func whoIsListedAgreesOrObjects() async throws {
        try await withOffice { desk in
            var person = try await Self.listed(desk)
            #expect(person.text.contains("あなたを名簿にのせた団体"))
            // The first form of the page agrees.
            try await person.send("/my/listing")
            #expect(person.text.contains("という答えを受け付けました。"))
            // What is left is to object: not without the tick.
            try await person.send("/my/listing")
            #expect(person.text.contains("「申込みを希望しません」に印をつけてください。"))
            let body = try #require(
                try await desk.office.currentRules().organization(code: "demo-hospital")
            ).id
            try await person.send("/my/listing", [("sure-\(body)", "yes")])
            #expect(person.text.contains("団体に知らせました。"))
            #expect(person.answer("いまの状態") == "取下げ")
        }
    }

    @Test func theOfficeSetsTheRuleOfAnOrganization() async throws {
        try await withOffice { desk in
            let body = try #require(
                try await desk.office.currentRules().organization(code: "demo-hospital"))
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/files/consents")
            #expect(office.text.contains("決まりを変えた団体は、まだありません。"))
            try await office.send("/files/consents")
            #expect(office.summary(of: "rule") != nil)
            try await office.send(
                "/files/consents",
                [("organization", "\(body.id)"), ("rule", "attested"), ("method", "書面")])
            #expect(office.summary(of: "asked_on") != nil)
            try await office.send(
                "/files/consents", [("organization", "\(body.id)"), ("rule", "member")])
            #expect(office.text.contains("決まりを保存しました。"))
            #expect(office.text.contains("本人が確かめてから任命"))
        }
    }

    @Test func whoMayNotSetRulesIsNotLedToThem() async throws {
        try await withOffice { desk in
            for (rights, isLed) in [
                (OfficeRights([.reception]), false), (OfficeRights([.review]), true),
            ] {
                let email = "\(rights.list[0].rawValue)@enroll.example"
                let password = try await desk.office.addAccount(
                    NewAccount(
                        email: email, name: "担当", role: .office, organizationCode: nil,
                        rights: rights), by: .operator("test"))
                var browser = Browser(desk.office)
                try await browser.open("/sign-in")
                try await browser.send("/sign-in", [("email", email), ("password", password)])
                try await browser.open("/files")
                #expect(browser.page.status == .ok)
                #expect(browser.text.contains("/files/consents") == isLed)
            }
        }
    }

    @Test func theSlowerOfTwoIsToldWhatHoldsAndNothingTypedIsDropped() async throws {
        try await withOffice { desk in
            let hospital = try #require(
                try await desk.office.currentRules().organization(code: "demo-hospital"))
            var first = Browser(desk.office)
            try await first.signIn(desk)
            try await first.open("/files/consents")
            var second = first
            try await first.send(
                "/files/consents", [("organization", "\(hospital.id)"), ("rule", "member")])
            #expect(first.text.contains("決まりを保存しました。"))
            let attested = [
                ("organization", "\(hospital.id)"), ("rule", "attested"),
                ("asked_on", "2026-11-01"), ("method", "書面"),
            ]
            try await second.send("/files/consents", attested)
            #expect(second.page.status == .unprocessable)
            #expect(second.summary(of: "organization")?.contains("本人が確かめてから任命") == true)
            try await second.send("/files/consents", attested)
            #expect(second.text.contains("決まりを保存しました。"), "who has seen it may")
            try await second.send(
                "/files/consents",
                [
                    ("organization", "\(hospital.id)"), ("rule", "member"),
                    ("asked_on", "2026-11-01"), ("method", "書面"),
                ])
            #expect(second.summary(of: "asked_on") != nil && second.summary(of: "method") != nil)
        }
    }
}
