internal import Enrollment
internal import Postgres

/// A column of `applications`, told once. What an insert, a renewal, a version, a correction, a
/// record and the forgetting do with it follows from here, by name and never by place.
struct ApplicationColumn: Sendable {
    /// What happens to a column besides being written when somebody applies.
    struct Traits: OptionSet, Sendable {
        let rawValue: Int
        /// The renewed application of the next year says the same.
        static let carriedOver = Traits(rawValue: 1)
        /// `application_versions` keeps what it said before a correction.
        static let versioned = Traits(rawValue: 2)
        /// A corrected row of the organization that submitted it says it anew.
        static let correctable = Traits(rawValue: 4)
        /// `ApplicationRecord` reads it as it is kept.
        static let recorded = Traits(rawValue: 8)
        /// What is counted stays when the particulars are forgotten; this goes.
        static let forgotten = Traits(rawValue: 16)
        /// `application_versions` keeps it, only so that it can come back; no page shows it.
        static let broughtBack = Traits(rawValue: 32)
        /// What somebody says of themselves, in all its lives.
        static let ofPerson: Traits = [.carriedOver, .versioned, .correctable, .forgotten]
    }

    let name: SQL
    let traits: Traits
    /// The question whose answer it keeps, where that is a text.
    let field: ApplicationField?
    /// The question that must be open to a correction by the person for it to change; nil where no
    /// correction of theirs touches it.
    let answering: ApplicationField?
    /// The values of some applications, as an array of the column's type.
    let values: @Sendable ([Submission]) -> SQL
    /// What a correction writes; nil where the one who corrects has not said anything of it.
    let correction: @Sendable (Submission) -> SQL?
    /// By what a row is read.
    let label: String

    init<Value: SQLValue>(
        _ name: StaticString, _ type: SQL, _ traits: Traits, of field: ApplicationField? = nil,
        answering question: ApplicationField? = nil,
        if isSaid: @escaping @Sendable (Submission) -> Bool = { _ in true },
        _ value: @escaping @Sendable (Submission) -> Value
    ) {
        self.name = SQL(stringLiteral: name)
        self.traits = traits
        self.field = field
        answering = question ?? field
        label = name.description
        values = { "\($0.map(value))::\(type)[]" }
        correction = { isSaid($0) ? "\(value($0))::\(type)" : nil }
    }

    /// The column of a text that is kept as it was typed.
    static func text(
        _ field: ApplicationField, _ name: StaticString, _ traits: Traits
    ) -> ApplicationColumn {
        let isAdded = TextQuestion.of(field)?.traits.contains(.isAdded) ?? false
        return ApplicationColumn(
            name, "text", traits, of: field,
            if: { !isAdded || $0.application.texts.has(field) }
        ) { $0.application.texts[field] }
    }

    static func having(_ traits: Traits) -> [ApplicationColumn] {
        all.filter { $0.traits.isSuperset(of: traits) }
    }

    static func named(_ trait: Traits, of table: SQL = "") -> SQL {
        .list(having(trait).map { "\(table)\($0.name)" })
    }

    /// All that a version keeps.
    static let kept: SQL = .list((having(.versioned) + having(.broughtBack)).map(\.name))

    /// The same of a version or an application, to be compared.
    static func comparable(_ table: SQL) -> SQL {
        .list((having(.versioned) + having(.broughtBack)).map { "\(table).\($0.name)" })
    }

    /// What a correction may change, without what is only made of it.
    static func facts(_ columns: [ApplicationColumn]) -> SQL {
        let made = keys.map(\.label)
        return .list(columns.filter { !made.contains($0.label) }.map(\.name))
    }

    /// What a corrected row of an organization may change.
    static let correctable = having(.correctable)

    /// What the person may change who corrects within a scope.
    static func own(_ isOpen: (ApplicationField) -> Bool) -> [ApplicationColumn] {
        all.filter { $0.answering.map(isOpen) ?? false }
    }

    /// `column = value` of everything that a correction says.
    static func assignments(_ columns: [ApplicationColumn], _ submission: Submission) -> SQL {
        .list(
            columns.compactMap { column in
                column.correction(submission).map { "\(column.name) = \($0)" }
            })
    }

    /// `column = ''` of everything by which somebody could be known, but for what may not be empty.
    static func emptied(_ traits: Traits) -> SQL {
        .list(having(traits.union(.forgotten)).map { "\($0.name) = ''" })
    }

    /// `column = NULL` of what a version keeps so that it can come back.
    static let broughtBackNoMore: SQL = .list(having(.broughtBack).map { "\($0.name) = NULL" })

    // MARK: the answers to text questions

    /// Those that two sides may say differently of one person.
    static let particulars = asking(.isParticular)

    private static func asking(_ traits: TextQuestion.Traits) -> [ApplicationColumn] {
        let fields = TextQuestion.having(traits).map(\.field)
        return all.filter { $0.field.map(fields.contains) ?? false }
    }

    /// Those to questions that files of before did not ask.
    static let added = asking(.isAdded)

    static func texts(of row: Row) throws -> TextAnswers {
        try read(recordedTexts, of: row)
    }

    static let versionedTexts = having(.versioned).filter { $0.field != nil }

    /// Whether versions from before the person could correct this keep it, too.
    var isInOlderVersions: Bool { traits.isSuperset(of: .correctable) }

    private static let recordedTexts = having(.recorded).filter { $0.field != nil }

    static func read(_ columns: [ApplicationColumn], of row: Row) throws -> TextAnswers {
        var texts = TextAnswers()
        for column in columns {
            if let field = column.field { texts[field] = try row.string(column.label) }
        }
        return texts
    }
}
