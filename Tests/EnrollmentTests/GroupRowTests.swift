import Enrollment
import Testing

@Suite("Rows are read as bodies write them") struct GroupRowTests {
    private static let joined = ["氏名", "フリガナ", "〒", "住所", "メール", "視聴日", "同意", "氏名1語", "読みなし"]
    private static let good = [
        "髙橋　渉", "タカハシ　ワタル", "1020094", "東京都千代田区紀尾井町1-3", "w@example.jp", "R8.9.1", "○",
        "", "",
    ]

    private func stops(_ change: (inout [String]) -> Void) -> [String] {
        var row = Self.good
        change(&row)
        let plan = Sample.plan([Self.joined, row])
        return plan.lines.flatMap(\.problems).filter { $0.severity == .stop }.map {
            "\($0.code.rawValue) \($0.field?.key ?? "")"
        }
    }

    @Test func whatIsMissingInOneCellIsToldOnce() {
        #expect(stops { _ in }.isEmpty)
        #expect(stops { $0[0] = "" } == ["E111 full_name"])
        #expect(stops { $0[0] = "髙橋渉" } == ["E211 full_name"])
        #expect(stops { $0[1] = "" } == ["E121 full_name_kana"])
        #expect(stops { $0[1] = "タカハシワタル" } == ["E211 full_name_kana"])
        #expect(stops { $0[3] = "" } == ["E111 address_full"])
        #expect(stops { $0[3] = "紀尾井町1-3" } == ["E144 address_full"])
        #expect(stops { $0[3] = "東京都どこか市1-3" } == ["E138 address_full"])
        #expect(stops { $0[3] = "東京都千代田区" } == ["E141 address_full"])
    }

