internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// One of the organization's people: what it may know, and what it may say of them.
struct MemberPage {
    let file: MemberFile
    let videos: [MemberVideo]
    let days: [VideoOfYear: Day]
    let today: Day
    let isWholeOrganization: Bool
    let forms: MemberForms

    static func path(_ applicationID: Int) -> String {
        Route.member.with("application", "\(applicationID)")
    }

    private var member: MemberRecord { file.member }

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(Route.members, "名簿")], member.name))\(Part.errorSummary(summary))
        <section class="sec flow">
          <h1>\(member.name)</h1>
          \(forms.saved.map { Part.done($0.sentence) })\(when(forms.isOvertaken, overtaken))
          \(when(member.shown == nil, "<p>\(MemberWords.whyNotShown)</p>"))
          \(Part.answers(pairs))
        </section>
        \(belonging(csrf))\(particulars(csrf))\(leaving(csrf))
        """
    }

    private var messages: Messages { Messages(file.rules, year: file.rules.year) }

    private var stops: [Problem] { forms.problems.filter { $0.severity == .stop } }

    private var summary: [(field: String, text: String)] {
        stops.map { ($0.field?.key ?? "main", messages.sentence($0)) }
            + (forms.trouble.map { [("main", $0)] } ?? [])
    }

    private var overtaken: HTML {
        Part.note(
            "warn", "この画面を開いたあとに、この人の内容が変わりました",
            "<p>まだ何も変えていません。いまの内容を確かめて、よいときは、もう一度送ってください。</p>")
    }

    private var pairs: [(String, String)] {
        let hidden = MemberWords.notShown
        let shown = member.shown
        return [
            ("読み", member.kana), ("応募区分", member.kind.word),
            ("受付番号", shown?.receipt ?? hidden),
            ("状態", shown?.status(on: today).word ?? hidden),
            (MemberWords.confirmedHeading, MemberWords.done(member.isConfirmed)),
            (MemberWords.reachHeading, member.reach?.word ?? hidden),
            (MemberWords.watchedHeading, MemberWords.done(member.hasWatched)),
        ]
            + videos.compactMap { video in
                days[video.video].map { (video.heading, $0.word) }
            }
            + [
                ("所属", member.leaving.map { "離れた：\($0.word)" } ?? "在籍（\(member.since.word)から）")
            ]
    }

    private var hidden: HTML {
        each([("application", "\(member.id)"), ("mark", file.mark)]) {
            "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">"
        }
    }

    // MARK: 部署

    private func belonging(_ csrf: String) -> HTML {
        let unit = Field(
            name: ApplicationField.unit.key, label: ApplicationField.unit.label,
            isRequired: false, value: forms.unit ?? member.unit, problems: problems(of: .unit)
        ).textInput
        return """
            <section class="sec flow">
              <h2>部署を直す</h2>
              <p>この団体の中のことは、団体が決めます。すぐに変わります。</p>
              \(Part.form(
                  .moveMember, csrf: csrf, hidden + unit + place + Part.plainButton("部署を直す")))
            </section>
            """
    }

    private var place: HTML {
        guard !file.places.isEmpty else {
            return
                """
                <input type="hidden" name="\(ApplicationField.businessPlace.key)"
                    value="\(member.placeID.map(String.init) ?? "")">
                """
        }
        let names = file.places.namesFromTop
        var choices = file.places.map {
            (String($0.id), names[$0.path]?.joined(separator: "／") ?? $0.name)
        }
        if let id = member.placeID, !file.places.contains(where: { $0.id == id }) {
            choices.append((String(id), member.placeName ?? ""))
        }
        return Field(
            name: ApplicationField.businessPlace.key, label: ApplicationField.businessPlace.label,
            isRequired: false, value: forms.place ?? member.placeID.map(String.init) ?? ""
        ).select(choices, empty: "団体全体（どの事業所でもない）")
    }

    // MARK: 本人の内容

    private func particulars(_ csrf: String) -> HTML {
        guard file.isOpen else { return .none }
        let button = file.mayCorrect ? "この内容に直す" : "本人に知らせる"
        return """
            <section class="sec flow">
              <h2>氏名・住所・連絡先を直す</h2>
              <p>\(file.mayCorrect ? Self.isOwn : Self.isTheirs)</p>
              \(proposal)\(asked)
              \(Part.form(
                  .correctMember, csrf: csrf,
                  hidden + questions + Part.plainButton(button)))
            </section>
            """
    }

    private static let isOwn =
        "この人は、まだ自分のメールアドレスを確かめていません。団体が送った内容を、ここで直せます。直したことは、本人にメールで知らせます。"
    private static let isTheirs =
        "この内容は、本人のものです。変わったところだけ入力してください。本人に知らせ、本人が確かめると変わります。"
        + "氏名は氏・名・カナを、住所は郵便番号から、全部入力してください。いまの内容は、ここには出ません。"

    private var proposal: HTML {
        guard let proposal = file.proposal else { return .none }
        let answers = proposal.answers.answers.filter { !$0.text.isEmpty }
            .sorted { $0.field.position < $1.field.position }
        return """
            <h3>本人に知らせてある内容（\(proposal.knownFrom.day.word)）</h3>
            \(Part.answers(answers.map { ($0.field.label, $0.word(under: file.rules)) }))
            """
    }

    /// What the office has sent the application back for.
    private var asked: HTML {
        guard let amendment = file.amendment else { return .none }
        let said = amendment.note.fields.map { ($0.label, amendment.note.questions[$0]) }
        return Part.note(
            "warn", "事務局から：\(amendment.note.dueOn.word)までに直してください",
            "\(Part.answers(said))<p>直して送ると、確認のつづきが始まります。本人が直すこともできます。</p>")
    }

    private func problems(of field: ApplicationField) -> [String] {
        stops.filter { $0.field == field }.map { messages.sentence($0) }
    }

    private var questions: HTML { HTML.joined(MemberAnswers.fields.map(question)) }

    private func question(_ field: ApplicationField) -> HTML {
        let isNeeded = file.mayCorrect && !Self.mayBeEmpty.contains(field)
        var question = Field(
            name: field.key, label: field.label, isRequired: isNeeded,
            value: (forms.typed ?? file.answers)[field], problems: problems(of: field),
            said: file.amendment?.note.questions[field] ?? "")
        switch field {
        case .singleName: return question.checkbox("名（または氏）がない")
        case .noKana: return question.checkbox("名前の読みがない")
        case .prefecture:
            return question.select(file.rules.gazetteer.prefectures.map { ($0.name, $0.name) })
        default:
            question.hint =
                field == .postalCode ? "例：\(field.example)（「-」はなくても入力できます）" : ""
            question.inputMode =
                field == .email ? "email" : [.postalCode, .phone].contains(field) ? "numeric" : ""
            return question.textInput
        }
    }

    private static let mayBeEmpty: [ApplicationField] = [
        .singleName, .noKana, .building, .phone,
    ]

    // MARK: 離脱

    private func leaving(_ csrf: String) -> HTML {
        let id = each([("application", "\(member.id)")]) {
            "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">"
        }
        guard let leaving = member.leaving else {
            return """
                <section class="sec flow">
                  <h2>離れたとき</h2>
                  <p>退職・異動・卒業などで、この団体の人でなくなったときは、最後の日と理由を届け出てください。</p>
                  \(Part.form(.leaving, csrf: csrf, id + Part.plainButton("離れたことを届け出る")))
                </section>
                """
        }
        guard leaving.reason != .objected else {
            return """
                <section class="sec flow">
                  <h2>本人の答え</h2>
                  <p>この人は、名簿にのせることや申込みを希望しないと答えました。同じ名簿をもう一度送っても、もどりません。</p>
                </section>
                """
        }
        let said: HTML = """
            <input type="hidden" name="said" value="\(String(member.knownFrom.microseconds))">
            """
        return """
            <section class="sec flow">
              <h2>離れたという届け出</h2>
              <p>\(leaving.word)。まちがいだったときは、もとにもどせます。</p>
              \(Part.form(
                  .takeBackLeaving, csrf: csrf, id + said + Part.plainButton("もとにもどす")))
            </section>
            """
    }
}
