extension Route {
    static let signIn = Route("/sign-in")
    static let signOut = Route("/sign-out")
    static let health = Route("/healthz")
    static let ready = Route("/readyz")
    static let demoMail = Route("/demo/mail")

    /// `name` says what is in it.
    static func asset(_ name: String) -> Route { Route(computed: "/assets/" + name) }
}

/// For staff of every role, machines, and browsers.
let siteEndpoints: [Endpoint] =
    [
        .get(.signIn, SignIn.show),
        .post(.signIn, SignIn.signIn),
        .get(.signOut, leadsTo: .signIn),
        .post(.signOut, SignOut.signOut),
        .get(.health, Probes.showHealth),
        .get(.ready, Probes.showReady).trouble(as: .probe),
        .get(.demoMail, DemoMail.show),
    ]
    + Asset.all.map { asset in
        .get(asset.route) { asset.response(to: $1, builtAt: $0.builtAt) }
    }
