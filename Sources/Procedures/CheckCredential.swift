internal import Credentials
public import Enrollment
public import JSON
public import Secrets

/// What is said of a credential of Open Badges 3.0 where no register can be asked.
public struct CredentialFinding: Sendable {
    public let verdict: CertificateVerdict
    /// Nothing of a credential that is not ours.
    public let badge: Badge?
    /// Whether a status list was there to be asked.
    public let isStatusKnown: Bool

    /// As it was signed.
    public struct Badge: Sendable {
        public let address: String
        public let name: String
        public let first: Day
        public let last: Day
        /// The status list that says whether it is revoked.
        public let statusList: String
    }
}

/// Public halves that somebody trusts, by their names.
public struct TrustedBadgeKeys: Sendable {
    let proofs: [String: Ed25519PublicKey]
    let tokens: [String: RSAPublicKey]

    public init(proofs: [String: Ed25519PublicKey], tokens: [String: RSAPublicKey]) {
        self.proofs = proofs
        self.tokens = tokens
    }

    /// Of a set as the service publishes it (RFC 7517); nil for what is none.
    public init?(_ set: JSONValue) {
        guard let proofs = PublishedKeys.badgeKeys(in: set),
            let tokens = PublishedKeys.tokenKeys(in: set)
        else { return nil }
        self.init(proofs: proofs, tokens: tokens)
    }
}

extension Office {
    /// What a credential, as JSON or as JWT, is worth on a day in Japan: who signed it, its days,
    /// and what `statusList`, the very list that it names, says. A list that is not ours is as bad
    /// as a credential that is not.
    public static func finding(
        ofCredential text: String, on day: Day, statusList: JSONValue?,
        trusting keys: TrustedBadgeKeys
    ) -> CredentialFinding {
        guard let credential = ourCredential(text, keys) else {
            return CredentialFinding(
                verdict: .invalid(.altered), badge: nil, isStatusKnown: false)
        }
        let badge = CredentialFinding.Badge(
            address: credential.id, name: credential.name, first: credential.from.day,
            last: credential.until.day, statusList: credential.status.list)
        func answer(_ verdict: CertificateVerdict, asked: Bool) -> CredentialFinding {
            CredentialFinding(verdict: verdict, badge: badge, isStatusKnown: asked)
        }
        if let statusList {
            guard let isRevoked = isRevoked(credential, in: statusList, keys) else {
                return answer(.invalid(.altered), asked: false)
            }
            if isRevoked { return answer(.invalid(.ended(.revoked)), asked: true) }
        }
        let verdict: CertificateVerdict =
            day < badge.first
            ? .invalid(.notBegun) : day > badge.last ? .invalid(.expired) : .valid
        return answer(verdict, asked: statusList != nil)
    }

    private static func ourCredential(
        _ text: String, _ keys: TrustedBadgeKeys
    ) -> ReadCredential? {
        if let token = BadgeToken(text: text) {
            let name = token.keyAddress.split(separator: "/").last.map(String.init) ?? ""
            guard let key = keys.tokens[name], token.isSigned(by: key) else { return nil }
            return token.credential.flatMap(ReadCredential.init)
        }
        guard let document = try? JSONValue(reading: text.utf8),
            let credential = ReadCredential(document), credential.isSigned(byOneOf: keys.proofs)
        else { return nil }
        return credential
    }

    /// Nil where the list is not the one that it names, or not ours.
    private static func isRevoked(
        _ credential: ReadCredential, in document: JSONValue, _ keys: TrustedBadgeKeys
    ) -> Bool? {
        guard let list = ReadStatusList(document), list.id == credential.status.list,
            list.issuer == credential.issuer, list.isSigned(byOneOf: keys.proofs)
        else { return nil }
        return list.list.isRevoked(credential.status.index)
    }
}
