internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store
internal import Words

private let codeCookie = "code"

/// メールアドレスの確認: between the form and the check page.
extension Applications {
    func showConfirmMail(_ visitor: Visitor, _ request: Request) async throws -> Response {
        let fit: FitDraft
        switch try await draft(at: .confirmMail, visitor, request) {
        case .fit(let found): fit = found
        case .instead(let response): return response
        }
        let isAgain = try request.query.single("sent") == "again"
        let told = isAgain ? Part.done("番号をもう一度送りました。いちばん新しいメールの番号を入力してください。") : .none
        return try codePage(fit, visitor, told: told)
    }

    func confirmMail(
        _ visitor: Visitor, _ request: Request, _ form: Form
    ) async throws -> Response {
        let fit: FitDraft
        switch try await draft(at: .confirmMail, visitor, request, form) {
        case .fit(let found): fit = found
        case .instead(let response): return response
        }
        guard let code = CodeEntry.code(try form.single("code") ?? "") else {
            return try codePage(fit, visitor, problem: CodeEntry.notSixDigits)
        }
        guard let asked = visitor[codeCookie] else {
            return try codePage(fit, visitor, problem: CodeEntry.problem(nil, anew: Self.anew))
        }
        do {
            try await office.confirm(
                fit.hand.draft, code: code, asked: asked, from: request.client)
            return try visitor.seeOther(.check)
        } catch Refusal.tooMany(_, let seconds) {
            return try codePage(
                fit, visitor, problem: CodeEntry.tooMany(Waiting.minutes(seconds)),
                status: .tooManyRequests
            ).with(.retryAfter, HeaderValue(seconds))
        } catch Refusal.wrong(let left) {
            await site.note(.codeFailed, request, on: Site.page(request))
            return try codePage(fit, visitor, problem: try await wrong(left, fit))
        }
    }

    private static let anew = "この画面の下の「もう一度送る」を押して、新しく届く番号を入力してください。"

    private func wrong(_ left: Int?, _ fit: FitDraft) async throws -> String {
        let isOnly = try await office.codesSent(for: fit.hand.draft).count < 2
        return CodeEntry.problem(
            left, anew: Self.anew, older: isOnly ? "" : "番号を何度か送っています。いちばん新しいメールの番号を入力してください。")
    }

    func resendCode(
        _ visitor: Visitor, _ request: Request, _ form: Form
    ) async throws -> Response {
        switch try await draft(at: .confirmMail, visitor, request, form) {
        case .fit(let fit):
            var visitor = visitor
            return try await sendCode(for: fit, request, &visitor, again: true)
        case .instead(let response): return response
        }
    }

    /// Sends a code and leads to where it is typed; also when no more can be sent now.
    func sendCode(
        for fit: FitDraft, _ request: Request, _ visitor: inout Visitor, again: Bool = false
    ) async throws -> Response {
        do {
            let asked = try await office.sendCode(for: fit.hand.draft, from: request.client)
            visitor.give(codeCookie, asked.text)
            return again
                ? try visitor.seeOther(.confirmMail, "sent", "again")
                : try visitor.seeOther(.confirmMail)
        } catch Refusal.tooMany(let limit, let seconds) {
            return try await tooManyCodes(for: fit, visitor, limit, seconds)
        }
    }

    private func tooManyCodes(
        for fit: FitDraft, _ visitor: Visitor, _ name: LimitName, _ seconds: Int
    ) async throws -> Response {
        let isGood = try await office.codesSent(for: fit.hand.draft).isNewestGood
        let next =
            isGood
            ? "最後に届いた番号は、まだ使えます。その番号を入力してください。" : "\(Waiting.minutes(seconds))分ほど待ってから、\(Self.anew)"
        let limit = office.settings.limits[name]
        let why =
            name == .codeAddress
            ? "番号のメールは、\(limit.seconds / 60)分に\(limit.ceiling)通までです。" : "いま番号のメールを送る人が多く、送れませんでした。"
        let text = "\(why)\(next)入力した内容は残っています。"
        return try codePage(fit, visitor, problem: text, status: .tooManyRequests)
            .with(.retryAfter, HeaderValue(seconds))
    }

    private func codePage(
        _ fit: FitDraft, _ visitor: Visitor, told: HTML = .none, problem: String? = nil,
        status: Status = .unprocessable
    ) throws -> Response {
        let again = Part.form(
            .resendCode, csrf: visitor.csrf,
            fit.hand.mark.hidden
                + "<div class=\"btns\"><button class=\"btn\" type=\"submit\">もう一度送る</button></div>")
        let mend: HTML = """
            <p>
              アドレスがちがうときは、
              <a href="\(href(Route.form.path + "#" + ApplicationField.email.key))">メールアドレスを直す</a>
            </p>
            """
        let page = CodePage(
            lead: "\(fit.application.email) に送った6けたの番号を入力してください。", action: .confirmMail,
            above: Part.back(to: .form) + Part.progress(2), told: told + question(fit.notices),
            problem: problem,
            mark: fit.hand.mark, below: mend + again)
        return try visitor.carrying(
            Page(
                title: CodePage.heading, isError: problem != nil,
                main: page.html(csrf: visitor.csrf)
            ).response(site, status: problem == nil ? .ok : status))
    }

    /// Asked here already: a code that goes to gmail.con never arrives.
    private func question(_ notices: [Problem]) -> HTML {
        let messages = Messages(nil, year: office.year)
        return each(notices.filter { $0.code == .emailDomainLooksMistyped }) {
            Part.note("warn", "メールアドレスをご確認ください", "<p>\(messages.sentence($0))</p>")
        }
    }

    /// Two people at one browser: nothing is mixed, and both are told how to go on.
    var mixedUp: Response {
        Page(
            title: "このブラウザーには、いま別の入力があります", isError: true,
            main: """
                <section class="sec flow">
                  <h1>このブラウザーには、いま別の入力があります</h1>
                  <p>この画面を開いたあとに、同じブラウザーで、別の方か別のアドレスの入力が始まりました。2人の入力がまざらないように、ここでは何も送っていません。</p>
                  <p>1つのブラウザーで続けられるのは、1人ずつです。新しいほうの応募を先に送ってから、次の方の応募を入力してください。</p>
                  <div class="btns">
                    <a class="btn main" href="\(href(Route.check.path))">新しいほうの応募を続ける</a>
                    <a class="btn" href="\(href(Route.form.with("other", "yes")))">次の方の応募を入力する</a>
                  </div>
                </section>
                """
        ).response(site, status: .conflict)
    }
}
