public import Enrollment
public import JSON
public import Secrets

/// Who issues: as the issuer's DID document and its profile say.
public struct CredentialIssuer: Sendable {
    public let did: String
    public let name: String
    public let url: String
    public let email: String

    public init(did: String, name: String, url: String, email: String) {
        self.did = did
        self.name = name
        self.url = url
        self.email = email
    }
}

/// What everybody of one kind and fiscal year is awarded, with the whole addresses of its
/// documents.
public struct CredentialClass: Sendable {
    public let name: String
    public let description: String
    public let criteria: String
    /// The fiscal year.
    public let version: String
    let achievement: String
    let image: String
    let criteriaPage: String

    public init(
        name: String, description: String, criteria: String, version: String,
        at addresses: (achievement: String, image: String, criteria: String)
    ) {
        self.name = name
        self.description = description
        self.criteria = criteria
        self.version = version
        (achievement, image, criteriaPage) = addresses
    }
}

/// What one person was awarded.
public struct CredentialAward: Sendable {
    /// The whole address of the credential.
    public let address: String
    /// A UUID of its own, so that two credentials of one person are not seen to be of one.
    public let subject: String
    public let recipient: HashedRecipient
    public let awarded: Instant
    /// Later where it was issued anew: of two with one address the later counts.
    public let from: Instant
    public let until: Instant
    public let status: StatusEntry

    public init(
        address: String, subject: String, recipient: HashedRecipient,
        times: (awarded: Instant, from: Instant, until: Instant), status: StatusEntry
    ) {
        self.address = address
        self.subject = subject
        self.recipient = recipient
        (awarded, from, until) = times
        self.status = status
    }
}

/// A place in a status list.
public struct StatusEntry: Sendable {
    /// The whole address of the list.
    public let list: String
    public let index: Int

    public init(list: String, index: Int) {
        self.list = list
        self.index = index
    }

    fileprivate var json: JSONValue {
        .object([
            "id": .string("\(list)#\(index)"), "type": .string("BitstringStatusListEntry"),
            "statusPurpose": .string("revocation"), "statusListIndex": .string(String(index)),
            "statusListCredential": .string(list),
        ])
    }
}

/// Open Badges 3.0: a Verifiable Credential 2.0 (1EdTech, ob_v3p0). Knows no volunteer.
public struct BadgeCredential: Sendable {
    /// In this order, and no other: the versioned context, because the unversioned one defines
    /// terms anew that the first protects.
    static let context = [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]

    private let issuer: CredentialIssuer

    public init(by issuer: CredentialIssuer) { self.issuer = issuer }

    /// The credential with its proof.
    public func signed(
        _ award: CredentialAward, of badge: CredentialClass, by key: Ed25519Key,
        created: Instant
    ) throws -> JSONValue {
        let proof = DataIntegrity(created: created, issuer: issuer.did, key: key.verifying)
        return try proof.signed(members(award, badge), by: key)
    }

    private func members(_ award: CredentialAward, _ badge: CredentialClass) -> [JSONMember] {
        [
            JSONMember("@context", .array(Self.context.map(JSONValue.string))),
            JSONMember("id", .string(award.address)),
            JSONMember(
                "type", .array([.string("VerifiableCredential"), .string("OpenBadgeCredential")])),
            JSONMember("name", .string(badge.name)),
            JSONMember("description", .string(badge.description)),
            JSONMember("image", badge.picture),
            JSONMember("issuer", profile),
            JSONMember("awardedDate", .string(award.awarded.description)),
            JSONMember("validFrom", .string(award.from.description)),
            JSONMember("validUntil", .string(award.until.description)),
            JSONMember("credentialSubject", subject(award, badge)),
            JSONMember("credentialStatus", award.status.json),
        ]
    }

    private var profile: JSONValue {
        .object([
            "id": .string(issuer.did), "type": .array([.string("Profile")]),
            "name": .string(issuer.name), "url": .string(issuer.url),
            "email": .string(issuer.email),
        ])
    }

    private func subject(_ award: CredentialAward, _ badge: CredentialClass) -> JSONValue {
        .object([
            "id": .string("urn:uuid:\(award.subject)"),
            "type": .array([.string("AchievementSubject")]),
            "identifier": .array([
                .object([
                    "type": .string("IdentityObject"), "hashed": .bool(true),
                    "identityHash": .string(award.recipient.identity),
                    "identityType": .string("emailAddress"),
                    "salt": .string(award.recipient.salt),
                ])
            ]),
            "achievement": .object(badge.members),
        ])
    }
}

extension CredentialClass {
    fileprivate var picture: JSONValue {
        .object(["id": .string(image), "type": .string("Image")])
    }

    fileprivate var members: [JSONMember] {
        [
            JSONMember("id", .string(achievement)),
            JSONMember("type", .array([.string("Achievement")])),
            JSONMember("achievementType", .string("CommunityService")),
            JSONMember("name", .string(name)), JSONMember("description", .string(description)),
            JSONMember(
                "criteria",
                .object(["id": .string(criteriaPage), "narrative": .string(criteria)])),
            JSONMember("image", picture), JSONMember("inLanguage", .string("ja")),
            JSONMember("version", .string(version)),
        ]
    }

    /// The achievement by itself, as its own address gives it.
    public var document: [UInt8] {
        let context = JSONValue.array(BadgeCredential.context.map(JSONValue.string))
        return JSONValue.object([JSONMember("@context", context)] + members).octets
    }
}
