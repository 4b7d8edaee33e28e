internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 自分のアカウント.
struct OwnAccount: Room {
    let site: Site

    /// What was done just now.
    enum Done: String {
        case password, session, others, removed
        static let field = "done"

        var sentence: String {
            switch self {
            case .password: "パスワードを変えました。ほかの画面でのログインは、すべて終わりました。お知らせのメールを送りました。"
            case .removed: "二段階の確認をやめました。お知らせのメールを送りました。"
            case .session: "その画面でのログインを終わらせました。"
            case .others: "ほかの画面でのログインを、すべて終わらせました。"
            }
        }
    }

    func show(_ member: AccountHolder, _ request: Request) async throws -> Response {
        let sessions = try await office.sessions(
            ofAccount: member.account.id, seenBy: member.session)
        let page = OwnAccountPage(
            account: member.account, isFactorOffered: office.settings.secondFactor != .off,
            sessions: sessions,
            done: try request.query.single(Done.field).flatMap(Done.init))
        return try respond(
            to: member,
            StaffPage(
                title: OwnAccountPage.heading, place: .ownAccount,
                main: page.html(csrf: member.visitor.csrf)))
    }

    /// One that has ended meanwhile is ended: the page says so all the same.
    func endSession(
        _ member: AccountHolder, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let number = Int(try form.single("session") ?? "") else { throw Refusal.notFound }
        try await office.endSession(number, ofAccount: member.account.id, by: member.actor)
        return try member.visitor.seeOther(.ownAccount, Done.field, Done.session.rawValue)
    }

    func endOthers(
        _ member: AccountHolder, _ request: Request, _ form: Form
    ) async throws -> Response {
        try await office.endSessions(
            ofAccount: member.account.id, but: member.session, by: member.actor)
        return try member.visitor.seeOther(.ownAccount, Done.field, Done.others.rawValue)
    }
}

/// What an account is, and where it is signed in, to its owner.
struct OwnAccountPage {
    static let heading = "自分のアカウント"
    let account: AccountRecord
    let isFactorOffered: Bool
    let sessions: [ListedSession]
    let done: OwnAccount.Done?

    func html(csrf: String) -> HTML {
        """
        <section class="sec flow">
          <h1>\(Self.heading)</h1>
          \(done.map { Part.done($0.sentence) })
          \(Part.answers([
              ("お名前", account.name), ("メールアドレス", account.email), ("役割", account.role.word),
          ]))
          <p class="muted">お名前・メールアドレス・役割を直すときは、事務局にご連絡ください。</p>
        </section>
        <section class="sec flow">
          <h2>パスワード</h2>
          <p><a href="\(href(Route.changePassword.path))">パスワードを変える</a></p>
        </section>
        \(when(isFactorOffered, factor))
        <section class="sec flow">
          <h2>ログイン中の画面</h2>
          <p>このアカウントで、いまログインしている画面です。心当たりのない画面は終わらせて、パスワードを変えてください。</p>
          \(table(csrf))
          \(others(csrf))
        </section>
        """
    }

    private var factor: HTML {
        let (state, way) =
            account.hasSecondFactor
            ? ("使っています。", "予備のコードなどを見る")
            : ("使っていません。パスワードのほかに、スマートフォンの認証アプリでも確かめるようにできます。", "使い始める")
        return """
            <section class="sec flow">
              <h2>二段階の確認</h2>
              <p>\(state)</p>
              <p><a href="\(href(Route.secondFactor.path))">\(way)</a></p>
            </section>
            """
    }

    private func table(_ csrf: String) -> HTML {
        let rows = sessions.map { session -> [HTML] in
            [
                "\(session.openedAt.word)", "\(session.lastSeenAt.word)",
                "\(Self.known(session.place.device))", "\(Self.known(session.place.network))",
                session.isThis
                    ? "<span class=\"chip blue\">いまの画面</span>" : end(session, csrf),
            ]
        }
        return Table(
            "ログイン中の画面", ["ログインした日時", "最後に使った日時", "ブラウザー", "接続元（およそ）", "終わらせる"], rows
        ).html
    }

    private static func known(_ text: String) -> String { text.isEmpty ? "分かりません" : text }

    private func end(_ session: ListedSession, _ csrf: String) -> HTML {
        Part.form(
            .endSession, csrf: csrf,
            """
            <input type="hidden" name="session" value="\(session.number)">
            <button class="btn" type="submit">
              終わらせる<span class="vh">（\(session.openedAt.word)にログインした画面）</span>
            </button>
            """)
    }

    private func others(_ csrf: String) -> HTML {
        guard sessions.contains(where: { !$0.isThis }) else { return .none }
        return Part.form(
            .endOtherSessions, csrf: csrf, Part.plainButton("ほかの画面のログインをすべて終わらせる"))
    }
}
