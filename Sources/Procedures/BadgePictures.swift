internal import Credentials
internal import Drawing
public import Enrollment
internal import EventLoop
internal import JSON
internal import Store
internal import Words

/// Pictures of badges: of a class, and of one person's badge, which carry it (焼き込み).
extension Office {
    /// The artwork of a class. Throws `Refusal.notFound`.
    public func badgeImage(slug: String) async throws -> [UInt8] {
        let (kind, year) = try badge(slug: slug)
        if let kept = badgePicturesKept[slug] { return kept }
        let svg = Badge.artwork(kind, year)
        let picture = try await runBlocking { try Picture.png(svg: svg, side: Badge.pictureSide) }
        badgePicturesKept[slug] = picture
        return picture
    }

    /// One person's badge as PNG, with both forms in it; of one that is revoked the credential
    /// alone, which stays. Throws `Refusal.notFound` for a token that is none.
    public func bakedPNG(token: String) async throws -> [UInt8] {
        let badge = try await heldBadge(token)
        let picture = try await badgeImage(slug: badge.slug)
        guard let baked = BadgePicture.png(picture, carrying: try await file(of: badge)) else {
            throw Refusal.notFound
        }
        return baked
    }

    /// The same as SVG, with the credential alone, which proves itself; where nothing is signed,
    /// with the assertion.
    public func bakedSVG(token: String) async throws -> [UInt8] {
        let badge = try await heldBadge(token)
        let (kind, year) = try self.badge(slug: badge.slug)
        let file = try await file(of: badge)
        guard let baked = BadgePicture.svg(Badge.artwork(kind, year), carrying: file) else {
            throw Refusal.notFound
        }
        return baked
    }

    /// 名刺用の図: the drawing and, beside it, the code that leads to 任命の証明, 300 dots to the inch at
    /// 105 × 51 mm. Throws `Refusal.notFound` for a token that is none.
    public func badgeCard(token: String) async throws -> [UInt8] {
        let badge = try await heldBadge(token)
        let (kind, year) = try self.badge(slug: badge.slug)
        let card = BadgeCard(
            drawing: Badge.artwork(kind, year), address: settings.links.verify(token))
        guard let card else { throw Refusal.notFound }
        return try await runBlocking { try card.png() }
    }

    /// A QR code as the side of its grid and the path of its dark squares; nil for a text that is
    /// too long.
    public static func qrPath(of text: String) -> (side: Int, path: String)? {
        QRPicture(text).map { ($0.side, $0.path) }
    }

    private func heldBadge(_ token: String) async throws -> BadgeRecord {
        guard let badge = try await reading.badge(token: token) else { throw Refusal.notFound }
        return badge
    }

    private func file(of badge: BadgeRecord) async throws -> BadgeFile {
        let credential: JSONValue?
        do {
            credential = try JSONValue(reading: await self.credential(token: badge.token))
        } catch Refusal.notFound { credential = nil }
        let recipient = HashedRecipient(salt: badge.salt, identity: badge.identity)
        return BadgeFile(
            credential: credential,
            assertion: badge.isRevoked ? nil : assertion(of: badge, to: recipient))
    }
}

extension Badge {
    /// Of the PNG, in pixels.
    static let pictureSide = 600

    /// The drawing of a kind and fiscal year, as SVG without fonts, 600 × 600: for pictures, pages
    /// and sheets alike.
    public static func artwork(_ kind: Kind, _ year: FiscalYear) -> [UInt8] {
        let artwork: BadgeArtwork =
            switch kind {
            case .promoter: .promoter
            case .caller: .caller
            }
        return artwork.svg(year: year.reiwa, title: BadgeWords.pictureTitle(kind, year))
    }
}
