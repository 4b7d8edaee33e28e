import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// Whoever applies while their renewal is under way reads, before sending, that it takes the
/// renewal's place, and afterwards why there was none.
@Suite struct RenewalWarningTests {
    private static let next = FiscalYear(startYear: 2027)

    /// Persons 1 and 2 are appointed, and it is the morning of 1 April.
    private static func turn(_ desk: isolated OfficeDesk) async throws -> (first: String, Browser) {
        var browser = Browser(desk.office)
        let first = try await browser.apply(1, desk)
        var other = Browser(desk.office)
        try await other.apply(2, desk)
        try await appoint(desk)
        try await desk.office.openFiscalYear(next, by: .operator("office"))
        try await desk.move(to: Instant(startOf: next.firstDay).adding(seconds: 36_000))
        return (first, Browser(desk.office))
    }

    private static func renew(_ desk: isolated OfficeDesk) async throws -> AppliedPlan {
        let plan = try await desk.office.planRenewal(
            to: next, by: Decision(decidedOn: desk.office.today, number: "デ推第2号"),
            by: .operator("office"))
        return try await desk.office.applyRenewal(plan.number, by: .operator("office"))
    }

    @Test func theFormTheCheckAndTheLetterSayThatTheRenewalIsPutAside() async throws {
        try await withOffice { desk in
            var (_, browser) = try await Self.turn(desk)
            for page in ["/apply", "/applications/new"] {
                try await browser.open(page)
                #expect(browser.text.contains("令和8年度に任命されていた方へ"), "\(page)")
            }
            try await browser.send(Browser.form, Browser.answers(1))
            #expect(!browser.text.contains("この応募を送ると、更新は行われません"), "the address is not confirmed")
            try await browser.confirm(1, desk)
            #expect(browser.text.contains("この応募を送ると、更新は行われません"))
            try await browser.send("/applications")
            let letter = try #require(
                try await desk.sendLetters().last { $0.messageID.hasPrefix("receipt-") })
            #expect(letter.body.contains("この応募を受け付けたため、更新は行いません。"))
        }
    }

    @Test func whoHoldsNothingIsWarnedOfNothingOfTheirs() async throws {
        try await withOffice { desk in
            var (_, browser) = try await Self.turn(desk)
            try await browser.fill(3)
            try await browser.confirm(3, desk)
            #expect(browser.path == "/applications/check")
            #expect(!browser.text.contains("更新は行われません"))
            try await browser.send("/applications")
            let letter = try #require(
                try await desk.sendLetters().last { $0.messageID.hasPrefix("receipt-") })
            #expect(!letter.body.contains("更新"))
        }
    }

    @Test func afterTheTurnTheOwnPageSaysWhyTheRenewalLapsed() async throws {
        try await withOffice { desk in
            var (first, browser) = try await Self.turn(desk)
            let second = try await browser.apply(1, desk)
            #expect(try await Self.renew(desk) == .applied(count: 1))
            try await browser.open("/applications/new")
            #expect(!browser.text.contains("令和8年度に任命されていた方へ"), "the turn is carried out")
            for receipt in [first, second] {
                try await browser.openOwn(receipt, 1, desk)
                #expect(browser.answer("受付番号") == second)
                #expect(browser.text.contains("更新の手続中にこの応募を受け付けたため、更新は行っていません。"))
                #expect(!browser.text.contains("もう一度、応募する"))
            }
        }
    }

    @Test func whoTakesBackWhatPutTheRenewalAsideFindsTheWayToApply() async throws {
        try await withOffice { desk in
            var (_, browser) = try await Self.turn(desk)
            let receipt = try await browser.apply(1, desk)
            #expect(try await Self.renew(desk) == .applied(count: 1))
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.text.contains("任命されるかどうかは、この応募の審査で決まります。"))
            try await browser.send("/my/withdrawal", [("sure", "yes")])
            #expect(browser.text.contains("更新の手続中にこの応募を受け付けたため、更新は行っていません。"))
            #expect(!browser.text.contains("この応募の審査で決まります"))
            #expect(browser.text.contains("もう一度、応募する"))
        }
    }

    @Test func whoIsNotRenewedReadsWhyAndHowToApplyUntilWhen() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk) { $0[.reuseOptIn] = "no" }
            try await appoint(desk)
            try await desk.office.openFiscalYear(Self.next, by: .operator("office"))
            try await desk.move(to: Instant(startOf: Self.next.firstDay).adding(seconds: 36_000))
            #expect(try await Self.renew(desk) == .applied(count: 0))
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.answer("いまの状態") == "任期満了")
            #expect(browser.text.contains("「使わない」とお答えになりました。"))
            #expect(browser.text.contains("<a href=\"/apply\">もう一度、応募する</a>"))
            #expect(browser.text.contains("令和9年度の応募は、2028年3月31日まで受け付けています。"))
        }
    }

    @Test func whoHasResignedFindsTheFormWithTheirAnswers() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await appoint(desk)
            try await browser.openOwn(receipt, 1, desk)
            #expect(!browser.text.contains("もう一度、応募する"))
            try await browser.send("/my/resign", [("sure", "yes")])
            #expect(browser.text.contains("role=\"status\""))
            try await desk.move(by: 86_400)
            try await browser.openOwn(receipt, 1, desk)
            #expect(browser.answer("いまの状態") == "辞任")
            #expect(
                browser.text.contains("<a href=\"/applications/new?again=yes\">もう一度、応募する</a>"))
            #expect(browser.text.contains("令和8年度の応募は、2027年3月31日まで受け付けています。"))
            try await browser.open("/applications/new?again=yes")
            #expect(browser.value(of: "email") == Invented.email(1))
        }
    }

    @Test func theNumbersOfTheFirstDaySayWhoIsAboutToBeRenewed() async throws {
        try await withOffice { desk in
            var (_, browser) = try await Self.turn(desk)
            try await browser.signIn(desk)
            try await browser.open("/numbers")
            #expect(browser.text.contains("更新の手続中の人：デジタル推進委員 2人"))
            try await browser.open("/numbers?as_of=2027-03-31")
            #expect(!browser.text.contains("更新の手続中の人"))
            _ = try await Self.renew(desk)
            try await desk.move(by: 120)
            try await browser.open("/numbers")
            #expect(!browser.text.contains("更新の手続中の人"))
        }
    }
}
