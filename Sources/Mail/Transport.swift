/// Why a letter was not taken.
public enum MailFailure: Error, Equatable {
    /// The server will never take it (5xx): the code.
    case permanent(Int)
    /// The server may take it later (4xx): the code.
    case temporary(Int)
    /// No server answered, or it hung up before saying whether it took the letter.
    case unreachable

    /// Without anybody's address.
    public var summary: String {
        switch self {
        case .permanent(let code): "permanent \(code)"
        case .temporary(let code): "temporary \(code)"
        case .unreachable: "unreachable"
        }
    }

    public var isPermanent: Bool { if case .permanent = self { true } else { false } }
}

/// Takes letters away.
public protocol Transport: Sendable {
    func deliver(_ letter: Letter) async throws(MailFailure)
}

/// Which transport a setting names.
public enum Transports {
    public struct Unknown: Error, CustomStringConvertible {
        public let description: String
    }

    /// `smtp://host:port`, `smtps://user:password@host`, or `folder:PATH`.
    public static func transport(_ setting: String) throws -> any Transport {
        if setting.hasPrefix("folder:") {
            return FolderTransport(folder: String(setting.dropFirst("folder:".count)))
        }
        guard setting.hasPrefix("smtp://") || setting.hasPrefix("smtps://") else {
            throw Unknown(description: "a mail transport is smtp://…, smtps://… or folder:PATH")
        }
        return SMTPTransport(url: setting)
    }
}
