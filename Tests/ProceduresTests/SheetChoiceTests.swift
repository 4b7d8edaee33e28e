import BookSamples
import Enrollment
import Postgres
import Procedures
import Spreadsheet
import Store
import TestSupport
import Testing

/// シートを選ぶ: of a book with several sheets the one is read that somebody means.
@Suite struct SheetChoiceTests {
    private static let clerk = Actor.operator("clerk")
    private static let limits = BookLimits(
        rows: 99, cells: 9_999, text: 99_999, inflated: 1 << 20)

    static func rows(_ csv: [UInt8]) -> String {
        let lines = String(decoding: csv.dropFirst(3), as: UTF8.self).split(separator: "\r\n")
        return lines.enumerated().map { index, line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            let content = cells.map { "<c t=\"str\"><v>\($0)</v></c>" }
            return "<row r=\"\(index + 1)\">\(content.joined())</row>"
        }.joined()
    }

    /// Two lists of people, of which the second has a heading that nobody knows, instructions, and
    /// a list that people do not see.
    static let book: [UInt8] = {
        let other = Invented.file(Invented.groupFile(5...7), calling: "氏", "サーネーム")
        return ByteBuiltBook(sheets: [
            ("説明", "<row r=\"1\"><c t=\"str\"><v>書き方</v></c></row>", "visible"),
            ("外来", rows(Invented.groupFile(1...2)), "visible"),
            ("病棟", rows(other), "visible"), ("白紙", "", "visible"),
            ("控え", rows(Invented.groupFile(8...8)), "hidden"),
        ]).bytes
    }()