    @Test func oneNameAndNoReadingAreRightWhereTheyAreStated() {
        #expect(
            stops {
                $0[0] = "マドンナ"
                $0[1] = "マドンナ"
                $0[7] = "○"
            }.isEmpty)
        #expect(
            stops {
                $0[1] = ""
                $0[8] = "○"
            }.isEmpty)
    }

    @Test func aLongerNameIsSplitAtTheFirstSpaceAndTold() throws {
        var row = Self.good
        row[0] = "チャン　マイケル ジョー"
        let line = try #require(Sample.plan([Self.joined, row]).lines.first)
        #expect(line.outcome == .new)
        #expect(line.application?.name.given == "マイケル ジョー")
        let told = try #require(line.problems.first { $0.code == .nameSplit })
        #expect(told.arguments == [.value: "チャン", .substitute: "マイケル ジョー"])
    }

    @Test(arguments: ["=1+1", "＝A1", "+x", "-x", "－x", "@SUM", "　=x", "\tx", "\r\nx"])
    func whatLooksLikeAFormulaIsRefusedInEveryText(value: String) {
        let texts = ["氏", "名", "氏（カナ）", "名（カナ）", "都道府県", "市区町村", "町字以下", "メールアドレス"]
        for heading in texts {
            var row = Sample.row(1)
            let column = Sample.headings.firstIndex(of: heading) ?? 0
            row[column] = value
            let problems = Sample.plan([Sample.headings, row]).lines[0].problems
            #expect(problems.map(\.code) == [.formulaNotAllowed], "\(heading)")
        }
    }

    @Test func theMarkThatOurFilesPutBeforeAFormulaIsTakenOffAgain() {
        for value in ["'=1+1", "'＝A1", "'　=x", "'\tx"] {
            var row = Sample.row(1)
            row[Sample.headings.firstIndex(of: "市区町村") ?? 0] = value
            let problems = Sample.plan([Sample.headings, row]).lines[0].problems
            #expect(problems.map(\.code) == [.formulaNotAllowed], "\(value)")
        }
        let headings = Sample.headings + ["電話番号", "備考"]
        let row = Sample.row(1) + ["'+81 90-1234-5678", "'08年の資料"]
        let application = Sample.plan([headings, row]).lines[0].application
        #expect(application?.phone == "09012345678")
    }

    @Test func aTelephoneMayBeginWithAPlus() {
        let headings = Sample.headings + ["電話番号", "備考"]
        let number = Sample.plan([headings, Sample.row(1) + ["+81 (0)90-1234-5678", ""]])
        #expect(number.lines[0].application?.phone == "09012345678")
        let note = Sample.plan([headings, Sample.row(1) + ["", "=cmd"]])
        #expect(note.lines[0].problems.map(\.code) == [.formulaNotAllowed])
        let long = Sample.plan(
            [headings, Sample.row(1) + ["", String(repeating: "あ", count: 201)]])
        #expect(long.lines[0].problems.map(\.code) == [.tooLong])
    }

    @Test func lineEndsInsideACellBecomeASpaceAndAreTold() {
        var row = Sample.row(1)
        row[8] = "紀尾井町\r\n1-3"
        let line = Sample.plan([Sample.headings, row]).lines[0]
        #expect(line.outcome == .new && line.problems.map(\.code) == [.lineBreakReplaced])
        #expect(line.application?.address.street == "紀尾井町 1-3")
        #expect(line.draft[.street] == "紀尾井町 1-3")
    }

    @Test(arguments: ["a\u{0}b", "a\u{7F}b", "a\u{85}b", "a\u{1B}b"])
    func controlCharactersConcernOnlyTheirRow(value: String) {
        var row = Sample.row(1)
        row[8] = value
        let plan = Sample.plan([Sample.headings, row, Sample.row(2)])
        #expect(plan.lines.map(\.outcome) == [.error, .new])
        #expect(plan.lines[0].problems.map(\.code) == [.controlCharacter])
    }

    @Test func examplesAreNotPeople() {
        var first = Sample.row(1)
        first[0] = "（記入例）"
        var remark = Sample.row(2)
        remark.append("記入例のとおりに書きました")
        let plan = Sample.plan([Sample.headings + ["備考"], first, remark])
        #expect(plan.lines.map(\.row) == [3])
        #expect(plan.sampleRows == [2])
    }

    @Test func kindsAreReadBySeveralNames() throws {
        let headings = Sample.headings + ["区分"]
        for (text, kind) in [
            ("", Kind.promoter), ("推進委員", .promoter), ("１", .promoter), ("呼びかけ員", .caller),
            ("2", .caller),
        ] {
            let line = try #require(Sample.plan([headings, Sample.row(1) + [text]]).lines.first)
            #expect(line.application?.kind == kind, "\(text)")
        }
        let wrong = Sample.plan(
            [headings, Sample.row(1) + ["ボランティア"], Sample.row(2) + ["推進委員"]])
        #expect(wrong.lines.map(\.outcome) == [.error, .new])
        #expect(wrong.lines[0].problems.map(\.code) == [.kindUnreadable])
        #expect(wrong.headingNames[.kind] == "区分")
    }

    @Test func anEmployeeNumberStandsForTheMailAddress() throws {
        let headings = Sample.headings + ["職員番号"]
        var row = Sample.row(1) + ["Ａ-123"]
        row[9] = ""
        let line = try #require(Sample.plan([headings, row]).lines.first)
        #expect(line.outcome == .new)
        #expect(line.application?.employeeNumber == "Ａ-123")
        #expect(line.application?.keys.sure.hasSuffix("demo-hospital#A123") == true)
    }

    @Test(arguments: ["0012-34", "１２３４", "12−34", " 001234"])
    func anEmployeeNumberIsKeptAsTypedAndComparedWithoutWhatSpreadsheetsChange(typed: String) {
        func application(_ number: String) -> Application? {
            var row = Sample.row(1) + [number]
            row[9] = ""
            return Sample.plan([Sample.headings + ["社員番号"], row]).lines[0].application
        }
        let (plain, other) = (application("1234"), application(typed))
        #expect(other?.employeeNumber == typed.filter { $0 != " " })
        #expect(other?.keys == plain?.keys && other?.content == plain?.content)
        #expect(application("1235")?.keys != plain?.keys)
        #expect(application("000")?.keys != application("")?.keys)
    }
}

@Suite("Files are judged as a whole first") struct GroupFileTests {
    @Test func oneColumnStandsForAllVideosOnlyWithoutANumber() {
        var headings = Sample.headings
        headings.remove(at: 11)
        var row = Sample.row(1)
        row.remove(at: 11)
        #expect(Sample.plan([headings, row]).fileProblems.map(\.code) == [.columnsMissing])
        headings[10] = "視聴日"
        let plan = Sample.plan([headings, row])
        #expect(plan.lines.first?.application?.viewings.map(\.slot) == [1, 2])
    }

