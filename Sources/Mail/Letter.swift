/// A letter to one person. Only made of parts that cannot break out of their line: what holds a
/// control byte is refused, never cleaned (libcurl would send a second recipient for a CR LF).
public struct Letter: Sendable, Equatable {
    public let sender: String
    public let senderName: String
    public let recipient: String
    public let subject: String
    /// Plain text, any line ends.
    public let body: String
    /// The same for every try, so that a reader's mail program can drop a second copy.
    public let messageID: String
    /// RFC 5322 date in Japan's time.
    public let date: String

    /// What was wrong with a letter; no value is named.
    public enum Fault: Error, Equatable { case controlByte(part: String), malformed(part: String) }

    public init(
        from sender: String, named senderName: String, to recipient: String, _ text: LetterText
    ) throws(Fault) {
        for (part, value) in [
            ("sender", sender), ("name", senderName), ("recipient", recipient),
            ("subject", text.subject), ("message id", text.messageID), ("date", text.date),
        ] where value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            throw .controlByte(part: part)
        }
        guard Self.isAddress(sender) else { throw .malformed(part: "sender") }
        guard Self.isAddress(recipient) else { throw .malformed(part: "recipient") }
        self.sender = sender
        self.senderName = senderName
        self.recipient = recipient
        subject = text.subject
        body = text.body
        messageID = text.messageID
        date = text.date
    }

    /// Whether a text is one mail address and nothing besides, as far as its form tells.
    public static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>,;:\"()[]\\".utf8.contains($0) }
    }
}

/// What a letter says.
public struct LetterText: Sendable, Equatable {
    public let subject: String
    public let body: String
    public let messageID: String
    public let date: String

    public init(subject: String, body: String, messageID: String, date: String) {
        self.subject = subject
        self.body = body
        self.messageID = messageID
        self.date = date
    }
}
