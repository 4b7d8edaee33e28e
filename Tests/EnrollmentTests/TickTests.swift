import Enrollment
import Testing

@Suite("Yes and no, as clerks write them") struct TickTests {
    private static func row(_ column: Int, _ text: String) -> GroupPlan.Line? {
        var row = Sample.row(1)
        row[column] = text
        return Sample.plan([Sample.headings, row]).lines.first
    }

    @Test(arguments: [
        "希望する", "希望", "希望します", "希望あり", "有", "有り", "要", "✓", "✔\u{FE0F}", "●", "◎", "○", "〇", "ＯＫ",
        "ok", "Y", "Yes", "レ", "１", "（希望）", "希望する。", "希 望", "TRUE", "はい",
    ])
    func aWishForABadgeIsOne(text: String) {
        #expect(Self.row(13, text)?.application?.choices.wantsBadge == true)
    }

    @Test(arguments: [
        "希望しない", "希望しません", "なし", "無し", "不要", "×", "✕", "いいえ", "N", "0", "", "－", "辞退",
    ])
    func aNoIsNone(text: String) {
        let line = Self.row(13, text)
        #expect(line?.application?.choices.wantsBadge == false && line?.problems == [])
    }

    @Test(arguments: ["検討中", "？", "△", "済", "本人に確認", "同意する", "2", "x", "希望する／しない"])
    func whatIsNeitherIsToldAndIsNotANo(text: String) {
        let line = Self.row(13, text)
        #expect(line?.outcome == .error)
        #expect(line?.problems == [Problem(.answerUnreadable, .badgeOptIn, [.value: text])])
    }

    @Test(arguments: [
        "同意する", "同意", "同意します", "同意済み", "同意あり", "有り", "有", "済み", "済", "レ", "✓", "OK", "○",
    ])
    func consentIsRead(text: String) { #expect(Self.row(12, text)?.outcome == .new) }

    /// 要 says that the consent is still to be got.
    @Test(arguments: ["要", "未", "同意しない", "なし", "×", "－", "", "予定"])
    func whatIsNoConsentIsNone(text: String) {
        #expect(Self.row(12, text)?.problems.map(\.code) == [.consentMissing])
    }

    /// なし under 読みなし may mean either.
    @Test(arguments: ["読みなし", "氏名1語"]) func aTickThatCannotBeReadIsTold(heading: String) {
        let plan = { (text: String) in
            Sample.plan([Sample.headings + [heading], Sample.row(1) + [text]]).lines[0]
        }
        for text in ["なし", "有", "要確認"] {
            #expect(plan(text).problems.map(\.code) == [.answerUnreadable], "\(text)")
        }
        for text in ["", "×", "－"] { #expect(plan(text).problems.isEmpty, "\(text)") }
        let contradiction: ProblemCode =
            heading == "読みなし" ? .kanaGivenAlthoughNone : .bothNamesGivenAlthoughOne
        for text in ["○", "1"] {
            #expect(plan(text).problems.map(\.code) == [contradiction], "\(text)")
        }
    }

    @Test func aTickAgainstWhatIsTypedIsAProblemOfTheForm() {
        #expect(Sample.codes(Sample.check { $0[.noKana] = "yes" }) == ["W116", "E124"])
        #expect(Sample.codes(Sample.check { $0[.singleName] = "yes" }) == ["W116", "E125"])
    }

    @Test func aFormIsAskedForAnAnswer() {
        for text in ["", "検討中"] {
            #expect(Sample.codes(Sample.check { $0[.badgeOptIn] = text }) == ["W116", "E181"])
        }
    }
}
