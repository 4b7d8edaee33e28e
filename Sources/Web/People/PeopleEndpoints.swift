extension Route {
    static let start = Route("/")
    static let about = Route("/about")
    static let terms = Route("/terms")
    static let privacy = Route("/privacy")
    static let accessibility = Route("/accessibility")
    static let eligibility = Route("/apply")
    static let form = Route("/applications/new")
    static let draft = Route("/applications/draft")
    static let confirmMail = Route("/applications/confirm")
    static let resendCode = Route("/applications/confirm/resend")
    static let check = Route("/applications/check")
    static let applications = Route("/applications")
    static let done = Route("/applications/done")
    static let status = Route("/status")
    static let statusCode = Route("/status/code")
    static let receipts = Route("/status/receipts")
    static let mine = Route("/my")
    static let changeMail = Route("/my/mail")
    static let mailCode = Route("/my/mail/code")
    static let ownData = Route("/my/data")
    static let certificate = Route("/my/certificate")
    static let correct = Route("/my/correction")
    static let takeBackCorrection = Route("/my/correction/take-back")
    static let amend = Route("/my/fix")
    static let answerListing = Route("/my/listing")
    static let withdraw = Route("/my/withdrawal")
    static let resign = Route("/my/resign")
    static let tellViewings = Route("/my/viewings")
    static let answerReuse = Route("/my/renewal")
}

/// For whoever applies, has applied, or only reads.
let peopleEndpoints: [Endpoint] = [
    .get(.start, StartPages.show),
    .get(.about, StartPages.showAbout),
    .get(.terms, StartPages.showTerms),
    .get(.privacy, StartPages.showPrivacy),
    .get(.accessibility, StartPages.showAccessibility),

    .get(.eligibility, Applications.showEligibility),
    .get(.form, Applications.showForm),
    .get(.draft, leadsTo: .form),
    .post(.draft, Applications.keepDraft, again: Applications.showFormAgain),
    .get(.confirmMail, Applications.showConfirmMail),
    .post(.confirmMail, Applications.confirmMail),
    .get(.resendCode, leadsTo: .confirmMail),
    .post(.resendCode, Applications.resendCode),
    .get(.check, Applications.showCheck),
    .get(.applications, leadsTo: .check),
    .post(.applications, Applications.submit),
    .get(.done, Applications.showDone),

    .get(.status, StatusPages.show),
    .post(.status, StatusPages.ask),
    .get(.statusCode, StatusPages.showCode),
    .post(.statusCode, StatusPages.open),
    .get(.receipts, StatusPages.showReceipts),
    .post(.receipts, StatusPages.sendReceipts),
    .get(.mine, OwnPage.show),
    .get(.changeMail, OwnPage.showMail),
    .post(.changeMail, OwnPage.askForMail),
    .get(.mailCode, OwnPage.showMailCode),
    .post(.mailCode, OwnPage.changeMail),
    .get(.ownData, leadsTo: .mine),
    .post(.ownData, OwnPage.downloadData),
    .get(.certificate, OwnPage.downloadCertificate),
    .get(.correct, OwnPage.showCorrection),
    .post(.correct, OwnPage.correct),
    .get(.takeBackCorrection, leadsTo: .mine),
    .post(.takeBackCorrection, OwnPage.takeBackCorrection),
    .get(.answerListing, leadsTo: .mine),
    .post(.answerListing, OwnPage.answerListing),
    .get(.amend, leadsTo: .mine),
    .post(.amend, OwnPage.amend),
    .get(.withdraw, leadsTo: .mine),
    .post(.withdraw, OwnPage.withdraw),
    .get(.resign, leadsTo: .mine),
    .post(.resign, OwnPage.resign),
    .get(.tellViewings, leadsTo: .mine),
    .post(.tellViewings, OwnPage.tellViewings),
    .get(.answerReuse, leadsTo: .mine),
    .post(.answerReuse, OwnPage.answerReuse),
]
