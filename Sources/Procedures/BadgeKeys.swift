internal import Credentials
public import Enrollment
internal import EventLoop
internal import JSON
internal import Secrets
public import Store

/// Keys of badges: as those of certificates are kept, one for one purpose (`ops/decisions/0055`).
extension Office {
    /// The key that signs credentials, made when it is first needed. Throws `Refusal.conflict`
    /// where nothing may be signed here, or the secret half is not on this machine.
    func proofKey(in writing: WriteTransaction, by actor: Actor) async throws -> Ed25519Key {
        try await badgeKey(of: .proof, in: writing, by: actor) { Ed25519Key(random) }
    }

    /// The same of JWT.
    func tokenKey(in writing: WriteTransaction, by actor: Actor) async throws -> RSAKey {
        try await badgeKey(of: .token, in: writing, by: actor) {
            // The primes of one are looked for during some tenths of a second.
            try await runBlocking { try RSAKey() }
        }
    }

    private func badgeKey<Key: KeptKey>(
        of purpose: BadgeKeyPurpose, in writing: WriteTransaction, by actor: Actor,
        _ make: () async throws -> Key
    ) async throws -> Key {
        guard let keys = settings.signingKeys else {
            throw Refusal.conflict(.signingKeyIsMissing)
        }
        let known = try await writing.holdBadgeKeys(of: purpose)
        if let active = known.first(where: { $0.state == .active }) {
            guard let key = try keys.kept(active.id, as: Key.self) else {
                throw Refusal.conflict(.signingKeyIsMissing)
            }
            return key
        }
        let (key, moment) = (try await make(), moment(actor))
        try keys.keep(key)
        guard
            try await writing.addBadgeKey(
                key.keptID, of: purpose, key.publicOctets, at: moment.now)
        else {
            // Another server made one in this moment; ours signs nothing and stays where it is.
            let others = try await writing.holdBadgeKeys(of: purpose)
            guard let other = others.first(where: { $0.state == .active }),
                let theirs = try keys.kept(other.id, as: Key.self)
            else { throw Refusal.conflict(.signingKeyIsMissing) }
            return theirs
        }
        record([Event(.makeSigningKey, on: "signing-key:\(key.keptID)")], in: writing, at: moment)
        return key
    }

    /// 署名鍵の交換. Makes a new key that signs from now on, and gives its name; what others signed
    /// holds. Throws `Refusal.conflict(.signingKeyIsMissing)` where nothing may be signed here.
    @discardableResult
    public func rotateBadgeKey(
        of purpose: BadgeKeyPurpose, by actor: Actor
    ) async throws -> String {
        try await write { writing in
            let moment = moment(actor)
            let before = try await writing.holdBadgeKeys(of: purpose)
                .filter { $0.state == .active }
            try await writing.retireBadgeKey(of: purpose, at: moment.now)
            record(
                before.map { Event(.retireSigningKey, on: "signing-key:\($0.id)") }, in: writing,
                at: moment)
            return switch purpose {
            case .proof: try await proofKey(in: writing, by: actor).keptID
            case .token: try await tokenKey(in: writing, by: actor).keptID
            }
        }
    }

    /// 失効. Others may have had a key of badges since `moment`. It is published no more, so that
    /// nothing that it signed verifies; what the register gave out is signed anew under the same
    /// address. Throws `Refusal.notFound`, and `.conflict(.compromiseIsOutside)`.
    func distrust(
        _ key: BadgeKeyRecord, since moment: Instant, in writing: WriteTransaction,
        at stamp: WriteStamp
    ) async throws {
        guard moment >= key.madeAt, moment <= stamp.now else {
            throw Refusal.conflict(.compromiseIsOutside)
        }
        if key.state == .active {
            try await writing.retireBadgeKey(of: key.purpose, at: stamp.now)
        }
        try await writing.setCompromise(ofBadgeKey: key.id, since: moment)
    }

    func heldBadgeKey(
        _ id: String, in writing: WriteTransaction
    ) async throws -> BadgeKeyRecord? {
        for purpose in BadgeKeyPurpose.allCases {
            let keys = try await writing.holdBadgeKeys(of: purpose)
            if let key = keys.first(where: { $0.id == id }) { return key }
        }
        return nil
    }

    /// Whether the secret half of a key is on this machine.
    public func has(_ key: BadgeKeyRecord) throws -> Bool {
        guard let keys = settings.signingKeys else { return false }
        return switch key.purpose {
        case .proof: try keys.kept(key.id, as: Ed25519Key.self) != nil
        case .token: try keys.kept(key.id, as: RSAKey.self) != nil
        }
    }
}

extension PublishedKey {
    /// Nil for octets that are no key.
    init?(_ record: BadgeKeyRecord) {
        switch record.purpose {
        case .proof:
            guard let key = Ed25519PublicKey(octets: record.publicKey) else { return nil }
            self = .badges(key)
        case .token:
            guard let key = RSAPublicKey(octets: record.publicKey) else { return nil }
            self = .tokens(key)
        }
    }
}
