internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store
internal import Words

private let askedCookie = "asked"

/// 状態照会: receipt number and address, then a code. A receipt number alone shows nothing.
struct StatusPages: Room {
    let site: Site

    func show(_ visitor: Visitor, _ request: Request) async throws -> Response {
        try statusPage(visitor, StatusForm(), problems: [])
    }

    /// For a form of the own page that was sent too late: what was typed goes along.
    func resume(_ visitor: Visitor, _ kept: ResumeAfterSignIn) throws -> Response {
        try statusPage(visitor, StatusForm(kept: kept), problems: [])
    }

    private func statusPage(
        _ visitor: Visitor, _ typed: StatusForm,
        problems: [(field: String, text: String)], status: Status = .unprocessable
    ) throws -> Response {
        func told(_ name: String) -> [String] { problems.filter { $0.field == name }.map(\.text) }
        let fields = HTML.joined([
            typed.kept.hidden,
            Field(
                name: "receipt", label: "受付番号", hint: "例：26-AB2C-D3EF-G。小文字でもかまいません。",
                value: typed.receipt, problems: told("receipt")
            ).textInput,
            Field(
                name: "email", label: "メールアドレス", hint: "応募したときのアドレス", value: typed.email,
                problems: told("email"), autocomplete: "email", inputMode: "email"
            ).textInput,
        ])
        let main: HTML = """
            \(Part.back(to: .start))\(Part.errorSummary(problems))
            <section class="sec flow">
              <h1>応募の状況を見る</h1>
              \(typed.kept.toldApplicant)
              <p>ご本人だけが見られるように、メールで番号をお送りします。</p>
              \(Part.form(.status, csrf: visitor.csrf, fields + Part.button("番号をメールで受け取る")))
              <p><a href="\(href(Route.receipts.path))">受付番号が分からないとき</a></p>
            </section>
            """
        return try visitor.carrying(
            Page(title: "応募の状況を見る", isError: !problems.isEmpty, main: main)
                .response(site, status: problems.isEmpty ? .ok : status))
    }

    func ask(
        _ visitor: Visitor, _ request: Request, _ form: Form
    ) async throws -> Response {
        var visitor = visitor
        let typed = try StatusForm(form)
        let empty = [
            ("receipt", typed.receipt, "受付番号を入力してください。"),
            ("email", typed.email, "メールアドレスを入力してください。"),
        ].filter { $0.1.allSatisfy(\.isWhitespace) }
        guard empty.isEmpty else {
            return try statusPage(
                visitor, typed,
                problems: empty.map { (field: $0.0, text: $0.2) })
        }
        do {
            visitor.give(
                askedCookie, try await token(typed.receipt, typed.email, request).text)
            guard typed.kept.fields.isEmpty else {
                return try statusCodePage(visitor, typed.kept, problem: nil)
            }
            return try visitor.seeOther(.statusCode)
        } catch Refusal.tooMany(_, let seconds) {
            let text = "番号のメールが続けて求められたため、いまは送れません。\(Waiting.minutes(seconds))分ほど待ってから、もう一度押してください。"
            return try statusPage(
                visitor, typed,
                problems: [(field: "receipt", text: text)], status: .tooManyRequests
            ).with(.retryAfter, HeaderValue(seconds))
        }
    }

    /// The token of the page that asks. Where no more codes are sent for the same words for a
    /// while, the last one goes on; the answer is that for anybody, so that nobody learns which
    /// number has which address.
    private func token(
        _ receipt: String, _ email: String, _ request: Request
    ) async throws -> Token {
        do {
            return try await office.askForStatus(
                receipt: receipt, email: email, from: request.client)
        } catch Refusal.tooMany(.statusAsk, _) {
            await site.note(.slowedDown, request, on: Site.page(request))
            return Visitor(request, site)[askedCookie] ?? Token(office.random)
        }
    }

    func showCode(_ visitor: Visitor, _ request: Request) async throws -> Response {
        guard visitor[askedCookie] != nil else { return try visitor.seeOther(.status) }
        return try statusCodePage(visitor, .none, problem: nil)
    }

    func open(
        _ visitor: Visitor, _ request: Request, _ form: Form
    ) async throws -> Response {
        var visitor = visitor
        let kept = try ResumeAfterSignIn(form)
        guard let asked = visitor[askedCookie] else { return try visitor.seeOther(.status) }
        guard let code = CodeEntry.code(try form.single("code") ?? "") else {
            return try statusCodePage(visitor, kept, problem: CodeEntry.notSixDigits)
        }
        do {
            let token = try await office.openStatus(
                code: code, asked: asked, from: request.client, in: visitor.browser)
            visitor.give(Visitor.sessionCookie, token.text)
            visitor.forget(askedCookie)
            return try SignIn(site: site).goOn(with: kept, visitor, .mine)
        } catch Refusal.conflict {
            // A second press: where the first one led, with what that one was given.
            return try visitor.seeOther(.mine)
        } catch Refusal.tooMany(_, let seconds) {
            return try statusCodePage(
                visitor, kept, problem: CodeEntry.tooMany(Waiting.minutes(seconds)),
                status: .tooManyRequests
            ).with(.retryAfter, HeaderValue(seconds))
        } catch Refusal.wrong(let left) {
            await site.note(.codeFailed, request, on: Site.page(request))
            let text = CodeEntry.problem(
                left, anew: "この画面の下の「受付番号とアドレスを入力し直す」を選んで、新しい番号を受け取ってください。",
                older: "何度か送ったときは、いちばん新しいメールの番号を入力してください。")
            return try statusCodePage(visitor, kept, problem: text)
        }
    }

    private func statusCodePage(
        _ visitor: Visitor, _ kept: ResumeAfterSignIn, problem: String?,
        status: Status = .unprocessable
    ) throws -> Response {
        let limit = office.settings.limits[.statusAsk]
        let again: HTML = """
            <p>
              <a href="\(href(Route.status.path))">受付番号とアドレスを入力し直す</a>と、新しい番号を送ります。番号のメールは、
              \(limit.seconds / 60)分に\(limit.ceiling)通までです。それより多いときは、最後に届いた番号を入力してください。
            </p>
            """
        let page = CodePage(
            lead: "受付番号とアドレスが合っていれば、6けたの番号を送りました。", action: .statusCode,
            above: Part.back(to: .status), problem: problem, kept: kept,
            below: again)
        return try visitor.carrying(
            Page(
                title: CodePage.heading, isError: problem != nil,
                main: page.html(csrf: visitor.csrf)
            ).response(site, status: problem == nil ? .ok : status))
    }
}

/// What is typed on the first page, and what goes along.
private struct StatusForm {
    var receipt = ""
    var email = ""
    var kept = ResumeAfterSignIn.none

    init(kept: ResumeAfterSignIn = .none) { self.kept = kept }

    init(_ form: Form) throws {
        receipt = try form.single("receipt") ?? ""
        email = try form.single("email") ?? ""
        kept = try ResumeAfterSignIn(form)
    }
}
