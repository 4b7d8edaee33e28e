import Enrollment
import Testing

@Suite("A group's file is planned row by row") struct GroupPlanTests {
    @Test func goodRowsAreNewAndCountsAddUp() {
        let plan = Sample.plan([Sample.headings] + (1...20).map(Sample.row))
        #expect(plan.fileProblems.isEmpty)
        #expect(plan.count(.new) == 20 && plan.lines.count == 20)
        #expect(plan.lines.map(\.row) == Array(2...21))
    }

    @Test(arguments: [
        (1, "", "E111"), (4, "", "E121"), (5, "600001", "E223"), (7, "どこか市", "E138"),
        (9, "", "E151"), (10, "9/1", "E175"), (12, "", "E222"), (1, "=山田", "E226"),
        (1, "外\u{E000}", "E415"), (1, "a\u{0}b", "E413"), (8, "1月2日", "E142"),
    ])
    func aWrongCellMakesItsRowAnError(column: Int, value: String, code: String) {
        var row = Sample.row(2)
        row[column] = value
        let plan = Sample.plan([Sample.headings, Sample.row(1), row])
        #expect(plan.lines.map(\.outcome) == [.new, .error])
        let stops = plan.lines[1].problems.filter { $0.severity == .stop }
        #expect(stops.map(\.code.rawValue) == [code])
    }

    @Test func theSamePersonTwiceIsFiledOnce() {
        var again = Sample.row(1)
        again[0] = "9"
        let plan = Sample.plan([Sample.headings, Sample.row(1), Sample.row(2), again])
        #expect(plan.lines.map(\.outcome) == [.new, .new, .repeated])
        #expect(plan.lines[2].problems.map(\.code) == [.rowRepeated])
        #expect(plan.lines[2].problems[0].arguments[.row] == "2")
    }

    @Test func partsReadSideBySideAreThePlanOfTheWhole() {
        let rows = [Sample.headings] + (1...9).map(Sample.row) + [Sample.row(2), Sample.row(10)]
        let whole = Sample.plan(rows)
        let records = rows.enumerated().map { GroupRecord(row: $0.offset + 1, cells: $0.element) }
        for middle in records.indices {
            let parts = [0..<middle, middle..<records.count].map {
                GroupPlan(
                    records, places: $0,
                    by: GroupPlan.Basis(
                        of: Sample.hospital, on: Sample.today, under: Sample.rules))
            }
            var plan = parts[0]
            plan.finish([parts[1]])
            #expect(plan.lines.map(\.row) == whole.lines.map(\.row))
            #expect(plan.lines.map(\.outcome) == whole.lines.map(\.outcome))
            #expect(plan.summary == whole.summary && plan.count(.repeated) == 1)
        }
    }

    @Test func sharedMailIsAnErrorOnlyWhenABadgeIsWanted() {
        var (one, other) = (Sample.row(1), Sample.row(2))
        one[9] = "ward@example.jp"
        other[9] = "ward@example.jp"
        #expect(Sample.plan([Sample.headings, one, other]).count(.new) == 2)
        other[13] = "希望する"
        #expect(Sample.plan([Sample.headings, one, other]).count(.error) == 2)
    }

    @Test func alikeRowsWaitForAnAnswer() {
        var other = Sample.row(1)
        other[9] = "other@example.jp"
        let plan = Sample.plan([Sample.headings, Sample.row(1), other])
        #expect(plan.lines.map(\.outcome) == [.new, .held])
    }

    @Test func otherSpellingsOfHeadingsAndTitleLinesAreRead() {
        let headings = [
            "№", "お名前", "ﾌﾘｶﾞﾅ", "〒", "住所", "E-mail", "視聴日", "同意", "行番号", "理由", "直し方",
        ]
        let row = [
            "1", "髙橋　渉", "ﾀｶﾊｼ ﾜﾀﾙ", "102-0094", "東京都千代田区紀尾井町1-3", "w@example.jp",
            "R8.9.1", "○", "18", "x", "y",
        ]
        let plan = Sample.plan([["団体応募様式"], [""], headings, row])
        #expect(plan.fileProblems.map(\.code) == [.headingsFound, .columnMissing])
        #expect(plan.lines.map(\.outcome) == [.new])
        #expect(plan.lines.first?.row == 4)
        #expect(plan.lines.first?.application?.viewings.count == 2)
        #expect(plan.lines.first?.application?.name.givenKana == "ワタル")
    }

