internal import Enrollment
internal import HTML
internal import HTTP
internal import Secrets

/// 入力の印: the draft that a page belongs to, and whose answers it held when the page was shown.
/// Two people at one browser share its cookies; by the mark their pages are told apart. It opens
/// nothing, and is keyed so that nothing can be read from it.
struct DraftMark: Equatable {
    static let field = "draft"
    /// Of a form that belongs to no draft yet.
    static let none = DraftMark(text: "")

    let text: String

    init(text: String) { self.text = text }

    init(_ token: Token, _ answers: ApplicationDraft, _ key: SecretKey) {
        let person = [.familyName, .givenName, .email].map { answers[$0] }.joined(separator: "\0")
        text = Self.part(token.text, key) + "." + Self.part(token.text + "\0" + person, key)
    }

    /// Nil where the page carried none: it was shown by an older program, or is no page of ours.
    init?(_ form: Form) throws {
        guard let text = try form.single(Self.field) else { return nil }
        self.text = text
    }

    private static func part(_ text: String, _ key: SecretKey) -> String {
        Base64URL.encode(Array(key.code(for: text, purpose: "draft").prefix(12)))
    }

    /// Whether both are of one draft, whoever's answers it held.
    func isOfDraft(_ other: DraftMark) -> Bool {
        !text.isEmpty && text.prefix { $0 != "." } == other.text.prefix { $0 != "." }
    }

    var hidden: HTML { ResumeAfterSignIn.field(Self.field, text) }
}
