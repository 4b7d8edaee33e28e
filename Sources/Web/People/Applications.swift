internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store
internal import Words

/// 応募: from the first question to the receipt.
struct Applications: Room {
    let site: Site

    /// 当てはまるか調べる: kind and category, before anything is typed.
    func showEligibility(_ anybody: Anybody, _ request: Request) async throws -> Response {
        let rules = try await office.currentRules()
        if rules.closed(on: office.today) != nil { return await closedPage(rules, request) }
        let warning = try await renewalWarning(rules.year)
        return Page(
            title: "応募の区分を選ぶ", reader: await site.reader(request), main: eligibilityPage(warning)
        ).response(site)
    }

    /// Nobody begins a form that could not be sent.
    private func closedPage(_ rules: FiscalYearRules, _ request: Request) async -> Response {
        Page(
            title: "いまは応募できません", reader: await site.reader(request),
            main: """
                \(Part.back(to: .start))
                <section class="sec flow">
                  <h1>\(rules.year.word)の応募</h1>
                  \(site.notOpen(rules, rules.year))
                  <p>すでに応募した方は、<a href="\(href(Route.status.path))">応募の状況を見る</a>から結果をごらんになれます。</p>
                </section>
                """
        ).response(site)
    }

    func showForm(_ visitor: Visitor, _ request: Request) async throws -> Response {
        let rules = try await office.currentRules()
        if rules.closed(on: office.today) != nil { return await closedPage(rules, request) }
        var visitor = visitor
        visitor.reader = await site.reader(visitor)
        if try request.query.single("again") != nil { return try await formAgain(visitor, rules) }
        let isForOther = try request.query.single("other") != nil
        let open = try await isForOther ? nil : draftToGoOn(visitor, nil)
        var draft = open?.draft.record.draft ?? ApplicationDraft()
        for field in [ApplicationField.kind, .category] {
            if let chosen = try request.query.single(field.key) { draft[field] = chosen }
        }
        let warning = try await renewalWarning(rules.year)
        let form = ApplicationForm(
            draft: draft, rules: rules,
            told: warning + (open == nil ? .none : Self.isFromBefore), mark: open?.mark ?? .none)
        return try formPage(form, visitor, .ok)
    }

    /// What is said to everybody who begins while renewals are under way.
    func renewalWarning(_ year: FiscalYear) async throws -> HTML {
        try await office.isTurning(to: year) ? RenewalWarning.ofAnybody(year) : .none
    }

    private static let isFromBefore: HTML = """
        <p class="muted">
          このブラウザーで前に入力した内容が入っています。別の方が応募するときは、
          <a href="\(href(Route.form.with("other", "yes")))">新しいフォーム</a>に入力してください。
        </p>
        """

    func formPage(
        _ form: ApplicationForm, _ visitor: Visitor, _ status: Status
    ) throws -> Response {
        let page = Page(
            title: "応募フォームに入力する", isError: status != .ok, reader: visitor.reader,
            main: form.page(csrf: visitor.csrf))
        return try visitor.carrying(page.response(site, status: status))
    }

    /// The form came without a token that is good, from a page of ours: its cookie was lost, or the
    /// page is old. Nothing is kept; what was typed is shown again, to be sent with a new token.
    func showFormAgain(
        _ anybody: Anybody, _ request: Request, _ posted: Form
    ) async throws -> Response {
        let again = Part.note(
            "warn", "もう一度、押してください",
            """
            <p>まだ何も送られていません。入力した内容は、この下に残っています。もう一度「入力した内容を確認する」を押してください。</p>
            <p>何度もこの画面になるときは、ブラウザーのCookie（クッキー）を使えるようにしてください。</p>
            """
        )
        return try await showFormAgain(request, posted, told: again, .forbidden)
    }

    /// So many people begin an application that no more can be kept for a while.
    private func showFormLater(
        _ request: Request, _ posted: Form, _ seconds: Int
    ) async throws -> Response {
        let later = Part.note(
            "warn", "いま応募する人が多く、受け付けられませんでした",
            """
            <p>
              まだ何も送られていません。入力した内容は、この下に残っています。この画面を開いたまま\(Waiting.minutes(seconds))
              分ほど待ってから、もう一度「入力した内容を確認する」を押してください。
            </p>
            """
        )
        return try await showFormAgain(request, posted, told: later, .tooManyRequests)
            .with(.retryAfter, HeaderValue(seconds))
    }

    private func showFormAgain(
        _ request: Request, _ posted: Form, told: HTML, _ status: Status
    ) async throws -> Response {
        let rules = try await office.currentRules()
        if rules.closed(on: office.today) != nil { return await closedPage(rules, request) }
        let form = ApplicationForm(
            draft: try ApplicationDraft(posted, rules), rules: rules, told: told,
            mark: try DraftMark(posted) ?? .none)
        var visitor = Visitor(request, site)
        visitor.reader = await site.reader(visitor)
        return try formPage(form, visitor, status)
    }

