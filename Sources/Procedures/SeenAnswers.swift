internal import Enrollment
internal import Secrets

/// What a form was filled with, as a mark that it carries: of the whole, and of each answer, so
/// that of an old form it can be told which answers somebody has changed on it. The mark says
/// nothing to whoever reads it.
struct SeenAnswers: Sendable {
    private let id: Int
    private let key: SecretKey

    init(of application: Int, _ key: SecretKey) {
        id = application
        self.key = key
    }

    static func fields(_ rules: FiscalYearRules) -> [ApplicationField] {
        ApplicationField.plain.filter { !$0.isOnlyForGroups && $0 != .reuseOptIn }
            + rules.videos.map { .viewedOn(slot: $0.slot) }
    }

    /// `kind` is what else the form depends on.
    func mark(of answers: ApplicationDraft, as kind: String, _ rules: FiscalYearRules) -> String {
        let fields = Self.fields(rules)
        let said = fields.map { "\($0.key)=\(answers[$0])" }
        let whole = code((["\(id)", kind] + said).joined(separator: "\0"), 12)
        return ([whole] + fields.map { part(answers, $0) }).joined(separator: ".")
    }

    /// Whether an answer is another one than the form was filled with; of a question that the form
    /// did not have, whether it was answered.
    func isChanged(
        _ typed: ApplicationDraft, _ field: ApplicationField, since mark: String
    ) -> Bool {
        let parts = mark.split(separator: ".").dropFirst()
        guard parts.contains(where: { $0.hasPrefix(field.key + "~") }) else {
            return !typed[field].isEmpty
        }
        return !parts.contains(Substring(part(typed, field)))
    }

    /// Browsers send lines with other ends than they were given.
    private func part(_ answers: ApplicationDraft, _ field: ApplicationField) -> String {
        let text = answers[field].replacing("\r\n", with: "\n")
        return field.key + "~" + code("\(id)\0\(field.key)\0\(text)", 6)
    }

    private func code(_ text: String, _ length: Int) -> String {
        Base64URL.encode(Array(key.code(for: text, purpose: "correction").prefix(length)))
    }
}
