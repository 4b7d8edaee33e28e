public import Words

extension Links {
    /// Those of the site at a public address, which has no slash at the end.
    public init(siteAt home: String) {
        func each(_ pattern: RoutePattern) -> OfBadge { { home + pattern.path($0) } }
        self.init(
            home: home, status: home + Route.status.path, members: home + Route.members.path,
            signIn: home + Route.signIn.path,
            invitation: each(.invitation), badgeIssuer: home + Route.badgeIssuer.path,
            verify: each(.verify),
            checkCertificate: { home + Route.certificateCheck.with("c", $0) },
            assertion: each(.assertion), badgeClass: each(.badgeClass),
            badgeImage: each(.badgeImage),
            badgePicture: { home + RoutePattern.badgePicture.path($0 + Badges.pngSuffix) },
            badgeCriteria: each(.badgeCriteria),
            credentials: CredentialLinks(
                credential: each(.credential), achievement: each(.achievement),
                statusList: each(.statusList), key: each(.publishedKey)))
    }
}
