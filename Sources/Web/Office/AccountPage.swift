internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// One account, with what can be done about it.
struct AccountPage {
    static let heading = "アカウントの内容"

    let line: AccountLine
    let isOwn: Bool
    let today: Day
    let problem: String?
    let done: AccountDone?

    private var account: AccountRecord { line.account }
    private var journal: String { Route.journal.with("account", String(account.id)) }
    private var isDisabled: Bool { line.disabledOn != nil }

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(Route.accounts, Accounts.heading)], Self.heading))
        \(Part.errorSummary(problem.map { [("rights", $0)] } ?? []))
        <section class="sec flow">
          <h1>\(account.name)</h1>
          \(done.flatMap { isTrue($0) ? Part.done($0.sentence) : nil })\(Part.answers(pairs))
          <p><a href="\(href(journal))">このアカウントの記録を見る</a></p>
        </section>
        \(when(account.role == .office && !isDisabled, rights(csrf)))
        \(when(!isDisabled, handingOver))
        \(when(account.hasSecondFactor, factor(csrf)))
        \(isDisabled ? enabling(csrf) : disabling(csrf))
        """
    }

    /// An address that somebody was sent says nothing that was not done.
    private func isTrue(_ done: AccountDone) -> Bool {
        switch done {
        case .rights: account.role == .office
        case .disabled: isDisabled
        case .enabled: !isDisabled
        case .factor: !account.hasSecondFactor
        case .invited, .again, .withdrawn: false
        }
    }

    private var pairs: [(String, String)] {
        [
            ("メールアドレス", account.email), ("役割", account.role.word),
            (account.role == .office ? "権限" : "団体・事業所", line.whose), ("状態", line.state(on: today)),
            ("最後のログイン", line.signedInAt?.word ?? "まだありません"),
            ("二段階の確認", account.hasSecondFactor ? "使っています" : "使っていません"),
        ].filter { !$0.1.isEmpty }
    }

    private var number: HTML {
        "<input type=\"hidden\" name=\"account\" value=\"\(account.id)\">"
    }

    private func rights(_ csrf: String) -> HTML {
        let seen = each(account.rights.list) {
            "<input type=\"hidden\" name=\"seen\" value=\"\($0.rawValue)\">"
        }
        let boxes = RightsField(chosen: account.rights, problem: problem).html
        return """
            <section class="sec flow">
              <h2>権限を変える</h2>
              <p>変えると、すぐに効きます。本人にメールで知らせます。</p>
              \(Part.form(.changeRights, csrf: csrf, number + seen + boxes + Part.button("権限を変える")))
            </section>
            """
    }

    private var handingOver: HTML {
        let link = href(Route.invite.with("takes_over", String(account.id)))
        return """
            <section class="sec flow">
              <h2>引き継ぎ</h2>
              <p>次の人を招待します。その人がパスワードを決めて使い始めたときに、このアカウントは終わります。</p>
              <p><a href="\(link)">引き継ぐ人を招待する</a></p>
            </section>
            """
    }

    private func factor(_ csrf: String) -> HTML {
        """
        <section class="sec flow">
          <h2>二段階の確認の取消し</h2>
          <p>認証アプリをなくした人のために取り消します。本人からの頼みかどうか、声や顔で確かめてください。ログイン中の画面はすべて終わります。</p>
          \(Part.form(.resetFactor, csrf: csrf, number + Part.plainButton("二段階の確認を取り消す")))
        </section>
        """
    }

    private func disabling(_ csrf: String) -> HTML {
        if isOwn {
            return """
                <section class="sec flow">
                  <h2>停止</h2>
                  <p>自分のアカウントは止められません。ほかの管理の方に頼んでください。</p>
                </section>
                """
        }
        return """
            <section class="sec flow">
              <h2>停止</h2>
              <p>退職や異動のときに止めます。ログイン中の画面もすべて終わります。あとで、また使えるようにできます。</p>
              \(Part.form(.disableAccount, csrf: csrf, number + Part.plainButton("アカウントを止める")))
            </section>
            """
    }

    private func enabling(_ csrf: String) -> HTML {
        """
        <section class="sec flow">
          <h2>再開</h2>
          <p>前と同じパスワードで、またログインできるようになります。</p>
          \(Part.form(.enableAccount, csrf: csrf, number + Part.button("また使えるようにする")))
        </section>
        """
    }
}

/// 権限: boxes to tick.
struct RightsField {
    let chosen: OfficeRights
    let problem: String?

    var html: HTML {
        """
        <fieldset class="field\(when(problem != nil, " err"))" id="rights" tabindex="-1">
          <legend>権限<span class="req">※必須</span></legend>
          <div class="rows">\(each(OfficeRight.allCases, box))</div>
          \(problem.map(Self.message))
        </fieldset>
        """
    }

    private static func message(_ problem: String) -> HTML {
        """
        <p class="msg">\(Icon.field)<span><span class="vh">エラー：</span>\(problem)</span></p>
        """
    }

    private func box(_ right: OfficeRight) -> HTML {
        let checked: HTML = when(chosen.contains(right), " checked")
        return """
            <label>
              <input type="checkbox" name="right" value="\(right.rawValue)"\(checked)>
              <span>\(right.word)<small>\(right.explanation)</small></span>
            </label>
            """
    }
}
