internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 補正を求める: the questions of one application, its words beside each, and until when.
struct Amendments: Room {
    let site: Site

    func show(_ member: OfficeMember<Reviewing>, _ request: Request) async throws -> Response {
        let sheet = try await sheet(try request.query.single("receipt") ?? "")
        try await office.witness(
            .openApplication, on: "application:\(sheet.record.id)", by: member.actor)
        return try page(member, sheet, AmendmentForm(of: sheet))
    }

    func ask(_ member: OfficeMember<Reviewing>, _ request: Request, _ form: Form) async throws
        -> Response
    {
        let sheet = try await sheet(try form.single("receipt") ?? "")
        let receipt = sheet.record.receipt
        var typed = try AmendmentForm(form, of: sheet)
        let note = typed.note(of: sheet, on: office.today)
        guard let note, try form.single("edit") != "yes" else {
            return try page(member, sheet, typed)
        }
        guard try form.single("sure") == "yes" else {
            return try askOnce(member, sheet, typed, note)
        }
        let isDone = try await site.onceOnly(
            {
                try await office.askAmendment(
                    note, ofApplication: sheet.record.id, seen: typed.seen, by: member.actor)
            }, isDone: { try await isAsked(note, of: sheet.record.id) })
        guard isDone else {
            return await site.decidedOtherwise(
                request, shownOn: Route.review.with("receipt", receipt))
        }
        return try member.reviewed(receipt, .sentBack)
    }

    private func isAsked(_ note: AmendmentNote, of id: Int) async throws -> Bool {
        try await office.reading.amendments(of: id).contains {
            $0.state == .open && $0.note == note
        }
    }

    func takeBack(
        _ member: OfficeMember<Reviewing>, _ request: Request, _ form: Form
    ) async throws -> Response {
        let receipt = try form.single("receipt") ?? ""
        guard let record = try await office.reading.application(receipt: receipt),
            let amendment = Int(try form.single("amendment") ?? "")
        else { throw Refusal.notFound }
        let isDone = try await site.onceOnly(
            {
                try await office.takeBackAmendment(
                    amendment, ofApplication: record.id, by: member.actor)
            },
            isDone: {
                try await office.reading.amendments(of: record.id).contains {
                    $0.id == amendment && $0.state == .takenBack
                }
            })
        guard isDone else {
            return await site.decidedOtherwise(
                request, shownOn: Route.review.with("receipt", receipt))
        }
        return try member.reviewed(receipt, .notSentBack)
    }

    private func sheet(_ receipt: String) async throws -> AmendmentSheet {
        guard let record = try await office.reading.application(receipt: receipt),
            let rules = try await office.rules(of: record.year),
            let scope = CorrectionScope(
                .applied(.correcting), isFiledByOrganization: record.submittedBy != nil),
            let own = try await office.ownAnswers(ofApplication: record.id)
        else { throw Refusal.notFound }
        let open = try await office.reading.amendments(of: record.id).first { $0.state == .open }
        let time = try await office.reading.amendmentRules(in: record.year)
        return AmendmentSheet(
            record: record, rules: rules, held: own.held,
            fields: ApplicationField.amendable(scope, rules),
            open: record.state == .correcting ? open : nil,
            due: (time ?? AmendmentRules(days: 14, reminderDays: 3))
                .dueDay(from: office.today, in: record.year))
    }

    private func page(
        _ member: OfficeMember<Reviewing>, _ sheet: AmendmentSheet, _ form: AmendmentForm
    ) throws -> Response {
        let page = AmendmentPage(sheet: sheet, form: form)
        return try respond(
            to: member,
            StaffPage(
                title: AmendmentPage.heading, place: .queue,
                main: page.html(csrf: member.visitor.csrf), hasProblems: !form.problems.isEmpty))
    }

