internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// The list of accounts, and of those who are invited.
struct AccountsPage {
    let accounts: [AccountLine]
    let filter: AccountFilter
    let today: Day
    let invitations: InvitationList
    let done: AccountDone?

    func html(csrf: String) -> HTML {
        """
        <section class="sec flow">
          <h1>\(Accounts.heading)</h1>
          \(done.map { Part.done($0.sentence) })
          <ul>
            \(each([Role.office, .organization, .ministry], inviting))
          </ul>
        </section>
        \(invitations.html(csrf: csrf))
        <section class="sec flow">
          <h2>アカウントの一覧</h2>
          \(form)\(list)
        </section>
        """
    }

    private func inviting(_ role: Role) -> HTML {
        let link = href(Route.invite.with("role", role.rawValue))
        let whom = role == .organization ? "団体の担当者" : "\(role.word)の人"
        return "<li><a href=\"\(link)\">\(whom)を招待する</a></li>"
    }

    private var form: HTML {
        let role = Field(
            name: "role", label: "役割", isRequired: false, value: filter.role?.rawValue ?? ""
        )
        .select(Role.allCases.map { ($0.rawValue, $0.word) }, empty: "すべて")
        let organization = Field(
            name: "organization", label: "団体コード、または団体の名前の一部", isRequired: false,
            value: filter.organization
        ).textInput
        return """
            <form class="form" action="\(href(Route.accounts.path))" method="get">
              \(role)\(organization)\(Part.plainButton("絞り込む"))
            </form>
            """
    }

    private var list: HTML {
        guard !accounts.isEmpty else { return "<p>あてはまるアカウントはありません。</p>" }
        let rows = accounts.map { line -> [HTML] in
            let link = href(Route.account.with("account", String(line.id)))
            return [
                "<a href=\"\(link)\">\(line.account.name)</a>", "\(line.account.email)",
                "\(line.account.role.word)", "\(line.whose)", "\(line.state(on: today))",
                "\(line.signedInAt?.word ?? "まだありません")",
                "\(line.account.hasSecondFactor ? "あり" : "なし")",
            ]
        }
        return Table(
            "アカウント", ["お名前", "メールアドレス", "役割", "団体・事業所、権限", "状態", "最後のログイン", "二段階の確認"],
            rows
        ).html + more
    }

    private var more: HTML {
        guard accounts.count == filter.limit, let last = accounts.last else { return .none }
        let role = filter.role.map { "&role=\($0.rawValue)" } ?? ""
        let organization =
            filter.organization.isEmpty
            ? "" : "&organization=" + ResumeAfterSignIn.encoded(filter.organization)
        let next = Route.accounts.with("after", "\(last.id)\(role)\(organization)")
        return "<p><a href=\"\(href(next))\">次の\(filter.limit)件</a></p>"
    }
}

extension AccountLine {
    /// The organization with its 事業所, or what may be done in the office.
    var whose: String {
        switch account.role {
        case .office: account.rights == .every ? "すべての権限" : account.rights.word
        case .ministry: ""
        case .organization: organizationName + (placeName.isEmpty ? "" : "　" + placeName)
        }
    }

    func state(on day: Day) -> String {
        if let disabledOn { return "\(disabledOn.word)に停止" }
        guard let organizationEndsOn, organizationEndsOn <= day else { return "使えます" }
        return "団体がとじているため、使えません"
    }
}
