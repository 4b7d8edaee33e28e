/// What an event is about, as the journal writes it: a word, and which of them behind a colon.
public struct JournalSubject: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case application, person, appointment, receipt, account, invitation, organization, plan
        case groupFile = "group_file"
        case signingKey = "signing-key"
        case export, year, page, address, mail, job, lifetime, materials
        /// A word that says all.
        case other
    }

    public let kind: Kind
    /// Which of them; all of the text where the kind is none that is known.
    public let key: String

    public init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        if parts.count == 2, let kind = Kind(rawValue: parts[0]), kind != .other {
            (self.kind, key) = (kind, parts[1])
        } else {
            (kind, key) = (.other, text)
        }
    }

    /// Whether it is about somebody who applied: then what was before and after says what they are.
    public var isOfSomebody: Bool {
        switch kind {
        case .application, .person, .appointment, .receipt: true
        case .account, .invitation, .organization, .plan, .groupFile, .signingKey, .export,
            .year, .page, .address, .mail, .job, .lifetime, .materials, .other:
            false
        }
    }
}
