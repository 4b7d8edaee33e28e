import Enrollment
import Testing

@Suite("A year asks for as many videos as it declares") struct VideoTests {
    private static func rules(required: Bool = true) -> FiscalYearRules {
        Sample.changed { lists in
            lists.videos.append(Sample.third)
            if required {
                lists.requirements.append(
                    Requirement(kind: .promoter, category: .agencyApproved, slot: 3))
            }
        }
    }

    private static func viewings(_ checked: Checked<Application>) -> [Viewing]? {
        guard case .accepted(let application, _) = checked else { return nil }
        return application.viewings
    }

    private static func stops(_ checked: Checked<Application>) -> [ProblemCode] {
        guard case .rejected(let problems) = checked else { return [] }
        return problems.filter { $0.severity == .stop }.map(\.code)
    }

    @Test func theFormAsksForTheThirdAndKeepsIt() {
        #expect(Self.stops(Sample.check(under: Self.rules())) == [.viewingMissing])
        let told = Sample.check({ $0[.viewedOn(slot: 3)] = "2026-09-03" }, under: Self.rules())
        #expect(Self.viewings(told)?.map(\.slot) == [1, 2, 3])
    }

    @Test func aVideoThatNobodyNeedsIsKeptWhereADayIsGiven() {
        let rules = Self.rules(required: false)
        #expect(Self.viewings(Sample.check(under: rules))?.map(\.slot) == [1, 2])
        let told = Sample.check({ $0[.viewedOn(slot: 3)] = "2026-09-03" }, under: rules)
        #expect(Self.viewings(told)?.map(\.slot) == [1, 2, 3])
        let wrong = Sample.check({ $0[.viewedOn(slot: 3)] = "2026-02-30" }, under: rules)
        #expect(Self.stops(wrong) == [.viewingNotInCalendar])
    }

    private static let headings = Sample.headings + ["視聴日（動画3）"]

    @Test func aFileHasAColumnForEachVideoAndMissesTheOneThatIsNotThere() {
        let lacking = Sample.plan([Sample.headings, Sample.row(1)], under: Self.rules())
        #expect(lacking.fileProblems.map(\.code) == [.columnsMissing])
        #expect(lacking.fileProblems[0].arguments[.headings] == "view_3_on")
        let plan = Sample.plan(
            [Self.headings, Sample.row(1) + ["2026/9/3"]], under: Self.rules())
        #expect(plan.lines[0].application?.viewings.map(\.slot) == [1, 2, 3])
    }

    @Test func oneDayForAllStandsForEveryVideoButThoseWithAColumnOfTheirOwn() {
        var headings = Sample.headings
        headings[10] = "視聴日"
        headings[11] = "視聴日（動画3）"
        let plan = Sample.plan([headings, Sample.row(1)], under: Self.rules())
        let days = plan.lines[0].application?.viewings.map(\.viewedOn.description)
        #expect(days == ["2026-09-01", "2026-09-01", "2026-09-02"])
    }

    @Test func aColumnOfAVideoThatThereIsNotIsToldAndNotUsed() {
        let rows = [Self.headings, Sample.row(1) + ["2026/9/3"]]
        let third = ColumnName("視聴日（動画3）")
        for use in [ColumnUse.question(.viewedOn(slot: 3)), .unused] {
            let open = Sample.plan(rows, saying: use == .unused ? [] : [ColumnChoice(third, use)])
            #expect(open.fileProblems.map(\.code) == [.columnsNotUnderstood])
            #expect(open.fileProblems[0].arguments[.headings] == "視聴日（動画3）")
        }
        let plan = Sample.plan(rows, saying: [ColumnChoice(third, .unused)])
        #expect(plan.fileProblems.map(\.code) == [.columnsUnused])
        #expect(plan.lines[0].application?.viewings.map(\.slot) == [1, 2])
    }

    @Test func anOrganizationTellsEarlyWhatTheNextYearRequiresBesides() throws {
        let rules = Sample.changed { lists in
            let known = lists.videos[0]
            let next = Sample.year.next
            lists.lookAhead(
                to: [known, Sample.third],
                [1, 3].map {
                    Requirement(kind: .promoter, category: .agencyApproved, slot: $0)
                }, of: next)
        }
        #expect(rules.early.map(\.slot) == [3])
        let rows = [Self.headings, Sample.row(1) + ["2026/9/3"], Sample.row(2) + [""]]
        let plan = Sample.plan(rows, under: rules)
        let first = try #require(plan.lines[0].application)
        #expect(first.viewings.map(\.isEarly) == [false, false, true])
        #expect(plan.lines[1].application?.viewings.count == 2)
        let alone = Sample.check({ $0[.viewedOn(slot: 3)] = "2026-09-03" }, under: rules)
        #expect(Self.viewings(alone)?.map(\.slot) == [1, 2], "the own page asks for it")
        let before = Sample.plan([Self.headings, Sample.row(1) + [""]], under: rules)
        #expect(before.lines[0].application?.content != first.content, "the row says more now")
    }
}
