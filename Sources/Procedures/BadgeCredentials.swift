internal import Credentials
internal import Enrollment
internal import JSON
internal import Secrets
internal import Store
internal import Words

/// オープンバッジ 3.0. A credential is signed once and kept; the same octets are given out as long as it
/// says the same (`ops/decisions/0055`).
extension Office {
    /// Signs badges that wait for it: new ones, those that are bound to another address, and those
    /// whose key is distrusted. All in one go by one key. Gives how many; none where nothing may be
    /// signed here, or the key is on another machine.
    public func signBadges(_ limit: Int = 200) async throws -> Int {
        guard settings.signingKeys != nil else { return 0 }
        do {
            return try await write { writing in
                let badges = try await writing.holdBadgesToSign(limit)
                return try await sign(badges, in: writing, at: moment(.worker))
            }
        } catch Refusal.conflict(.signingKeyIsMissing) { return 0 }
    }

    /// The credential of a badge, as JSON; made if there is none yet. Throws `Refusal.notFound` for
    /// a token that is none, where the person is forgotten, and where nothing is signed here.
    public func credential(token: String) async throws -> [UInt8] {
        Array(try await document(try await credentialRecord(token)).utf8)
    }

    /// The same as JWT, made when it is first asked for and then kept.
    public func credentialToken(token: String) async throws -> String {
        let record = try await credentialRecord(token)
        let document = try await document(record)
        if let kept = try await reading.token(ofCredential: record.id) { return kept }
        return try await write { writing in
            let (moment, key) = (
                moment(.system), try await tokenKey(in: writing, by: .system)
            )
            if let kept = try await writing.reading.token(ofCredential: record.id) { return kept }
            let address = settings.links.credentials.key(key.keptID)
            guard let credential = try? JSONValue(reading: document.utf8),
                let token = try BadgeToken(credential, by: key, at: address)
            else { throw Refusal.notFound }
            try await writing.keepToken(
                token.text, ofCredential: record.id, by: key.keptID, at: moment.now)
            return token.text
        }
    }

    private func document(_ record: CredentialRecord) async throws -> String {
        guard let document = record.document else { throw Refusal.notFound }
        return document
    }

    private func credentialRecord(_ token: String) async throws -> CredentialRecord {
        if let record = try await reading.credential(ofBadge: token) { return record }
        guard settings.signingKeys != nil, try await reading.badge(token: token) != nil else {
            throw Refusal.notFound
        }
        return try await write { writing in
            guard let badge = try await writing.holdBadgeToSign(token) else {
                throw Refusal.notFound
            }
            // Whoever asked at the same time has made it, and holds the badge no more.
            if let record = try await writing.reading.credential(ofBadge: token) { return record }
            _ = try await sign([badge], in: writing, at: moment(.system))
            guard let record = try await writing.reading.credential(ofBadge: token) else {
                throw Refusal.notFound
            }
            return record
        }
    }

    // MARK: signing

