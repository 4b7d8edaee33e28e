internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 応募の内容を直す: the form once more, with what the application says.
extension OwnPage {
    static let seenField = "seen"
    static let askedField = "asked"
    /// The organization whose words the form is filled with.
    static let saidField = "said"

    func showCorrection(_ applicant: Applicant, _ request: Request) async throws -> Response {
        guard let own = try await office.ownAnswers(ofApplication: applicant.id) else {
            return try applicant.visitor.seeOther(.mine)
        }
        var draft = own.answers
        if let said = try request.query.single(Self.saidField).flatMap({ Int($0) }) {
            let proposals = try await office.reading.proposals(of: applicant.id)
            for proposal in proposals where proposal.organizationID == said {
                for answer in proposal.open(own.scope) { draft[answer.field] = answer.text }
            }
        }
        return try correctionPage(own, draft, of: applicant)
    }

    func correct(
        _ applicant: Applicant, _ request: Request, _ form: Form
    ) async throws -> Response {
        let visitor = applicant.visitor
        guard let own = try await office.ownAnswers(ofApplication: applicant.id) else {
            return await site.decidedOtherwise(request, shownOn: Route.mine.path)
        }
        let typed = try ApplicationDraft(form, own.rules)
        let draft = own.answers.corrected(by: typed, within: own.scope)
        let seen = try form.single(Self.seenField) ?? ""
        do {
            let outcome = try await office.correct(
                typed, ofApplication: applicant.id, seen: seen, sure: Self.asked(form),
                by: .applicant)
            switch outcome {
            case .taken(asksOffice: true):
                return try visitor.seeOther(.mine, Saved.field, Saved.asked.rawValue)
            case .taken(asksOffice: false):
                return try visitor.seeOther(.mine, Saved.field, Saved.corrected.rawValue)
            case .unchanged:
                return try visitor.seeOther(.mine, Saved.field, Saved.same.rawValue)
            case .rejected(let problems):
                return try correctionPage(own, draft, of: applicant, .problems(problems, of: seen))
            case .asks(let questions):
                return try correctionPage(own, draft, of: applicant, .asks(questions))
            case .overtaken(let own):
                let draft = own.merged(typed, seen: seen)
                return try correctionPage(own, draft, of: applicant, .overtaken)
            }
        } catch Refusal.conflict(.isAnothersApplication) {
            return try correctionPage(own, draft, of: applicant, .isAnothers)
        } catch Refusal.conflict {
            return await site.decidedOtherwise(request, shownOn: Route.mine.path)
        }
    }

    /// What the form that was sent had asked.
    private static func asked(_ form: Form) throws -> Set<ProblemCode> {
        Set(form.all(askedField).compactMap { ProblemCode(rawValue: $0) })
    }

    private func correctionPage(
        _ own: OwnAnswers, _ draft: ApplicationDraft, of applicant: Applicant,
        _ trouble: CorrectionTrouble? = nil
    ) throws -> Response {
        let visitor = applicant.visitor
        let page = CorrectionPage(
            own: own,
            form: ApplicationForm(
                draft: draft, rules: own.rules, problems: trouble?.problems ?? [],
                scope: own.scope), trouble: trouble)
        return try visitor.carrying(
            Page(
                title: CorrectionPage.heading, isError: trouble?.isError ?? false,
                reader: .applicant(name: own.record.name), main: page.html(csrf: visitor.csrf)
            ).response(site, status: trouble?.status ?? .ok))
    }

    func takeBackCorrection(
        _ applicant: Applicant, _ request: Request, _ form: Form
    ) async throws -> Response {
        let id = applicant.id
        let isDone = try await site.onceOnly(
            { try await office.takeBackCorrection(ofApplication: id, by: .applicant) },
            isDone: {
                try await office.reading.correctionRequest(of: id)?.state == .takenBack
            })
        guard isDone else {
            return await site.decidedOtherwise(request, shownOn: Route.mine.path)
        }
        return try applicant.visitor.seeOther(.mine, Saved.field, Saved.takenBack.rawValue)
    }
}

/// Why a correction was not taken.
enum CorrectionTrouble {
    /// `of` is the mark of the form that was sent: it may be an old one, and stays so.
    case problems([Problem], of: String)
    /// Something is to be looked at once more before it is done.
    case asks([Problem])
    /// Another application says the same.
    case isAnothers
    /// Somebody else was quicker.
    case overtaken

    var problems: [Problem] {
        if case .problems(let problems, _) = self { problems } else { [] }
    }

    /// Nil where what was seen is what stands there now.
    var seen: String? { if case .problems(_, let seen) = self { seen } else { nil } }

    /// Where no single answer is wrong.
    var sentence: String? {
        guard case .isAnothers = self else { return nil }
        return "この内容では、あなたのほかの応募と同じになるため、直せません。どちらの応募を残すか、お電話でご相談ください。"
    }

    var isError: Bool { if case .asks = self { false } else { true } }

    var status: Status {
        switch self {
        case .asks: .ok
        case .overtaken: .conflict
        case .problems, .isAnothers: .unprocessable
        }
    }
}

/// The form with what the application says, and what sending it does.
struct CorrectionPage {
    let own: OwnAnswers
    let form: ApplicationForm
    let trouble: CorrectionTrouble?

    static let heading = "応募の内容を直す"

    private var isOvertaken: Bool { if case .overtaken? = trouble { true } else { false } }

