internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store
internal import Words

private let draftCookie = "draft"
private let codeCookie = "code"

extension Site {
    /// 当てはまるか調べる: kind and ground, before anything is typed.
    func showGround(_ request: Request) async throws -> Response {
        let rules = try await office.currentRules()
        if rules.closed(on: office.today) != nil { return closedPage(rules) }
        return Page(title: "応募の区分を選ぶ", main: groundPage()).response(self)
    }

    /// Nobody begins a form that could not be sent.
    private func closedPage(_ rules: FiscalYearRules) -> Response {
        Page(
            title: "いまは応募できません",
            main: """
                \(Part.back(to: .start))<section class="sec flow"><h1>\(rules.year.word)の応募</h1>\(notOpen(rules, rules.year))<p>すでに応募した方は、<a href="\(href(Route.status.path))">応募の状況を見る</a>から結果をごらんになれます。</p></section>
                """
        ).response(self)
    }

    func showForm(_ request: Request) async throws -> Response {
        let rules = try await office.currentRules()
        if rules.closed(on: office.today) != nil { return closedPage(rules) }
        let visitor = Visitor(request, self)
        var draft = ApplicationDraft()
        if let token = visitor[draftCookie],
            let kept = try await office.reading.draft(tokenDigest: token.digest),
            kept.receipt == nil
        {
            draft = kept.draft
        }
        for field in [ApplicationField.kind, .category] {
            if let chosen = try request.query.single(field.key) { draft[field] = chosen }
        }
        let form = ApplicationForm(draft: draft, rules: rules, problems: [])
        return try visitor.take(
            Page(title: "応募フォームに入力する", main: form.page(csrf: visitor.csrf)).response(self))
    }

    func keepDraft(_ request: Request, _ form: Form) async throws -> Response {
        var visitor = Visitor(request, self)
        let rules = try await office.currentRules()
        let draft = try ApplicationDraft(form, rules)
        let token = try await isSent(visitor) ? nil : visitor[draftCookie]
        let kept = token ?? Token(office.random)
        visitor.give(draftCookie, kept.text)
        switch try await office.keepDraft(draft, of: kept) {
        case .rejected(let problems):
            let form = ApplicationForm(draft: draft, rules: rules, problems: problems)
            let page = Page(
                title: "応募フォームに入力する", isError: true, main: form.page(csrf: visitor.csrf))
            return try visitor.take(page.response(self, status: .unprocessable))
        case .accepted(.check, _): return try visitor.seeOther(.check)
        case .accepted(.confirmMail, _):
            visitor.give(codeCookie, try await office.sendDraftCode(of: kept).text)
            return try visitor.seeOther(.confirmMail)
        }
    }

    func showConfirmMail(_ request: Request) async throws -> Response {
        let visitor = Visitor(request, self)
        if try await isSent(visitor) { return try visitor.seeOther(.done) }
        let (application, _) = try await draft(visitor)
        return try codePage(visitor, to: application.email, problem: nil)
    }

    func confirmMail(_ request: Request, _ form: Form) async throws -> Response {
        let visitor = Visitor(request, self)
        let (application, _) = try await draft(visitor)
        guard let token = visitor[draftCookie], let asked = visitor[codeCookie] else {
            throw DraftGone()
        }
        do {
            let code = CodeReading.digits(try form.single("code") ?? "")
            try await office.confirmDraft(of: token, code: code, asked: asked)
            return try visitor.seeOther(.check)
        } catch Refusal.wrong(let left) {
            return try codePage(visitor, to: application.email, problem: CodeReading.problem(left))
        }
    }

    func resendCode(_ request: Request, _ form: Form) async throws -> Response {
        var visitor = Visitor(request, self)
        guard let token = visitor[draftCookie] else { throw DraftGone() }
        visitor.give(codeCookie, try await office.sendDraftCode(of: token).text)
        return try visitor.seeOther(.confirmMail)
    }

    func showCheck(_ request: Request) async throws -> Response {
        let visitor = Visitor(request, self)
        if try await isSent(visitor) { return try visitor.seeOther(.done) }
        let rules = try await office.currentRules()
        let (application, notices) = try await draft(visitor)
        let page = CheckPage(application: application, notices: notices, rules: rules)
        return try visitor.take(
            Page(title: "内容を確かめて、応募を送る", main: page.html(csrf: visitor.csrf)).response(self))
    }

    func submitApplication(_ request: Request, _ form: Form) async throws -> Response {
        let visitor = Visitor(request, self)
        guard let token = visitor[draftCookie] else { throw DraftGone() }
        _ = try await office.submitApplication(of: token)
        return try visitor.seeOther(.done)
    }

    func showDone(_ request: Request) async throws -> Response {
        let visitor = Visitor(request, self)
        guard let token = visitor[draftCookie],
            let record = try await office.reading.draft(tokenDigest: token.digest),
            let receipt = record.receipt,
            let filed = try await office.reading.application(receipt: receipt)
        else { throw DraftGone() }
        return try visitor.take(
            Page(title: "応募を受け付けました", main: donePage(filed)).response(self))
    }

