internal import Enrollment
internal import JSON
internal import Postgres

// How what is noticed of a file and of its rows stands in the tables.

extension Problem {
    /// Its code, its question, and all that its sentence needs, by name.
    var json: JSONValue {
        var members = [JSONMember("code", .string(code.rawValue))]
        if let field { members.append(JSONMember("field", .string(field.key))) }
        let needed = Argument.allCases.compactMap { argument in
            arguments[argument].map { JSONMember(argument.rawValue, .kept($0)) }
        }
        if !needed.isEmpty { members.append(JSONMember("arguments", .object(needed))) }
        return .object(members)
    }

    /// Nil for what this program does not know: nothing is left out of what somebody is told.
    init?(_ json: JSONValue) {
        guard let code = json["code"]?.plainText.flatMap({ ProblemCode(rawValue: $0) }) else {
            return nil
        }
        var field: ApplicationField?
        if let key = json["field"] {
            guard let known = key.plainText.flatMap({ ApplicationField(key: $0) }) else {
                return nil
            }
            field = known
        }
        var arguments: [Argument: String] = [:]
        for member in json["arguments"]?.members ?? [] {
            guard let name = Argument(rawValue: member.name), let text = member.value.plainText
            else { return nil }
            arguments[name] = text
        }
        self.init(code, field, arguments)
    }
}

extension [Problem] {
    var json: JSONValue { .array(map(\.json)) }
}

extension Row {
    /// The problems in a `jsonb` column.
    func problems(_ column: String) throws -> [Problem] {
        guard case .array(let values) = try json(column) else { throw CorruptRow(column: column) }
        return try values.map {
            guard let problem = Problem($0) else { throw CorruptRow(column: column) }
            return problem
        }
    }

    func json(_ column: String) throws -> JSONValue {
        try read(column) { try? JSONValue(reading: $0.utf8, limits: .ofKept) }
    }

    func optionalJSON(_ column: String) throws -> JSONValue? {
        try optionalRead(column) { try? JSONValue(reading: $0.utf8, limits: .ofKept) }
    }
}

extension JSONLimits {
    /// As much as a file of the largest size can make us keep: a heading of 20 MB.
    static let ofKept = JSONLimits(size: 64 << 20, count: 1_000_000)
}

extension JSONValue {
    /// What stood in a file, as it is kept. `jsonb` holds no U+0000, which a cell may.
    static func kept(_ text: String) -> JSONValue {
        .string(text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text)
    }

    /// Nil for what is no text.
    var plainText: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// None of what is no object.
    var members: [JSONMember] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    /// None of what is no array.
    var elements: [JSONValue] {
        guard case .array(let values) = self else { return [] }
        return values
    }
}
