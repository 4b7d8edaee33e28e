import Enrollment
import Testing

/// 所属先の名称: who must say it, and what it may be.
@Suite struct WorkplaceRuleTests {
    private static func problems(
        _ name: String, _ change: (inout ApplicationDraft) -> Void = { _ in }
    ) -> [Problem] {
        let checked = Sample.check({
            $0[.workplaceName] = name
            change(&$0)
        })
        switch checked {
        case .accepted(_, let notices): return notices
        case .rejected(let problems): return problems.filter { $0.field == .workplaceName }
        }
    }

    @Test func whoIsOfNoOrganizationOfTheListSaysWhereTheyBelong() {
        #expect(Self.problems("") == [Problem(.workplaceMissing, .workplaceName)])
        #expect(Self.problems(" 　") == [Problem(.workplaceMissing, .workplaceName)])
        #expect(!Sample.codes(Sample.check()).contains("E109"))
    }

    @Test func whoIsOfAnOrganizationOrOfAnotherCategoryNeedNot() {
        for change in [
            { $0[.organization] = "demo-hospital" },
            { $0[.category] = "local_gov_project" },
            {
                $0[.kind] = "caller"
                $0[.category] = "community_caller"
            },
        ] as [(inout ApplicationDraft) -> Void] {
            #expect(!Self.problems("", change).map(\.code).contains(.workplaceMissing))
        }
    }

    @Test func itIsAsLongAndOfSuchCharactersAsEveryText() {
        #expect(
            Self.problems(String(repeating: "商", count: 101))
                == [Problem(.tooLong, .workplaceName, [.limit: "100", .count: "101"])])
        for text in ["見本\u{1}商店", "見本\u{1F600}商店", "見本\u{2764}\u{FE0F}商店", "👨‍👩‍👧の店"] {
            #expect(Self.problems(text).map(\.code) == [.characterNotAllowed], "\(text)")
        }
        let heart = Problem(
            .characterNotAllowed, .workplaceName, [.character: "❤", .position: "1"])
        #expect(Self.problems("❤\u{FE0F}") == [heart])
        #expect(!Self.problems("見本☎商店※①").map(\.code).contains(.characterNotAllowed))
        #expect(!Self.problems(String(repeating: "商", count: 100)).map(\.code).contains(.tooLong))
    }

    private static func line(_ cell: String?) -> GroupPlan.Line {
        let headings = Sample.headings + (cell == nil ? [] : ["所属先名"])
        return Sample.plan([headings, Sample.row(1) + (cell.map { [$0] } ?? [])]).lines[0]
    }

    @Test(arguments: [
        ("見本商店", "見本商店"), ("", ""), ("なし", ""), ("－", ""), ("＠ホーム見本", "＠ホーム見本"),
        (" 見本　商店 ", "見本　商店"),
    ])
    func aFileMaySayIt(cell: String, kept: String) {
        let line = Self.line(cell)
        #expect(line.problems.isEmpty && line.application?.texts[.workplaceName] == kept)
    }

    @Test func aFormulaIsNotTaken() {
        #expect(Self.line("=1+1").problems.map(\.code) == [.formulaNotAllowed])
    }

    /// What was taken from files before the question was asked is known by its digest.
    @Test func aRowThatDoesNotSayItSaysWhatItSaidBefore() throws {
        let before = try #require(Self.line(nil).application).content
        #expect(Self.line("").application?.content == before)
        #expect(!before.contains("workplace"))
        #expect(Self.line("見本商店").application?.content == before + "\u{1F}workplace_name=見本商店")
    }
}
