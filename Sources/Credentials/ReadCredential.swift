public import Enrollment
public import JSON
public import Secrets

/// A credential of ours as it reads, whoever signed it; nothing of it counts before `isSigned`.
public struct ReadCredential: Sendable {
    /// Its address.
    public let id: String
    /// A DID.
    public let issuer: String
    let subject: String
    public let name: String
    public let achievement: String
    public let recipient: HashedRecipient
    /// 任命の日; what is issued anew under the same address keeps it.
    public let awarded: Instant
    public let from: Instant
    public let until: Instant
    public let status: StatusEntry
    private let document: JSONValue

    /// Nil for what has not the shape of ours: contexts, classes and all that is read here.
    public init?(_ document: JSONValue) {
        guard Self.strings(document["@context"]) == BadgeCredential.context,
            Self.strings(document["type"]) == ["VerifiableCredential", "OpenBadgeCredential"],
            let subject = document["credentialSubject"], let holder = subject["identifier"],
            case .array(let holders) = holder, holders.count == 1,
            let recipient = Self.recipient(holders[0]),
            let status = document["credentialStatus"].flatMap(StatusEntry.init),
            let id = Self.string(document["id"]), let name = Self.string(document["name"]),
            let issuer = Self.string(document["issuer"]?["id"]),
            let subjectID = Self.string(subject["id"]),
            let achievement = Self.string(subject["achievement"]?["id"]),
            let awarded = Self.string(document["awardedDate"]).flatMap(Instant.init),
            let from = Self.string(document["validFrom"]).flatMap(Instant.init),
            let until = Self.string(document["validUntil"]).flatMap(Instant.init)
        else { return nil }
        self.document = document
        self.subject = subjectID
        self.awarded = awarded
        (self.id, self.name, self.issuer, self.achievement) = (id, name, issuer, achievement)
        (self.recipient, self.status, self.from, self.until) = (recipient, status, from, until)
    }

    /// The name of the key that is said to have signed it, as its issuer's; nil for none.
    public var keyID: String? { Self.keyID(of: document) }

    static func keyID(of document: JSONValue) -> String? {
        guard let method = DataIntegrity.proof(of: document)?.proof.method else { return nil }
        return method.split(separator: "#").last.map(String.init)
    }

    /// Whether one of these keys signed it, as a key of its issuer.
    public func isSigned(byOneOf keys: [String: Ed25519PublicKey]) -> Bool {
        Self.isSigned(document, by: issuer, keys)
    }

    static func isSigned(
        _ document: JSONValue, by issuer: String, _ keys: [String: Ed25519PublicKey]
    ) -> Bool {
        guard let (proof, signature) = DataIntegrity.proof(of: document),
            Instant(proof.created) != nil,
            let key = keys.first(where: {
                DataIntegrity.method(of: issuer, key: $0.key) == proof.method
            })?.value
        else { return false }
        return proof.holds(signature, of: document, by: key)
    }

    static func string(_ value: JSONValue?) -> String? {
        guard case .string(let text) = value else { return nil }
        return text
    }

    static func strings(_ value: JSONValue?) -> [String]? {
        guard case .array(let values) = value else { return nil }
        let strings = values.compactMap(string)
        return strings.count == values.count ? strings : nil
    }

    private static func recipient(_ holder: JSONValue) -> HashedRecipient? {
        guard string(holder["identityType"]) == "emailAddress", case .bool(true) = holder["hashed"],
            let salt = string(holder["salt"]), let identity = string(holder["identityHash"])
        else { return nil }
        return HashedRecipient(salt: salt, identity: identity)
    }
}

extension StatusEntry {
    /// Nil for an entry of another kind, purpose or name than ours have.
    init?(_ entry: JSONValue) {
        guard case .string("BitstringStatusListEntry") = entry["type"],
            case .string("revocation") = entry["statusPurpose"],
            case .string(let list) = entry["statusListCredential"],
            case .string(let place) = entry["statusListIndex"], let index = Int(place), index >= 0,
            case .string("\(list)#\(index)") = entry["id"]
        else { return nil }
        self.init(list: list, index: index)
    }
}

/// A status list of ours as it reads.
public struct ReadStatusList: Sendable {
    public let id: String
    public let issuer: String
    public let list: StatusList
    /// When anything of it changed.
    public let from: Instant
    private let document: JSONValue

    /// Nil for what has not the shape of ours.
    public init?(_ document: JSONValue) {
        let subject = document["credentialSubject"]
        guard ReadCredential.strings(document["@context"]) == StatusList.context,
            ReadCredential.strings(document["type"]) == [
                "VerifiableCredential", "BitstringStatusListCredential",
            ],
            ReadCredential.string(subject?["type"]) == "BitstringStatusList",
            ReadCredential.string(subject?["statusPurpose"]) == "revocation",
            let encoded = ReadCredential.string(subject?["encodedList"]),
            let id = ReadCredential.string(document["id"]),
            let issuer = ReadCredential.string(document["issuer"]),
            let from = ReadCredential.string(document["validFrom"]).flatMap(Instant.init),
            let list = StatusList(encoded: encoded)
        else { return nil }
        self.document = document
        (self.id, self.issuer, self.from, self.list) = (id, issuer, from, list)
    }

    /// The name of the key that is said to have signed it; nil for none.
    public var keyID: String? { ReadCredential.keyID(of: document) }

    public func isSigned(byOneOf keys: [String: Ed25519PublicKey]) -> Bool {
        ReadCredential.isSigned(document, by: issuer, keys)
    }
}