    func keepDraft(
        _ visitor: Visitor, _ request: Request, _ form: Form
    ) async throws -> Response {
        do { return try await keep(form, of: request, visitor) } catch Refusal.tooMany(
            _, let seconds)
        {
            return try await showFormLater(request, form, seconds)
        }
    }

    private func keep(
        _ form: Form, of request: Request, _ visitor: Visitor
    ) async throws -> Response {
        var visitor = visitor
        let rules = try await office.currentRules()
        let draft = try ApplicationDraft(form, rules)
        let token = try await draftToGoOn(visitor, form)?.draft.token ?? Token(office.random)
        visitor.give(DraftAtHand.cookie, token.text)
        let kept = DraftAtHand(
            try await office.keepDraft(draft, of: token, from: request.client),
            office.settings.key)
        if case .rejected(let problems) = kept.draft.checked {
            visitor.reader = await site.reader(visitor)
            let form = ApplicationForm(
                draft: draft, rules: rules, problems: problems, mark: kept.mark)
            return try formPage(form, visitor, .unprocessable)
        }
        guard let fit = FitDraft(kept), !kept.draft.record.isConfirmed else {
            return try visitor.seeOther(.check)
        }
        return try await sendCode(for: fit, request, &visitor)
    }

    /// The draft that the form belongs to. A form of a draft that was sent, or that another
    /// replaced since, starts its own.
    private func draftToGoOn(_ visitor: Visitor, _ form: Form?) async throws -> DraftAtHand? {
        guard let hand = try await draftAtHand(visitor) else { return nil }
        let posted = try hand.posted(by: form)
        return turn(at: .form, with: hand.draft.state, posted: posted) == .here ? hand : nil
    }

    func showCheck(_ visitor: Visitor, _ request: Request) async throws -> Response {
        let fit: FitDraft
        switch try await draft(at: .check, visitor, request) {
        case .fit(let found): fit = found
        case .instead(let response): return response
        }
        let page = CheckPage(
            application: fit.application, notices: fit.notices,
            rules: try await office.currentRules(), mark: fit.hand.mark,
            displacesRenewal: try await office.displacesRenewal(fit.application))
        return try visitor.carrying(
            Page(
                title: "内容を確かめて、応募を送る", reader: await site.reader(visitor),
                main: page.html(csrf: visitor.csrf)
            ).response(site))
    }

    func submit(
        _ visitor: Visitor, _ request: Request, _ form: Form
    ) async throws -> Response {
        switch try await draft(at: .check, visitor, request, form) {
        case .fit(let fit):
            _ = try await office.submitApplication(fit.hand.draft)
            return try visitor.seeOther(.done)
        case .instead(let response): return response
        }
    }

    func showDone(_ visitor: Visitor, _ request: Request) async throws -> Response {
        guard let token = visitor[DraftAtHand.cookie],
            let filed = try await office.reading.application(sentFromDraft: token.digest)
        else {
            let status = NextPage(Route.status.path, "応募の状況を見る")
            let trouble = Trouble(.notFound, .nothingSentHere, next: status)
            return await site.show(trouble, to: request)
        }
        let page = DonePage(filed: filed)
        return try visitor.carrying(
            Page(
                title: DonePage.heading, reader: await site.reader(visitor),
                onPaper: NextPage(Route.status.path, "応募の状況を見る画面"), main: page.html
            ).response(site))
    }

    private func eligibilityPage(_ warning: HTML) -> HTML {
        let choices = EligibilityCategory.allCases.map { category in
            let answers = "\(category.kind.rawValue)&eligibility_category=\(category.rawValue)"
            return (
                Route.form.with("applicant_kind", answers),
                "\(category.kind.word)：\(category.word)"
            )
        }
        return """
            \(Part.back(to: .start))\(Part.progress(1))
            <section class="sec flow">
              <h1>応募の区分を選ぶ</h1>
              \(warning)
              <p>当てはまるものを1つ選んでください。どれにも当てはまらないときは、お電話でご相談ください（\(office.settings.service.phone)）。</p>
              <ul class="flow choices">
                \(each(choices) { link, text in
                    "<li><a class=\"btn\" href=\"\(href(link))\">\(text)</a></li>"
                })
              </ul>
            </section>
            """
    }
}

extension ApplicationDraft {
    /// Only the questions of the form are read; a question answered twice is refused.
    init(_ form: Form, _ rules: FiscalYearRules) throws {
        self.init()
        let plain = ApplicationField.plain.filter { !$0.isOnlyForGroups }
        let fields = plain + rules.videos.map { .viewedOn(slot: $0.slot) }
        for field in fields {
            if let value = try form.single(field.key) { self[field] = value }
        }
    }
}
