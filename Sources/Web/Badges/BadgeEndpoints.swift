extension Route {
    static let badgeIssuer = Route("/ob2/issuer")
    /// バッジのファイルの確認.
    static let badgeFileCheck = Route("/verify")
    /// Short, because it stands in a QR code.
    static let certificateCheck = Route("/w/")
    static let publishedKeys = Route("/.well-known/jwks.json")
    static let issuerDocument = Route("/.well-known/did.json")
}

extension RoutePattern {
    static let badgeClass = RoutePattern("/ob2/badges/{slug}")
    static let assertion = RoutePattern("/ob2/assertions/{token}")
    static let badgeImage = RoutePattern("/badges/{slug}/image.png")
    /// By the token of one, with `.png` or `.svg` behind it.
    static let badgePicture = RoutePattern("/badges/{file}")
    static let badgeCard = RoutePattern("/badges/{token}/card.png")
    static let badgeCriteria = RoutePattern("/badges/{slug}/criteria")
    static let verify = RoutePattern("/verify/{token}")
    static let credential = RoutePattern("/ob3/credentials/{token}")
    static let achievement = RoutePattern("/achievements/{slug}")
    static let statusList = RoutePattern("/status/{year}")
    static let publishedKey = RoutePattern("/keys/{key}")
}

/// For verifiers of badges, and for whoever is shown one.
let badgeEndpoints: [Endpoint] = [
    .get(.assertion, Badges.showAssertion).trouble(as: .json),
    .get(.badgeClass, Badges.showClass).trouble(as: .json),
    .get(.badgeIssuer, Badges.showIssuer).trouble(as: .json),
    .get(.badgeImage, Badges.showImage),
    .get(.badgeCriteria, Badges.showCriteria),
    .get(.badgePicture, Badges.showPicture).trouble(as: .json),
    .get(.badgeCard, Badges.showCard).trouble(as: .json),
    .get(.verify, ProofPage.show),
    .get(.badgeFileCheck, BadgeFileCheck.show),
    .upload(
        .badgeFileCheck, upTo: BadgeFileCheck.room, page: .badgeFileCheck, BadgeFileCheck.judge),
    .get(.certificateCheck, CertificateCheck.show),
    .get(.credential, Credentials.show).trouble(as: .json),
    .get(.achievement, Credentials.showAchievement).trouble(as: .json),
    .get(.statusList, Credentials.showStatusList).trouble(as: .json),
    .get(.publishedKeys, Badges.showKeys).trouble(as: .json),
    .get(.publishedKey, Badges.showKey).trouble(as: .json),
    .get(.issuerDocument, Badges.showIssuerDocument).trouble(as: .json),
]
