internal import Credentials
public import Enrollment
internal import JSON
internal import Secrets
public import Store
internal import Words

extension Office {
    /// The key that signs, made when it is first needed. Throws `Refusal.conflict` where nothing
    /// may be signed here, or the secret half is not on this machine: a second one made in silence
    /// would change what every other server signs with.
    func signingKey(in writing: WriteTransaction, by actor: Actor) async throws -> SigningKey {
        guard let keys = settings.signingKeys else {
            throw Refusal.conflict(.signingKeyIsMissing)
        }
        let known = try await writing.holdSigningKeys()
        if let active = known.first(where: { $0.state == .active }) {
            guard let key = try keys.key(active.id) else {
                throw Refusal.conflict(.signingKeyIsMissing)
            }
            return key
        }
        return try await addSigningKey(keys, in: writing, by: actor)
    }

    private func addSigningKey(
        _ keys: SigningKeys, in writing: WriteTransaction, by actor: Actor
    ) async throws -> SigningKey {
        let key = try keys.make(random)
        let (id, moment) = (key.verifying.id, moment(actor))
        guard try await writing.addSigningKey(id, key.verifying.octets, at: moment.now) else {
            // Another server made one in this moment; ours signs nothing and stays where it is.
            guard
                let other = try await writing.holdSigningKeys().first(where: { $0.state == .active }
                ),
                let theirs = try keys.key(other.id)
            else { throw Refusal.conflict(.signingKeyIsMissing) }
            return theirs
        }
        record([Event(.makeSigningKey, on: "signing-key:\(id)")], in: writing, at: moment)
        return key
    }

    /// 署名鍵の交換. Makes a new key that signs from now on, and gives its name; what others signed
    /// holds. Throws `Refusal.conflict(.signingKeyIsMissing)` where nothing may be signed here.
    @discardableResult
    public func rotateSigningKey(by actor: Actor) async throws -> String {
        guard let keys = settings.signingKeys else {
            throw Refusal.conflict(.signingKeyIsMissing)
        }
        return try await write { writing in
            let moment = moment(actor)
            let before = try await writing.holdSigningKeys().filter { $0.state == .active }
            try await writing.retireSigningKey(at: moment.now)
            record(
                before.map { Event(.retireSigningKey, on: "signing-key:\($0.id)") }, in: writing,
                at: moment)
            return try await addSigningKey(keys, in: writing, by: actor).verifying.id
        }
    }

    /// 失効. Others may have had a key since `moment`: what we gave out before still holds, and
    /// nothing else that it signed. One that signs is retired, and the next certificate makes
    /// another. Throws `Refusal.notFound`, and `.conflict(.compromiseIsOutside)`.
    public func distrustSigningKey(
        _ id: String, since moment: Instant, by actor: Actor
    ) async throws {
        try await write { writing in
            let stamp = self.moment(actor)
            if let key = try await heldBadgeKey(id, in: writing) {
                try await distrust(key, since: moment, in: writing, at: stamp)
            } else {
                try await distrust(
                    heldKey(id, in: writing), since: moment, in: writing, at: stamp)
            }
            record(
                [
                    Event(
                        .distrustSigningKey, on: "signing-key:\(id)",
                        detail: .object(["since": .string(moment.description)]))
                ], in: writing, at: stamp)
        }
    }

    /// Takes a 失効 back; the key signs no more all the same. Throws `Refusal.notFound`.
    public func trustSigningKey(_ id: String, by actor: Actor) async throws {
        try await write { writing in
            if let key = try await heldBadgeKey(id, in: writing) {
                guard !key.state.isTrusted else { return }
                try await writing.setCompromise(ofBadgeKey: id, since: nil)
            } else {
                guard try await !heldKey(id, in: writing).state.isTrusted else { return }
                try await writing.setCompromise(of: id, since: nil)
            }
            record(
                [Event(.trustSigningKey, on: "signing-key:\(id)")], in: writing,
                at: moment(actor))
        }
    }

    private func distrust(
        _ key: SigningKeyRecord, since moment: Instant, in writing: WriteTransaction,
        at stamp: WriteStamp
    ) async throws {
        guard moment >= key.madeAt, moment <= stamp.now else {
            throw Refusal.conflict(.compromiseIsOutside)
        }
        if key.state == .active { try await writing.retireSigningKey(at: stamp.now) }
        try await writing.setCompromise(of: key.id, since: moment)
    }

    private func heldKey(
        _ id: String, in writing: WriteTransaction
    ) async throws -> SigningKeyRecord {
        guard let key = try await writing.holdSigningKeys().first(where: { $0.id == id }) else {
            throw Refusal.notFound
        }
        return key
    }

    /// Whether the secret half of a key is on this machine.
    public func has(_ key: SigningKeyRecord) throws -> Bool {
        try settings.signingKeys?.key(key.id) != nil
    }

    /// All keys that are not distrusted, as verifiers read them (RFC 7517).
    public func publishedKeys() async throws -> [UInt8] {
        PublishedKeys.set(try await trustedKeys(), at: settings.links.credentials.key).octets
    }

    /// One of them. Throws `Refusal.notFound`.
    public func publishedKey(_ id: String) async throws -> [UInt8] {
        guard let key = try await trustedKeys().first(where: { $0.id == id }) else {
            throw Refusal.notFound
        }
        return key.jwk(at: settings.links.credentials.key).octets
    }

    /// The issuer's DID document, with the same keys.
    public func issuerDocument() async throws -> [UInt8] {
        PublishedKeys.document(
            of: settings.links.issuerDID, try await trustedKeys(),
            at: settings.links.credentials.key
        ).octets
    }

    private func trustedKeys() async throws -> [PublishedKey] {
        let (certificates, badges) = try await read { reading in
            (try await reading.signingKeys(), try await reading.badgeKeys())
        }
        return certificates.filter { $0.state.isTrusted }.compactMap {
            VerifyingKey(octets: $0.publicKey).map(PublishedKey.certificates)
        } + badges.filter { $0.state.isTrusted }.compactMap(PublishedKey.init)
    }
}
