internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 招待 by the office, to any desk.
struct Invitations: Room {
    let site: Site

    func show(_ member: AccountKeeper, _ request: Request) async throws -> Response {
        var form = InvitationForm()
        form.role = try request.query.single("role").flatMap { Role(rawValue: $0) } ?? .organization
        form.organization = Searches.line(try request.query.single("organization") ?? "")
        form.takesOver = Int(try request.query.single("takes_over") ?? "")
        return try await page(member, try await form.filled(from: office))
    }

    private func page(_ member: AccountKeeper, _ form: InvitationForm) async throws -> Response {
        let main: HTML = """
            \(Part.crumbs([(Route.accounts, Accounts.heading)], InvitationForm.heading))
            \(form.html(sentTo: .invite, csrf: member.visitor.csrf))
            """
        return try respond(
            to: member,
            StaffPage(
                title: InvitationForm.heading, place: .accounts, main: main,
                hasProblems: !form.problems.isEmpty))
    }

    func invite(
        _ proven: Proven<AccountKeeper>, _ request: Request, _ form: Form
    ) async throws -> Response {
        var typed = try await InvitationForm(form).filled(from: office)
        do {
            let outcome = try await office.invite(typed.draft, by: .office(proven.member.actor))
            if case .rejected(let problems) = outcome {
                typed.problems = problems
                return try await page(proven.member, typed)
            }
        } catch Refusal.conflict(.accountCannotBeTakenOver) {
            return await site.decidedOtherwise(request, shownOn: Route.accounts.path)
        }
        return try proven.member.visitor.seeOther(
            .accounts, AccountDone.field, AccountDone.invited.rawValue)
    }

    func sendAgain(
        _ proven: Proven<AccountKeeper>, _ request: Request, _ form: Form
    ) async throws -> Response {
        let isDone = try await site.sendInvitationAgain(form, by: .office(proven.member.actor))
        guard isDone else {
            return await site.decidedOtherwise(request, shownOn: Route.accounts.path)
        }
        return try proven.member.visitor.seeOther(
            .accounts, AccountDone.field, AccountDone.again.rawValue)
    }

    func withdraw(
        _ proven: Proven<AccountKeeper>, _ request: Request, _ form: Form
    ) async throws -> Response {
        let isDone = try await site.withdrawInvitation(form, by: .office(proven.member.actor))
        guard isDone else {
            return await site.decidedOtherwise(request, shownOn: Route.accounts.path)
        }
        return try proven.member.visitor.seeOther(
            .accounts, AccountDone.field, AccountDone.withdrawn.rawValue)
    }
}

extension Site {
    /// False where it was used, withdrawn or sent again meanwhile.
    func sendInvitationAgain(_ form: Form, by inviter: Inviter) async throws -> Bool {
        guard let id = Int(try form.single("invitation") ?? ""),
            let seen = Int64(try form.single("seen") ?? "")
        else { throw Refusal.notFound }
        return try await onceOnly(
            {
                try await office.resendInvitation(
                    id, seen: Instant(microseconds: seen), by: inviter)
            }, isDone: { false })
    }

    func withdrawInvitation(_ form: Form, by inviter: Inviter) async throws -> Bool {
        guard let id = Int(try form.single("invitation") ?? "") else { throw Refusal.notFound }
        return try await onceOnly(
            { try await office.withdrawInvitation(id, by: inviter) }, isDone: { false })
    }
}

/// The form of an invitation: who, and to which desk.
struct InvitationForm {
    static let heading = "招待する"

    var role = Role.organization
    var email = ""
    var name = ""
    var rights = OfficeRights.none
    var organization = ""
    var place = ""
    var takesOver: Int?
    /// Whose account ends when the invited begins.
    var former: AccountLine?
    var problems: [InvitationProblem] = []

    init() {}

    init(_ form: Form) throws {
        role = try form.single("role").flatMap { Role(rawValue: $0) } ?? .organization
        email = try form.single("email") ?? ""
        name = try form.single("name") ?? ""
        rights = OfficeRights(form.all("right").compactMap { OfficeRight(rawValue: $0) })
        organization = Searches.line(try form.single("organization") ?? "")
        place = Searches.line(try form.single("place") ?? "")
        takesOver = Int(try form.single("takes_over") ?? "")
    }

    /// 引き継ぎ is to the same desk, whatever was typed.
    func filled(from office: Office) async throws -> InvitationForm {
        guard let takesOver else { return self }
        guard let line = try await office.reading.accountLine(id: takesOver) else {
            throw Refusal.notFound
        }
        var form = self
        form.former = line
        form.role = line.account.role
        form.rights = line.account.rights
        form.organization = line.account.organizationCode ?? ""
        form.place = line.account.place?.description ?? ""
        return form
    }

    var draft: InvitationDraft {
        let desk: InvitedTo =
            switch role {
            case .office: .office(rights)
            case .ministry: .ministry
            case .organization: .organization(organization, place: place)
            }
        return InvitationDraft(email: email, name: name, to: desk, inPlaceOf: takesOver)
    }

    private func said(_ field: InvitationProblem.Field) -> [String] {
        problems.filter { $0.field == field }.map(\.sentence)
    }

    func html(sentTo route: Route, csrf: String) -> HTML {
        let hidden =
            [("role", role.rawValue)] + (takesOver.map { [("takes_over", String($0))] } ?? [])
        let who = Part.form(
            route, csrf: csrf,
            AskingPage.hidden(hidden) + person + (former == nil ? desk : .none)
                + Part.button("招待のメールを送る"))
        return """
            \(Part.errorSummary(problems.map { ($0.field.rawValue, $0.sentence) }))
            <section class="sec flow">
              <h1>\(Self.heading)</h1>
              \(former.map(Self.lead) ?? "<p>\(whom)を招待します。メールのリンクから、本人がパスワードを決めます。</p>")
              \(who)
            </section>
            """
    }

    private var whom: String { role == .organization ? "団体の担当者" : "\(role.word)の人" }

    private static func lead(_ former: AccountLine) -> HTML {
        """
        <p>\(former.account.name)さんのアカウント（\(former.account.role.word)　\(former.whose)）を引き継ぐ人を招待します。
          その人が使い始めたときに、\(former.account.name)さんのアカウントは終わります。</p>
        """
    }

    var person: HTML {
        Field(name: "name", label: "お名前", value: name, problems: said(.name)).textInput
            + Field(
                name: "email", label: "メールアドレス", hint: "招待のメールを送り、ログインにも使うアドレスです。",
                value: email, problems: said(.email), inputMode: "email"
            ).textInput
    }

    private var desk: HTML {
        switch role {
        case .office: RightsField(chosen: rights, problem: said(.rights).first).html
        case .ministry: .none
        case .organization:
            Field(
                name: "organization", label: "団体コード", hint: "団体の一覧にあるコードです。",
                value: organization, problems: said(.organization)
            ).textInput
                + Field(
                    name: "place", label: "事業所のコード", isRequired: false,
                    hint: "団体の一部だけを見る人のときに入力します。団体全体のときは入力しません。", value: place,
                    problems: said(.place)
                ).textInput
        }
    }
}