    private func askOnce(
        _ member: OfficeMember<Reviewing>, _ sheet: AmendmentSheet, _ typed: AmendmentForm,
        _ note: AmendmentNote
    ) throws -> Response {
        let csrf = member.visitor.csrf
        let answers = [("receipt", sheet.record.receipt)] + typed.answers
        let said = note.fields.map { ($0.label, note.questions[$0]) }
        let page = AskingPage(
            heading: "応募を返して、補正を求めますか",
            sentence: sheet.record.email.isEmpty
                ? "本人のメールアドレスがありません。名簿を送った団体の担当者に知らせます。"
                : "次の言葉と期限を、本人にメールで知らせます。まだ本人が確かめていない団体の応募は、団体の担当者にも知らせます。",
            people: [sheet.record], count: 1,
            form: Part.answers(said + [("期限", "\(note.dueOn.word)まで")])
                + Part.form(
                    .askAmendment, csrf: csrf,
                    AskingPage.hidden(answers) + Part.button("応募を返す")),
            back: Part.form(
                .askAmendment, csrf: csrf,
                AskingPage.hidden(answers, "edit") + Part.plainButton("もどって直す")))
        return try respond(
            to: member, StaffPage(title: page.heading, place: .queue, main: page.html))
    }
}

/// What may be asked of an application.
struct AmendmentSheet {
    let record: ApplicationRecord
    let rules: FiscalYearRules
    let held: ApplicationDraft
    let fields: [ApplicationField]
    /// What is asked already.
    let open: AmendmentRecord?
    /// The last day, where nothing else is said.
    let due: Day
}

/// What was typed.
struct AmendmentForm {
    var words = ApplicationDraft()
    var due: String
    /// The amendment that was open when the form was shown.
    let seen: Int?
    private(set) var problems: [(field: String, text: String)] = []

    init(of sheet: AmendmentSheet) {
        words = sheet.open?.note.questions ?? ApplicationDraft()
        due = (sheet.open?.note.dueOn ?? sheet.due).description
        seen = sheet.open?.id
    }

    init(_ form: Form, of sheet: AmendmentSheet) throws {
        for field in sheet.fields {
            words[field] = Review.paragraph(try form.single("say-\(field.key)") ?? "")
        }
        due = try form.single("due_on") ?? ""
        seen = Int(try form.single("seen") ?? "")
    }

    var answers: [(String, String)] {
        words.answers.filter { !$0.text.isEmpty }.map { ("say-\($0.field.key)", $0.text) }
            + [("due_on", due), ("seen", seen.map(String.init) ?? "")]
    }

    /// What was meant, or nil with problems that say what to put right.
    mutating func note(of sheet: AmendmentSheet, on today: Day) -> AmendmentNote? {
        problems = []
        for answer in words.answers
        where answer.text.unicodeScalars.count > AmendmentNote.limit {
            let text = "\(answer.field.label)への言葉は\(AmendmentNote.limit)文字以内で入力してください。"
            problems.append(("say-\(answer.field.key)", text))
        }
        if words.answers.allSatisfy({ $0.text.isEmpty }), let first = sheet.fields.first {
            problems.append(("say-\(first.key)", "直してほしい項目に、言葉を入力してください。"))
        }
        let day = readDay(AmendmentNote.days(from: today, in: sheet.record.year))
        guard problems.isEmpty, let day else { return nil }
        return AmendmentNote(words, dueOn: day)
    }

    private mutating func readDay(_ days: ClosedRange<Day>?) -> Day? {
        guard let days else {
            problems.append(("due_on", "年度が終わるため、もう補正を求められません。"))
            return nil
        }
        switch TypedDay.read(due) {
        case .day(let day) where days.contains(day): return day
        case .day:
            let (first, last) = (days.lowerBound.word, days.upperBound.word)
            problems.append(("due_on", "期限は、\(first)から\(last)までの日を入力してください。"))
        case .notInCalendar: problems.append(("due_on", "暦にない日付です。日を直してください。"))
        case .unreadable:
            problems.append(("due_on", "期限は「2026-11-24」のように入力してください。"))
        }
        return nil
    }
}

/// Every question with what stands there, and room for the office's words.
struct AmendmentPage {
    let sheet: AmendmentSheet
    let form: AmendmentForm

    static let heading = "補正を求める"

