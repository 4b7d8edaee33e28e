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
    /// What was said of its columns otherwise than their headings say; nothing where it is
    /// forgotten.
    public let columns: [ColumnChoice]
    /// Which of its sheets was read; nil of a file that is no book, or is forgotten.
    public let sheets: FileSheets?
    /// The first three; nobody where the file is forgotten.
    public let people: [FirstPerson]
    /// Its bytes are past their lifetime, and with them what stood in them.
    public let isForgotten: Bool

    init(_ row: Row) throws {
        problems = try row.problems("file_problems")
        isForgotten = try row.bool("is_forgotten")
        let details = try row.optionalJSON("details")
        var headings: [ApplicationField: String] = [:]
        for member in details?["headings"]?.members ?? [] {
            guard let field = ApplicationField(key: member.name), let name = member.value.plainText
            else { throw CorruptRow(column: "details") }
            headings[field] = name
        }
        self.headings = headings
        columns = try (details?["columns"]?.elements ?? []).map { try ColumnChoice($0) }
        sheets = try details?["sheets"].map { try FileSheets($0) }
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
        let sheets = plan.sheets.map { [JSONMember("sheets", $0.json)] } ?? []
        return .object(
            [
                JSONMember("headings", .object(headings.sorted { $0.name < $1.name })),
                JSONMember("people", .array(people)),
                JSONMember("columns", .array(plan.columns.map(\.json))),
            ] + sheets)
    }
}

extension ColumnChoice {
    fileprivate var json: JSONValue {
        .object([
            "heading": .kept(name.heading), "ordinal": .integer(name.ordinal),
            "use": .string(use.code), "remembered": .bool(isRemembered),
        ])
    }

    fileprivate init(_ json: JSONValue) throws {
        guard let heading = json["heading"]?.plainText,
            let use = json["use"]?.plainText.flatMap({ ColumnUse(code: $0) }),
            case .integer(let ordinal)? = json["ordinal"], let isRemembered = json["remembered"]
        else { throw CorruptRow(column: "details") }
        self.init(
            ColumnName(heading, ordinal: ordinal), use, isRemembered: isRemembered == .bool(true))
    }
}

extension FileSheets {
    fileprivate var json: JSONValue {
        .object(["read": .kept(read), "all": .array(all.map { .kept($0) })])
    }

    fileprivate init(_ json: JSONValue) throws {
        guard let read = json["read"]?.plainText else { throw CorruptRow(column: "details") }
        self.init(read: read, all: (json["all"]?.elements ?? []).compactMap(\.plainText))
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
