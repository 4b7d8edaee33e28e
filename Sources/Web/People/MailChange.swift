internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store
internal import Words

private let newMailCookie = "new-mail"

/// メールアドレスを変える: a code to the new address, then the change. Neither address is ever in a link.
extension OwnPage {
    func showMail(_ applicant: Applicant, _ request: Request) async throws -> Response {
        try await mailPage(applicant, typed: "", problem: nil)
    }

    private func mailPage(
        _ applicant: Applicant, typed: String, problem: String?, status: Status = .unprocessable
    ) async throws -> Response {
        let visitor = applicant.visitor
        guard let record = try await office.reading.application(id: applicant.id) else {
            return try visitor.seeOther(.status)
        }
        let field = Field(
            name: "email", label: "新しいメールアドレス", hint: "このアドレスに、確認の番号を送ります。", value: typed,
            problems: problem.map { [$0] } ?? [], autocomplete: "email", inputMode: "email")
        let main: HTML = """
            \(Part.back(to: .mine))\(Part.errorSummary(problem.map { [("email", $0)] } ?? []))
            <section class="sec flow">
              <h1>メールアドレスを変える</h1>
              \(Part.answers([("いまのメールアドレス", record.email)]))
              <p>新しいアドレスに届く番号を入力すると、変わります。いまのアドレスにも、変わったことをお知らせします。</p>
              \(Part.form(
                  .changeMail, csrf: visitor.csrf,
                  field.textInput + Part.button("番号をメールで受け取る")))
            </section>
            """
        return try visitor.carrying(
            Page(
                title: "メールアドレスを変える", isError: problem != nil,
                reader: .applicant(name: record.name), main: main
            ).response(site, status: problem == nil ? .ok : status))
    }

    func askForMail(
        _ applicant: Applicant, _ request: Request, _ form: Form
    ) async throws -> Response {
        let typed = try form.single("email") ?? ""
        do {
            let asked = try await office.askForMail(
                typed, ofApplication: applicant.id, from: request.client)
            switch asked {
            case .sent(let token):
                var visitor = applicant.visitor
                visitor.give(newMailCookie, token.text)
                return try visitor.seeOther(.mailCode)
            case .unchanged:
                return try await mailPage(
                    applicant, typed: typed, problem: "いまのメールアドレスと同じです。新しいアドレスを入力してください。")
            case .rejected(let problem):
                let messages = Messages(nil, year: office.year)
                return try await mailPage(
                    applicant, typed: typed, problem: messages.sentence(problem))
            }
        } catch Refusal.tooMany(_, let seconds) {
            let text = "番号のメールが続けて求められたため、いまは送れません。\(Waiting.minutes(seconds))分ほど待ってから、もう一度押してください。"
            return try await mailPage(
                applicant, typed: typed, problem: text, status: .tooManyRequests
            ).with(.retryAfter, HeaderValue(seconds))
        }
    }

    func showMailCode(_ applicant: Applicant, _ request: Request) async throws -> Response {
        guard applicant.visitor[newMailCookie] != nil else {
            return try applicant.visitor.seeOther(.changeMail)
        }
        return try await mailCodePage(applicant, problem: nil)
    }

    func changeMail(
        _ applicant: Applicant, _ request: Request, _ form: Form
    ) async throws -> Response {
        var visitor = applicant.visitor
        guard let asked = visitor[newMailCookie], let session = visitor[Visitor.sessionCookie]
        else { return try visitor.seeOther(.changeMail) }
        guard let code = CodeEntry.code(try form.single("code") ?? "") else {
            return try await mailCodePage(applicant, problem: CodeEntry.notSixDigits)
        }
        // Read before: a code that is used up says no more what was asked for.
        let new = try await office.newMail(ofApplication: applicant.id) ?? ""
        do {
            try await office.changeMail(
                ofApplication: applicant.id, code: code, asked: asked, session: session,
                from: request.client)
        } catch Refusal.conflict(.isAnothersApplication) {
            return try await mailPage(
                applicant, typed: new,
                problem: "このアドレスでは、同じお名前の別の応募があるため、変えられません。お電話でご相談ください。")
        } catch Refusal.conflict(.codeWasUsed) {
            // A second press: where the first one led.
        } catch Refusal.tooMany(_, let seconds) {
            return try await mailCodePage(
                applicant, problem: CodeEntry.tooMany(Waiting.minutes(seconds)),
                status: .tooManyRequests
            ).with(.retryAfter, HeaderValue(seconds))
        } catch Refusal.wrong(let left) {
            await site.note(.codeFailed, request, on: Site.page(request))
            let text = CodeEntry.problem(
                left, anew: "この画面の下の「アドレスを入力し直す」を選んで、新しい番号を受け取ってください。")
            return try await mailCodePage(applicant, problem: text)
        }
        visitor.forget(newMailCookie)
        return try visitor.seeOther(.mine, Saved.field, Saved.mail.rawValue)
    }

    private func mailCodePage(
        _ applicant: Applicant, problem: String?, status: Status = .unprocessable
    ) async throws -> Response {
        let visitor = applicant.visitor
        let address = try await office.newMail(ofApplication: applicant.id)
        let again: HTML = """
            <p><a href="\(href(Route.changeMail.path))">アドレスを入力し直す</a>と、新しい番号を送ります。</p>
            """
        let page = CodePage(
            lead: "\(address ?? "新しいアドレス") に送った6けたの番号を入力してください。番号を入力するまで、アドレスは変わりません。",
            action: .mailCode, above: Part.back(to: .changeMail), problem: problem, below: again)
        return try visitor.carrying(
            Page(
                title: CodePage.heading, isError: problem != nil,
                main: page.html(csrf: visitor.csrf)
            ).response(site, status: problem == nil ? .ok : status))
    }
}
