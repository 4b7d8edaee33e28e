internal import Enrollment
internal import HTML
internal import Words

/// 応募フォーム: every question with what was typed and what is wrong with it.
struct ApplicationForm {
    let draft: ApplicationDraft
    let rules: FiscalYearRules
    var problems: [Problem] = []
    /// What is said above the questions.
    var told: HTML = .none
    var mark = DraftMark.none
    /// What is asked where it is corrected; nil for everything.
    var scope: CorrectionScope?
    /// What the office says of some questions, which are to be answered anew.
    var said = ApplicationDraft()

    func page(csrf: String) -> HTML {
        """
        \(Part.back(to: .eligibility))\(Part.progress(2))\(Part.errorSummary(summary, ways: ways))
        <section class="sec flow">
          <h1>応募フォームに入力する</h1>
          \(told)
          <p>「※必須」がついたところは、必ず入力してください。</p>
          \(Part.form(.draft, csrf: csrf, mark.hidden + questions + Part.button("入力した内容を確認する")))
        </section>
        """
    }

    private var messages: Messages { Messages(rules, year: rules.year) }

    private var stops: [Problem] { problems.filter { $0.severity == .stop } }

    var summary: [(field: String, text: String)] {
        stops.map { (anchor($0), sentence($0)) }
    }

    /// Where a problem is put right: on the page as a whole where its question is not asked.
    private func anchor(_ problem: Problem) -> String {
        problem.field.flatMap { asks($0) ? $0.key : nil } ?? "main"
    }

    private func asks(_ field: ApplicationField) -> Bool { scope?.includes(field) ?? true }

    /// A question, where it is asked.
    private func ask(_ field: ApplicationField, _ question: HTML) -> HTML {
        asks(field) ? question : .none
    }

    /// What cannot be seen cannot be taken out by itself.
    private func sentence(_ problem: Problem) -> String {
        let isUnseen =
            problem.code == .characterNotAllowed && problem.arguments[.character] == "制御文字"
        return messages.sentence(problem) + (isUnseen ? "この欄をいったん空にして、打ち直してください。" : "")
    }

    private var category: EligibilityCategory? { EligibilityCategory(rawValue: draft[.category]) }
    private var kind: Kind? { Kind(rawValue: draft[.kind]) ?? category?.kind }

    /// Where somebody whose name has no kana, or only one part, says so: many names of other
    /// countries cannot be entered otherwise.
    private func way(_ problem: Problem) -> HTML {
        switch problem.code {
        case .kanaMissing, .kanaNotKatakana:
            way(to: .noKana, Self.noKana, "読みがない方は、カタカナを空のままにして、")
        case .valueMissing: way(to: .singleName, Self.singleName, "名か氏がない方は、")
        default: .none
        }
    }

    private func way(to field: ApplicationField, _ words: String, _ who: String) -> HTML {
        guard draft[field].isEmpty else { return .none }
        return "\(who)<a href=\"\(href("#" + field.key))\">「\(words)」</a>に印をつけてください。"
    }

    var ways: [String: HTML] {
        Dictionary(stops.map { (anchor($0), way($0)) }) { first, _ in first }
    }

    private static let singleName = "名（または氏）がない"
    private static let noKana = "名前の読みがない"

    private func isNeeded(_ video: Video) -> Bool {
        guard let kind else { return true }
        let needed = category.map { rules.videos(for: kind, $0) } ?? rules.videos(forAny: kind)
        return needed.contains(video)
    }

    /// Whether every 推進委員 must have watched it, and no よびかけ員.
    private func isForPromoters(_ video: Video) -> Bool {
        EligibilityCategory.allCases.allSatisfy {
            rules.videos(for: $0.kind, $0).contains(video) == ($0.kind == .promoter)
        }
    }

    private func field(
        _ field: ApplicationField, hint: String = "", isRequired: Bool = true,
        autocomplete: String = "off", inputMode: String = ""
    ) -> Field {
        Field(
            name: field.key, label: field.label, isRequired: isRequired, hint: hint,
            value: draft[field],
            problems: stops.filter { $0.field == field }.map(sentence), said: said[field],
            way: ways[field.key] ?? .none, autocomplete: autocomplete, inputMode: inputMode)
    }

    var questions: HTML { eligibility + names + address + reach + viewings + choices }

    private var eligibility: HTML {
        let kinds = Kind.allCases.map { ($0.rawValue, $0.word, "") }
        let categories = EligibilityCategory.allCases.map { ($0.rawValue, $0.word, "") }
        let programmes = rules.programmes.filter { $0.category == .nationalProject }
            .map { ($0.id, "\($0.ministry)　\($0.name)") }
        let organizations = rules.organizations.filter { $0.category == .listedOrganization }
            .map { ($0.code, $0.name) }
        return HTML.joined(
            [
                ask(.kind, field(.kind).radios(kinds)),
                ask(.category, field(.category).radios(categories)),
                ask(
                    .programme,
                    field(
                        .programme, hint: "「国が実施する事業」を選んだ方は、必ず選んでください。",
                        isRequired: category == .nationalProject
                    ).select(programmes)),
                ask(
                    .organization,
                    field(
                        .organization, hint: "「募集要項に掲げる団体」を選んだ方は、必ず選んでください。",
                        isRequired: category == .listedOrganization
                    ).select(organizations)),
            ] + TextQuestion.having(.ofWork).map { ask($0.field, text($0)) })
    }