    func html(csrf: String) -> HTML {
        let problems = form.summary + (trouble?.sentence.map { [("main", $0)] } ?? [])
        let seen = ResumeAfterSignIn.field(OwnPage.seenField, trouble?.seen ?? own.mark)
        return """
            \(Part.back(to: .mine))\(Part.errorSummary(problems, ways: form.ways))
            <section class="sec flow">
              <h1>\(Self.heading)</h1>
              \(when(isOvertaken, overtaken))\(asking)
              <p>\(what)</p>
              \(when(own.scope.isFrozen, frozen))
              \(Part.form(.correct, csrf: csrf, seen + sure + form.questions + Part.button(button)))
            </section>
            """
    }

    private var questions: [Problem] {
        if case .asks(let questions)? = trouble { questions } else { [] }
    }

    private var sure: HTML {
        each(questions) {
            "<input type=\"hidden\" name=\"\(OwnPage.askedField)\" value=\"\($0.code.rawValue)\">"
        }
    }

    private var asking: HTML {
        guard !questions.isEmpty else { return .none }
        let messages = Messages(own.rules, year: own.record.year)
        return Part.note(
            "warn", "送る前に、もう一度確かめてください",
            """
            <ul>\(each(questions) { "<li>\(messages.sentence($0))</li>" })</ul>
            <p>まだ何も送られていません。このままでよいときは、もう一度「\(button)」を押してください。</p>
            """)
    }

    private var button: String { own.scope.asksOffice ? "訂正を申し出る" : "この内容に直す" }

    private var what: String {
        own.scope.asksOffice
            ? "応募は承認されています。直したいところを送ると、事務局が確かめてから直します。それまでは、いまの内容のままです。"
                + "名前の表示・団体への共有・お知らせメールの答えは、すぐに変わります。"
            : "直すと、すぐに変わります。受付番号と受付の順番は変わりません。"
    }

    private var frozen: HTML {
        """
        <p>この画面にない項目（応募区分など）を変えたいときは、お電話でご相談ください。メールアドレスは、「メールアドレスを変える」から変えられます。</p>
        """
    }

    /// Somebody else was quicker; what they left stands beside what was typed.
    private var overtaken: HTML {
        let said = own.answers.answers.filter { own.scope.includes($0.field) }
        let others = said.filter { form.draft[$0.field] != $0.text }
            .sorted { $0.field.position < $1.field.position }
            .map { ($0.field.label, $0.word(under: own.rules)) }
        let kept: HTML =
            others.isEmpty
            ? "<p>まだ何も送られていません。いまの応募の内容は、この下のとおりです。</p>"
            : """
            <p>まだ何も送られていません。この画面で変えたところは、この下に残っています。ほかは、いまの応募の内容です。
              変えたところの、いまの内容は次のとおりです。</p>
            \(Part.answers(others))
            """
        return Part.note(
            "warn", "この画面を開いたあとに、応募が変わりました",
            """
            \(kept)
            <p>下の内容でよいときは、もう一度「\(button)」を押してください。</p>
            """)
    }
}

/// 変えたいとき, and what became of what somebody asked the office for.
struct CorrectionPart {
    let facts: OwnFacts

    func html(csrf: String) -> HTML {
        """
        <section class="sec flow screen">
          <h2>変えたいとき</h2>
          \(asked(csrf))\(each(facts.proposals, said))\(way)
          \(when(!facts.record.email.isEmpty, mail))
        </section>
        """
    }

    private var mail: HTML {
        "<p><a href=\"\(href(Route.changeMail.path))\">メールアドレスを変える</a></p>"
    }

    /// What an organization's file says otherwise, for its owner to decide on.
    private func said(_ proposal: ProposalRecord) -> HTML {
        guard let own = facts.own else { return .none }
        let answers = proposal.open(own.scope)
        guard !answers.isEmpty else { return .none }
        let link = href(Route.correct.with(OwnPage.saidField, "\(proposal.organizationID)"))
        return """
            <h3>\(proposal.organizationName)の名簿に書かれている内容（\(proposal.knownFrom.day.word)）</h3>
            <p>応募の内容は変わっていません。名簿のほうが正しいときは、入力した画面を開いて、送ってください。</p>
            \(Part.answers(answers.map { ($0.field.label, $0.word(under: own.rules)) }))
            <p><a href="\(link)">名簿の内容を入れた画面を開く</a></p>
            """
    }

    private var way: HTML {
        guard let own = facts.own else { return .none }
        let word = own.scope.asksOffice ? "内容の訂正を申し出る" : CorrectionPage.heading
        return "<p><a href=\"\(href(Route.correct.path))\">\(word)</a></p>"
    }

    private func asked(_ csrf: String) -> HTML {
        guard let request = facts.request, facts.own != nil || request.state != .open,
            let rules = facts.own?.rules ?? facts.rules
        else {
            return .none
        }
        let answers = Part.answers(
            request.answers.answers.sorted { $0.field.position < $1.field.position }
                .map { ($0.field.label, $0.word(under: rules)) })
        let day = (request.decidedAt ?? request.askedAt).day.word
        switch request.state {
        case .open:
            return """
                <h3>\(request.askedAt.day.word)の申し出（事務局が確かめています）</h3>
                \(answers)\(Part.form(
                    .takeBackCorrection, csrf: csrf, Part.plainButton("申し出を取り下げる")))
                """
        case .accepted: return "<p>訂正の申し出のとおりに直しました（\(day)）。</p>"
        case .refused:
            return Part.note(
                "info", "訂正の申し出のとおりには直していません（\(day)）",
                "\(answers)<p>理由：\(HTML.lines(request.reason))</p>")
        case .takenBack, .replaced: return .none
        }
    }
}

extension ProposalRecord {
    /// The answers that its owner may take over, in the order of the form.
    fileprivate func open(_ scope: CorrectionScope) -> [ApplicationDraft.Answer] {
        answers.answers.filter { scope.includes($0.field) && !$0.text.isEmpty }
            .sorted { $0.field.position < $1.field.position }
    }
}
