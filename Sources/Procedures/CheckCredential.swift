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
    /// Those of them that others may have had.
    let compromised: Set<String>

    public init(
        proofs: [String: Ed25519PublicKey], tokens: [String: RSAPublicKey],
        compromised: Set<String> = []
    ) {
        self.compromised = compromised
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
        let credential: ReadCredential
        switch ourCredential(text, keys) {
        case .success(let ours): credential = ours
        case .failure(let fault):
            return CredentialFinding(
                verdict: .invalid(fault.reason), badge: nil, isStatusKnown: false)
        }
        let badge = CredentialFinding.Badge(
            address: credential.id, name: credential.name, first: credential.awarded.day,
            last: credential.until.day, statusList: credential.status.list)
        func answer(_ verdict: CertificateVerdict, asked: Bool) -> CredentialFinding {
            CredentialFinding(verdict: verdict, badge: badge, isStatusKnown: asked)
        }
        if let statusList {
            switch isRevoked(credential, in: statusList, keys) {
            case .success(true): return answer(.invalid(.ended(.revoked)), asked: true)
            case .success(false): break
            case .failure(let fault): return answer(.invalid(fault.reason), asked: false)
            }
        }
        let verdict: CertificateVerdict =
            day < badge.first
            ? .invalid(.notBegun)
            : day > badge.last
                ? .invalid(.expired) : day < credential.from.day ? .invalid(.notIssued) : .valid
        return answer(verdict, asked: statusList != nil)
    }

    static func ourCredential(
        _ text: String, _ keys: TrustedBadgeKeys
    ) -> Result<ReadCredential, CredentialFault> {
        if let token = BadgeToken(text: text) {
            let name = token.keyAddress.split(separator: "/").last.map(String.init) ?? ""
            guard let key = keys.tokens[name] else { return .failure(.init(.unknownKey)) }
            guard token.isSigned(by: key),
                let credential = token.credential.flatMap(ReadCredential.init)
            else { return .failure(.init(.altered)) }
            return keys.compromised.contains(name)
                ? .failure(.init(.keyCompromised)) : .success(credential)
        }
        guard let document = try? JSONValue(reading: text.utf8),
            let credential = ReadCredential(document)
        else { return .failure(.init(.unreadable)) }
        if let reason = keys.fault(
            key: credential.keyID, isSigned: credential.isSigned(byOneOf: keys.proofs))
        {
            return .failure(.init(reason))
        }
        return .success(credential)
    }

    /// Fails where the list is not the one that it names, or not ours.
    private static func isRevoked(
        _ credential: ReadCredential, in document: JSONValue, _ keys: TrustedBadgeKeys
    ) -> Result<Bool, CredentialFault> {
        guard let list = ReadStatusList(document), list.issuer == credential.issuer else {
            return .failure(.init(.altered))
        }
        guard list.id == credential.status.list else { return .failure(.init(.otherList)) }
        if let reason = keys.fault(
            key: list.keyID, isSigned: list.isSigned(byOneOf: keys.proofs))
        {
            return .failure(.init(reason))
        }
        guard let isRevoked = list.list.isRevoked(credential.status.index) else {
            return .failure(.init(.altered))
        }
        return .success(isRevoked)
    }
}

extension TrustedBadgeKeys {
    /// What is wrong with a proof by the key of that name; nil for nothing.
    fileprivate func fault(key id: String?, isSigned: Bool) -> CertificateVerdict.Fault? {
        guard let id else { return .altered }
        guard proofs[id] != nil else { return .unknownKey }
        return isSigned ? compromised.contains(id) ? .keyCompromised : nil : .altered
    }
}

/// Why a document is not taken as ours.
struct CredentialFault: Error {
    let reason: CertificateVerdict.Fault

    init(_ reason: CertificateVerdict.Fault) { self.reason = reason }
}