    @Test func aClosedOrganizationIsToldOnce() throws {
        let closed = OpenOrganization(
            id: 7, code: "demo", name: "見本病院", groupName: "病院",
            terms: OrganizationTerms(
                category: .agencyApproved, programmeID: nil, activityNote: "",
                opensOn: Sample.year.firstDay, closesOn: Day("2026-10-31")))
        let records = [GroupRecord(row: 1, cells: Sample.headings)]
        let plan = GroupPlan(records, of: closed, on: Sample.today, under: Sample.rules)
        #expect(plan.fileProblems.map(\.code) == [.organizationNotOpen] && plan.lines.isEmpty)
        let late = try #require(Day("2027-04-01"))
        let after = GroupPlan(records, of: Sample.hospital, on: late, under: Sample.rules)
        #expect(after.fileProblems.map(\.code) == [.applicationsClosed])
    }

    @Test func headingsAreLookedForInTheFirstTenRows() {
        let titles = { (count: Int) in Array(repeating: ["題名"], count: count) }
        let rows = [Sample.headings, Sample.row(1)]
        let tenth = Sample.plan(titles(9) + rows)
        #expect(tenth.fileProblems.first?.arguments[.number] == "10" && tenth.headerRow == 10)
        #expect(Sample.plan(titles(10) + rows).fileProblems.map(\.code) == [.headingsMissing])
    }

    @Test func aFileInTheWrongEncodingIsToldApart() {
        let plan = Sample.plan([["豌丞錐", "繝｡繝ｼ繝ｫ"], ["a", "b"]])
        #expect(plan.fileProblems.map(\.code) == [.fileGarbled])
        #expect(
            Sample.plan([["\u{FFFD}\u{FFFD}", "x"]]).fileProblems.map(\.code) == [.fileGarbled])
    }

    @Test func everySpellingOfAHeadingIsRead() {
        let others = [
            "項番", "姓", "名前", "セイ", "メイ", "〒", "県", "市町村", "番地", "ｅメール", "動画①視聴日", "視聴日２",
            "本人 同意", "バッジ",
        ]
        let plan = Sample.plan([others, Sample.row(1)])
        #expect(plan.fileProblems.isEmpty && plan.count(.new) == 1)
    }
}

@Suite("Rows are compared with each other and with what is known") struct ComparisonTests {
    @Test func theCaseOfAnAddressMakesNoOtherAddress() {
        var other = Sample.row(2)
        other[9] = "M1@Example.JP"
        let plan = Sample.plan([Sample.headings, Sample.row(1), other])
        #expect(plan.lines.allSatisfy { $0.problems.map(\.code) == [.emailSharedInFile] })
    }

    @Test func theSameMemberNumberIsTheSamePerson() {
        let number = MemberNumber(sequence: 12).description
        let headings = Sample.headings + ["委員番号"]
        let plan = Sample.plan([headings, Sample.row(1) + [number], Sample.row(2) + [number]])
        #expect(plan.lines.map(\.outcome) == [.new, .repeated])
    }

    @Test func theSameReadingAtTheSamePostalCodeIsLikelyTheSamePerson() {
        var other = Sample.row(1)
        other[1] = "三ホン"
        other[9] = "x@example.jp"
        let plan = Sample.plan([Sample.headings, Sample.row(1), other])
        #expect(plan.lines.map(\.outcome) == [.new, .held])
        #expect(plan.lines[1].problems.map(\.code) == [.rowLooksRepeated])
        other[5] = "1000001"
        #expect(Sample.plan([Sample.headings, Sample.row(1), other]).count(.new) == 2)
    }

    @Test func anAnswerOnceGivenIsNotAskedForAgain() throws {
        var other = Sample.row(1)
        other[9] = "other@example.jp"
        var plan = Sample.plan([Sample.headings, Sample.row(1), other])
        let held = try #require(plan.lines[1].application)
        plan.compare(
            with: [3: Sample.known(to: [7], saying: held.content)], of: OrganizationScope(7),
            digest: { $0 })
        #expect(plan.lines.map(\.outcome) == [.new, .unchanged])
        #expect(plan.lines[1].problems.isEmpty)
    }

    @Test func theSummaryCountsWhatTheOrganizationHasToDo() {
        var (again, held, wrong) = (Sample.row(1), Sample.row(2), Sample.row(3))
        again[0] = "9"
        held[9] = "held@example.jp"
        wrong[12] = ""
        let plan = Sample.plan(
            [Sample.headings, Sample.row(1), Sample.row(2), again, held, wrong])
        #expect(
            plan.summary
                == Problem(.rowsCounted, nil, [.total: "5", .fit: "2", .held: "1", .unfit: "1"]))
    }
}
