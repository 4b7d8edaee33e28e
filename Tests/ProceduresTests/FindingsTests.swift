import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// What was found in a file is kept with its plan; nobody reads the file again to say it.
@Suite struct FindingsTests {
    /// All that is said of a file, in lines.
    private static func said(
        _ desk: isolated OfficeDesk, of number: String
    ) async throws -> [String] {
        let file = try #require(try await desk.office.reading.groupFile(number: number))
        let outlook = try await desk.office.outlook(of: file)
        let findings = outlook.findings
        let headings = findings.headings.map { "\($0.key.key) is \($0.value)" }.sorted()
        let columns = findings.columns.map { "\($0.name.heading) \($0.use.code)" }
        return headings + columns + findings.people.map { "\($0.name) \($0.kana)" }
            + findings.problems.map { "\($0)" } + outlook.causes.map(said)
            + (outlook.repeated.shown + outlook.doubted.shown).map { "\($0)" }
            + ["\(outlook.repeated.rest) \(outlook.doubted.rest) \(outlook.wishes)"]
    }

    private static func said(_ cause: PlanCause) -> String {
        let examples = cause.examples.map { example in
            let cells = example.line.cells.answers.map { "\($0.field.key)=\($0.text)" }
            return "\(example.line.row) \(Self.said(example.problem)) \(cells.sorted())"
        }
        return "\(cause.code) \(cause.field?.key ?? "") \(cause.rows) \(examples)"
    }

    private static func said(_ problem: Problem) -> String {
        let needed = problem.arguments.map { "\($0.key)=\($0.value)" }.sorted()
        return "\(problem.code) \(problem.field?.key ?? "") \(needed)"
    }

    /// Rows of most kinds: fit, wrong in two cells, of the same person, likely of the same person.
    private static func mixed(_ desk: isolated OfficeDesk) async throws -> PlannedGroup {
        var seen = 0
        return try await desk.upload([1, 2, 3, 1, 1, 4]) { row in
            seen += 1
            if seen == 2 { (row[5], row[9]) = ("10200949", "x") }
            if seen == 3 { row[1] = "佐藤花" }
            if seen == 5 { row[9] = "other@example.jp" }
            if seen == 6 { row[8] = "1月2日" }
        }
    }

    @Test(arguments: [
        "01-badge-answers.csv", "06a-phone-and-contact.csv", "08-notices-never-shown.csv",
        "13b-group-total-and-foot-rows.csv", "20-contact-block-above.csv",
        "21-names-that-are-none.csv",
        "26-error-values.csv",
    ])
    func whatWasNoticedIsKeptWithAllThatItNeeds(file: String) async throws {
        try await withOffice { desk in
            let unused = ColumnChoice(ColumnName("連絡先"), .unused)
            let planned = try await desk.planRoster(
                file, saying: file.hasPrefix("06a") ? [unused] : [])
            let plan = try #require(planned.plan)
            let number = try #require(planned.number)
            let record = try #require(try await desk.office.reading.groupFile(number: number))
            let outlook = try await desk.office.outlook(of: record)
            #expect(outlook.causes.map(Self.said) == plan.causes.map(Self.said))
            #expect(outlook.findings.problems == plan.noticesOfFile)
            #expect(outlook.findings.headings == plan.headingNames)
            #expect(outlook.findings.columns == plan.columns)
            #expect(outlook.findings.people.map(\.name) == plan.firstNames.map(\.full))
            #expect(outlook.findings.people.map(\.kana) == plan.firstNames.map(\.fullKana))
            #expect(outlook.wishes == plan.badgeCount)
        }
    }

    @Test func noLookAtAPlanReadsTheFile() async throws {
        try await withOffice { desk in
            let number = try #require(try await Self.mixed(desk).number)
            let said = try await Self.said(desk, of: number)
            _ = try await desk.rows("UPDATE group_files SET original = '\\xFF'")
            for _ in 1...3 { #expect(try await Self.said(desk, of: number) == said) }
        }
    }

    @Test func whatOnlyTheKnownPeopleTellIsKeptToo() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            #expect(try await desk.enter([1]) == 1)
            let number = try #require(try await desk.upload([1], at: .nara).number)
            let said = try await Self.said(desk, of: number)
            #expect(said.contains { $0.hasPrefix("differencesBecomeAProposal  [2]") })
            _ = try await desk.rows("UPDATE group_files SET original = '\\xFF'")
            #expect(try await Self.said(desk, of: number) == said)
        }
    }

    @Test func aHeadingWithAControlCharacterIsKept() async throws {
        try await withOffice { desk in
            let text = String(decoding: Invented.groupFile([1]), as: UTF8.self)
                .replacing("No.", with: "備\0考", maxReplacements: 1)
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "", evidence: .personal, attests: true)
            let planned = try await desk.office.planGroup(
                GroupUpload(
                    name: "名簿.csv", bytes: Array(text.utf8), coordinator: coordinator,
                    choices: [ColumnChoice(ColumnName("備\u{FFFD}考"), .unused)]),
                of: "demo-hospital", by: .operator("coordinator"))
            let number = try #require(planned.number)
            #expect(
                try await Self.said(desk, of: number).contains { $0.contains("備\u{FFFD}考") })
        }
    }

    @Test func withTheFileAllGoesThatStoodInItAndWhatWasNoticedStays() async throws {
        try await withOffice(on: Day("2026-09-15")!) { desk in
            let number = try #require(try await Self.mixed(desk).number)
            let file = try #require(try await desk.office.reading.groupFile(number: number))
            let before = try await desk.office.outlook(of: file)
            try await desk.move(by: 90 * 86_400)
            let due = try await desk.office.planForgetting()
            let forgotten = try await desk.office.forgetExpired(
                [.groupOriginal, .groupAnswers], chunk: 2, by: .operator("o"))
            #expect(
                forgotten.map(\.count)
                    == due.filter { forgotten.map(\.lifetime).contains($0.lifetime) }.map(\.count))
            let after = try await desk.office.outlook(of: file)
            #expect(after.isForgotten && after.file.counts == before.file.counts)
            #expect(after.causes.map(\.code) == before.causes.map(\.code))
            #expect(after.causes.map(\.rows) == before.causes.map(\.rows))
            #expect(after.causes.flatMap(\.examples).isEmpty)
            #expect(after.wishes == before.wishes && after.repeated.count == 1)
            for name in ["髙橋", "佐藤花", "10200949", "other@example.jp"] {
                let found = try await desk.count(
                    """
                    SELECT count(*) AS n FROM group_files f JOIN group_lines l ON l.group_file_id = f.id
                    WHERE strpos(l::text, \(name)) > 0 OR strpos(f.details::text, \(name)) > 0
                       OR strpos(f.file_problems::text, \(name)) > 0
                    """)
                #expect(found == 0, "\(name)")
            }
        }
    }
}
