import Enrollment
import Testing

/// What each column of a file is taken for: by its heading, by what was said, or not at all.
@Suite("Nothing is guessed of a column in silence") struct ColumnChoiceTests {
    private static func said(_ heading: String, _ use: ColumnUse, _ ordinal: Int = 1)
        -> ColumnChoice
    {
        ColumnChoice(ColumnName(heading, ordinal: ordinal), use)
    }

    private static func columns(
        _ rows: [[String]], _ said: [ColumnChoice] = []
    ) throws -> FileColumns {
        try #require(
            FileColumns.read(
                Sample.records(rows), under: Sample.rules, choosing: ColumnChoices(said)))
    }

    /// A heading of the sample file written otherwise, and a column more with a value.
    private struct Case: CustomTestStringConvertible {
        let headings: [String: String]
        let more: [(String, String)]
        let said: [ColumnChoice]
        /// What is open: the heading and what is wrong with it.
        let open: [String]
        let missing: [ApplicationField]
        var testDescription: String { "\(headings) \(more) \(said.map(\.use))" }

        init(
            _ headings: [String: String] = [:], _ more: [(String, String)] = [],
            _ said: [ColumnChoice] = [], open: [String] = [], missing: [ApplicationField] = []
        ) {
            (self.headings, self.more, self.said) = (headings, more, said)
            (self.open, self.missing) = (open, missing)
        }

        var rows: [[String]] {
            let row = Sample.headings.map { headings[$0] ?? $0 }
            return [row + more.map(\.0), Sample.row(1) + more.map(\.1)]
        }
    }

    private static let cases = [
        Case(),
        Case([:], [("血液型", "")]),
        Case([:], [("血液型", "A")], open: ["血液型 notChosen"]),
        Case([:], [("血液型", "A")], [said("血液型", .unused)]),
        Case([:], [("血液型", "A")], [said("血液型", .question(.note))]),
        Case(["氏": "サーネーム"], open: ["サーネーム notChosen"], missing: [.familyName]),
        Case(["氏": "サーネーム"], [], [said("サーネーム", .question(.familyName))]),
        Case(["氏": "サーネーム"], [], [said("サーネーム", .unused)], missing: [.familyName]),
        Case([:], [("メール", "a@b.jp")], open: ["メール notChosen"]),
        Case([:], [("メール", "")], open: []),
        // The same heading once more, over an empty column, says nothing.
        Case([:], [("メールアドレス", "")]),
        Case([:], [("氏", "")], [said("氏", .question(.familyName))]),
        Case(
            [:], [("メール", "a@b.jp")], [said("メール", .question(.email))],
            open: ["メールアドレス notChosen"]),
        Case(
            [:], [("メール", "a@b.jp")],
            [said("メール", .question(.email)), said("メールアドレス", .question(.email))],
            open: ["メールアドレス chosenTwice", "メール chosenTwice"]),
        Case(
            [:], [("メール", "a@b.jp")],
            [said("メール", .question(.email)), said("メールアドレス", .unused)]),
        Case(
            [:], [("メールアドレス", "a@b.jp")],
            open: ["メールアドレス notChosen", "メールアドレス notChosen"]),
        Case(
            [:], [("メールアドレス", "a@b.jp")],
            [said("メールアドレス", .unused), said("メールアドレス", .question(.email), 2)]),
        Case(
            ["視聴日（動画1）": "見た日"], [],
            [said("見た日", .everyViewing), said("視聴日（動画2）", .unused)]),
        Case(
            ["視聴日（動画1）": "見た日"], [], [said("見た日", .question(.viewedOn(slot: 2)))],
            open: ["視聴日（動画2） notChosen"], missing: [.viewedOn(slot: 1)]),
        Case([:], [("区分", "常勤")], open: ["区分 notChosen"]),
        Case([:], [("区分", "常勤")], [said("区分", .unused)]),
        Case(["本人同意": "ご確認"], open: ["ご確認 notChosen"], missing: [.consent]),
        Case([:], [("理由", "x"), ("行番号", "2")]),
    ]

    @Test(arguments: cases) private func isReadSo(_ each: Case) throws {
        let columns = try Self.columns(each.rows, each.said)
        let open = columns.columns.compactMap { column in
            column.problem.map { "\(column.name.heading) \($0)" }
        }
        #expect(open == each.open)
        #expect(columns.missing == each.missing)
        let stops = Sample.plan(each.rows, saying: each.said).fileProblems
            .filter { $0.severity == .stop }
        #expect(columns.isSettled == stops.isEmpty)
        #expect(stops.allSatisfy { ProblemCode.ofColumns.contains($0.code) })
    }

    @Test func whatWasSaidIsRead() throws {
        var headings = Sample.headings
        headings[1] = "サーネーム"
        let plan = Sample.plan(
            [headings + ["氏", "メモ欄"], Sample.row(1) + ["別", "夜勤"]],
            saying: [
                Self.said("サーネーム", .question(.familyName)), Self.said("氏", .unused),
                Self.said("メモ欄", .question(.note)), Self.said("名", .question(.givenName)),
            ])
        let application = try #require(plan.lines.first?.application)
        #expect(application.name.family == "見本イ" && application.texts[.note] == "夜勤")
        #expect(plan.columns.map(\.name.heading) == ["サーネーム", "氏", "メモ欄"])
        #expect(plan.headingNames[.familyName] == "サーネーム")
    }

    @Test func oneDayForAllVideosMayHaveAnyName() throws {
        let headings = Sample.headings.map { $0 == "視聴日（動画1）" ? "見た日" : $0 }
        let plan = Sample.plan(
            [headings, Sample.row(1)],
            saying: [Self.said("見た日", .everyViewing), Self.said("視聴日（動画2）", .unused)])
        let days = plan.lines.first?.application?.viewings.map(\.viewedOn.description)
        #expect(days == ["2026-09-01", "2026-09-01"])
    }

    @Test func threeDifferentValuesAreShownAndCut() throws {
        let long = String(repeating: "長", count: 60)
        let rows = ["A", "", "A", long, "<b>", "Z"].enumerated().map {
            Sample.row($0.offset + 1) + [$0.element]
        }
        let columns = try Self.columns([Sample.headings + ["血液型"]] + rows).columns
        let last = try #require(columns.last)
        #expect(last.samples == ["A", String(repeating: "長", count: 40) + "…", "<b>"])
        #expect(last.letters == "O" && last.use == nil)
    }

    @Test func aFileWithFewHeadingsThatAreKnownCanBeReadOnceTheyAreSaid() throws {
        let rows = [["なまえ", "メール", "じゅうしょ"], ["見本 太郎", "a@b.jp", "東京都千代田区1"]]
        let columns = try Self.columns(rows)
        #expect(columns.columns.map(\.use) == [nil, .question(.email), nil])
        let none = Sample.records([["あ", "い"], ["a", "b"]])
        #expect(FileColumns.read(none, under: Sample.rules, choosing: .none) == nil)
    }

    /// The organization's next file: the same heading in another width and with a remark is the same.
    @Test func aHeadingIsKnownAgain() {
        let headings = Sample.headings.map { $0 == "氏" ? "ｻｰﾈｰﾑ " : $0 }
        let plan = Sample.plan(
            [headings, Sample.row(1)],
            saying: [
                ColumnChoice(ColumnName("サーネーム"), .question(.familyName), isRemembered: true),
                ColumnChoice(ColumnName("ずっと前の列"), .unused, isRemembered: true),
            ])
        #expect(plan.count(.new) == 1 && plan.columns.map(\.isRemembered) == [true])
    }

    @Test func whatIsSaidOfAColumnThatIsNotThereStopsTheFile() {
        let plan = Sample.plan(
            [Sample.headings, Sample.row(1)], saying: [Self.said("血液形", .unused)])
        #expect(plan.fileProblems == [Problem(.columnNotThere, nil, [.headings: "血液形"])])
    }

    @Test func onlyWhatIsNewIsRemembered() {
        let old = ColumnChoices([
            ColumnChoice(ColumnName("A"), .unused, isRemembered: true),
            ColumnChoice(ColumnName("部署"), .unused, isRemembered: true),
        ])
        let again = Self.said("A", .unused)
        let other = Self.said("B", .question(.note))
        #expect(old.news(of: [again, other], [again, other]) == [other])
        // Said as the heading says it by itself, after it was said otherwise.
        let asHeading = Self.said("部署", .question(.unit))
        #expect(old.news(of: [asHeading], []) == [asHeading])
        #expect(ColumnChoices.none.news(of: [asHeading], []).isEmpty)
    }

    /// Whatever a heading may be understood as can be chosen, and has a code that is read back.
    @Test func everyQuestionOfAFileCanBeChosen() {
        let uses = ColumnUse.all(under: Sample.rules)
        for use in uses { #expect(ColumnUse(code: use.code) == use) }
        #expect(Set(uses).count == uses.count)
        for field in ApplicationField.plain where field.isInFiles {
            #expect(uses.contains(.question(field)))
        }
        for heading in [
            "No.", "応募区分", "氏", "氏名", "フリガナ", "郵便番号", "住所", "町字以下", "建物名等", "電話番号", "部署",
            "事業所", "所属先", "社員番号", "委員番号", "読みなし", "氏名1語", "備考", "本人同意", "オープンバッジ希望",
        ] {
            let columns = FileColumns.read(
                Sample.records([[heading], ["x"]]), under: Sample.rules, choosing: .none)
            #expect(columns?.columns.first?.use.map(uses.contains) == true, "\(heading)")
        }
    }
}
