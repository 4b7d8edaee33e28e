internal import JSON
internal import Secrets

/// Open Badges 2.0, hosted verification (1EdTech, ob_v2p0). Addresses are built on `base`, the
/// service's own without a slash at the end. Knows no volunteer.
public struct OpenBadge: Sendable {
    private static let context = JSONValue.string("https://w3id.org/openbadges/v2")
    private let base: String

    public init(base: String) { self.base = base }

    /// The issuer's profile.
    public func issuer(name: String, email: String) -> [UInt8] {
        JSONValue.object([
            "@context": Self.context, "type": .string("Issuer"), "id": .string(issuerID),
            "name": .string(name), "url": .string(base), "email": .string(email),
        ]).octets
    }

    /// The class of one kind and fiscal year.
    public func badgeClass(slug: String, name: String, description: String, criteria: String)
        -> [UInt8]
    {
        JSONValue.object([
            "@context": Self.context, "type": .string("BadgeClass"),
            "id": .string(classID(slug)), "name": .string(name),
            "description": .string(description),
            "image": .string("\(base)/badges/\(slug)/image.png"),
            "criteria": .object([
                "id": .string("\(base)/badges/\(slug)/criteria"), "narrative": .string(criteria),
            ]),
            "issuer": .string(issuerID),
        ]).octets
    }

    /// What one person was given. Instants in ISO 8601 with offset.
    public func assertion(
        token: String, slug: String, recipient: HashedRecipient, issuedOn: String, expires: String
    ) -> [UInt8] {
        JSONValue.object([
            "@context": Self.context, "type": .string("Assertion"),
            "id": .string(assertionID(token)),
            "recipient": .object([
                "type": .string("email"), "hashed": .bool(true), "salt": .string(recipient.salt),
                "identity": .string(recipient.identity),
            ]),
            "badge": .string(classID(slug)),
            "verification": .object(["type": .string("HostedBadge")]),
            "issuedOn": .string(issuedOn), "expires": .string(expires),
        ]).octets
    }

    /// The body beside 410 Gone.
    public func revoked(token: String, reason: String) -> [UInt8] {
        JSONValue.object([
            "@context": Self.context, "type": .string("Assertion"),
            "id": .string(assertionID(token)), "revoked": .bool(true),
            "revocationReason": .string(reason),
        ]).octets
    }

    private var issuerID: String { base + "/ob2/issuer" }

    private func classID(_ slug: String) -> String { base + "/ob2/badges/" + slug }

    private func assertionID(_ token: String) -> String { base + "/ob2/assertions/" + token }
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
