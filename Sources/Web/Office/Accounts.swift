internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// アカウント: who may sign in, who is invited, and what is done about them.
struct Accounts: Room {
    static let heading = "アカウント"

    let site: Site

    func show(_ member: AccountKeeper, _ request: Request) async throws -> Response {
        var filter = AccountFilter()
        filter.role = try request.query.single("role").flatMap { Role(rawValue: $0) }
        filter.organization = Searches.line(try request.query.single("organization") ?? "")
        filter.after = Int(try request.query.single("after") ?? "")
        try await office.witness(.openAccounts, on: "accounts", by: member.actor)
        let page = AccountsPage(
            accounts: try await office.reading.accounts(filter), filter: filter,
            today: office.today,
            invitations: InvitationList(
                invitations: try await office.reading.invitations(
                    within: nil, limit: InvitationList.limit),
                now: office.now, routes: .office),
            done: try request.query.single(AccountDone.field).flatMap { AccountDone(rawValue: $0) })
        return try respond(
            to: member,
            StaffPage(
                title: Self.heading, place: .accounts, main: page.html(csrf: member.visitor.csrf)))
    }

    func showOne(_ member: AccountKeeper, _ request: Request) async throws -> Response {
        let done = try request.query.single(AccountDone.field).flatMap { AccountDone(rawValue: $0) }
        return try await page(member, try request.query.single("account"), done: done)
    }

    private func page(
        _ member: AccountKeeper, _ number: String?, done: AccountDone? = nil,
        problem: String? = nil
    ) async throws -> Response {
        guard let id = Int(number ?? ""), let line = try await office.reading.accountLine(id: id)
        else { throw Refusal.notFound }
        try await office.witness(.openAccounts, on: "account:\(id)", by: member.actor)
        let page = AccountPage(
            line: line, isOwn: id == member.account.id, today: office.today, problem: problem,
            done: done)
        return try respond(
            to: member,
            StaffPage(
                title: AccountPage.heading, place: .accounts,
                main: page.html(csrf: member.visitor.csrf), hasProblems: problem != nil))
    }

    func changeRights(
        _ proven: Proven<AccountKeeper>, _ request: Request, _ form: Form
    ) async throws -> Response {
        let rights = OfficeRights(form.all("right").compactMap { OfficeRight(rawValue: $0) })
        let number = try form.single("account")
        guard !rights.isEmpty else {
            return try await page(
                proven.member, number, problem: InvitationProblem.rightsMissing.sentence)
        }
        let seen = OfficeRights(form.all("seen").compactMap { OfficeRight(rawValue: $0) })
        return try await change(proven.member, number, .rights, request) {
            try await office.changeRights(
                ofAccount: $0, from: seen, to: rights, by: proven.member.actor)
        }
    }

    func disable(
        _ proven: Proven<AccountKeeper>, _ request: Request, _ form: Form
    ) async throws -> Response {
        try await change(proven.member, try form.single("account"), .disabled, request) {
            try await office.disableAccount($0, by: proven.member.actor)
        }
    }

    func enable(
        _ proven: Proven<AccountKeeper>, _ request: Request, _ form: Form
    ) async throws -> Response {
        try await change(proven.member, try form.single("account"), .enabled, request) {
            try await office.enableAccount($0, by: proven.member.actor)
        }
    }

    /// Whoever has lost their authenticator, and has said so to somebody who knows them.
    func resetFactor(
        _ proven: Proven<AccountKeeper>, _ request: Request, _ form: Form
    ) async throws -> Response {
        try await change(proven.member, try form.single("account"), .factor, request) { id in
            guard let line = try await office.reading.accountLine(id: id) else {
                throw Refusal.notFound
            }
            do {
                try await office.resetSecondFactor(line.account.email, by: proven.member.actor)
            } catch Refusal.conflict(.noSecondFactor) {
                // A second press: where the first one led.
            }
        }
    }

    /// Does something about an account, and shows it again.
    private func change(
        _ member: AccountKeeper, _ number: String?, _ done: AccountDone, _ request: Request,
        _ act: (Int) async throws -> Void
    ) async throws -> Response {
        guard let id = Int(number ?? "") else { throw Refusal.notFound }
        let path = Route.account.with("account", String(id))
        do { try await act(id) } catch Refusal.conflict(let conflict) {
            return await site.show(
                Trouble(
                    .conflict, .ofAccount(conflict), next: NextPage(path, "アカウントにもどる")),
                to: request)
        }
        return try member.visitor.carrying(
            Response.seeOther("\(path)&\(AccountDone.field)=\(done.rawValue)"))
    }
}

/// What was done just now, said at the top of the page.
enum AccountDone: String {
    static let field = "done"

    case rights, disabled, enabled, factor, invited, again, withdrawn

    var sentence: String {
        switch self {
        case .rights: "権限を変えました。本人にメールで知らせました。"
        case .disabled: "アカウントを止めました。ログイン中の画面も終わり、本人にメールで知らせました。"
        case .enabled: "アカウントをまた使えるようにしました。本人にメールで知らせました。"
        case .factor: "二段階の確認を取り消しました。本人にメールで知らせました。"
        case .invited: "招待のメールを送りました。"
        case .again: "招待のメールをもう一度送りました。前のメールのリンクは使えなくなりました。"
        case .withdrawn: "招待を取り消しました。メールのリンクは使えなくなりました。"
        }
    }
}
