/// Where letters, sheets and badges lead to, as whole addresses. The site makes it from its own
/// endpoints, so that no path is spelled a second time.
public struct Links: Sendable {
    /// A page of one badge, by its token or the name of its class.
    public typealias OfBadge = @Sendable (String) -> String

    /// The service's own address, without a slash at the end.
    public let home: String
    /// 応募の状況を見る.
    public let status: String
    /// 団体の名簿.
    public let members: String
    /// 担当者のログイン.
    public let signIn: String
    public let badgeIssuer: String
    /// 任命の証明, for people.
    public let verify: OfBadge
    /// The same for machines.
    public let assertion: OfBadge
    public let badgeClass: OfBadge
    public let badgeImage: OfBadge
    public let badgeCriteria: OfBadge

    public init(
        home: String, status: String, members: String, signIn: String, badgeIssuer: String,
        verify: @escaping OfBadge, assertion: @escaping OfBadge, badgeClass: @escaping OfBadge,
        badgeImage: @escaping OfBadge, badgeCriteria: @escaping OfBadge
    ) {
        self.home = home
        self.status = status
        self.members = members
        self.signIn = signIn
        self.badgeIssuer = badgeIssuer
        self.verify = verify
        self.assertion = assertion
        self.badgeClass = badgeClass
        self.badgeImage = badgeImage
        self.badgeCriteria = badgeCriteria
    }
}
