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
    let report: (String, any Error) -> Void
    var passingReportedAt = Instant(microseconds: 0)
    /// Answers that never change, by path; see `fixed`.
    var documents: [String: TaggedDocument] = [:]
    var images: [String: [UInt8]] = [:]

    /// `report` gets what broke, with the reference that the page shows.
    public init(
        _ office: Office, isSecure: Bool, report: @escaping (String, any Error) -> Void
    ) {
        self.office = office
        self.isSecure = isSecure
        self.report = report
    }

    public func respond(to request: Request) async -> Response {
        do {
            return try await answer(request)
        } catch let refusal as Refusal {
            return page(for: refusal)
        } catch let error as any StatusError {
            return trouble(error.status, "この操作はできませんでした", "もう一度はじめからお試しください。")
        } catch {
            return isPassing(error) ? waiting(error, request) : broke(error)
        }
    }

    /// How large a body may be: a group's file, or a form.
    public static func bodyLimit(path: String) -> Int {
        path == Route.groupFiles.path ? 21 << 20 : 1 << 20
    }

    private func answer(_ request: Request) async throws -> Response {
        guard let route = Route.at(request.path) else {
            if let asset = Asset.all.first(where: { $0.path == request.path }) {
                return asset.response()
            }
            return try await badge(request)
        }
        if request.method == .options { return .options([.get, .head, .post]) }
        if request.method == .get || request.method == .head {
            guard let show = showing(route) else { return .methodNotAllowed([.post]) }
            return try await show(request)
        }
        guard request.method == .post else { return .methodNotAllowed([.get, .head]) }
        if route == .groupFiles { return try await receiveGroupFile(request) }
        guard let act = acting(route) else { return .methodNotAllowed([.get, .head]) }
        let form = try await request.form()
        try Guard.check(request, form, key: office.settings.key, isSecure)
        return try await act(request, form)
    }

    private func showing(_ route: Route) -> ((Request) async throws -> Response)? {
        switch route {
        case .start: showStart
        case .ground: showGround
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
        case .queue: showQueue
        case .review: showReview
        case .people: showPeople
        case .decisions: showDecisions
        case .plan: showPlan
        case .renewal: showRenewal
        case .numbers: showNumbers
        case .exports: showExports
        case .exportFile: downloadExport
        case .draft, .resendCode, .applications, .signOut, .groupFiles, .applyGroup, .approve,
            .resign, .approveBody, .reject, .applyPlan, .openYear:
            nil
        }
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
        case .approveBody: approveBody
        case .reject: reject
        case .people: findPeople
        case .decisions: planAppointments
        case .applyPlan: applyPlan
        case .renewal: planRenewal
        case .exports: askForExport
        case .openYear: openNextYear
        case .resign: resign
        default: nil
        }
    }

    /// The one table from refusals to statuses.
    private func page(for refusal: Refusal) -> Response {
        switch refusal {
        case .notFound, .notYours:
            return trouble(.notFound, "この画面は見つかりません", "アドレスをもう一度ごらんください。")
        case .yearNotOpen(let year):
            return trouble(
                .ok, "応募はまだ始まっていません", "\(year.word)の応募はまだ始まっていません。")
        case .conflict:
            return trouble(
                .conflict, "この操作はできませんでした", "ほかの操作が先に行われたか、手順の途中です。はじめの画面からお進みください。")
        case .noLayout:
            return trouble(.serverError, "様式がありません", "管理者に連絡してください。")
        case .tooEarly(let day):
            return trouble(.conflict, "まだできません", "\(day.word)からできます。")
        case .tooMany(let seconds):
            return trouble(
                .tooManyRequests, "少し待ってから、もう一度ためしてください",
                "続けて何度も行われたため、\(seconds / 60)分ほどお待ちください。"
            ).with(.retryAfter, HeaderValue(seconds))
        case .wrong:
            return trouble(.forbidden, "番号が違います", "もう一度、はじめからお試しください。")
        }
    }

    /// What broke is logged once; the page shows only the reference.
    private func broke(_ error: any Error) -> Response {
        let reference = Base64URL.encode(office.random.bytes(6))
        report(reference, error)
        return trouble(
            .serverError, "うまく動きませんでした",
            "入力した内容は残っています。少し待ってから、もう一度お試しください。お問い合わせの番号：\(reference)")
    }

    func trouble(_ status: Status, _ heading: String, _ text: String) -> Response {
        Page(
            title: heading, isError: true,
            main: """
                <section class="sec flow"><h1>\(heading)</h1><p>\(text)</p><div class="btns"><a class="btn" href="/">はじめの画面へ</a></div></section>
                """
        ).response(self, status: status)
    }

    /// The page for what the server itself refuses.
    public func refused(_ status: Status) -> Response {
        trouble(status, "この操作はできませんでした", "もう一度はじめからお試しください。")
    }
}