    private static func upload(
        _ sheet: SheetChoice, choosing choices: [ColumnChoice] = [], _ bytes: [UInt8] = book
    ) -> GroupUpload {
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "c@example.jp", evidence: .personal, attests: true)
        return GroupUpload(
            name: "名簿.xlsx", bytes: bytes, coordinator: coordinator, choices: choices,
            sheet: sheet)
    }

    private static func plan(
        _ desk: isolated OfficeDesk, _ upload: GroupUpload
    ) async throws -> PlannedGroup {
        try await desk.office.planGroup(upload, of: "demo-hospital", by: clerk)
    }

    private static func scope(_ desk: isolated OfficeDesk) async throws -> OrganizationScope {
        let rules = try await desk.office.currentRules()
        return OrganizationScope(try #require(rules.organization(code: "demo-hospital")).id)
    }

    private static func choose(
        _ desk: isolated OfficeDesk, _ said: SaidOfFile, of number: String
    ) async throws -> ChosenColumns {
        try await desk.office.chooseColumns(
            said, of: number, within: try await scope(desk), by: clerk)
    }

    private static let surname = ColumnChoice(ColumnName("サーネーム"), .question(.familyName))

    @Test func theSheetThatIsNamedIsReadAndAppliedAndItsErrorsComeBack() async throws {
        try await withOffice { desk in
            #expect(try await Self.plan(desk, Self.upload(.likeliest)).plan?.sheets?.read == "外来")
            let open = try await Self.plan(desk, Self.upload(.named("病棟")))
            #expect(open.number == nil && open.columns?.missing == [.familyName])
            let planned = try await Self.plan(
                desk, Self.upload(.named("病棟"), choosing: [Self.surname]))
            #expect(planned.plan?.count(.new) == 3)
            #expect(
                planned.plan?.sheets == FileSheets(read: "病棟", all: ["説明", "外来", "病棟", "白紙"]))
            #expect(planned.fileProblems.contains { $0.arguments[.headings] == "「外来」" })
            // It is planned again by the same sheet when it is sent.
            let number = try #require(planned.number)
            #expect(
                try await desk.office.applyGroup(number, by: Self.clerk) == .applied(count: 3))
        }
    }

    @Test func theRowsToCorrectAreThoseOfTheSheetThatWasRead() async throws {
        try await withOffice { desk in
            let wrong = Invented.groupFile(5...6) { if $0[0] == "6" { $0[9] = "none" } }
            let bytes = ByteBuiltBook(sheets: [
                ("外来", Self.rows(Invented.groupFile(1...2)), "visible"),
                ("病棟", Self.rows(wrong), "visible"),
            ]).bytes
            let planned = try await Self.plan(desk, Self.upload(.named(" 病棟　"), bytes))
            let number = try #require(planned.number)
            let errors = try #require(try await desk.office.errorFile(of: number))
            let book = try Book(errors.bytes, limits: Self.limits)
            let rows = try book.table(of: book.sheets[0]).records
            #expect(rows.count == 2 && rows[1].cells[9] == "none")
        }
    }

    @Test func aSheetThatIsNotThereIsToldWithThoseThatAre() async throws {
        try await withOffice { desk in
            for name in ["内科", "控え", ""] {
                let planned = try await Self.plan(desk, Self.upload(.named(name)))
                #expect(planned.number == nil && planned.columns == nil)
                #expect(
                    planned.fileProblems
                        == [Problem(.sheetNotThere, nil, [.headings: "「説明」、「外来」、「病棟」、「白紙」"])])
            }
            for place in [0, 5, -1, .max] {
                let planned = try await Self.plan(desk, Self.upload(.numbered(place)))
                #expect(planned.fileProblems.map(\.code) == [.sheetNotThere])
            }
            let csv = Self.upload(.named("外来"), Invented.groupFile(1...2))
            #expect(
                try await Self.plan(desk, csv).fileProblems == [Problem(.sheetNotThere)])
            let empty = try await Self.plan(desk, Self.upload(.named("白紙")))
            #expect(empty.fileProblems.map(\.code) == [.fileWithoutRows])
            #expect(SheetChoice(typed: " 　") == .likeliest)
        }
    }

    @Test func anotherSheetTakesThePlaceOfThePlanOnceItCanBeRead() async throws {
        try await withOffice { desk in
            let first = try #require(try await Self.plan(desk, Self.upload(.likeliest)).number)
            let other = SheetChoice.numbered(3)
            guard
                case .open(let hand) = try await Self.choose(
                    desk, SaidOfFile([], sheet: other), of: first)
            else { throw Refusal.notFound }
            #expect(hand.sheets?.read == "病棟" && hand.columns.missing == [.familyName])
            let before = try #require(try await desk.office.reading.groupFile(number: first))
            #expect(before.state == .planned)
            guard
                case .planned(let second) = try await Self.choose(
                    desk, SaidOfFile([Self.surname], sheet: other), of: first)
            else { throw Refusal.notFound }
            let old = try #require(try await desk.office.reading.groupFile(number: first))
            let new = try #require(try await desk.office.reading.groupFile(number: second))
            #expect(old.state == .replaced && new.counts[.new] == 3)
            // And back: what was said of the one sheet is none of the other's.
            guard
                case .planned(let third) = try await Self.choose(
                    desk, SaidOfFile([], sheet: .numbered(2)), of: second)
            else { throw Refusal.notFound }
            let back = try #require(try await desk.office.reading.groupFile(number: third))
            #expect(back.counts[.new] == 2)
        }
    }

    @Test func ofASheetWithoutHeadingsItIsToldWhyAndThePlanStays() async throws {
        try await withOffice { desk in
            let first = try #require(try await Self.plan(desk, Self.upload(.likeliest)).number)
            for (sheet, code) in [
                (1, ProblemCode.headingsMissing), (4, .fileWithoutRows), (9, .sheetNotThere),
            ] {
                let chosen = try await Self.choose(
                    desk, SaidOfFile([], sheet: .numbered(sheet)), of: first)
                guard case .unfit(let hand, let problems) = chosen else { throw Refusal.notFound }
                #expect(hand.sheets?.read == "外来" && problems.map(\.code).contains(code))
            }
            let file = try #require(try await desk.office.reading.groupFile(number: first))
            #expect(file.state == .planned)
        }
    }

    @Test func aFileThatWaitsKeepsTheSheetThatWasNamed() async throws {
        try await withOffice { desk in
            let received = try await desk.office.receiveGroup(
                Self.upload(.named("病棟")), of: try await Self.scope(desk), by: Self.clerk)
            guard case .waiting(let number) = received,
                case .open(let hand) = try await desk.office.columnsOfFile(
                    number, of: try await Self.scope(desk))
            else { throw Refusal.notFound }
            #expect(hand.sheets?.read == "病棟" && hand.columns.missing == [.familyName])
            guard
                case .planned(let plan) = try await Self.choose(
                    desk, SaidOfFile([], sheet: .numbered(2)), of: number)
            else { throw Refusal.notFound }
            let file = try #require(try await desk.office.reading.groupFile(number: plan))
            #expect(file.counts[.new] == 2)
        }
    }
}
