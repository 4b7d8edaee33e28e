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
        let schemes = ["smtp://", "smtps://", "folder:"]
        guard schemes.contains(where: { setting.hasPrefix($0) && setting != $0 }) else {
            throw Unknown(description: "letters go to smtp://…, smtps://… or folder:PATH")
        }
        return folder(setting) ?? SMTPTransport(url: setting)
    }

    /// Whether a letter would be taken now: the server lets us in, or the folder can be written.
    /// Blocks for five seconds at most, and makes the folder.
    public static func canBeReached(_ setting: String) -> Bool {
        folder(setting)?.canBeWritten ?? SMTPTransport.canBeReached(setting)
    }

    private static func folder(_ setting: String) -> FolderTransport? {
        guard setting.hasPrefix("folder:") else { return nil }
        return FolderTransport(folder: String(setting.dropFirst("folder:".count)))
    }
}
