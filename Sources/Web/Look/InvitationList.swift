internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// Where the forms of an invitation lead, for whom.
struct InvitationRoutes: Sendable {
    let again: Route
    let withdraw: Route

    static let office = InvitationRoutes(again: .inviteAgain, withdraw: .withdrawInvitation)
    static let organization = InvitationRoutes(
        again: .inviteColleagueAgain, withdraw: .withdrawColleague)
}

/// 招待中の人: sent again, or withdrawn.
struct InvitationList {
    static let limit = 100

    let invitations: [InvitationRecord]
    let now: Instant
    let routes: InvitationRoutes

    func html(csrf: String) -> HTML {
        guard !invitations.isEmpty else { return .none }
        let rows = invitations.map { one -> [HTML] in
            [
                "\(one.facts.name)", "\(one.facts.email)",
                "\(Self.desk(one))\(one.takesOver == nil ? "" : "　引き継ぎ")",
                "\(one.inviter.word)", "\(one.sentAt.word)", until(one), acts(one, csrf),
            ]
        }
        let table = Table(
            "招待中の人", ["お名前", "メールアドレス", "どこに", "だれが招待したか", "送った日時", "使える期限", "できること"],
            rows)
        return """
            <section class="sec flow" id="invited">
              <h2>招待中の人</h2>
              <p>メールのリンクからパスワードを決めると、アカウントになります。期限の切れた招待は、しばらくすると一覧から消えます。</p>
              \(table.html)
            </section>
            """
    }

    /// Where the account will be.
    static func desk(_ one: InvitationRecord) -> String {
        switch one.facts.role {
        case .office:
            "事務局（\(one.facts.rights == .every ? "すべての権限" : one.facts.rights.word)）"
        case .ministry: "府省"
        case .organization:
            one.organizationName + (one.placeName.isEmpty ? "" : "　" + one.placeName)
        }
    }

    private func until(_ one: InvitationRecord) -> HTML {
        one.state(at: now) == .expired
            ? "<strong>期限切れ</strong>（\(one.expiresAt.word)）" : "\(one.expiresAt.word)"
    }

    private func acts(_ one: InvitationRecord, _ csrf: String) -> HTML {
        let hidden: HTML = """
            <input type="hidden" name="invitation" value="\(one.id)">
            <input type="hidden" name="seen" value="\(String(one.sentAt.microseconds))">
            """
        return """
            <div class="flow">
              \(button(routes.again, "もう一度送る", one, hidden, csrf))
              \(button(routes.withdraw, "取り消す", one, hidden, csrf))
            </div>
            """
    }

    private func button(
        _ route: Route, _ word: String, _ one: InvitationRecord, _ hidden: HTML, _ csrf: String
    ) -> HTML {
        Part.form(
            route, csrf: csrf,
            hidden + """
                <button class="btn" type="submit">
                  \(word)<span class="vh">（\(one.facts.name)）</span>
                </button>
                """)
    }
}
