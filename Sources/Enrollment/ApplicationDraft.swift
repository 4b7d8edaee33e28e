/// What somebody typed, or what a row of a file holds, before anything is known of it. Kept as it
/// was typed.
public struct ApplicationDraft: Sendable {
    public struct Answer: Equatable, Sendable {
        public let field: ApplicationField
        public let text: String

        public init(field: ApplicationField, text: String) {
            self.field = field
            self.text = text
        }
    }

    /// In the order in which they were given. A list and not a dictionary: there are a few dozen
    /// questions, and a file has 20,000 drafts.
    public private(set) var answers: [Answer] = []

    public init() {}

    /// With room for so many answers.
    init(minimumCapacity: Int) { answers.reserveCapacity(minimumCapacity) }

    /// The answer, empty when there is none.
    public subscript(field: ApplicationField) -> String {
        get { place(of: field).map { answers[$0].text } ?? "" }
        set {
            let answer = Answer(field: field, text: newValue)
            if let place = place(of: field) {
                answers[place] = answer
            } else {
                answers.append(answer)
            }
        }
    }

    /// Whether the question was there at all, answered or not.
    func has(_ field: ApplicationField) -> Bool { place(of: field) != nil }

    /// Without the columns that only a group's file has.
    var ofOnePerson: ApplicationDraft {
        var draft = self
        draft.answers.removeAll { $0.field.isOnlyForGroups }
        return draft
    }

    private func place(of field: ApplicationField) -> Int? {
        answers.firstIndex { $0.field == field }
    }
}

extension ApplicationDraft: Equatable {
    public static func == (one: Self, other: Self) -> Bool {
        one.answers.count == other.answers.count
            && one.answers.allSatisfy { other.answers.contains($0) }
    }
}
