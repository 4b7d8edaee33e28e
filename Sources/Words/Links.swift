/// Where letters, sheets and badges lead to, as whole addresses. The site makes it from its own
/// endpoints, so that no path is spelled a second time.
public struct Links: Sendable {
    /// A page of one badge or invitation, by its token, its code or the name of its class.
    public typealias OfBadge = @Sendable (String) -> String

    /// The service's own address, without a slash at the end.
    public let home: String
    /// 応募の状況を見る.
    public let status: String
    /// 団体の名簿.
    public let members: String
    /// 担当者のログイン.
    public let signIn: String
    /// アカウントへの招待, by the token that only its letter has.
    public let invitation: OfBadge
    public let badgeIssuer: String
    /// 任命の証明, for people.
    public let verify: OfBadge
    /// 任命状の確認, by the code of a 任命状.
    public let checkCertificate: OfBadge
    /// The same for machines.
    public let assertion: OfBadge
    public let badgeClass: OfBadge
    public let badgeImage: OfBadge
    /// The picture that carries one, as PNG.
    public let badgePicture: OfBadge
    public let badgeCriteria: OfBadge
    public let credentials: CredentialLinks

    public init(
        home: String, status: String, members: String, signIn: String,
        invitation: @escaping OfBadge, badgeIssuer: String,
        verify: @escaping OfBadge, checkCertificate: @escaping OfBadge,
        assertion: @escaping OfBadge, badgeClass: @escaping OfBadge,
        badgeImage: @escaping OfBadge, badgePicture: @escaping OfBadge,
        badgeCriteria: @escaping OfBadge,
        credentials: CredentialLinks
    ) {
        self.home = home
        self.status = status
        self.members = members
        self.signIn = signIn
        self.invitation = invitation
        self.badgeIssuer = badgeIssuer
        self.verify = verify
        self.checkCertificate = checkCertificate
        self.assertion = assertion
        self.badgeClass = badgeClass
        self.badgeImage = badgeImage
        self.badgePicture = badgePicture
        self.badgeCriteria = badgeCriteria
        self.credentials = credentials
    }
}

/// Where the documents of Open Badges 3.0 are read, as whole addresses.
public struct CredentialLinks: Sendable {
    /// By the token of a badge.
    public let credential: Links.OfBadge
    /// By the name of a class.
    public let achievement: Links.OfBadge
    /// By the year in which the fiscal year starts.
    public let statusList: Links.OfBadge
    /// By the name of a key.
    public let key: Links.OfBadge

    public init(
        credential: @escaping Links.OfBadge, achievement: @escaping Links.OfBadge,
        statusList: @escaping Links.OfBadge, key: @escaping Links.OfBadge
    ) {
        self.credential = credential
        self.achievement = achievement
        self.statusList = statusList
        self.key = key
    }
}

extension Links {
    /// The issuer as a DID of the web (did:web, section 2.5.1), from the service's own address.
    public var issuerDID: String {
        let parts = home.split(separator: "/").dropFirst()
        let host = parts.first.map { $0.split(separator: ":").joined(separator: "%3A") } ?? ""
        return (["did:web", host] + parts.dropFirst().map(String.init)).joined(separator: ":")
    }
}
