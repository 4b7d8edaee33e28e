internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store

/// 確認コード: at the sign-in, and again before acts that matter. Where somebody was going, and what
/// they had typed, goes along.
struct CodeOfFactor: Room {
    let site: Site

    func show(_ holder: PasswordHolder, _ request: Request) async throws -> Response {
        let kept = ResumeAfterSignIn(page: try request.query.single("next") ?? "")
        guard holder.signedIn.stage == .secondFactor else {
            return try SignIn(site: site).goOn(
                with: kept, holder.visitor, holder.account.home)
        }
        return try page(holder.visitor, kept, problem: nil)
    }

    func prove(
        _ holder: PasswordHolder, _ request: Request, _ form: Form
    ) async throws -> Response {
        let kept = try ResumeAfterSignIn(form)
        let typed = CodeEntry.codeOrWord(try form.single("code") ?? "")
        guard !typed.isEmpty else {
            return try page(holder.visitor, kept, problem: "コードを入力してください。")
        }
        do {
            let session = try await office.proveSecondFactor(
                typed, of: holder.account, in: holder.session, from: request.client)
            var visitor = holder.visitor
            visitor.give(Visitor.sessionCookie, session.text)
            visitor.reader = .account(holder.account)
            return try SignIn(site: site).goOn(with: kept, visitor, holder.account.home)
        } catch Refusal.wrong {
            await site.note(.codeFailed, by: .account(holder.account.id), on: Site.page(request))
            return try page(
                holder.visitor, kept,
                problem: "コードが違います。認証アプリに、いま表示されているコードを入力してください。1つのコードは1回だけ使えます。")
        } catch Refusal.tooMany(_, let seconds) {
            let text = "まちがったコードが続けて入力されました。\(Waiting.minutes(seconds))分ほど待ってから、もう一度入力してください。"
            return try page(
                holder.visitor, kept, problem: text, status: .tooManyRequests
            ).with(.retryAfter, HeaderValue(seconds))
        }
    }

    func page(
        _ visitor: Visitor, _ kept: ResumeAfterSignIn, problem: String?,
        status: Status = .unprocessable
    ) throws -> Response {
        let field = Field(
            name: "code", label: "確認コード", hint: "認証アプリに表示されている6けたの数字。アプリが使えないときは、予備のコード。",
            problems: problem.map { [$0] } ?? [], autocomplete: "one-time-code", isShort: true)
        let main: HTML = """
            \(Part.errorSummary(problem.map { [("code", $0)] } ?? []))
            <section class="sec flow">
              <h1>確認コードを入力する</h1>
              <p>\(Self.sentence(kept))</p>
              \(Part.form(
                  .codeOfFactor, csrf: visitor.csrf,
                  kept.hidden + field.textInput + Part.button("進む")))
              <p class="muted">認証アプリも予備のコードも使えないときは、システムの運用担当に、二段階の確認の取消を頼んでください。</p>
              \(Part.form(.signOut, csrf: visitor.csrf, Part.plainButton("ログアウトする")))
            </section>
            """
        return try visitor.carrying(
            Page(title: "確認コードを入力する", isError: problem != nil, main: main)
                .response(site, status: problem == nil ? .ok : status))
    }

    private static func sentence(_ kept: ResumeAfterSignIn) -> String {
        kept.fields.isEmpty
            ? "続けるには、認証アプリのコードが必要です。"
            : "大切な操作なので、もう一度コードを確かめます。入力した内容は残っていますが、まだ送られていません。"
    }
}

extension CodeEntry {
    /// Six digits however they were typed, or the letters of a recovery code.
    static func codeOrWord(_ typed: String) -> String { code(typed) ?? String(typed.prefix(40)) }
}

extension Site {
    /// A form that is sent too long after the last code: what was typed goes along.
    func askForCode(_ request: Request, _ form: Form?) throws -> Response {
        let query = request.target.rawQuery.map { "?" + $0 } ?? ""
        let fields = form.map { form in
            form.fields.filter { $0.name != "csrf" }.map { (name: $0.name, value: $0.value) }
                + [(name: "kept", value: "yes")]
        }
        let page = form == nil ? request.path + query : request.path
        return try CodeOfFactor(site: self).page(
            Visitor(request, self), ResumeAfterSignIn(page: page, fields: fields ?? []),
            problem: nil)
    }
}
