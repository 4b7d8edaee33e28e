/// What decides whether two records are of one person, as far as it is a number or a list: dated
/// data of the programme (`Migrations/reference/YEAR/identity.csv`), with its source there.
public struct IdentityRules: Sendable, Equatable {
    /// What is set. The raw value is `identity_rules.name`.
    public enum Name: String, CaseIterable, Sendable {
        case mailHolders = "mail_holders"
        case phoneHolders = "phone_holders"
        case homeHolders = "home_holders"
        case namesakes
        case kanjiEdits = "kanji_edits"
        case kanaEdits = "kana_edits"
        case renumberedPercent = "renumbered_percent"
        case ownDomainPercent = "own_domain_percent"
        case ownDomainAddresses = "own_domain_addresses"
        case privateDomains = "private_domains"
    }

    /// From so many people on a mail address is shared, and no evidence.
    public let mailHolders: Int
    public let phoneHolders: Int
    /// From so many people on an address is an office, and no evidence.
    public let homeHolders: Int
    /// From so many expected people of a name on nobody is asked on the name alone.
    public let namesakes: Double
    /// So many characters of a name may differ for it to be near.
    public let kanjiEdits: Int
    public let kanaEdits: Int
    /// When more of an organization's numbers than these belong to others by a file's own sure
    /// rows, it has given its numbers anew.
    public let renumberedPercent: Int
    /// A domain of so many of an organization's addresses is its own.
    public let ownDomainPercent: Int
    /// Of fewer addresses at a domain nobody can tell.
    public let ownDomainAddresses: Int
    /// Domains at which anybody gets an address.
    public let privateDomains: Set<String>

    /// Nil when a value is missing or is no number.
    public init?(_ values: [Name: String]) {
        func number(_ name: Name) -> Int? { values[name].flatMap { Int($0) } }
        guard let mailHolders = number(.mailHolders), let phoneHolders = number(.phoneHolders),
            let homeHolders = number(.homeHolders), let kanjiEdits = number(.kanjiEdits),
            let kanaEdits = number(.kanaEdits), let renumbered = number(.renumberedPercent),
            let ownDomain = number(.ownDomainPercent),
            let ownDomainAddresses = number(.ownDomainAddresses),
            let namesakes = values[.namesakes].flatMap({ Double($0) }),
            let privateDomains = values[.privateDomains]
        else { return nil }
        self.mailHolders = mailHolders
        self.phoneHolders = phoneHolders
        self.homeHolders = homeHolders
        self.namesakes = namesakes
        self.kanjiEdits = kanjiEdits
        self.kanaEdits = kanaEdits
        renumberedPercent = renumbered
        ownDomainPercent = ownDomain
        self.ownDomainAddresses = ownDomainAddresses
        self.privateDomains = Set(privateDomains.split(separator: " ").map(String.init))
    }
}
