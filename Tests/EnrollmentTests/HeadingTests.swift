import Enrollment
import Testing

@Suite("Headings are read as clerks write them") struct HeadingTests {
    /// The sample file with one heading written otherwise.
    private static func codes(_ heading: String, as text: String) -> [ProblemCode] {
        let headings = Sample.headings.map { $0 == heading ? text : $0 }
        return Sample.plan([headings, Sample.row(1)]).fileProblems.map(\.code)
    }

    @Test(arguments: [
        ("氏", "姓（漢字）"), ("名", "名【必須】"), ("氏（カナ）", "姓（フリガナ）"), ("氏（カナ）", "ふりがな（姓）"),
        ("氏（カナ）", "氏（全角カナ）"), ("名（カナ）", "名ヨミガナ"), ("名（カナ）", "フリガナ（名）必須"),
        ("郵便番号", "郵便番号（ハイフンなし）"), ("郵便番号", "〒（7桁）"), ("都道府県", "都道府県＊"),
        ("町字以下", "住所１（番地まで）"), ("メールアドレス", "メールアドレス（必須）"),
        ("メールアドレス", "Ｅメール\n（携帯は不可）"), ("視聴日（動画1）", "動画①の視聴日"), ("本人同意", "本人の同意"),
        ("本人同意", "同意の有無"), ("オープンバッジ希望", "オープンバッジの希望（任意）"),
        ("オープンバッジ希望", "バッジ希望の有無"),
    ])
    func aRemarkDoesNotMakeAHeadingUnknown(heading: String, text: String) {
        #expect(Self.codes(heading, as: text).isEmpty)
    }

    @Test(arguments: [
        ("メールアドレス", "メールアドレス（上司）"), ("郵便番号", "郵便番号（勤務先）"), ("氏", "氏（ローマ字）"), ("氏", "旧氏"),
        ("本人同意", "保護者の同意"),
    ])
    func whatIsSomebodyElsesIsNotTakenForTheirs(heading: String, text: String) {
        #expect(Self.codes(heading, as: text) == [.columnsMissing, .columnsNotUnderstood])
    }

