public import HTTP
public import Procedures
internal import Secrets
internal import HTML
internal import Words
internal import Enrollment

/// The site as one worker sees it: finds the handler of a request and turns every trouble into an
/// answer.
public final class Site {
    let office: Office
    let isSecure: Bool
    /// Since when what is compiled in is as it is.
    let builtAt: HTTPDate?
    let report: (String, any Error) -> Void
    /// Whether a proxy that no setting names was noticed.
    var hasUnnamedProxy = false
    var passingReportedAt = Instant(microseconds: 0)
    /// Answers that never change, by path; see `fixed`.
    var documents: [String: TaggedDocument] = [:]
    var images: [String: (Response, EntityTag?)] = [:]

    /// `builtAt` is when the program was made; `report` gets what broke, with the reference that
    /// the page shows.
    public init(
        _ office: Office, isSecure: Bool, builtAt: HTTPDate? = nil,
        report: @escaping (String, any Error) -> Void
    ) {
        self.office = office
        self.isSecure = isSecure
        self.builtAt = builtAt
        self.report = report
    }

    /// The answer, which nobody keeps unless it says that it may be kept.
    public func respond(to request: Request) async -> Response {
        await tellCountedAttempts()
        await noteUnnamedProxy(request)
        var response = await outcome(of: request)
        await noteLimit(response.status, request)
        if !response.headers.contains(.cacheControl) {
            response.headers.append(.cacheControl, "no-store")
        }
        return response
    }

    private func outcome(of request: Request) async -> Response {
        do {
            return try await answer(request)
        } catch is OtherDraft {
            return otherDraftPage
        } catch is CancellationError {
            return Self.refused(.serviceUnavailable, under: office.settings)  // nobody reads it
        } catch let elsewhere as RedirectInstead {
            return Response.seeOther(elsewhere.route)
        } catch {
            await note(error, request)
            if isPassing(error) { return waiting(error, request) }
            return await show(trouble(of: error), to: request)
        }
    }

    private func trouble(of error: any Error) -> Trouble {
        switch error {
        case let refusal as Refusal: trouble(of: refusal)
        case is DraftGone:
            Trouble(.notFound, .draftGone, next: NextPage(Route.eligibility.path, "はじめから入力する"))
        case let decided as DecidedOtherwise:
            Trouble(.conflict, .decided, next: NextPage(decided.page, "いまの状態を見る"))
        case let error as any StatusError: Trouble(error.status, .of(error.status))
        default: broken(error)
        }
    }

    /// How large a body may be, in octets: a group's file, or a form.
    public static func bodyLimit(path: String) -> Int {
        path == Route.groupFiles.path ? 21 << 20 : 1 << 20
    }

    /// Whether a request may take longer than the others: it plans or applies for thousands of
    /// people in one go, and must not be left in the middle.
    public static func takesLong(_ request: RequestHead) -> Bool {
        switch Route.at(request.target.path) {
        case .groupFiles, .groupFile, .decisions, .plan, .applyPlan, .renewal, .openYear,
            .approveOrganization, .numbers:
            true
        default: false
        }
    }

    private func answer(_ request: Request) async throws -> Response {
        guard let route = Route.at(request.path) else { return try await other(request) }
        let (show, act) = (showing(route), acting(route))
        let allowed = Self.methods(
            reads: show != nil, acts: act != nil || route == .groupFiles)
        if request.method == .options { return .options(allowed) }
        guard allowed.contains(request.method) else {
            return await notAllowed(allowed, request)
        }
        if request.method != .post, let show {
            do { return try await show(request) } catch is SignedOut {
                return try askToSignIn(request)
            }
        }
        guard let act else {
            do { return try await receiveGroupFile(request) } catch is SignedOut {
                return try Visitor(request, self).seeOther(
                    .signIn, "next", ResumeAfterSignIn.encoded("/group"))
            }
        }
        let form = try await request.form()
        do {
            try Guard.check(request, form, key: office.settings.key, isSecure)
        } catch let forged as Guard.Forged {
            guard route == .draft, Guard.isFromHere(request, isSecure) else { throw forged }
            return try await showFormAgain(request, form)
        }
        do { return try await act(request, form) } catch is SignedOut {
            return try keepAndSignIn(request, form)
        }
    }

    /// 405 that a reader can go on from.
    private func notAllowed(_ methods: [Method], _ request: Request) async -> Response {
        var page = await show(Trouble(.methodNotAllowed, .of(.methodNotAllowed)), to: request)
        page.headers.appendMissing(from: Response.methodNotAllowed(methods).headers)
        return page
    }

    private static func methods(reads: Bool, acts: Bool) -> [HTTP.Method] {
        (reads ? [.get, .head] : []) + (acts ? [.post] : []) + [.options]
    }

    /// What has no route: the server as a whole, assets, badges.
    private func other(_ request: Request) async throws -> Response {
        let reading = Self.methods(reads: true, acts: false)
        if request.target.isAsterisk { return .options(Self.methods(reads: true, acts: true)) }
        let asset = Asset.all.first { $0.path == request.path }
        guard asset != nil || isBadge(request) else { throw Refusal.notFound }
        if request.method == .options { return .options(reading) }
        guard reading.contains(request.method) else { return .methodNotAllowed(reading) }
        if let asset { return asset.response(to: request, builtAt: builtAt) }
        return try await badge(request)
    }

