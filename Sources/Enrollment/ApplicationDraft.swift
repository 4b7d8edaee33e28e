/// What somebody typed, or what a row of a file holds, before anything is known of it. Kept as it
/// was typed.
public struct ApplicationDraft: Equatable, Sendable {
    public var answers: [ApplicationField: String]

    public init(_ answers: [ApplicationField: String] = [:]) { self.answers = answers }

    /// The answer, empty when there is none.
    public subscript(field: ApplicationField) -> String {
        get { answers[field] ?? "" }
        set { answers[field] = newValue }
    }
}