    @Test func aNameWithoutASpaceIsToldOnce() {
        var headings = Sample.headings
        headings.replaceSubrange(1...2, with: ["氏名"])
        var row = Sample.row(1)
        row.replaceSubrange(1...2, with: ["髙橋渉"])
        let plan = Sample.plan([headings, row])
        #expect(
            plan.lines[0].problems.filter { $0.severity == .stop }.map(\.code) == [
                .nameWithoutSpace
            ])
    }

    @Test func faultsOfTheFileStopIt() {
        let codes = { (rows: [[String]]) in Sample.plan(rows).fileProblems.map(\.code) }
        #expect(codes([["あ", "い"]]) == [.headingsMissing])
        #expect(codes([Sample.headings]) == [.fileWithoutRows])
        #expect(codes([Sample.headings.filter { $0 != "氏" }, Sample.row(1)]) == [.columnsMissing])
        let repeated = Sample.headings + ["メールアドレス"]
        #expect(codes([repeated, Sample.row(1) + ["x@example.jp"]]) == [.headingRepeated])
        #expect(codes([repeated, Sample.row(1)]).isEmpty, "an empty column is nobody's answer")
        #expect(codes([Sample.headings + ["血液型"], Sample.row(1)]) == [.columnsUnused])
        #expect(
            codes([Sample.headings + ["血液型"], Sample.row(1) + ["A"]]) == [.columnsNotUnderstood])
    }

    @Test func aMissingColumnThatMattersIsTold() {
        let plan = { (left: Set<String>) in
            let kept = Sample.headings.indices.filter { !left.contains(Sample.headings[$0]) }
            let rows = [Sample.headings + ["社員番号"], Sample.row(1) + ["K1"]]
            return Sample.plan(rows.map { row in kept.map { row[$0] } + row.suffix(1) })
        }
        #expect(plan([]).fileProblems.isEmpty)
        #expect(plan(["オープンバッジ希望"]).fileProblems == [Problem(.columnMissing, .badgeOptIn)])
        #expect(plan(["メールアドレス"]).fileProblems == [Problem(.columnMissing, .email)])
        let both = plan(["メールアドレス", "オープンバッジ希望"])
        #expect(both.fileProblems == [Problem(.columnMissing, .email)] && both.count(.new) == 1)
    }

    @Test func aControlCharacterIsFoundByItsColumn() {
        var row = Sample.row(1) + ["a\u{1}"]
        let headings = Sample.headings + ["社内用"]
        func problems() -> [Problem] {
            let unused = ColumnChoice(ColumnName("社内用"), .unused)
            return Sample.plan([headings, row], saying: [unused]).lines.first?.problems ?? []
        }
        #expect(problems() == [Problem(.controlCharacter, nil, [.number: "15"])])
        row[1] = "山\u{1}"
        #expect(problems().first?.field == .familyName)
    }

    @Test func tooManyCellsConcernOnlyTheirRow() {
        let plan = Sample.plan([Sample.headings, Sample.row(1) + ["x"], Sample.row(2)])
        #expect(plan.lines.map(\.outcome) == [.error, .new])
        #expect(plan.lines[0].problems.map(\.code) == [.tooManyCells])
    }

    @Test func whoIsKnownIsNotFiledAgain() throws {
        var plan = Sample.plan([Sample.headings] + (1...4).map(Sample.row))
        let first = try #require(plan.lines[0].application)
        plan.compare(
            with: [
                2: Sample.known(to: [7], saying: first.content),
                3: Sample.known(to: [7], saying: "other"),
                4: Sample.known(to: [8], saying: "other"),
            ], of: OrganizationScope(7), digest: { $0 })
        #expect(plan.lines.map(\.outcome) == [.unchanged, .changed, .joins, .new])
        #expect(plan.lines[2].problems.isEmpty && plan.lines[2].told == .new)
    }

    @Test func whoMayBeSomebodySentBeforeWaitsAndIsTold() {
        var plan = Sample.plan([Sample.headings, Sample.row(1)])
        let reason = IdentityReason(names: .near, agreeing: [.home, .mail])
        let person = AskedPerson(
            personID: 3, applicationID: 4, name: "髙橋 渉", facts: "タカハシ", reason: reason)
        plan.compare(with: [2: .asked(person)], of: OrganizationScope(7), digest: { $0 })
        #expect(plan.lines[0].outcome == .held && plan.lines[0].asked?.applicationID == 4)
        #expect(
            plan.lines[0].problems == [
                Problem(
                    .rowLooksKnown, nil,
                    [.person: "髙橋 渉", .facts: "タカハシ", .reason: "near:mail,home"])
            ])
    }

    @Test func anAddressOfAnotherIsToldUnlessThatOneHasAnotherNow() {
        let rows = [Sample.headings, Sample.row(1), Sample.row(2)]
        var plan = Sample.plan(rows)
        let mail = plan.lines[0].application?.mailKey ?? ""
        let holders = [mail: [MailHolder(personID: 9, name: "髙橋 渉", wantsBadge: true)]]
        plan.compare(withHolders: holders)
        #expect(plan.lines.map(\.outcome) == [.error, .new])
        #expect(plan.lines[0].problems.map(\.code) == [.emailShared])
        // Row 3 says that whoever holds the address has another one.
        plan = Sample.plan(rows)
        plan.compare(
            with: [3: Sample.known(9, to: [7], saying: "other")], of: OrganizationScope(7),
            digest: { $0 })
        plan.compare(withHolders: holders)
        #expect(plan.lines.map(\.outcome) == [.new, .changed])
    }
}
