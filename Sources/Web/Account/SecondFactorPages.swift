internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store
internal import Words

/// 二段階の確認: set up with an authenticator, looked at, new recovery codes, taken away.
struct SecondFactorPages: Room {
    let site: Site

    static let heading = "二段階の確認"

    func show(_ holder: PasswordHolder, _ request: Request) async throws -> Response {
        if holder.signedIn.stage == .secondFactor {
            return try holder.visitor.seeOther(.codeOfFactor)
        }
        guard office.settings.secondFactor != .off else { throw Refusal.notFound }
        if let state = try await office.reading.secondFactor(ofAccount: holder.account.id) {
            return try respond(to: holder, statePage(holder, state))
        }
        return try offerPage(holder, nil, problem: nil)
    }

    func setUp(
        _ holder: PasswordHolder, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard holder.signedIn.stage != .secondFactor, office.settings.secondFactor != .off else {
            throw Refusal.notFound
        }
        let sealed = try form.single("offer") ?? ""
        guard let code = CodeEntry.code(try form.single("code") ?? "") else {
            return try offerPage(holder, sealed, problem: "認証アプリに表示されている6けたの数字を入力してください。")
        }
        do {
            let done = try await office.setUpSecondFactor(
                sealed, code: code, of: holder.account, in: holder.session,
                from: request.client)
            var visitor = holder.visitor
            visitor.give(Visitor.sessionCookie, done.session.text)
            visitor.reader = .account(holder.account)
            return try codesPage(visitor, done.recoveryCodes, isNew: true, holder.account)
        } catch Refusal.wrong {
            await site.note(.codeFailed, by: .account(holder.account.id), on: Site.page(request))
            return try offerPage(
                holder, sealed, problem: "コードが違います。アプリを登録し直すか、スマートフォンの時刻が合っているか確かめてください。")
        } catch Refusal.conflict(.secondFactorPageIsOld) {
            return try offerPage(holder, nil, problem: "画面が古くなっていました。もう一度、新しい図を読み取ってください。")
        } catch Refusal.conflict(.secondFactorIsSetUp) {
            return try holder.visitor.seeOther(.secondFactor)
        } catch Refusal.tooMany(_, let seconds) {
            let text = "まちがったコードが続けて入力されました。\(Waiting.minutes(seconds))分ほど待ってから、もう一度入力してください。"
            return try offerPage(holder, sealed, problem: text, status: .tooManyRequests)
                .with(.retryAfter, HeaderValue(seconds))
        }
    }

    func renewCodes(
        _ proven: Proven<AccountHolder>, _ request: Request, _ form: Form
    ) async throws -> Response {
        let account = proven.member.account
        do {
            let codes = try await office.renewRecoveryCodes(of: account)
            return try codesPage(proven.member.visitor, codes, isNew: false, account)
        } catch Refusal.conflict(.noSecondFactor) {
            return try proven.member.visitor.seeOther(.secondFactor)
        }
    }

    func remove(
        _ proven: Proven<AccountHolder>, _ request: Request, _ form: Form
    ) async throws -> Response {
        do {
            try await office.removeSecondFactor(of: proven.member.account)
        } catch Refusal.conflict(.noSecondFactor) {
            // A second press: where the first one led.
        }
        return try proven.member.visitor.seeOther(
            .ownAccount, OwnAccount.Done.field, OwnAccount.Done.removed.rawValue)
    }
}

extension SecondFactorPages {
    private func respond(to holder: PasswordHolder, _ main: HTML) throws -> Response {
        let menu = RoleMenu(holder.account, .ownAccount, holder.visitor.csrf)
        return try holder.visitor.carrying(
            Page(title: Self.heading, reader: holder.visitor.reader, main: menu.html + main)
                .response(site))
    }

    private func statePage(_ holder: PasswordHolder, _ state: SecondFactorState) -> HTML {
        let csrf = holder.visitor.csrf
        let isRequired = office.settings.secondFactor == .required
        let remove =
            isRequired && holder.account.role != .organization
            ? Self.cannotBeRemoved(holder.account.role)
            : Part.form(.removeSecondFactor, csrf: csrf, Part.plainButton("二段階の確認をやめる"))
        return """
            \(Part.back(to: .ownAccount))
            <section class="sec flow">
              <h1>\(Self.heading)</h1>
              \(Part.answers([
                  ("使い始めた日時", state.setUpAt.word),
                  ("使える予備のコード", "\(state.unusedCodes)個"),
              ]))
              \(remove)
            </section>
            <section class="sec flow">
              <h2>予備のコード</h2>
              <p>作り直すと、前のコードは使えなくなります。</p>
              \(Part.form(.recoveryCodes, csrf: csrf, Part.plainButton("予備のコードを作り直す")))
            </section>
            """
    }

