/// Takes letters away.
public protocol Transport: Sendable {
    func deliver(_ letter: Letter) async throws(MailFailure)
}

/// Which transport a setting names.
public enum Transports {
    public struct Unknown: Error, CustomStringConvertible {
        public let description: String
    }

    /// `smtp://host:port`, `smtps://user:password@host`, or `folder:PATH`. `authorities` is a PEM
    /// file of the certificates that are trusted in the place of the system's; it is read at each
    /// connection.
    public static func transport(
        _ setting: String, trusting authorities: String? = nil
    ) throws -> any Transport {
        let schemes = ["smtp://", "smtps://", "folder:"]
        guard schemes.contains(where: { setting.hasPrefix($0) && setting != $0 }) else {
            throw Unknown(description: "letters go to smtp://…, smtps://… or folder:PATH")
        }
        return folder(setting) ?? SMTPTransport(url: setting, authorities: authorities)
    }

    /// What would keep a letter of this sender from being taken now: the server lets us in and
    /// takes the sender, or the folder can be written. No letter is sent. Blocks for some seconds
    /// at most, and makes the folder.
    public static func trouble(
        with setting: String, from sender: String, trusting authorities: String? = nil
    ) -> MailFailure? {
        guard let folder = folder(setting) else {
            return SMTPTransport.trouble(with: setting, from: sender, authorities)
        }
        return folder.canBeWritten ? nil : .unreachable
    }

    private static func folder(_ setting: String) -> FolderTransport? {
        guard setting.hasPrefix("folder:") else { return nil }
        return FolderTransport(folder: String(setting.dropFirst("folder:".count)))
    }
}
