internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store
internal import Words

extension OwnPage {
    /// 来年度の動画: the days on which they were watched, before the year begins.
    func tellViewings(
        _ applicant: Applicant, _ request: Request, _ form: Form
    ) async throws -> Response {
        let (visitor, id) = (applicant.visitor, applicant.id)
        let outlook = try await office.renewalOutlook(ofApplication: id)
        var draft = ApplicationDraft()
        for video in outlook?.asked ?? [] {
            let field = ApplicationField.viewedOn(slot: video.slot)
            draft[field] = try form.single(field.key) ?? ""
        }
        switch try await office.tellViewings(draft, ofApplication: id, by: .applicant) {
        case .accepted:
            return try visitor.seeOther(.mine, Saved.field, Saved.viewings.rawValue)
        case .rejected(let problems):
            let told = NextYearForm(draft: draft, problems: problems, rules: outlook?.rules)
            return try await page(of: applicant, told: told)
        }
    }

    /// 次の年度の更新に、入力した内容を使うか.
    func answerReuse(
        _ applicant: Applicant, _ request: Request, _ form: Form
    ) async throws -> Response {
        let (visitor, id) = (applicant.visitor, applicant.id)
        let typed = try form.single(ApplicationField.reuseOptIn.key) ?? ""
        guard let answer = ReuseAnswer(rawValue: typed), answer != .notAsked else {
            return try await page(of: applicant, told: .withoutAnswer)
        }
        try await office.answerReuse(answer, ofApplication: id, by: .applicant)
        return try visitor.seeOther(.mine, Saved.field, Saved.renewal.rawValue)
    }
}

/// What was typed about the next year, and what is wrong with it.
struct NextYearForm {
    var draft: ApplicationDraft?
    /// By the field's key.
    private(set) var problems: [(field: String, text: String)] = []

    init() {}

    init(draft: ApplicationDraft, problems: [Problem], rules: FiscalYearRules?) {
        self.draft = draft
        guard let rules else { return }
        let messages = Messages(rules, year: rules.year)
        self.problems = problems.map { ($0.field?.key ?? "", messages.sentence($0)) }
    }

    static let withoutAnswer: NextYearForm = {
        var form = NextYearForm()
        form.problems = [(ApplicationField.reuseOptIn.key, "「使ってよい」か「使わない」を選んでください。")]
        return form
    }()

    var summary: [(field: String, text: String)] { problems }

    func problems(of field: ApplicationField) -> [String] {
        problems.filter { $0.field == field.key }.map(\.text)
    }
}

/// 次の年度: what is to become of the appointment, and what its holder can do about it.
struct NextYearPart {
    let outlook: RenewalOutlook
    let form: NextYearForm

    func html(csrf: String) -> HTML {
        """
        <section class="sec flow screen">
          <h2>\(outlook.next.word)の更新</h2>
          <p>\(outlook.plan)</p>
          \(videos(csrf))\(answer(csrf))
        </section>
        """
    }

    private func videos(_ csrf: String) -> HTML {
        guard !outlook.asked.isEmpty, outlook.outcome != .declined else { return .none }
        let fields = HTML.joined(
            outlook.asked.map { video in
                let field = ApplicationField.viewedOn(slot: video.slot)
                return Field(
                    name: field.key, label: "「\(video.title)」を見た日", isRequired: false,
                    hint: "\(video.viewValidFrom.word)以降に見た日。例：\(video.viewValidFrom)",
                    value: form.draft?[field] ?? outlook.told[video.slot]?.description ?? "",
                    problems: form.problems(of: field), isShort: true
                ).textInput
                    + "<p>\(Part.aside(video.url, "「\(video.title)」を見る"))</p>"
            })
        return Part.form(.tellViewings, csrf: csrf, fields + Part.button("見た日を登録する"))
    }

    private func answer(_ csrf: String) -> HTML {
        ReuseForm(year: outlook.next.previous, answer: outlook.reuse, form: form).html(csrf: csrf)
    }
}

/// The question whether the answers may be used for the next year, to be answered anew.
private struct ReuseForm {
    /// Of the application.
    let year: FiscalYear
    let answer: ReuseAnswer
    let form: NextYearForm

    func html(csrf: String) -> HTML {
        let field = ApplicationField.reuseOptIn
        let radios = Field(
            name: field.key, label: field.label, isRequired: false,
            value: answer == .notAsked ? "" : answer.rawValue, problems: form.problems(of: field)
        ).radios(ReuseQuestion.choices(upTo: year))
        let button: HTML = """
            <div class="btns"><button class="btn" type="submit">この答えにする</button></div>
            """
        return Part.form(.answerReuse, csrf: csrf, radios + button)
    }
}

/// 次の年度, while nobody is appointed yet: only the answer can be changed.
struct ReusePart {
    let record: ApplicationRecord
    let form: NextYearForm

    func html(csrf: String) -> HTML {
        guard record.isBeforeAppointment else { return .none }
        let answer = ReuseForm(year: record.year, answer: record.reuse, form: form)
        return """
            <section class="sec flow screen">
              <h2>\(record.year.next.word)の更新</h2>
              <p>任命されたときの、次の年度についての答えです。更新の前なら、いつでも変えられます。</p>
              \(answer.html(csrf: csrf))
            </section>
            """
    }
}

extension RenewalOutlook {
    /// 更新の手続中, in the place of the state of an appointment that is over.
    var stateWord: String? {
        isUnderWay && (goesOn || outcome == .lacksVideo) ? "更新の手続中" : nil
    }

    /// What happens now, where the appointment is over and about to be renewed.
    var sentence: String? {
        guard stateWord != nil else { return nil }
        let over =
            "\(next.previous.word)の任命の期間は\(next.previous.lastDay.word)で終わり、\(next.word)への更新の手続中です。"
        return over
            + (goesOn ? "結果はメールでお知らせします。していただくことはありません。" : "見た日が届いていない動画があります。下の欄で登録してください。")
    }

    /// What is to become of the appointment.
    fileprivate var plan: String {
        switch outcome {
        case nil: "\(next.word)の準備はこれからです。"
        case .continues: "\(next.firstDay.word)から、引き続き任命される予定です。していただくことはありません。"
        case .lacksVideo: "引き続き任命されるには、次の動画を見てください。見た日を登録すると、\(next.firstDay.word)からの任命に間に合います。"
        case .declined: "「使わない」とお答えのため、更新しません。続けて活動するときは、答えを変えるか、\(next.word)の応募をしてください。"
        case .unanswered: "引き続き任命されるには、下の質問に「使ってよい」と答えてください。"
        case .organizationClosed: "応募のときの団体または事業が、\(next.word)の応募を受け付けていないため、このままでは更新されません。"
        case .left:
            "応募のときの団体への所属が終わっているため、このままでは更新されません。続けて活動するときは、\(next.word)の応募をしてください。"
        case .alreadyApplied:
            "\(next.word)の応募を受け付けているため、更新は行いません。任命されるかどうかは、その応募の審査で決まります。"
        }
    }
}

extension ViewingRecord {
    /// Title and day, as an answer of an application of `year`.
    func answer(in year: FiscalYear) -> (String, String) {
        (label(in: year), "\(viewedOn.word)（\(grade.word)）")
    }

    /// The same for the office, with how the organization made sure of it.
    func answerWithEvidence(in year: FiscalYear) -> (String, String) {
        guard let evidence else { return answer(in: year) }
        return (label(in: year), "\(viewedOn.word)（\(grade.word)、確認した方法：\(evidence.word)）")
    }

    private func label(in year: FiscalYear) -> String {
        title + (self.year == year ? "" : "（\(self.year.word)）")
    }
}