    func html(csrf: String) -> HTML {
        let back = NextPage(Route.review.with("receipt", sheet.record.receipt), "応募の内容")
        return """
            \(Part.crumbs([back], Self.heading))\(Part.errorSummary(form.problems))
            <section class="sec flow">
              <h1>\(Self.heading)</h1>
              <p>\(sheet.record.name)さんの応募（\(sheet.record.receipt)）を返して、直してもらいます。
                直してほしい項目にだけ、どこをどう直すかを入力してください。入力した言葉は、本人にそのまま見えます。</p>
              \(Part.form(
                  .askAmendment, csrf: csrf, hidden + due + questions + Part.button("確かめる")))
            </section>
            """
    }

    private var hidden: HTML {
        let answers = [
            ("receipt", sheet.record.receipt), ("seen", form.seen.map(String.init) ?? ""),
        ]
        return each(answers) { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" }
    }

    private var due: HTML {
        Field(
            name: "due_on", label: "期限", hint: "例：2026-11-24。この日までに届かないと、期限切れになります。",
            value: form.due, problems: problems(of: "due_on"), isShort: true
        ).textInput
    }

    private var questions: HTML {
        each(sheet.fields) { field in
            let now = ApplicationDraft.Answer(field: field, text: sheet.held[field])
                .word(under: sheet.rules)
            let name = "say-\(field.key)"
            return Field(
                name: name, label: field.label, isRequired: false,
                hint: "いまの内容：\(now.isEmpty ? "入力なし" : now)", value: form.words[field],
                problems: problems(of: name)
            ).textArea(rows: 2)
        }
    }

    private func problems(of field: String) -> [String] {
        form.problems.filter { $0.field == field }.map(\.text)
    }
}

/// 補正, on the page of an application: what is asked, what was, and the way there.
struct AmendmentPart {
    let record: ApplicationRecord
    /// The newest first.
    let amendments: [AmendmentRecord]
    let today: Day

    private var open: AmendmentRecord? {
        record.state == .correcting ? amendments.first { $0.state == .open } : nil
    }

    func html(csrf: String) -> HTML {
        guard record.state.waitsForOffice || !amendments.isEmpty else { return .none }
        let link = href(Route.askAmendment.with("receipt", record.receipt))
        let way: HTML =
            record.state.waitsForOffice ? "<p><a href=\"\(link)\">補正を求める</a></p>" : .none
        return """
            <section class="sec flow">
              <h2>補正</h2>
              \(open.map { waiting($0, link, csrf) } ?? way)\(history)
            </section>
            """
    }

    private func waiting(_ open: AmendmentRecord, _ link: HTML, _ csrf: String) -> HTML {
        let seen = AskingPage.hidden([
            ("receipt", record.receipt), ("amendment", "\(open.id)"),
        ])
        return """
            <p>\(open.note.dueOn.word)までの補正を待っています。</p>
            <p><a href="\(link)">言葉や期限を変えて、もう一度求める</a></p>
            \(Part.form(
                .takeBackAmendment, csrf: csrf, seen + Part.plainButton("補正の求めを取り消す")))
            """
    }

    private var history: HTML {
        guard !amendments.isEmpty else { return .none }
        let rows = amendments.flatMap { amendment in
            amendment.note.fields.map { field -> [HTML] in
                [
                    "\(field.label)", HTML.lines(amendment.note.questions[field]),
                    "\(amendment.note.dueOn.word)", "\(amendment.word(of: field))",
                    "\(amendment.askedAt.word)", "\(amendment.asker.word)",
                ]
            }
        }
        return Table("補正の求め", ["項目", "言葉", "期限", "どうなったか", "いつ", "だれが"], rows).html
    }
}

extension AmendmentRecord {
    /// What became of one question of it.
    fileprivate func word(of field: ApplicationField) -> String {
        let day = endedAt.map { "（\($0.day.word)）" } ?? ""
        return switch state {
        case .open: "待っています"
        case .answered where unchanged.contains(field): "変わっていません\(day)"
        case .answered: "補正されました\(day)"
        case .takenBack: "取り消しました\(day)"
        case .replaced: "求め直しました\(day)"
        case .expired: "期限までに届きませんでした\(day)"
        }
    }
}
