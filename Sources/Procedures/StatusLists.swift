internal import Credentials
internal import Enrollment
internal import JSON
internal import Secrets
internal import Store
internal import Words

/// A status list that was signed, and what it says: made again as soon as that is something else.
struct SignedStatusList {
    let places: RevokedPlaces
    let keyID: String
    let document: [UInt8]
}

extension Office {
    /// 失効の一覧. Which credentials of a fiscal year are revoked, signed. It is made of the badges
    /// themselves whenever it is asked for, so that it cannot say anything else than they do; the
    /// signature over what is still the same is kept. Throws `Refusal.notFound` for a year of which
    /// there is none, and `.conflict` where the key is on another machine.
    public func statusList(of year: String) async throws -> [UInt8] {
        let years = 2022...self.year.next.startYear
        // Each list has one address.
        guard settings.signingKeys != nil, let start = years.first(where: { String($0) == year })
        else { throw Refusal.notFound }
        return try await statusList(of: FiscalYear(startYear: start))
    }

    private func statusList(of year: FiscalYear) async throws -> [UInt8] {
        let (places, known) = try await read { reading in
            (try await reading.revokedPlaces(of: year), try await reading.badgeKeys())
        }
        let active = known.first { $0.purpose == .proof && $0.state == .active }
        if let kept = statusListsKept[year], kept.places == places, kept.keyID == active?.id {
            return kept.document
        }
        let (key, madeAt) = try await listKey(active)
        let document = try StatusList(last: places.last, revoked: places.indices).signed(
            at: settings.links.credentials.statusList(String(year.startYear)),
            by: settings.links.issuerDID, with: key,
            created: max(places.changedAt ?? madeAt, madeAt)
        ).octets
        statusListsKept[year] = SignedStatusList(
            places: places, keyID: key.keptID, document: document)
        return document
    }

    private func listKey(
        _ active: BadgeKeyRecord?
    ) async throws -> (key: Ed25519Key, madeAt: Instant) {
        if let active, let key = try settings.signingKeys?.kept(active.id, as: Ed25519Key.self) {
            return (key, active.madeAt)
        }
        return try await write { (try await proofKey(in: $0, by: .system), now) }
    }
}
