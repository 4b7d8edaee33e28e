/// What we said to a mail server last, as far as it decides what a refusal means.
enum SMTPStep: Equatable {
    case greeting, startTLS, signIn, sender, recipient, content, goodbye

    /// Nil for what is no command, such as the second line of a sign-in.
    init?(command line: String) {
        let verbs: [(String, SMTPStep)] = [
            ("EHLO", .greeting), ("HELO", .greeting), ("STARTTLS", .startTLS), ("AUTH ", .signIn),
            ("MAIL FROM:", .sender), ("RCPT TO:", .recipient), ("DATA\r\n", .content),
            ("QUIT\r\n", .goodbye),
        ]
        guard let step = verbs.first(where: { line.hasPrefix($0.0) })?.1 else { return nil }
        self = step
    }
}

/// A reply of a mail server: RFC 5321's code, and RFC 3463's status where it gives one.
struct SMTPReply: Equatable {
    let code: Int
    /// `x.1.7`: (1, 7).
    let status: Status?

    struct Status: Equatable {
        let subject: Int
        let detail: Int
    }

    init?(_ line: String) {
        let text = line.prefix { !$0.isNewline }
        guard text.count >= 3, let code = Int(text.prefix(3)), (200...599).contains(code) else {
            return nil
        }
        self.code = code
        let parts = text.dropFirst(4).prefix { $0 != " " }
            .split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, parts[0] == code / 100, let subject = parts[1],
            let detail = parts[2]
        else {
            status = nil
            return
        }
        status = Status(subject: subject, detail: detail)
    }

    var isRefusal: Bool { code >= 400 }

    /// What the refusal of a step means. Servers tell what they have against the sender or against
    /// us also when the recipient was named (Postfix does by default), so the status is believed
    /// more than the step, and a recipient is given up only where it is the recipient's.
    func failure(of step: SMTPStep) -> MailFailure {
        if code == 421 { return .ours(.service, code) }
        if [530, 534, 535, 538].contains(code) { return .ours(.signIn, code) }
        switch step {
        case .greeting, .goodbye: return .ours(.service, code)
        case .startTLS: return .ours(.tls, code)
        case .signIn: return .ours(.signIn, code)
        case .sender: return .ours(.sender, code)
        case .recipient: return status.map(failure) ?? ofRecipient
        case .content: return status.map(failure) ?? .letter(code)
        }
    }

    private func failure(_ status: Status) -> MailFailure {
        switch (status.subject, status.detail) {
        case (1, 7), (1, 8): .ours(.sender, code)  // bad sender's mailbox or system address
        case (1, _), (2, _), (4, _): .recipient(code)  // address, mailbox, the way to its system
        default: .letter(code)  // what is in it, or a policy: nothing against the recipient
        }
    }

    /// RFC 5321 4.2.3: mailbox not there, not local, full, not allowed; RFC 7504: takes no mail.
    private var ofRecipient: MailFailure {
        code < 500 || [501, 550, 551, 552, 553, 556].contains(code)
            ? .recipient(code) : .letter(code)
    }
}
