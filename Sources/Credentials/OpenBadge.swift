public import JSON
internal import Secrets

/// Where the documents of badges are read, as whole addresses: by the token of one, or the name of
/// a class.
public struct OpenBadgeAddresses: Sendable {
    public typealias Address = @Sendable (String) -> String

    let home: String
    let issuer: String
    let assertion: Address
    let badgeClass: Address
    let image: Address
    /// The picture of one, which carries it.
    let picture: Address
    let criteria: Address

    public init(
        home: String, issuer: String, assertion: @escaping Address,
        badgeClass: @escaping Address, image: @escaping Address,
        picture: @escaping Address, criteria: @escaping Address
    ) {
        self.home = home
        self.issuer = issuer
        self.assertion = assertion
        self.badgeClass = badgeClass
        self.image = image
        self.picture = picture
        self.criteria = criteria
    }
}

/// Open Badges 2.0, hosted verification (1EdTech, ob_v2p0). Knows no volunteer.
public struct OpenBadge: Sendable {
    private static let context = JSONValue.string("https://w3id.org/openbadges/v2")
    private let addresses: OpenBadgeAddresses

    public init(_ addresses: OpenBadgeAddresses) { self.addresses = addresses }

    /// The issuer's profile.
    public func issuer(name: String, email: String) -> [UInt8] {
        JSONValue.object([
            "@context": Self.context, "type": .string("Issuer"), "id": .string(addresses.issuer),
            "name": .string(name), "url": .string(addresses.home), "email": .string(email),
        ]).octets
    }

    /// The class of one kind and fiscal year.
    public func badgeClass(slug: String, name: String, description: String, criteria: String)
        -> [UInt8]
    {
        JSONValue.object([
            "@context": Self.context, "type": .string("BadgeClass"),
            "id": .string(addresses.badgeClass(slug)), "name": .string(name),
            "description": .string(description),
            "image": .string(addresses.image(slug)),
            "criteria": .object([
                "id": .string(addresses.criteria(slug)), "narrative": .string(criteria),
            ]),
            "issuer": .string(addresses.issuer),
        ]).octets
    }

    /// What one person was given. Instants in ISO 8601 with offset.
    public func assertion(
        token: String, slug: String, recipient: HashedRecipient, issuedOn: String, expires: String
    ) -> JSONValue {
        .object([
            "@context": Self.context, "type": .string("Assertion"),
            "id": .string(addresses.assertion(token)),
            "recipient": .object([
                "type": .string("email"), "hashed": .bool(true), "salt": .string(recipient.salt),
                "identity": .string(recipient.identity),
            ]),
            "badge": .string(addresses.badgeClass(slug)),
            "verification": .object(["type": .string("HostedBadge")]),
            "issuedOn": .string(issuedOn), "expires": .string(expires),
            "image": .object(["id": .string(addresses.picture(token))]),
        ])
    }

    /// The body beside 410 Gone.
    public func revoked(token: String, reason: String) -> [UInt8] {
        JSONValue.object([
            "@context": Self.context, "type": .string("Assertion"),
            "id": .string(addresses.assertion(token)), "revoked": .bool(true),
            "revocationReason": .string(reason),
        ]).octets
    }
}

/// A mail address that only whoever knows it can find in a badge.
public struct HashedRecipient: Sendable, Equatable {
    public let salt: String
    public let identity: String

    public init(salt: String, identity: String) {
        self.salt = salt
        self.identity = identity
    }

    /// `sha256$` and the hexadecimal SHA-256 of the lower-case address followed by the salt.
    public init(email: String, salt: String) {
        self.init(salt: salt, identity: "sha256$" + Digest.sha256Hex(email.lowercased() + salt))
    }
}
