import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 確かめの画面: what concerns many, or cannot be taken back, is asked once.
@Suite struct AskingTests {
    private static func waiting(_ desk: isolated OfficeDesk) async throws -> Int {
        try await desk.count(
            "SELECT count(*) AS n FROM applications WHERE state = 'submitted'")
    }

    @Test func anOrganizationIsApprovedOnlyAfterItWasShownWhoAndHowMany() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipts = [
                try await browser.apply(1, desk), try await browser.apply(2, desk),
            ]
            try await browser.signIn(desk)
            try await browser.open("/queue")
            try await browser.send("/queue/approve-body")
            #expect(browser.heading == "2件を承認しますか")
            #expect(receipts.allSatisfy { browser.text.contains($0) })
            #expect(try await Self.waiting(desk) == 2)
            try await browser.send("/queue/approve-body")
            #expect(browser.text.contains("2件を承認しました。"))
            #expect(try await Self.waiting(desk) == 0)
        }
    }

    @Test func severalThatWereChosenAreShownAndOneIsApprovedAtOnce() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            for number in 1...3 { try await browser.apply(number, desk) }
            let ids = try await desk.texts("SELECT id::text AS text FROM applications ORDER BY id")
            try await browser.signIn(desk)
            try await browser.open("/queue")
            try await browser.send("/queue/approve", [("application", ids[0])])
            #expect(browser.text.contains("1件を承認しました。"))
            try await browser.send(
                "/queue/approve", [("application", ids[1]), ("application", ids[2])])
            #expect(browser.heading == "2件を承認しますか")
            #expect(try await Self.waiting(desk) == 2)
            try await browser.send("/queue/approve")
            #expect(browser.text.contains("2件を承認しました。"))
        }
    }

    @Test func aRejectionShowsWhomAndTheReasonAndCanBePutRight() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.signIn(desk)
            try await browser.open("/queue/application?receipt=\(receipt)")
            try await browser.send("/queue/reject", [("reason", "1行目\r\n2行目")])
            #expect(browser.heading == "承認しないことにしますか")
            #expect(browser.text.contains(receipt) && browser.text.contains("1行目<br>2行目"))
            #expect(try await Self.waiting(desk) == 1)
            try await browser.send("/queue/reject", [("edit", "yes")])
            #expect(browser.heading == "応募の内容" && browser.text.contains("1行目\n2行目</textarea>"))
            try await browser.send("/queue/reject", [("reason", "書き直した理由")])
            try await browser.send("/queue/reject")
            #expect(browser.text.contains("（\(receipt)）を承認しませんでした。"))
            let reasons = try await desk.texts(
                "SELECT reason AS text FROM application_states WHERE state = 'rejected'")
            #expect(reasons == ["書き直した理由"])
        }
    }

    @Test func theDecisionOfARenewalIsEnteredWithItsPlanFromTheFirstOfApril() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.apply(1, desk)
            try await appoint(desk)
            let next = desk.office.year.next
            try await desk.office.openFiscalYear(next, by: .operator("office"))
            let plan = try await desk.office.planRenewal(to: next, by: nil, by: .operator("office"))
            try await desk.move(to: Instant(startOf: next.firstDay))
            try await browser.signIn(desk)
            try await browser.open("/renewal")
            #expect(!browser.text.contains("decision_number"))
            try await browser.open("/plans?number=\(plan.number)")
            #expect(browser.answer("決裁番号") == "まだ入力していません")
            #expect(browser.text.contains("この下見は2026年11月24日のものです。"))
            for (day, number, told) in [
                ("2027-04-01", "", "決裁番号を入力してください。"),
                ("2027-04-02", "デ推第9号", "までの日を入力してください。"),
            ] {
                try await browser.send(
                    "/plans/apply", [("decided_on", day), ("decision_number", number)])
                #expect(browser.page.status == .unprocessable && browser.text.contains(told))
                #expect(browser.text.contains("value=\"\(day)\""))
            }
            try await browser.send(
                "/plans/apply", [("decided_on", "2027-03-31"), ("decision_number", "デ推第9号")])
            #expect(browser.answer("決裁番号") == "デ推第9号")
            #expect(try await desk.count("SELECT count(*) AS n FROM jobs") == 1)
        }
    }

    @Test func aPlanThatTookAnothersPlaceShowsWhatDiffers() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.apply(1, desk)
            let first = try await desk.rows("SELECT id FROM applications")[0].int("id")
            _ = try await desk.office.approve([first], by: .operator("office"))
            let decision = Decision(decidedOn: desk.office.today, number: "デ推第1号")
            let old = try await desk.office.planAppointments(by: decision, by: .operator("office"))
            let late = try await browser.apply(2, desk)
            let second = try await desk.rows("SELECT max(id) AS id FROM applications")[0].int("id")
            try await desk.move(by: 86_400)
            _ = try await desk.office.approve([second], by: .operator("office"))
            guard
                case .changed(let number) = try await desk.office.applyAppointments(
                    old.number, by: .operator("office"))
            else {
                Issue.record("a plan that no longer held was applied")
                return
            }
            try await browser.signIn(desk)
            try await browser.open("/plans?number=\(number)")
            #expect(browser.text.contains("前の下見と違うところ"))
            #expect(browser.answer("新しく入った人") == "1人")
            let changed = browser.text.split(separator: "id=\"changed\"").last ?? ""
            #expect(changed.contains(late) && changed.contains("対象外"))
        }
    }
}
