import Mail

extension MailFailure {
    /// What keeps letters from leaving by `url`, and how to mend it; for whoever runs the
    /// installation.
    func sentence(_ url: String) -> String {
        if url.hasPrefix("folder:") {
            return
                "Letters cannot be written to \(url): make that folder writable, or name another "
                + "in ENROLL_SMTP_URL."
        }
        switch self {
        case .ours(.sender, _):
            return "The mail server does not take letters from ENROLL_MAIL_FROM\(said): name an "
                + "address there for which it may send, or have it allowed."
        case .ours(.tls, _):
            return "The mail server that ENROLL_SMTP_URL names offers no TLS that can be trusted"
                + "\(said): see to its certificate, name the file of who signed it in "
                + "ENROLL_SMTP_CA, or name another server."
        case .ours(.signIn, _):
            return "The mail server that ENROLL_SMTP_URL names does not take its user and password"
                + "\(said): put them right there."
        case .ours(.service, _), .letter, .recipient, .cutOff:
            return
                "The mail server that ENROLL_SMTP_URL names does not serve us\(said): see that it "
                + "lets this machine in."
        case .unreachable:
            return
                "The mail server that ENROLL_SMTP_URL names does not answer: see that it runs, and "
                + "that its address is right."
        }
    }

    private var said: String {
        switch self {
        case .ours(_, let code?), .recipient(let code), .letter(let code): " (it says \(code))"
        default: ""
        }
    }
}
