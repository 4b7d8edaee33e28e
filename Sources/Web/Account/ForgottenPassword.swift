internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Words

private let askedCookie = "password-asked"

/// パスワードを忘れたとき: an address, then the mailed code with a new password. What is said does not
/// tell whether there is an account.
struct ForgottenPassword: Room {
    let site: Site

    static let heading = "パスワードを決め直す"

    func show(_ visitor: Visitor, _ request: Request) async throws -> Response {
        try askingPage(visitor, typed: "", problem: nil)
    }

    func ask(_ visitor: Visitor, _ request: Request, _ form: Form) async throws -> Response {
        var visitor = visitor
        let typed = try form.single("email") ?? ""
        guard case .address = EmailAddress.read(typed) else {
            let isEmpty = typed.allSatisfy(\.isWhitespace)
            return try askingPage(
                visitor, typed: typed,
                problem: isEmpty ? "メールアドレスを入力してください。" : "メールアドレスの形になっていません。もう一度確かめてください。")
        }
        do {
            visitor.give(askedCookie, try await token(typed, request).text)
            return try visitor.seeOther(.passwordCode)
        } catch Refusal.tooMany(_, let seconds) {
            let text = "番号のメールが続けて求められたため、いまは送れません。\(Waiting.minutes(seconds))分ほど待ってから、もう一度押してください。"
            return try askingPage(
                visitor, typed: typed, problem: text, status: .tooManyRequests
            ).with(.retryAfter, HeaderValue(seconds))
        }
    }

    /// Where no more is asked for one address for a while, the last code goes on; the answer is
    /// that for anybody, so that nobody learns which address has an account.
    private func token(_ typed: String, _ request: Request) async throws -> Token {
        do {
            return try await office.askForPassword(email: typed, from: request.client)
        } catch Refusal.tooMany(.passwordAsk, _) {
            await site.note(.slowedDown, request, on: Site.page(request))
            return Visitor(request, site)[askedCookie] ?? Token(office.random)
        }
    }

    private func askingPage(
        _ visitor: Visitor, typed: String, problem: String?, status: Status = .unprocessable
    ) throws -> Response {
        let field = Field(
            name: "email", label: "メールアドレス", hint: "ログインするときのアドレス", value: typed,
            problems: problem.map { [$0] } ?? [], autocomplete: "username", inputMode: "email")
        let main: HTML = """
            \(Part.back(to: .signIn))\(Part.errorSummary(problem.map { [("email", $0)] } ?? []))
            <section class="sec flow">
              <h1>\(Self.heading)</h1>
              <p>担当者のアカウントのパスワードを忘れたときや、はじめて決めるときは、ここから決め直せます。番号をメールでお送りします。</p>
              \(Part.form(
                  .forgottenPassword, csrf: visitor.csrf,
                  field.textInput + Part.button("番号をメールで受け取る")))
            </section>
            """
        return try visitor.carrying(
            Page(title: Self.heading, isError: problem != nil, main: main)
                .response(site, status: problem == nil ? .ok : status))
    }
}

extension ForgottenPassword {
    /// What is wrong with what was typed on the second page.
    private struct Trouble {
        var code: String?
        var new: PasswordProblem?
        var status = Status.unprocessable

        var listed: [(field: String, text: String)] {
            (code.map { [("code", $0)] } ?? []) + PasswordFields.listed(new)
        }
    }

    func showCode(_ visitor: Visitor, _ request: Request) async throws -> Response {
        guard visitor[askedCookie] != nil else { return try visitor.seeOther(.forgottenPassword) }
        return try codePage(visitor, nil)
    }

    func set(_ visitor: Visitor, _ request: Request, _ form: Form) async throws -> Response {
        guard let asked = visitor[askedCookie] else {
            return try visitor.seeOther(.forgottenPassword)
        }
        let typed = try PasswordFields(form)
        guard let code = CodeEntry.code(try form.single("code") ?? ""), typed.problem == nil else {
            let isCode = CodeEntry.code(try form.single("code") ?? "") != nil
            let problem = isCode ? nil : CodeEntry.notSixDigits
            return try codePage(visitor, Trouble(code: problem, new: typed.problem))
        }
        do {
            let outcome = try await office.setPassword(
                typed.new, code: code, asked: asked, from: request.client,
                isWanted: request.isAwaited)
            if case .rejected(let problem) = outcome {
                return try codePage(visitor, Trouble(new: problem))
            }
        } catch Refusal.conflict(.codeWasUsed) {
            // A second press: where the first one led.
        } catch Refusal.tooMany(let limit, let seconds) {
            let text =
                limit == .signInQueue
                ? "いま混み合っています。\(seconds)秒ほど待ってから、もう一度押してください。"
                : CodeEntry.tooMany(Waiting.minutes(seconds))
            return try codePage(visitor, Trouble(code: text, status: .tooManyRequests))
                .with(.retryAfter, HeaderValue(seconds))
        } catch Refusal.wrong(let left) {
            await site.note(.codeFailed, request, on: Site.page(request))
            let text = CodeEntry.problem(
                left, anew: "この画面の下の「アドレスを入力し直す」を選んで、新しい番号を受け取ってください。",
                older: "何度か送ったときは、いちばん新しいメールの番号を入力してください。")
            return try codePage(visitor, Trouble(code: text))
        }
        var visitor = visitor
        visitor.forget(askedCookie)
        return try visitor.seeOther(.signIn, SignIn.toldField, SignIn.Told.password.rawValue)
    }

    private func codePage(_ visitor: Visitor, _ trouble: Trouble?) throws -> Response {
        let code = Field(
            name: "code", label: "6けたの番号", hint: "全角でも半角でもかまいません。番号は10分間使えます。",
            problems: trouble?.code.map { [$0] } ?? [], autocomplete: "one-time-code",
            inputMode: "numeric", isShort: true)
        let fields = code.textInput + PasswordFields.html(trouble?.new) + Part.button("パスワードを決める")
        let main: HTML = """
            \(Part.back(to: .forgottenPassword))\(Part.errorSummary(trouble?.listed ?? []))
            <section class="sec flow">
              <h1>\(Self.heading)</h1>
              <p>入力されたアドレスのアカウントがあれば、6けたの番号を送りました。決め直すと、すべての画面でのログインが終わります。</p>
              \(Part.form(.passwordCode, csrf: visitor.csrf, fields))
            </section>
            <section class="sec flow">
              <h2>番号が届かないとき、使えないとき</h2>
              <p>届かないときは、迷惑メールの入れ物と、アドレスの打ちまちがいを確かめてください。アカウントがないアドレスには、何も届きません。</p>
              <p><a href="\(href(Route.forgottenPassword.path))">アドレスを入力し直す</a>と、新しい番号を送ります。</p>
            </section>
            """
        return try visitor.carrying(
            Page(title: Self.heading, isError: trouble != nil, main: main)
                .response(site, status: trouble?.status ?? .ok))
    }
}
