internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 担当者: who else looks after the same people, and inviting another one.
struct Colleagues: Room {
    static let heading = "担当者"

    let site: Site

    func show(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        let done = try request.query.single(AccountDone.field).flatMap { AccountDone(rawValue: $0) }
        return try await page(member, InvitationForm(), done: done)
    }

    private func page(
        _ member: OrganizationMember, _ form: InvitationForm, done: AccountDone? = nil
    ) async throws -> Response {
        var filter = AccountFilter()
        filter.scope = member.scope
        filter.limit = InvitationList.limit
        try await office.witness(
            .openAccounts, on: "organization:\(member.scope.organizationID)", by: member.actor)
        let places = try await office.reading.businessPlaces(of: member.scope.organizationID)
            .filter {
                member.scope.contains($0.path) && $0.endsOn.map { $0 > office.today } ?? true
            }
        let page = ColleaguesPage(
            accounts: try await office.reading.accounts(filter), ownID: member.account.id,
            invitations: InvitationList(
                invitations: try await office.reading.invitations(
                    within: member.scope, limit: InvitationList.limit),
                now: office.now, routes: .organization),
            places: places, scope: member.scope, today: office.today, form: form, done: done)
        return try respond(
            to: member,
            StaffPage(
                title: Self.heading, place: .colleagues,
                main: page.html(csrf: member.visitor.csrf), hasProblems: !form.problems.isEmpty))
    }

    /// To all of what the inviter looks after, or to a part of it.
    func invite(
        _ proven: Proven<OrganizationMember>, _ request: Request, _ form: Form
    ) async throws -> Response {
        let member = proven.member
        var typed = try InvitationForm(form)
        typed.role = .organization
        typed.organization = member.account.organizationCode ?? ""
        typed.takesOver = nil
        if typed.place.isEmpty { typed.place = member.scope.place?.description ?? "" }
        let outcome = try await office.invite(
            typed.draft, by: .colleague(member.actor, member.scope))
        if case .rejected(let problems) = outcome {
            typed.problems = problems
            return try await page(member, typed)
        }
        return try member.visitor.seeOther(
            .colleagues, AccountDone.field, AccountDone.invited.rawValue)
    }

    func sendAgain(
        _ proven: Proven<OrganizationMember>, _ request: Request, _ form: Form
    ) async throws -> Response {
        let member = proven.member
        let isDone = try await site.sendInvitationAgain(
            form, by: .colleague(member.actor, member.scope))
        return try await shown(isDone, .again, member, request)
    }

    func withdraw(
        _ proven: Proven<OrganizationMember>, _ request: Request, _ form: Form
    ) async throws -> Response {
        let member = proven.member
        let isDone = try await site.withdrawInvitation(
            form, by: .colleague(member.actor, member.scope))
        return try await shown(isDone, .withdrawn, member, request)
    }

    private func shown(
        _ isDone: Bool, _ done: AccountDone, _ member: OrganizationMember, _ request: Request
    ) async throws -> Response {
        guard isDone else {
            return await site.decidedOtherwise(request, shownOn: Route.colleagues.path)
        }
        return try member.visitor.seeOther(.colleagues, AccountDone.field, done.rawValue)
    }
}

/// Who looks after the same people.
struct ColleaguesPage {
    let accounts: [AccountLine]
    let ownID: Int
    let invitations: InvitationList
    /// Those to whom somebody can be invited.
    let places: [BusinessPlace]
    let scope: OrganizationScope
    let today: Day
    let form: InvitationForm
    let done: AccountDone?

    func html(csrf: String) -> HTML {
        """
        \(Part.errorSummary(form.problems.map { ($0.field.rawValue, $0.sentence) }))
        <section class="sec flow">
          <h1>\(Colleagues.heading)</h1>
          \(done.map { Part.done($0.sentence) })
          \(list)
          <p>退職や異動でアカウントを終わらせるとき、引き継ぐときは、事務局にご連絡ください。</p>
        </section>
        \(invitations.html(csrf: csrf))
        <section class="sec flow">
          <h2>担当者を招待する</h2>
          <p>メールのリンクから、本人がパスワードを決めます。招待した人は、あなたと同じ範囲か、選んだ事業所の名簿を扱えます。</p>
          \(Part.form(.colleagues, csrf: csrf, form.person + placeField + Part.button("招待のメールを送る")))
        </section>
        """
    }

    private var placeField: HTML {
        guard !places.isEmpty else { return .none }
        let problems = form.problems.filter { $0.field == .place }.map(\.sentence)
        return Field(
            name: "place", label: "どこの担当か", isRequired: false, value: form.place,
            problems: problems
        ).select(
            places.map { ($0.path.description, $0.name) },
            empty: scope.isWholeOrganization ? "団体の全体" : "あなたと同じ範囲")
    }

    private var list: HTML {
        let rows = accounts.map { line -> [HTML] in
            [
                "\(line.account.name)\(when(line.id == ownID, "<small>（あなた）</small>"))",
                "\(line.account.email)", "\(line.placeName.isEmpty ? "団体の全体" : line.placeName)",
                "\(line.state(on: today))", "\(line.signedInAt?.word ?? "まだありません")",
                "\(line.account.hasSecondFactor ? "あり" : "なし")",
            ]
        }
        return Table("担当者", ["お名前", "メールアドレス", "どこの担当か", "状態", "最後のログイン", "二段階の確認"], rows)
            .html
    }
}
