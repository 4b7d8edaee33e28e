internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store

extension Site {
    func showSignIn(_ request: Request) async throws -> Response {
        try signInPage(Visitor(request, self), email: "", problem: nil)
    }

    func signIn(_ request: Request, _ form: Form) async throws -> Response {
        var visitor = Visitor(request, self)
        let email = try form.single("email") ?? ""
        do {
            let password = try form.single("password") ?? ""
            let token = try await office.signIn(email: email, password: password)
            visitor.give(Visitor.sessionCookie, token.text)
            let account = try await office.account(of: token)
            return try visitor.seeOther(home(of: account?.role))
        } catch Refusal.wrong {
            return try signInPage(
                visitor, email: email, problem: "メールアドレスかパスワードが違います。もう一度入力してください。")
        }
    }

    private func home(of role: Role?) -> Route {
        switch role {
        case .office: .queue
        case .ministry: .numbers
        case .organization, nil: .group
        }
    }

    /// The account in front of us, if it may act for a body; others are told nothing.
    func clerk(_ visitor: Visitor) async throws -> (account: AccountRecord, organizationID: Int)? {
        guard let token = visitor[Visitor.sessionCookie],
            let account = try await office.account(of: token),
            let organizationID = account.organizationID
        else { return nil }
        return (account, organizationID)
    }

    /// The account in front of us, if it is the office's.
    func officer(_ visitor: Visitor) async throws -> AccountRecord? {
        guard let token = visitor[Visitor.sessionCookie],
            let account = try await office.account(of: token), account.role == .office
        else { return nil }
        return account
    }

    private func signInPage(
        _ visitor: Visitor, email: String, problem: String?
    ) throws -> Response {
        let fields = HTML.joined([
            Field(
                name: "email", label: "メールアドレス", value: email, problems: problem.map { [$0] } ?? [],
                autocomplete: "username", inputMode: "email"
            ).textInput,
            Field(name: "password", label: "パスワード", autocomplete: "current-password")
                .input("password"),
        ])
        let main: HTML = """
            \(Part.errorSummary(problem.map { [("email", $0)] } ?? []))<section class="sec flow"><h1>担当者のログイン</h1>\(Part.form(.signIn, csrf: visitor.csrf, fields + Part.button("ログインする")))<p class="muted">個人で応募した方は、<a href="\(href(Route.status.path))">応募の状況を見る</a>へお進みください。</p></section>
            """
        return try visitor.take(
            Page(title: "担当者のログイン", isError: problem != nil, main: main)
                .response(self, status: problem == nil ? .ok : .unprocessable))
    }
}
