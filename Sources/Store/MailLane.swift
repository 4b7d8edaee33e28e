/// The lanes of the outbox. Each is emptied by itself, so that none waits for another: for a code
/// somebody sits before a page, a receipt is the answer to one act, mass mail can wait.
public enum MailLane: String, CaseIterable, Sendable {
    case codes, receipts, mass

    /// The lane of a letter that is posted together with others; `count` is all of them.
    init(of kind: LetterKind, among count: Int) {
        self = kind == .code ? .codes : count > WriteTransaction.few ? .mass : .receipts
    }

    /// How often a recipient's server may say "not now" before a letter is given up: a code is
    /// asked for anew sooner (after an hour), everything else is worth two days.
    public var triesOfRecipient: Int { self == .codes ? 6 : 20 }
}
