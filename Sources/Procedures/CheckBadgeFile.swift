internal import Credentials
public import Enrollment
internal import EventLoop
internal import JSON
internal import Secrets
public import Store
internal import Words

/// What is said of a badge that somebody has in a file.
public enum BadgeFileFinding: Sendable {
    case unfit(BadgeFileFault)
    /// Not as we gave it out; nothing of it is shown, because whoever made it chose the words.
    case invalid(CertificateVerdict.Fault)
    /// Ours. Of its state the register speaks; `wasRebound` where the badge was bound to another
    /// mail address since.
    case ours(BadgeRecord, wasRebound: Bool)
}

extension Office {
    /// Judges a picture that carries a badge, or a badge as JSON or JWT, by our keys and our
    /// register. Keeps nothing of it. Throws nothing of the file's own: the strangest one has an
    /// answer.
    public func finding(ofBadgeFile octets: [UInt8]) async throws -> BadgeFileFinding {
        let file: BadgeFile
        do {
            // A large drawing is searched for some tenths of a second.
            file = try await runBlocking { try BadgeFile(reading: octets) }
        } catch let fault as BadgeFileFault { return .unfit(fault) }
        var found: BadgeFileFinding?
        if let credential = file.credential { found = try await finding(ofCredential: credential) }
        guard let assertion = file.assertion else { return found ?? .unfit(.noBadge) }
        if case .invalid = found, let found { return found }
        let hosted = try await finding(ofAssertion: assertion)
        guard case .ours(let signed, let wasRebound) = found else { return hosted }
        // Both of one badge, or somebody put them together.
        guard case .ours(let other, let wasReboundToo) = hosted else { return hosted }
        guard other.token == signed.token, wasRebound == wasReboundToo else {
            return .invalid(.altered)
        }
        return .ours(signed, wasRebound: wasRebound)
    }

    /// The credential in such a file, for whoever has no register; nil where there is only an
    /// assertion of Open Badges 2.0, which nobody signed.
    public static func credential(
        inBadgeFile octets: [UInt8]
    ) throws(BadgeFileFault) -> String? {
        try BadgeFile(reading: octets).credential
    }

    /// How large a file may be, in octets.
    public static var largestBadgeFile: Int { BadgeFile.most }

    private func finding(ofCredential text: String) async throws -> BadgeFileFinding {
        let credential: ReadCredential
        switch Self.ourCredential(text, try await trustedBadgeKeys()) {
        case .success(let ours): credential = ours
        case .failure(let fault): return .invalid(fault.reason)
        }
        guard credential.issuer == settings.links.issuerDID,
            let token = Self.token(in: credential.id, settings.links.credentials.credential),
            let badge = try await reading.badge(token: token)
        else { return .invalid(.altered) }
        return .ours(badge, wasRebound: badge.salt != credential.recipient.salt)
    }

    /// An assertion is signed by nobody: it holds where it says what its address says, or said
    /// before the badge was bound to another mail address.
    private func finding(ofAssertion text: String) async throws -> BadgeFileFinding {
        guard let sent = try? JSONValue(reading: text.utf8),
            case .string(let address) = sent["id"],
            let token = Self.token(in: address, settings.links.assertion),
            let badge = try await reading.badge(token: token),
            let recipient = HashedRecipient(inAssertion: sent),
            sent.isSaid(by: assertion(of: badge, to: recipient))
        else { return .invalid(.altered) }
        if recipient == HashedRecipient(salt: badge.salt, identity: badge.identity) {
            return .ours(badge, wasRebound: false)
        }
        let before = try await reading.credentialDocuments(ofBadge: token).compactMap {
            (try? JSONValue(reading: $0.utf8)).flatMap(ReadCredential.init)?.recipient
        }
        return before.contains(recipient) ? .ours(badge, wasRebound: true) : .invalid(.altered)
    }

    private func trustedBadgeKeys() async throws -> TrustedBadgeKeys {
        let records = try await reading.badgeKeys()
        let published = PublishedKeys.set(records.compactMap(PublishedKey.init)) { $0 }
        return TrustedBadgeKeys(
            proofs: PublishedKeys.badgeKeys(in: published) ?? [:],
            tokens: PublishedKeys.tokenKeys(in: published) ?? [:],
            compromised: Set(records.filter { !$0.state.isTrusted }.map(\.id)))
    }

    /// The token in an address of ours; nil for any other address.
    private static func token(in address: String, _ make: (String) -> String) -> String? {
        guard let token = address.split(separator: "/").last.map(String.init),
            Token(text: token) != nil, make(token) == address
        else { return nil }
        return token
    }
}

extension JSONValue {
    /// Whether all that is said here is said there too, in whatever order; what was said before
    /// pictures carried badges has no `image`.
    fileprivate func isSaid(by other: JSONValue) -> Bool {
        guard case .object(let mine) = self, case .object(let theirs) = other else {
            return self == other
        }
        let names = Set(theirs.map(\.name)).subtracting(["image"])
        return names.isSubset(of: mine.map(\.name)) && Set(mine.map(\.name)).count == mine.count
            && mine.allSatisfy { member in
                other[member.name].map { member.value.isSaid(by: $0) } ?? false
            }
    }
}

extension HashedRecipient {
    fileprivate init?(inAssertion sent: JSONValue) {
        guard let recipient = sent["recipient"], case .string(let salt) = recipient["salt"],
            case .string(let identity) = recipient["identity"]
        else { return nil }
        self.init(salt: salt, identity: identity)
    }
}
