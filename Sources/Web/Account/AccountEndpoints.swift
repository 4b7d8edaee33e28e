extension Route {
    static let ownAccount = Route("/account")
    static let changePassword = Route("/account/password")
    static let endSession = Route("/account/sessions/end")
    static let endOtherSessions = Route("/account/sessions/end-others")
    static let forgottenPassword = Route("/sign-in/password")
    static let passwordCode = Route("/sign-in/password/code")
}

/// For whoever has an account, about that account; and for whoever cannot get into theirs.
let accountEndpoints: [Endpoint] = [
    .get(.ownAccount, OwnAccount.show).menu("自分のアカウント"),
    .get(.changePassword, OwnPassword.show),
    .post(.changePassword, OwnPassword.change),
    .get(.endSession, leadsTo: .ownAccount),
    .post(.endSession, OwnAccount.endSession).form(on: .ownAccount),
    .get(.endOtherSessions, leadsTo: .ownAccount),
    .post(.endOtherSessions, OwnAccount.endOthers).form(on: .ownAccount),
    .get(.forgottenPassword, ForgottenPassword.show),
    .post(.forgottenPassword, ForgottenPassword.ask),
    .get(.passwordCode, ForgottenPassword.showCode),
    .post(.passwordCode, ForgottenPassword.set),
]