    private func sign(
        _ badges: [BadgeToSign], in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> Int {
        guard !badges.isEmpty else { return 0 }
        let key = try await proofKey(in: writing, by: moment.actor)
        var signed: [NewCredential] = []
        for (slug, ofClass) in Dictionary(grouping: badges, by: \.slug).sorted(by: {
            $0.key < $1.key
        }) {
            guard let (kind, year) = Badge.parts(slug: slug) else { continue }
            let places = try await places(of: ofClass, in: year, writing, at: moment)
            let badge = credentialClass(kind, year)
            for one in ofClass {
                guard let place = places[one.id] else { continue }
                signed.append(try credential(of: one, badge, at: place, by: key, moment))
            }
        }
        guard !signed.isEmpty else { return 0 }
        try await writing.keep(signed, by: key.keptID, at: moment.now)
        let digest = Digest.sha256Hex(signed.map(\.document).joined(separator: "\n"))
        record(
            [
                Event(
                    .signBadges, on: "signing-key:\(key.keptID)",
                    detail: .object([
                        "count": .integer(signed.count), "digest": .string(digest),
                    ]))
            ], in: writing, at: moment)
        return signed.count
    }

    /// The place of each badge in its year's list: the one it has, or a free one by chance. What is
    /// taken eight times running comes of a list that is too full, and the list grows.
    private func places(
        of badges: [BadgeToSign], in year: FiscalYear, _ writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws -> [Int: CredentialPlace] {
        var places: [Int: CredentialPlace] = [:]
        for badge in badges {
            places[badge.id] = badge.status.map {
                CredentialPlace(year: year, index: $0.index, subject: $0.subject)
            }
        }
        var room = StatusList.places(for: ((try await writing.lastStatus(in: year) ?? 0) + 2) / 2)
        var tries = 0
        while true {
            let strangers = badges.filter { places[$0.id] == nil }
            guard !strangers.isEmpty else { return places }
            let asked = strangers.map {
                BadgeStatus(
                    badgeID: $0.id, index: random.number(below: room), subject: random.uuid())
            }
            let given = try await writing.give(asked, in: year, at: moment.now)
            for one in asked where given.contains(one.badgeID) {
                places[one.badgeID] = CredentialPlace(
                    year: year, index: one.index, subject: one.subject)
            }
            tries += 1
            if tries % 8 == 0 { room = StatusList.places(for: room) }
        }
    }

    private func credential(
        of badge: BadgeToSign, _ award: CredentialClass, at place: CredentialPlace,
        by key: Ed25519Key, _ moment: WriteStamp
    ) throws -> NewCredential {
        let links = settings.links.credentials
        let times = badge.times(at: moment.now)
        let document = try BadgeCredential(by: credentialIssuer).signed(
            CredentialAward(
                address: links.credential(badge.token), subject: place.subject,
                recipient: HashedRecipient(salt: badge.salt, identity: badge.identity),
                times: times,
                status: StatusEntry(
                    list: links.statusList(String(place.year.startYear)), index: place.index)),
            of: award, by: key, created: moment.now)
        return NewCredential(
            badgeID: badge.id, salt: badge.salt, from: times.from, document: document.text)
    }

    private var credentialIssuer: CredentialIssuer {
        CredentialIssuer(
            did: settings.links.issuerDID, name: settings.service.issuer,
            url: settings.links.home, email: settings.mailFrom)
    }

    private func credentialClass(_ kind: Kind, _ year: FiscalYear) -> CredentialClass {
        let (slug, links) = (Badge.slug(kind, year), settings.links)
        return CredentialClass(
            name: BadgeWords.name(kind, year), description: BadgeWords.description(kind, year),
            criteria: BadgeWords.criteria(kind), version: String(year.startYear),
            at: (
                links.credentials.achievement(slug), links.badgeImage(slug),
                links.badgeCriteria(slug)
            ))
    }

    /// What everybody of a class is awarded, as JSON-LD. Throws `Refusal.notFound`.
    public func achievement(slug: String) throws -> [UInt8] {
        let (kind, year) = try badge(slug: slug)
        return credentialClass(kind, year).document
    }
}

/// Where a badge stands in which list, and whom its credential is about.
private struct CredentialPlace {
    let year: FiscalYear
    let index: Int
    let subject: String
}

extension BadgeToSign {
    /// From the first moment of the first day to the last second of the last; what replaces another
    /// credential begins when it is made, and always later than that one.
    fileprivate func times(
        at now: Instant
    ) -> (awarded: Instant, from: Instant, until: Instant) {
        let first = Instant(startOf: issuedOn)
        let until = Instant(startOf: expiresOn.adding(days: 1)).adding(seconds: -1)
        guard let lastFrom else { return (first, first, until) }
        let after = lastFrom.adding(seconds: 1)
        return (first, now < until ? max(after, now.wholeSecond) : after, until)
    }
}

extension Instant {
    /// As it is written in a credential.
    fileprivate var wholeSecond: Instant {
        Instant(microseconds: microseconds / 1_000_000 * 1_000_000)
    }
}
