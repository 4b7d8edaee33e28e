public import Enrollment
public import JSON
internal import Postgres

/// A draft's answers as the tables hold them: a JSON object of what was typed, by the questions'
/// keys.
enum Answers {
    static func json(_ draft: ApplicationDraft) -> String { draft.json.text }

    /// The same with the answers that are empty.
    static func whole(_ draft: ApplicationDraft) -> String {
        JSONValue.object(
            draft.answers.map { JSONMember($0.field.key, .string($0.text)) }
        ).text
    }

    /// An answer to a question that is asked no longer is passed over. Throws `JSONFault`.
    static func draft(_ text: String) throws -> ApplicationDraft {
        var draft = ApplicationDraft()
        guard case .object(let members) = try JSONValue(reading: text.utf8) else { return draft }
        for member in members {
            guard let field = ApplicationField(key: member.name),
                case .string(let said) = member.value
            else { continue }
            draft[field] = said
        }
        return draft
    }
}

extension ApplicationDraft {
    /// What was answered, by field.
    public var json: JSONValue {
        .object(
            answers.filter { !$0.text.isEmpty }.map {
                JSONMember($0.field.key, .string($0.text))
            })
    }
}

extension Row {
    /// The answers in a `jsonb` column; none where it is null.
    func answers(_ column: String) throws -> ApplicationDraft {
        try optionalString(column).map(Answers.draft) ?? ApplicationDraft()
    }
}