    private func showing(_ route: Route) -> ((Request) async throws -> Response)? {
        switch route {
        case .start: showStart
        case .eligibility: showEligibility
        case .form: showForm
        case .confirmMail: showConfirmMail
        case .check: showCheck
        case .done: showDone
        case .status: showStatus
        case .statusCode: showStatusCode
        case .mine: showMine
        case .about: showAbout
        case .terms: showTerms
        case .privacy: showPrivacy
        case .accessibility: showAccessibility
        case .health: showHealth
        case .ready: showReady
        case .demoMail: showDemoMail
        case .signIn: showSignIn
        case .group: showGroup
        case .groupFile: showGroupFile
        case .groupTemplate: downloadTemplate
        case .groupErrors: showGroupErrors
        case .members: showMembers
        case .membersFile: downloadMembers
        case .queue: showQueue
        case .review: showReview
        case .doubts: showDoubts
        case .proposals: showProposals
        case .people: showPeople
        case .decisions: showDecisions
        case .plan: showPlan
        case .renewal: showRenewal
        case .numbers: showNumbers
        case .exports: showExports
        case .exportFile: downloadExport
        case .draft: lead(to: .form)
        case .resendCode: lead(to: .confirmMail)
        case .applications: lead(to: .check)
        case .resign, .tellViewings, .answerReuse: lead(to: .mine)
        case .groupFiles: lead(to: .group)
        case .decideDoubt: lead(to: .doubts)
        case .signOut, .applyGroup, .approve, .approveOrganization, .reject, .applyPlan, .openYear:
            nil
        }
    }

    /// Whether an address shows something when it is opened.
    func isShown(_ route: Route) -> Bool { showing(route) != nil }

    /// A form's own address, opened from a history or a bookmark, leads to the page with the form.
    private func lead(to route: Route) -> (Request) async throws -> Response {
        { _ in Response.seeOther(route) }
    }

    private func acting(_ route: Route) -> ((Request, Form) async throws -> Response)? {
        switch route {
        case .draft: keepDraft
        case .confirmMail: confirmMail
        case .resendCode: resendCode
        case .applications: submitApplication
        case .status: askForStatus
        case .statusCode: openStatus
        case .signOut: signOut
        case .signIn: signIn
        case .applyGroup: applyGroup
        case .approve: approve
        case .approveOrganization: approveOrganization
        case .reject: reject
        case .decideDoubt: decideDoubt
        case .people: findPeople
        case .members: findMembers
        case .decisions: planAppointments
        case .applyPlan: applyPlan
        case .renewal: planRenewal
        case .exports: askForExport
        case .openYear: openNextYear
        case .resign: resign
        case .tellViewings: tellViewings
        case .answerReuse: answerReuse
        default: nil
        }
    }

    /// The one table from refusals to statuses.
    private func trouble(of refusal: Refusal) -> Trouble {
        switch refusal {
        case .notFound: Trouble(.notFound, .gone)
        case .notYours: Trouble(.forbidden, .notYours)
        case .yearNotOpen(let year):
            Trouble(
                .ok, "応募はまだ始まっていません",
                "\(year.word)の応募はまだ始まっていません。始まる日が決まりましたら、はじめの画面でお知らせします。")
        case .conflict: Trouble(.conflict, .sentOtherwise)
        case .noLayout:
            Trouble(
                .serverError, "書き出す様式がありません",
                "この年度の様式のファイルが置かれていません。システムの管理者に、enroll doctor の結果を見るように伝えてください。")
        case .tooEarly(let day): Trouble(.conflict, "まだできません", "\(day.word)からできます。")
        case .beforeRecords(let day):
            Trouble(.conflict, "記録がありません", TallyWords.recordsBegin(day))
        case .tooMany(_, let seconds):
            Trouble(
                .tooManyRequests, "少し待ってから、もう一度ためしてください",
                "続けて何度も行われたため、いまは受け付けられません。\(Self.minutes(seconds))分ほどお待ちください。",
                retryAfter: HeaderValue(seconds))
        case .wrong:
            Trouble(.forbidden, "番号が違います", "新しい番号を受け取って、もう一度入力してください。")
        }
    }

    /// What broke is logged once; the page shows only the reference.
    private func broken(_ error: any Error) -> Trouble {
        let reference = Base64URL.encode(office.random.bytes(6))
        report(reference, error)
        return Trouble(
            .serverError, "うまく動きませんでした",
            "少し待ってから、前の画面にもどって、もう一度送ってください。同じ応募が二重になることはありません。続くときは、この番号をお知らせください。お問い合わせの番号：\(reference)"
        )
    }

    /// The page for what the server itself refuses.
    public static func refused(_ status: Status, under settings: OfficeSettings) -> Response {
        Trouble(status, .of(status)).page().response(under: settings, status: status)
    }
}