    private func text(_ question: TextQuestion) -> HTML {
        let isRequired = category.map { question.isRequired($0, !draft[.organization].isEmpty) }
        let field = field(
            question.field, hint: question.field.hint, isRequired: isRequired ?? false)
        return question.traits.contains(.hasLines) ? field.textArea(rows: 4) : field.textInput
    }

    private var names: HTML {
        let family = field(
            .familyName, hint: "任命状に書く名前です。例：山田", autocomplete: "family-name")
        return HTML.joined([
            ask(.familyName, family.textInput),
            ask(
                .givenName,
                field(.givenName, hint: "例：花子", autocomplete: "given-name").textInput),
            ask(
                .familyNameKana,
                field(.familyNameKana, hint: "例：ヤマダ。ひらがなは、カタカナに直します。").textInput),
            ask(.givenNameKana, field(.givenNameKana, hint: "例：ハナコ").textInput),
            ask(.singleName, field(.singleName, isRequired: false).checkbox(Self.singleName)),
            ask(.noKana, field(.noKana, isRequired: false).checkbox(Self.noKana)),
        ])
    }

    private var address: HTML {
        let prefectures = rules.gazetteer.prefectures.map { ($0.name, $0.name) }
        return HTML.joined([
            ask(
                .postalCode,
                field(
                    .postalCode,
                    hint: "例：\(ApplicationField.postalCode.example)（「-」はなくても入力できます）",
                    autocomplete: "postal-code", inputMode: "numeric"
                ).textInput),
            ask(
                .prefecture,
                field(.prefecture, autocomplete: "address-level1").select(prefectures)),
            ask(
                .city, field(.city, hint: "例：千代田区", autocomplete: "address-level2").textInput),
            ask(
                .street,
                field(.street, hint: "例：紀尾井町1-3", autocomplete: "address-line1").textInput),
            ask(
                .building,
                field(.building, isRequired: false, autocomplete: "address-line2").textInput),
        ])
    }

    private var reach: HTML {
        HTML.joined([
            ask(
                .email,
                field(
                    .email, hint: "確認の番号と結果を送ります。", autocomplete: "email", inputMode: "email"
                ).textInput),
            ask(
                .phone,
                field(.phone, isRequired: false, autocomplete: "tel", inputMode: "tel").textInput),
        ])
    }

    private var viewings: HTML {
        HTML.joined(
            rules.videos.map { video in
                var field = field(
                    .viewedOn(slot: video.slot),
                    hint: "「\(video.title)」を見た日。例：2026-09-01、令和8年9月1日。" + freedom(video),
                    isRequired: isNeeded(video))
                field.isForPromoters = isForPromoters(video)
                return ask(
                    .viewedOn(slot: video.slot),
                    field.textInput
                        + "<p>\(Part.aside(video.url, "「\(video.title)」を見る"))</p>")
            })
    }

    /// Who need not answer.
    private func freedom(_ video: Video) -> String {
        if isForPromoters(video) { return "よびかけ員に応募する方は、空のままでかまいません。" }
        return isNeeded(video) ? "" : "選んだ区分の方は、空のままでかまいません。"
    }

    private var choices: HTML {
        HTML.joined([
            ask(
                .badgeOptIn,
                field(.badgeOptIn).radios([("yes", "希望する", ""), ("no", "希望しない", "")])),
            ask(.consentTerms, consents),
            ask(
                .consentShare,
                field(.consentShare, isRequired: false).checkbox("所属する団体に、応募と任命の状況を知らせてよい")),
            ask(
                .consentPublic,
                field(.consentPublic, isRequired: false).checkbox("任命を証明するページに、名前を表示してよい")),
            ask(
                .newsOptIn,
                field(.newsOptIn, isRequired: false).checkbox("新しい動画などのお知らせメールを受け取る")),
            ask(
                .reuseOptIn,
                field(.reuseOptIn, hint: ReuseQuestion.hint(rules), isRequired: false)
                    .radios(ReuseQuestion.choices(upTo: rules.year))),
        ])
    }

    /// Without which nobody applies.
    private var consents: HTML {
        HTML.joined([
            field(.consentTerms).checkbox("募集要項を読み、同意する"),
            "<p>\(Part.aside(Route.terms.path, "募集要項を読む"))</p>",
            field(.consentPrivacy).checkbox("個人情報の取扱いを読み、同意する"),
            "<p>\(Part.aside(Route.privacy.path, "個人情報の取扱いを読む"))</p>",
        ])
    }
}
