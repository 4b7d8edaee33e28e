extension Route {
    static let ownAccount = Route("/account")
    static let changePassword = Route("/account/password")
    static let endSession = Route("/account/sessions/end")
    static let endOtherSessions = Route("/account/sessions/end-others")
    static let secondFactor = Route("/account/second-factor")
    static let recoveryCodes = Route("/account/second-factor/codes")
    static let removeSecondFactor = Route("/account/second-factor/remove")
    static let codeOfFactor = Route("/sign-in/code")
    static let forgottenPassword = Route("/sign-in/password")
    static let passwordCode = Route("/sign-in/password/code")
    static let invited = Route("/invitation")
}

extension RoutePattern {
    static let invitation = RoutePattern("/invitation/{token}")
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
    .get(.secondFactor, SecondFactorPages.show),
    .post(.secondFactor, SecondFactorPages.setUp),
    .get(.recoveryCodes, leadsTo: .secondFactor),
    .post(.recoveryCodes, SecondFactorPages.renewCodes).form(on: .secondFactor),
    .get(.removeSecondFactor, leadsTo: .secondFactor),
    .post(.removeSecondFactor, SecondFactorPages.remove).form(on: .secondFactor),
    .get(.codeOfFactor, CodeOfFactor.show),
    .post(.codeOfFactor, CodeOfFactor.prove),
    .get(.forgottenPassword, ForgottenPassword.show),
    .post(.forgottenPassword, ForgottenPassword.ask),
    .get(.passwordCode, ForgottenPassword.showCode),
    .post(.passwordCode, ForgottenPassword.set),
    .get(.invitation, Invited.show),
    .get(.invited, leadsTo: .signIn),
    .post(.invited, Invited.accept),
]
