internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Words

/// パスワードを変える: the old one is asked for.
struct OwnPassword: Room {
    let site: Site

    private static let heading = "パスワードを変える"

    /// What is wrong with what was typed.
    private struct Trouble {
        var old: String?
        var new: PasswordProblem?
        var status = Status.unprocessable

        var listed: [(field: String, text: String)] {
            (old.map { [("password", $0)] } ?? []) + PasswordFields.listed(new)
        }
    }

    func show(_ member: AccountHolder, _ request: Request) async throws -> Response {
        try page(member, nil)
    }

    func change(
        _ member: AccountHolder, _ request: Request, _ form: Form
    ) async throws -> Response {
        let old = try form.single("password") ?? ""
        let typed = try PasswordFields(form)
        if old.isEmpty || typed.problem != nil {
            let missing = old.isEmpty ? "いまのパスワードを入力してください。" : nil
            return try page(member, Trouble(old: missing, new: typed.problem))
        }
        do {
            let outcome = try await office.changePassword(
                of: member.account, TypedPasswords(from: old, to: typed.new),
                keeping: member.session, from: request.client, isWanted: request.isAwaited)
            if case .rejected(let problem) = outcome {
                return try page(member, Trouble(new: problem))
            }
            return try member.visitor.seeOther(
                .ownAccount, OwnAccount.Done.field, OwnAccount.Done.password.rawValue)
        } catch Refusal.wrong {
            await site.note(.signInFailed, by: member.actor, on: Site.page(request))
            return try page(member, Trouble(old: "いまのパスワードが違います。もう一度入力してください。"))
        } catch Refusal.tooMany(_, let seconds) {
            let text = "まちがったパスワードが続けて入力されました。\(Waiting.minutes(seconds))分ほど待ってから、もう一度ためしてください。"
            return try page(member, Trouble(old: text, status: .tooManyRequests))
                .with(.retryAfter, HeaderValue(seconds))
        }
    }

    private func page(_ member: AccountHolder, _ trouble: Trouble?) throws -> Response {
        let fields = HTML.joined([
            Field(
                name: "password", label: "いまのパスワード", problems: trouble?.old.map { [$0] } ?? [],
                autocomplete: "current-password"
            ).input("password"),
            PasswordFields.html(trouble?.new),
            Part.button("パスワードを変える"),
        ])
        let main: HTML = """
            \(Part.back(to: .ownAccount))\(Part.errorSummary(trouble?.listed ?? []))
            <section class="sec flow">
              <h1>\(Self.heading)</h1>
              <p>変えると、ほかの画面でのログインはすべて終わります。お知らせのメールも届きます。</p>
              \(Part.form(.changePassword, csrf: member.visitor.csrf, fields))
            </section>
            """
        return try respond(
            to: member,
            StaffPage(
                title: Self.heading, place: .ownAccount, main: main, hasProblems: trouble != nil,
                status: trouble?.status))
    }
}
