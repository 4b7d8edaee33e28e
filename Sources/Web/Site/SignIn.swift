internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store

/// 担当者のログイン.
struct SignIn: Room {
    let site: Site

    func show(_ visitor: Visitor, _ request: Request) async throws -> Response {
        var visitor = visitor
        let kept = ResumeAfterSignIn(page: try request.query.single("next") ?? "")
        if let account = try? await site.account(visitor) {
            visitor.reader = .account(account)
            return try goOn(with: kept, visitor, account.home)
        }
        if let token = visitor[Visitor.sessionCookie],
            let half = try? await office.signedIn(token)
        {
            return try await goOn(half, with: kept, visitor)
        }
        return try page(visitor, kept, told: try request.query.single(Self.toldField))
    }

    /// What was done on the way here.
    enum Told: String { case password }
    static let toldField = "told"

    func signIn(
        _ visitor: Visitor, _ request: Request, _ form: Form
    ) async throws -> Response {
        var visitor = visitor
        let email = try form.single("email") ?? ""
        do {
            let password = try form.single("password") ?? ""
            let token = try await office.signIn(
                email: email, password: password, from: request.client, in: visitor.browser,
                isWanted: request.isAwaited)
            visitor.give(Visitor.sessionCookie, token.text)
            guard let signedIn = try await office.signedIn(token) else {
                return try visitor.seeOther(.signIn)
            }
            return try await goOn(signedIn, with: ResumeAfterSignIn(form), visitor)
        } catch Refusal.wrong {
            await site.note(.signInFailed, request, on: office.mark(ofAddress: email))
            return try page(
                visitor, ResumeAfterSignIn(form), email: email,
                trouble: Trouble("メールアドレスかパスワードが違います。もう一度入力してください。"))
        } catch Refusal.tooMany(let limit, let seconds) {
            await site.note(.signInRefused, request, on: office.mark(ofAddress: email))
            return try page(
                visitor, ResumeAfterSignIn(form), email: email,
                trouble: Trouble(Self.tooMany(limit, seconds), .tooManyRequests)
            ).with(.retryAfter, HeaderValue(seconds))
        }
    }

    /// To where somebody was going, or to what is still to come before that.
    private func goOn(
        _ signedIn: SignedIn, with kept: ResumeAfterSignIn, _ visitor: Visitor
    ) async throws -> Response {
        switch signedIn.stage {
        case .complete:
            var visitor = visitor
            visitor.reader = .account(signedIn.account)
            return try goOn(with: kept, visitor, signedIn.account.home)
        case .secondFactor:
            return try CodeOfFactor(site: site).page(visitor, kept, problem: nil)
        case .setUp: return try visitor.seeOther(.secondFactor)
        }
    }

    /// What holds a sign-in up, and for how long.
    private static func tooMany(_ limit: LimitName, _ seconds: Int) -> String {
        switch limit {
        case .signInQueue:
            "いまログインする人が多く、順番がとれませんでした。\(seconds)秒ほど待ってから、もう一度「ログインする」を押してください。"
        case .signInClient:
            "お使いのネットワークから、まちがったパスワードが続けて入力されました。\(Waiting.minutes(seconds))分ほど待ってから、もう一度ログインしてください。"
        default:
            "まちがったパスワードが続けて入力されました。\(Waiting.minutes(seconds))分ほど待ってから、もう一度ログインしてください。"
        }
    }

    func page(
        _ visitor: Visitor, _ kept: ResumeAfterSignIn, email: String = "",
        trouble: Trouble? = nil, told: String? = nil
    ) throws -> Response {
        let problem = trouble?.problem
        let fields = HTML.joined([
            kept.hidden,
            Field(
                name: "email", label: "メールアドレス", value: email, problems: problem.map { [$0] } ?? [],
                autocomplete: "username", inputMode: "email"
            ).textInput,
            Field(name: "password", label: "パスワード", autocomplete: "current-password")
                .input("password"),
            Part.button("ログインする"),
        ])
        let main: HTML = """
            \(Part.errorSummary(problem.map { [("email", $0)] } ?? []))
            <section class="sec flow">
              <h1>担当者のログイン</h1>
              \(when(told == Told.password.rawValue, Part.done("パスワードを決めました。新しいパスワードでログインしてください。")))
              \(kept.told)
              \(Part.form(.signIn, csrf: visitor.csrf, fields))
              <p><a href="\(href(Route.forgottenPassword.path))">パスワードを忘れたとき</a></p>
              <p class="muted">
                個人で応募した方は、<a href="\(href(Route.status.path))">応募の状況を見る</a>へお進みください。
              </p>
            </section>
            """
        return try visitor.carrying(
            Page(title: "担当者のログイン", isError: problem != nil, main: main)
                .response(site, status: trouble?.status ?? .ok))
    }
}

extension SignIn {
    /// Why nobody was let in.
    struct Trouble {
        let problem: String
        let status: Status

        init(_ problem: String, _ status: Status = .unprocessable) {
            self.problem = problem
            self.status = status
        }
    }
}

extension Site {
    /// The account in front of us; nil when nobody is signed in, or no longer.
    func account(_ visitor: Visitor) async throws -> AccountRecord? {
        guard let token = visitor[Visitor.sessionCookie] else { return nil }
        return try await office.account(of: token)
    }

    /// Who is signed in, for the header of a page that anybody may read. Only a browser with a
    /// session is asked for, and the page is there also where that cannot be found out.
    func reader(_ visitor: Visitor) async -> PageReader {
        guard let token = visitor[Visitor.sessionCookie] else { return .anybody }
        if let account = try? await office.account(of: token) { return .account(account) }
        let applicant = try? await office.applicant(of: token)
        return applicant == nil ? .anybody : .applicantElsewhere
    }

    func reader(_ request: Request) async -> PageReader {
        await reader(Visitor(request, self))
    }
}

/// How long somebody is asked to wait.
enum Waiting {
    /// Whole minutes, at least one.
    static func minutes(_ seconds: Int) -> Int { max(1, (seconds + 59) / 60) }
}