    @Test func ofTwoHeadingsOfOneMeaningTheExactOneIsUsed() {
        func problems(_ more: String, holding cell: String) -> [Problem] {
            Sample.plan([Sample.headings + [more], Sample.row(1) + [cell]]).fileProblems
        }
        let names: [Problem.Argument: String] = [.heading: "メール", .substitute: "メールアドレス"]
        #expect(problems("メール", holding: "") == [Problem(.columnRivalled, nil, names)])
        #expect(problems("メール", holding: "a@b.jp") == [Problem(.columnsRival, nil, names)])
        var (headings, row) = (Sample.headings, Sample.row(1))
        (headings[9], row[9]) = ("メールアドレス（確認用）", "")
        let second = Sample.plan([headings + ["メール"], row + ["other@example.jp"]])
        #expect(
            second.fileProblems
                == [Problem(.columnRivalled, nil, [.heading: "メールアドレス（確認用）", .substitute: "メール"])])
        #expect(second.lines.first?.application?.email == "other@example.jp")
        #expect(
            problems("メールアドレス", holding: "a@b.jp").map(\.code) == [.headingRepeated])
    }

    @Test func theRowWithMostHeadingsIsTheHeadings() {
        let contact = ["団体名", "部署", "担当者", "電話番号", "メール"]
        let plan = Sample.plan([contact, ["見本病院", "総務課"], Sample.headings, Sample.row(1)])
        #expect(plan.headerRow == 3 && plan.lines.map(\.row) == [4])
    }

    @Test func whatIsMissingIsToldWithTheRowAndTheHeadingsThatWereRead() {
        let headings = Sample.headings.map { $0 == "氏" ? "サーネーム" : $0 }
        let plan = Sample.plan([["名簿"], headings, Sample.row(1)])
        #expect(
            plan.fileProblems.map(\.code)
                == [.columnsMissing, .columnsNotUnderstood, .headingsFound])
        #expect(plan.fileProblems[1].arguments[.headings] == "サーネーム")
        let none = Sample.plan([["なまえ", "メール", "じゅうしょ"], ["a", "b", "c"]])
        #expect(none.fileProblems.map(\.code) == [.headingsMissing, .columnsUnused])
        #expect(none.fileProblems.last?.arguments[.headings] == "なまえ、じゅうしょ")
    }

    @Test func aColumnWithoutAHeadingIsNamed() {
        let headings = Sample.headings + [""]
        let empty = Sample.plan([headings, Sample.row(1) + [""]])
        #expect(empty.fileProblems.isEmpty)
        let plan = Sample.plan([headings, Sample.row(1) + ["要確認"]])
        #expect(plan.fileProblems == [Problem(.columnsWithoutHeading, nil, [.columns: "O"])])
        #expect(plan.lines.map(\.outcome) == [.new])
    }

    @Test(arguments: ["氏", "郵便番号", "視聴日（動画2）", "町字以下"])
    func aHeadingOverTwoColumnsStopsTheFile(heading: String) {
        guard let place = Sample.headings.firstIndex(of: heading) else { return }
        var (headings, row) = (Sample.headings, Sample.row(1))
        headings.insert("", at: place + 1)
        row.insert("x", at: place + 1)
        let problems = Sample.plan([headings, row]).fileProblems
        #expect(
            problems.map(\.code) == [.headingOverTwoColumns]
                && problems[0].arguments[.heading] == heading)
    }

    @Test func rowsThatAreNobodysArePassedOver() {
        let blank = Array(repeating: "", count: Sample.headings.count)
        func row(_ cells: [Int: String]) -> [String] {
            blank.indices.map { cells[$0] ?? "" }
        }
        let plan = Sample.plan([
            Sample.headings, row([0: "1"]), row([0: "【看護部】"]), row([1: "小計", 2: "2名"]),
            row([0: "2", 12: "同意する", 13: "希望しない"]), Sample.headings, Sample.row(1),
            row([0: "例1", 1: "見本"]), row([0: "8", 1: "山田"]),
        ])
        #expect(plan.remarkRows == [2, 3, 4, 5, 6] && plan.sampleRows == [8])
        #expect(plan.lines.map(\.row) == [7, 9] && plan.lines.map(\.outcome) == [.new, .error])
    }

    @Test func causesAreCountedAndRareOnesComeFirst() {
        let rows = (1...9).map { number in
            var row = Sample.row(number)
            if number > 2 { row[12] = "" }
            if number == 9 { row[9] = "x" }
            return row
        }
        let causes = Sample.plan([Sample.headings] + rows).causes.filter {
            $0.code.severity == .stop
        }
        #expect(causes.map(\.code) == [.emailNotAnAddress, .consentMissing])
        #expect(causes.map(\.rows) == [[10], Array(4...10)])
        #expect(causes[1].examples.map(\.line.row) == [4, 5, 6])
    }

    @Test(arguments: ["紀尾井町1-3", "千代田区紀尾井町1-3", "東京都千代田区 紀尾井町1-3"])
    func anAddressBesideItsPlaceIsTheStreet(text: String) {
        var (headings, row) = (Sample.headings, Sample.row(1))
        (headings[8], row[8]) = ("住所", text)
        let plan = Sample.plan([headings, row])
        #expect(plan.fileProblems.isEmpty)
        #expect(plan.lines[0].application?.address.street == "紀尾井町1-3")
    }

    @Test func oneColumnOfDaysIsWrongOnce() {
        var (headings, row) = (Sample.headings, Sample.row(1))
        headings[10] = "視聴日"
        headings.remove(at: 11)
        row[10] = "9/1"
        row.remove(at: 11)
        let plan = Sample.plan([headings, row])
        #expect(plan.lines[0].problems.map(\.code) == [.viewingUnreadable])
    }
}
