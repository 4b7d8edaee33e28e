import Enrollment
import Testing
import Words

@Suite("Sentences are those of the programme") struct WordsTests {
    private let messages = Messages(nil, year: FiscalYear(startYear: 2026))

    @Test func everyCodeThatIsShownHasASentence() {
        // N416 is a summary that pages compose; W201 comes with the template's versions.
        for code in ProblemCode.allCases where code != .n416 && code != .w201 {
            let sentence = messages.sentence(Problem(code, .familyName, [.day: "2026-04-01"]))
            #expect(!sentence.contains(code.rawValue), "\(code.rawValue) has no sentence")
        }
    }

    @Test func aRowIsNamedAsTheSpreadsheetShowsIt() {
        let problem = Problem(.e175, .viewedOn(slot: 1), [.value: "9/1"])
        #expect(
            messages.sentence(problem, row: 18)
                == "18行目「視聴日（動画1）」：視聴日「9/1」を読み取れません。"
                + "「2026-09-01」または「令和8年9月1日」の形で、年から入力してください。")
    }

    @Test func missingHeadingsAreNamedAsTheTemplateHasThem() {
        let problem = Problem(.e408, nil, [.headings: "family_name view_2_on"])
        #expect(messages.sentence(problem) == "必要な列がありません：氏、視聴日（動画2）")
    }

    @Test func yearsAndNumbersAreWrittenAsPagesDo() {
        #expect(FiscalYear(startYear: 2026).word == "令和8年度")
        #expect(FiscalYear(startYear: 2019).word == "令和元年度")
        #expect(55425.grouped == "55,425" && 1_000_007.grouped == "1,000,007" && 7.grouped == "7")
    }
}
