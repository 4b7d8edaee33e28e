public import Enrollment
internal import JSON
internal import Postgres

/// What was found in a file when it was planned, beside its rows. All that its page says is made of
/// this and of its lines: the file itself is not read again.
public struct GroupFileFindings: Sendable {
    /// Somebody by whose name one sees whether the letters were read rightly.
    public struct FirstPerson: Equatable, Sendable {
        public let name: String
        public let kana: String
    }

    /// Without what they need to be told where the file is forgotten.
    public let problems: [Problem]
    /// How the file calls each question; empty where it is forgotten.
    public let headings: [ApplicationField: String]
    /// The first three; nobody where the file is forgotten.
    public let people: [FirstPerson]
    /// Its bytes are past their lifetime, and with them what stood in them.
    public let isForgotten: Bool
    /// False of a file that was planned before its findings were kept.
    public let isKept: Bool

    init(_ row: Row) throws {
        problems = try row.problems("file_problems")
        isForgotten = try row.bool("is_forgotten")
        let details = try row.optionalJSON("details")
        isKept = details != nil || isForgotten
        var headings: [ApplicationField: String] = [:]
        for member in details?["headings"]?.members ?? [] {
            guard let field = ApplicationField(key: member.name), let name = member.value.plainText
            else { throw CorruptRow(column: "details") }
            headings[field] = name
        }
        self.headings = headings
        people = (details?["people"]?.elements ?? []).map {
            FirstPerson(name: $0["name"]?.plainText ?? "", kana: $0["kana"]?.plainText ?? "")
        }
    }

    /// What is forgotten with the file.
    static func details(of plan: GroupPlan) -> JSONValue {
        let headings = plan.headingNames.map { JSONMember($0.key.key, .kept($0.value)) }
        let people = plan.firstNames.map { name in
            JSONValue.object(["name": .kept(name.full), "kana": .kept(name.fullKana)])
        }
        return .object([
            "headings": .object(headings.sorted { $0.name < $1.name }), "people": .array(people),
        ])
    }
}

extension ReadStore {
    public func findings(of file: Int) async throws -> GroupFileFindings {
        try await GroupFileFindings(
            rows(
                """
                SELECT file_problems, details, original IS NULL AS is_forgotten FROM group_files
                WHERE id = \(file)
                """)[0])
    }
}

extension WriteTransaction {
    /// Keeps what was found in a file that was planned before that was kept. False where somebody
    /// else has, or the file is forgotten meanwhile.
    public func keepFindings(
        of plan: GroupPlan, in file: Int, badgeCount: Int
    ) async throws -> Bool {
        try await execute(
            """
            UPDATE group_files SET file_problems = \(plan.noticesOfFile.json.text)::jsonb,
                details = \(GroupFileFindings.details(of: plan).text)::jsonb,
                badge_count = \(badgeCount)
            WHERE id = \(file) AND details IS NULL AND original IS NOT NULL
            """) == 1
    }

    /// Keeps what is to be said of lines of such a file.
    public func keep(_ lines: [NoticedLine], of file: Int) async throws {
        try await executeLong(
            """
            UPDATE group_lines l SET problems = f.problems, cells = f.cells
            FROM unnest(\(lines.map(\.row))::integer[], \(lines.map(\.problems.json.text))::jsonb[],
                        \(lines.map { Answers.json($0.cells) })::jsonb[]) AS f(row, problems, cells)
            WHERE l.group_file_id = \(file) AND l.row_number = f.row
            """)
    }
}