    private static func cannotBeRemoved(_ role: Role) -> HTML {
        """
        <p class="muted">
          \(role.word)のアカウントでは、やめることはできません。アプリを替えるときは、システムの運用担当に取消を頼んでください。
        </p>
        """
    }

    private func offerPage(
        _ holder: PasswordHolder, _ sealed: String?, problem: String?,
        status: Status = .unprocessable
    ) throws -> Response {
        let offer = try office.secondFactorOffer(
            to: holder.account, in: holder.session, again: sealed)
        let page = OfferPage(
            offer: offer, isLate: holder.signedIn.stage == .setUp, problem: problem)
        let isIn = holder.signedIn.stage == .complete
        let menu: HTML =
            isIn
            ? RoleMenu(holder.account, .ownAccount, holder.visitor.csrf).html
                + Part.back(to: .ownAccount)
            : Part.form(.signOut, csrf: holder.visitor.csrf, Part.plainButton("ログアウトする"))
        let main = page.html(csrf: holder.visitor.csrf)
        return try holder.visitor.carrying(
            Page(
                title: Self.heading, isError: problem != nil, reader: holder.visitor.reader,
                main: isIn ? menu + main : main + menu
            ).response(site, status: problem == nil ? .ok : status))
    }

    /// Shown once: nobody can read them again.
    private func codesPage(
        _ visitor: Visitor, _ codes: [String], isNew: Bool, _ account: AccountRecord
    ) throws -> Response {
        let told = isNew ? "二段階の確認を使い始めました。" : "予備のコードを作り直しました。"
        let main: HTML = """
            <section class="sec flow">
              <h1>予備のコード</h1>
              \(Part.done(told))
              <p>スマートフォンをなくしたときなどに、確認コードの代わりに入力できます。1つにつき1回だけ使えます。</p>
              <p><strong>いま、印刷するか書き写して、安全な場所に保管してください。この画面を閉じると、もう見られません。</strong></p>
              <ul class="codes">\(each(codes) { "<li>\($0)</li>" })</ul>
              <p><a class="btn main" href="\(href(account.home.path))">保管したので、進む</a></p>
            </section>
            """
        return try visitor.carrying(
            Page(title: "予備のコード", reader: visitor.reader, main: main).response(site))
    }
}

/// The picture to scan, the secret to type, and the first code.
struct OfferPage {
    let offer: SecondFactorOffer
    /// Whether nothing else can be done before.
    let isLate: Bool
    let problem: String?

    func html(csrf: String) -> HTML {
        let field = Field(
            name: "code", label: "認証アプリに表示された6けたの数字", problems: problem.map { [$0] } ?? [],
            autocomplete: "one-time-code", inputMode: "numeric", isShort: true)
        return """
            \(Part.errorSummary(problem.map { [("code", $0)] } ?? []))
            <section class="sec flow">
              <h1>\(SecondFactorPages.heading)</h1>
              <p>\(lead)</p>
              <ol class="steps">
                <li>スマートフォンなどの認証アプリで、次の図を読み取ります。</li>
                <li>アプリに表示された6けたの数字を入力します。</li>
                <li>次の画面の「予備のコード」を保管します。</li>
              </ol>
              \(picture)
              <p>図が読み取れないときは、次の文字をアプリに入力してください（時間で変わるコード、6けた、30秒）。</p>
              <p class="secret">\(offer.secret)</p>
              \(Part.form(
                  .secondFactor, csrf: csrf,
                  "<input type=\"hidden\" name=\"offer\" value=\"\(offer.sealed)\">"
                      + field.textInput + Part.button("使い始める")))
            </section>
            """
    }

    private var lead: String {
        isLate
            ? "このアカウントでは、パスワードのほかに、認証アプリの確認コードが必要です。はじめに設定してください。"
            : "パスワードのほかに、認証アプリの確認コードでも確かめるようにします。"
    }

    private var picture: HTML {
        guard let picture = offer.picture else { return .none }
        return """
            <svg class="qr" viewBox="0 0 \(picture.side) \(picture.side)" role="img"
                aria-label="認証アプリで読み取る図（QRコード）" shape-rendering="crispEdges">
              <rect width="100%" height="100%" fill="#fff"/><path d="\(picture.path)" fill="#000"/>
            </svg>
            """
    }
}
