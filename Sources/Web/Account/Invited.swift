internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store
internal import Words

/// 招待を受ける: the page of a mailed link. Opening it does nothing; its form makes an account.
struct Invited: Room {
    static let heading = "パスワードを決めて、使い始める"

    let site: Site

    func show(_ anybody: Anybody, _ request: Request, _ text: String) async throws -> Response {
        try await page(Visitor(request, site), text, nil)
    }

    func accept(_ visitor: Visitor, _ request: Request, _ form: Form) async throws -> Response {
        let text = try form.single("token") ?? ""
        guard let token = Token(text: text) else { return try end(visitor, nil) }
        let typed = try PasswordFields(form)
        if let problem = typed.problem { return try await page(visitor, text, Trouble(problem)) }
        do {
            switch try await office.acceptInvitation(
                token, password: typed.new, from: request.client, isWanted: request.isAwaited)
            {
            case .accepted:
                return try visitor.seeOther(
                    .signIn, SignIn.toldField, SignIn.Told.password.rawValue)
            case .rejected(let problem): return try await page(visitor, text, Trouble(problem))
            case .ended(let state): return try end(visitor, state)
            }
        } catch Refusal.notFound {
            return try end(visitor, nil)
        } catch Refusal.conflict(.accountAddressIsTaken) {
            return try end(visitor, .accepted)
        } catch Refusal.tooMany(_, let seconds) {
            let text = "いま混み合っています。\(seconds)秒ほど待ってから、もう一度押してください。"
            return try await page(visitor, form.single("token") ?? "", Trouble(busy: text))
                .with(.retryAfter, HeaderValue(seconds))
        }
    }

    /// What is wrong with the password, or in the way of looking at it.
    private struct Trouble {
        var problem: PasswordProblem?
        var busy: String?

        init(_ problem: PasswordProblem) { self.problem = problem }
        init(busy: String) { self.busy = busy }
    }

    private func page(
        _ visitor: Visitor, _ text: String, _ trouble: Trouble?
    ) async throws -> Response {
        guard let token = Token(text: text) else { return try end(visitor, nil) }
        let seen: SeenInvitation
        do { seen = try await office.invitation(token) } catch Refusal.notFound {
            return try end(visitor, nil)
        }
        guard seen.state == .open else { return try end(visitor, seen.state) }
        let record = seen.record
        let fields: HTML =
            "<input type=\"hidden\" name=\"token\" value=\"\(token.text)\">"
            + PasswordFields.html(trouble?.problem) + Part.button("使い始める")
        let listed =
            PasswordFields.listed(trouble?.problem)
            + (trouble?.busy.map { [("new_password", $0)] } ?? [])
        let main: HTML = """
            \(Part.errorSummary(listed))
            <section class="sec flow">
              <h1>\(Self.heading)</h1>
              <p>次のアカウントに招待されています。ご自分のことでないときは、何もせずにこの画面を閉じてください。</p>
              \(Part.answers([
                  ("お名前", record.facts.name), ("ログインに使うメールアドレス", record.facts.email),
                  ("どこの担当か", InvitationList.desk(record)),
                  ("このリンクを使える期限", record.expiresAt.word),
              ]))
              \(Part.form(.invited, csrf: visitor.csrf, fields))
            </section>
            """
        let status: Status =
            trouble == nil ? .ok : trouble?.busy == nil ? .unprocessable : .tooManyRequests
        return try visitor.carrying(
            Page(title: Self.heading, isError: trouble != nil, main: main)
                .response(site, status: status))
    }

    /// Nothing can be done by the link any more; the same for one that never was.
    private func end(_ visitor: Visitor, _ state: InvitationState?) throws -> Response {
        let (heading, text) =
            switch state {
            case .accepted: ("この招待は、もう使われています", "決めたパスワードでログインしてください。忘れたときは、ログインの画面から決め直せます。")
            case .expired: ("この招待の期限は切れています", "招待した方に、もう一度送ってもらってください。")
            case .withdrawn: ("この招待は取り消されています", "お心当たりがないときは、招待した方にお問い合わせください。")
            default:
                (
                    "この招待は使えません",
                    "招待がもう一度送られたときは、いちばん新しいメールのリンクを開いてください。届いていないときは、招待した方にお問い合わせください。"
                )
            }
        let main: HTML = """
            <section class="sec flow">
              <h1>\(heading)</h1>
              <p>\(text)</p>
              <div class="btns"><a class="btn" href="\(href(Route.signIn.path))">担当者のログインへ</a></div>
            </section>
            """
        return try visitor.carrying(
            Page(title: heading, isError: true, main: main).response(
                site, status: state == nil ? .notFound : .gone))
    }
}
