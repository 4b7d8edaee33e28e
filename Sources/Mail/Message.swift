internal import FoundationEssentials

extension Letter {
    /// The message as it goes over the wire (RFC 5322, MIME): ASCII, CR LF, base64 body.
    public var message: [UInt8] {
        let head = [
            "From: \(EncodedWords.header(senderName)) <\(sender)>",
            "To: <\(recipient)>",
            "Subject: \(EncodedWords.header(subject))",
            "Date: \(date)",
            "Message-ID: <\(messageID)>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: base64",
            "Auto-Submitted: auto-generated",
        ]
        let text = body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .joined(separator: "\r\n")
        let encoded = Data((text + "\r\n").utf8).base64EncodedString()
        var lines: [Substring] = []
        var rest = encoded[...]
        while !rest.isEmpty {
            lines.append(rest.prefix(76))
            rest = rest.dropFirst(76)
        }
        return Array((head + [""] + lines.map(String.init) + [""]).joined(separator: "\r\n").utf8)
    }
}

/// RFC 2047.
enum EncodedWords {
    /// A header's text; words of at most 75 octets, cut between characters, folded.
    static func header(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var words: [String] = []
        var piece: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if piece.count + bytes.count > 42 {
                words.append(word(piece))
                piece = []
            }
            piece += bytes
        }
        words.append(word(piece))
        return words.joined(separator: "\r\n ")
    }

    private static func word(_ bytes: [UInt8]) -> String {
        "=?UTF-8?B?\(Data(bytes).base64EncodedString())?="
    }
}
