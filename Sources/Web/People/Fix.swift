internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 補正: only the questions that the office has asked anew, its words beside each.
extension OwnPage {
    func amend(
        _ applicant: Applicant, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let own = try await office.ownAnswers(ofApplication: applicant.id),
            let amendment = Int(try form.single("amendment") ?? "")
        else { return await site.decidedOtherwise(request, shownOn: Route.mine.path) }
        let typed = try ApplicationDraft(form, own.rules)
        let seen = try form.single(Self.seenField) ?? ""
        do {
            let outcome = try await office.answerAmendment(
                amendment, ofApplication: applicant.id, typed, seen: seen, by: .applicant)
            switch outcome {
            case .taken:
                return try applicant.visitor.seeOther(
                    .mine, Saved.field, Saved.amended.rawValue)
            case .rejected(let problems), .asks(let problems):
                return try await page(
                    of: applicant,
                    trouble: .amendment(AmendmentTrouble(typed, .problems(problems), seen)))
            case .unchanged:
                return try await page(
                    of: applicant, trouble: .amendment(AmendmentTrouble(typed, .unchanged, seen)))
            case .overtaken:
                return try await page(
                    of: applicant, trouble: .amendment(AmendmentTrouble(typed, .overtaken, nil)))
            }
        } catch Refusal.conflict(.isAnothersApplication) {
            return try await page(
                of: applicant, trouble: .amendment(AmendmentTrouble(typed, .isAnothers, seen)))
        } catch Refusal.conflict {
            return await site.decidedOtherwise(request, shownOn: Route.mine.path)
        }
    }
}

/// Why an answer was not taken, and what was typed.
struct AmendmentTrouble {
    enum Why { case problems([Problem]), unchanged, isAnothers, overtaken }

    let typed: ApplicationDraft
    let why: Why
    /// The mark of the form that was sent; nil where it is to be looked at anew.
    let seen: String?

    init(_ typed: ApplicationDraft, _ why: Why, _ seen: String?) {
        self.typed = typed
        self.why = why
        self.seen = seen
    }

    var problems: [Problem] { if case .problems(let problems) = why { problems } else { [] } }

    /// Where no single answer is wrong.
    var sentence: String? {
        switch why {
        case .problems: nil
        case .unchanged: "まだ、どこも直していません。このままで正しいときは、お電話でご相談ください。"
        case .isAnothers: "この内容では、あなたのほかの応募と同じになるため、直せません。お電話でご相談ください。"
        case .overtaken: "この画面を開いたあとに、応募が変わりました。いまの内容を確かめて、もう一度送ってください。"
        }
    }

    var status: Status { if case .overtaken = why { .conflict } else { .unprocessable } }
}

/// What the office waits for, first on the own page.
struct FixPart {
    let facts: OwnFacts
    let own: OwnAnswers
    let amendment: AmendmentRecord
    let trouble: AmendmentTrouble?
    let today: Day

    /// Nil where nothing is asked.
    init?(facts: OwnFacts, trouble: AmendmentTrouble?, today: Day) {
        guard facts.record.state == .correcting, let own = facts.own,
            let amendment = facts.amendments.first(where: { $0.state == .open })
        else { return nil }
        self.facts = facts
        self.own = own
        self.amendment = amendment
        self.trouble = trouble
        self.today = today
    }

    private var fields: [ApplicationField] { amendment.note.fields.filter(own.scope.includes) }

    private var form: ApplicationForm {
        var draft = own.held
        if let trouble { for field in fields { draft[field] = trouble.typed[field] } }
        var form = ApplicationForm(
            draft: draft, rules: own.rules, problems: trouble?.problems ?? [],
            scope: own.scope.limited(to: fields))
        form.said = amendment.note.questions
        return form
    }

    var summary: [(field: String, text: String)] {
        form.summary + (trouble?.sentence.map { [("main", $0)] } ?? [])
    }

    func html(csrf: String) -> HTML {
        let hidden: HTML =
            ResumeAfterSignIn.field(OwnPage.seenField, trouble?.seen ?? own.mark)
            + ResumeAfterSignIn.field("amendment", "\(amendment.id)")
        let due = amendment.note.dueOn
        return """
            <section class="sec flow">
              <h1>\(fields.count)か所を直してください</h1>
              <p>直して送ると、確認のつづきが始まります。ほかの項目は、このままで大丈夫です。</p>
              \(Part.note(
                  "info", "\(due.word)までに",
                  "<p>あと\(max(0, due.days(since: today)))日あります。すぎると、応募は期限切れになります。</p>"))
              \(Part.form(.amend, csrf: csrf, hidden + form.questions + Part.button("直して送る")))
            </section>
            """
    }
}
