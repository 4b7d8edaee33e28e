extension Route {
    static let badgeIssuer = Route("/ob2/issuer")
}

extension RoutePattern {
    static let badgeClass = RoutePattern("/ob2/badges/{slug}")
    static let assertion = RoutePattern("/ob2/assertions/{token}")
    static let badgeImage = RoutePattern("/badges/{slug}/image.png")
    static let badgeCriteria = RoutePattern("/badges/{slug}/criteria")
    static let verify = RoutePattern("/verify/{token}")
}

/// For verifiers of badges, and for whoever is shown one.
let badgeEndpoints: [Endpoint] = [
    .get(.assertion, Badges.showAssertion).trouble(as: .json),
    .get(.badgeClass, Badges.showClass).trouble(as: .json),
    .get(.badgeIssuer, Badges.showIssuer).trouble(as: .json),
    .get(.badgeImage, Badges.showImage),
    .get(.badgeCriteria, Badges.showCriteria),
    .get(.verify, Badges.verify),
]