    /// The back button after sending leads to the receipt, not to a form that is empty now.
    private func isSent(_ visitor: Visitor) async throws -> Bool {
        guard let token = visitor[draftCookie] else { return false }
        return try await office.reading.draft(tokenDigest: token.digest)?.receipt != nil
    }

    private func draft(_ visitor: Visitor) async throws -> (Application, [Problem]) {
        guard let token = visitor[draftCookie] else { throw DraftGone() }
        do { return try await office.draftApplication(of: token) } catch Refusal.notFound {
            throw DraftGone()
        }
    }

    private func codePage(
        _ visitor: Visitor, to email: String, problem: String?
    ) throws -> Response {
        let page = CodePage(
            heading: "届いた番号を入力する", lead: "\(email) に、6けたの番号を送りました。", action: .confirmMail,
            problem: problem)
        let again = Part.form(
            .resendCode, csrf: visitor.csrf,
            "<div class=\"btns\"><button class=\"btn\" type=\"submit\">もう一度送る</button></div>")
        return try visitor.take(
            Page(
                title: page.heading, isError: problem != nil,
                main: page.html(csrf: visitor.csrf) + again
            ).response(self, status: problem == nil ? .ok : .unprocessable))
    }

    /// What is printed says what was applied for and when. No name: the next person at a shared
    /// computer could turn back to this page.
    private func donePage(_ filed: ApplicationRecord) -> HTML {
        let facts = [
            ("応募区分", filed.kind.word), ("年度", filed.year.word), ("受付日", filed.receivedOn.word),
        ]
        return """
            \(Part.progress(4))<section class="sec flow"><h1>応募を受け付けました</h1><div class="note good" role="status"><p class="told">\(Icon.of("good"))<strong>受付番号</strong></p><p class="big">\(filed.receipt)</p></div>\(Part.answers(facts))
            <p>受付番号をメールでもお送りしました。この画面を印刷して、控えにすることもできます。届かないときは、迷惑メールの入れ物もごらんください。</p><h2>このあと</h2><ol><li>事務局が内容を確認します。</li><li>結果をメールでお知らせします。</li></ol><div class="btns"><a class="btn" href="\(href(Route.status.path))">応募の状況を見る</a></div></section>
            """
    }

    private func groundPage() -> HTML {
        let choices = EligibilityCategory.allCases.map { category in
            (category, "\(category.kind.word)：\(category.word)")
        }
        return """
            \(Part.back(to: .start))\(Part.progress(1))<section class="sec flow"><h1>応募の区分を選ぶ</h1><p>当てはまるものを1つ選んでください。どれにも当てはまらないときは、お電話でご相談ください（\(office.settings.service.phone)）。</p>
            <ul class="flow choices">\(each(choices) { category, text in "<li><a class=\"btn\" href=\"\(href("/applications/new?applicant_kind=\(category.kind.rawValue)&eligibility_category=\(category.rawValue)"))\">\(text)</a></li>" })</ul></section>
            """
    }
}

/// A six-digit code as people type it.
enum CodeReading {
    static func digits(_ typed: String) -> String {
        String(
            typed.unicodeScalars.compactMap { scalar -> Character? in
                switch scalar.value {
                case 0x30...0x39: Character(scalar)
                case 0xFF10...0xFF19: Unicode.Scalar(scalar.value - 0xFEE0).map { Character($0) }
                default: nil
                }
            })
    }

    static func problem(_ left: Int?) -> String {
        guard let left, left > 0 else { return "番号の時間が切れたか、回数を超えました。新しい番号を送ってください。" }
        return "番号が違います。あと\(left)回入力できます。"
    }
}

/// A page that asks for the code that was mailed.
struct CodePage {
    let heading: String
    let lead: String
    let action: Route
    let problem: String?

    func html(csrf: String) -> HTML {
        let field = Field(
            name: "code", label: "6けたの番号", hint: "全角でも半角でもかまいません。番号は10分間使えます。",
            problems: problem.map { [$0] } ?? [], autocomplete: "one-time-code",
            inputMode: "numeric", isShort: true)
        return """
            \(Part.errorSummary(problem.map { [("code", $0)] } ?? []))<section class="sec flow"><h1>\(heading)</h1><p>\(lead)</p>\(Part.form(action, csrf: csrf, field.textInput + Part.button("進む")))<p class="muted">届かないときは、迷惑メールの入れ物と、アドレスの打ちまちがいを確かめてください。</p></section>
            """
    }
}

extension ApplicationDraft {
    /// Only the questions of the form are read; a question answered twice is refused.
    init(_ form: Form, _ rules: FiscalYearRules) throws {
        self.init()
        let fields = ApplicationField.plain + rules.videos.map { .viewedOn(slot: $0.slot) }
        for field in fields {
            if let value = try form.single(field.key) { self[field] = value }
        }
    }
}
