/// Why a letter was not taken; so also what becomes of it, and of those behind it.
public enum MailFailure: Error, Equatable {
    /// The server does not take this recipient: its code, 5xx for never and 4xx for not now.
    case recipient(Int)
    /// The server does not take this letter and says nothing against its recipient: its code.
    case letter(Int)
    /// The server takes nothing of ours: why not, and its code if it said one.
    case ours(Eligibility, Int?)
    /// The server took our sender and then hung up, or said nothing more: it may be this letter.
    case cutOff
    /// No server answered, or it hung up before anything was said of a letter.
    case unreachable

    /// What of ours a server refuses.
    public enum Eligibility: String, Sendable {
        /// `ENROLL_MAIL_FROM`.
        case sender
        /// It offers no TLS, or none that can be trusted.
        case tls = "TLS"
        /// User or password, or it wants one.
        case signIn = "sign-in"
        /// It wants to have nothing to do with us, or with anybody, at this time.
        case service
    }

    /// Only a server that will never take this recipient ends a letter.
    public var endsLetter: Bool {
        if case .recipient(let code) = self { code >= 500 } else { false }
    }

    /// Whether the next letter would meet the same.
    public var concernsEveryLetter: Bool {
        switch self {
        case .recipient, .letter, .cutOff: false
        case .ours, .unreachable: true
        }
    }

    /// Without anybody's address.
    public var summary: String {
        switch self {
        case .recipient(let code): "recipient refused: \(Self.word(code))"
        case .letter(let code): "letter refused: \(Self.word(code))"
        case .ours(let ground, let code):
            "\(ground.rawValue) refused" + (code.map { ": \(Self.word($0))" } ?? "")
        case .cutOff: "cut off"
        case .unreachable: "unreachable"
        }
    }

    private static func word(_ code: Int) -> String {
        "\(code >= 500 ? "permanent" : "temporary") \(code)"
    }
}
