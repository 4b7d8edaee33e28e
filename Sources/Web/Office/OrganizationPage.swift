internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// One organization, with what can be done about it.
struct OrganizationPage {
    static let heading = "団体の内容"

    let line: OrganizationLine
    let formerNames: [FormerName]
    let places: [BusinessPlace]
    let choices: OrganizationChoices
    let today: Day
    let form: OrganizationForm

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(Route.organizations, Organizations.heading)], Self.heading))
        \(Part.errorSummary(listed))
        <section class="sec flow">
          <h1>\(line.name)</h1>
          \(form.done.flatMap { isTrue($0) ? Part.done($0.sentence) : nil })
          \(Part.answers(pairs))\(former)\(people)
        </section>
        \(OrganizationPlacesPart(code: line.code, places: places, today: today, typed: form.place)
            .html(csrf: csrf))
        \(renaming(csrf))\(details(csrf))\(terms(csrf))
        \(line.endsOn == nil ? closing(csrf) : reopening(csrf))
        """
    }

    private var listed: [(field: String, text: String)] {
        form.problems.map { ($0.field.rawValue, $0.sentence) }
            + (form.place.map { [($0.field, $0.problem.sentence)] } ?? [])
    }

    /// An address that somebody was sent says nothing that was not done.
    private func isTrue(_ done: OrganizationDone) -> Bool {
        switch done {
        case .opened: line.terms != nil
        case .renamed: !formerNames.isEmpty
        case .closed: line.endsOn != nil
        case .reopened: line.endsOn == nil
        case .place: !places.isEmpty
        case .changed: true
        }
    }

    private var pairs: [(String, String)] {
        let terms = line.terms
        let programme = choices.programmes.first { $0.id == terms?.programmeID }?.name ?? ""
        return [
            ("状態", line.state(on: today)), ("団体コード", line.code),
            ("法人番号", line.corporateNumber),
            ("法人の種別", CorporateKind(rawValue: line.kindCode)?.word ?? line.kindCode),
            ("団体グループ", line.groupName), ("募集対象の区分", terms?.category.word ?? ""),
            ("事業", programme), ("応募の最初の日", terms?.opensOn.word ?? ""),
            ("応募の最後の日", terms?.closesOn?.word ?? ""),
            ("活動内容", terms?.activityNote ?? ""),
        ].filter { !$0.1.isEmpty }
    }

    private var former: HTML {
        guard !formerNames.isEmpty else { return .none }
        let lines = each(formerNames) { "<li>\($0.name)（\($0.endsOn.word)の前まで）</li>" }
        return "<h2>前の名前</h2><ul>\(lines)</ul>"
    }

    private var people: HTML {
        let accounts = href(Route.accounts.with("organization", line.code))
        let journal = href(Route.journal.with("organization", line.code))
        let invite = href(Route.invite.with("organization", line.code))
        return """
            <p><a href="\(accounts)">担当者のアカウントを見る（\(line.accountCount.grouped)）</a></p>
            <p><a href="\(invite)">担当者を招待する</a></p>
            <p><a href="\(journal)">この団体の記録を見る</a></p>
            """
    }

    private var code: HTML { "<input type=\"hidden\" name=\"code\" value=\"\(line.code)\">" }

    private func hidden(_ name: String, _ value: String) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }

    /// What was typed into a form and not taken, or what holds.
    private func fields(_ act: OrganizationDone, _ held: OrganizationDraft) -> OrganizationFields {
        let isTyped = form.about == act
        return OrganizationFields(
            draft: isTyped ? form.draft : held, problems: isTyped ? form.problems : [],
            choices: choices)
    }

    private var held: OrganizationDraft {
        var draft = OrganizationDraft()
        draft.name = line.name
        draft.corporateNumber = line.corporateNumber
        draft.group = line.groupCode
        draft.category = line.terms?.category.rawValue ?? ""
        draft.programme = line.terms?.programmeID ?? ""
        draft.opensOn = (line.terms?.opensOn ?? today).word
        draft.closesOn = line.terms?.closesOn?.word ?? ""
        draft.activityNote = line.terms?.activityNote ?? ""
        return draft
    }

    private func said(_ act: OrganizationDone, _ field: OrganizationProblem.Field) -> [String] {
        form.about == act ? form.problems.filter { $0.field == field }.map(\.sentence) : []
    }

    private func renaming(_ csrf: String) -> HTML {
        let since = Field(
            name: "since", label: "いつから", hint: "名前が変わった日。これからの日付は入力できません。",
            value: form.about == .renamed ? form.since : today.word,
            problems: said(.renamed, .since)
        ).textInput
        let content =
            code + hidden("seen", line.name) + fields(.renamed, held).name + since
            + Part.button("名前を変える")
        return """
            <section class="sec flow">
              <h2>名前を変える</h2>
              <p>その日のある年度から、集計でも新しい名前になります。それより前の年度の集計は変わりません。</p>
              \(Part.form(.renameOrganization, csrf: csrf, content))
            </section>
            """
    }

    private func details(_ csrf: String) -> HTML {
        let fields = fields(.changed, held)
        let content =
            code + hidden("seen_number", line.corporateNumber)
            + hidden("seen_group", line.groupCode) + fields.number + fields.group
            + Part.plainButton("登録する")
        return """
            <section class="sec flow">
              <h2>法人番号と団体グループ</h2>
              \(Part.form(.changeOrganization, csrf: csrf, content))
            </section>
            """
    }

    private func terms(_ csrf: String) -> HTML {
        let content =
            code + hidden("seen", Self.mark(line.terms)) + fields(.opened, held).terms
            + Part.plainButton(line.terms == nil ? "この年度にひらく" : "登録する")
        return """
            <section class="sec flow">
              <h2>\(choices.year.word)の内容</h2>
              \(Part.form(.organizationTerms, csrf: csrf, content))
            </section>
            """
    }

    /// What a form was filled with, in a word.
    static func mark(_ terms: OrganizationTerms?) -> String {
        guard let terms else { return "none" }
        let text = [
            terms.category.rawValue, terms.programmeID ?? "", terms.opensOn.description,
            terms.closesOn?.description ?? "", terms.activityNote,
        ].joined(separator: "\u{1F}")
        return String(
            text.utf8.reduce(UInt64(14_695_981_039_346_656_037)) {
                ($0 ^ UInt64($1)) &* 1_099_511_628_211
            })
    }

    private func closing(_ csrf: String) -> HTML {
        let ends = Field(
            name: "ends", label: "いつから", hint: "この日から、応募も担当者のログインもできなくなります。",
            value: form.about == .closed ? form.ends : "", problems: said(.closed, .ends)
        ).textInput
        return """
            <section class="sec flow">
              <h2>団体をとじる</h2>
              <p>任命された人の任命は、そのままです。次の年度には、この団体としては更新しません。あとで取り消せます。担当者にメールで知らせます。</p>
              \(Part.form(
                  .closeOrganization, csrf: csrf,
                  code + hidden("seen", "") + ends + Part.plainButton("団体をとじる")))
            </section>
            """
    }

    private func reopening(_ csrf: String) -> HTML {
        let seen = hidden("seen", line.endsOn?.description ?? "")
        return """
            <section class="sec flow">
              <h2>とじるのをやめる</h2>
              <p>\(line.state(on: today))。やめると、担当者は前と同じパスワードでログインできます。担当者にメールで知らせます。</p>
              \(Part.form(
                  .reopenOrganization, csrf: csrf, code + seen + Part.plainButton("とじるのをやめる")))
            </section>
            """
    }
}

/// 事業所 of an organization.
struct OrganizationPlacesPart {
    let code: String
    let places: [BusinessPlace]
    let today: Day
    let typed: PlaceForm?

    func html(csrf: String) -> HTML {
        """
        <section class="sec flow" id="places">
          <h2>事業所</h2>
          \(list)
          \(when(!places.isEmpty, changing(csrf)))
          \(adding(csrf))
        </section>
        """
    }

    private var list: HTML {
        guard !places.isEmpty else { return "<p>事業所は、まだありません。</p>" }
        let rows = places.map { place -> [HTML] in
            let state = place.endsOn.map { "\($0.word)\($0 <= today ? "からありません" : "になくなります")" }
            return [
                "\(place.name)", "\(place.path.description)", "\(place.opensOn.word)",
                "\(state ?? "あります")",
            ]
        }
        return Table("事業所", ["名前", "コード", "使い始めた日", "状態"], rows).html
    }

    private var hidden: HTML { "<input type=\"hidden\" name=\"code\" value=\"\(code)\">" }

    private func said(_ field: String) -> [String] {
        guard let typed, typed.field == field else { return [] }
        return [typed.problem.sentence]
    }

    /// A form for one that is chosen: without script there is one for all of them.
    private func changing(_ csrf: String) -> HTML {
        let mine = typed?.act == nil ? nil : typed
        let which = Field(name: "path", label: "どの事業所か", value: mine?.path ?? "")
            .select(places.map { ($0.path.description, $0.name) })
        let acts = Field(name: "act", label: "どうするか", value: mine?.act?.rawValue ?? "").radios([
            ("rename", "名前を変える", "新しい名前を下に入力します"),
            ("close", "なくす", "なくなる日を下に入力します。いまいる人は、そのままです"),
            ("reopen", "なくすのをやめる", ""),
        ])
        let name = Field(
            name: "place_name", label: "新しい名前", isRequired: false, value: mine?.name ?? "",
            problems: said("place_name")
        ).textInput
        let ends = Field(
            name: "place_ends", label: "なくなる日", isRequired: false, value: mine?.ends ?? "",
            problems: said("place_ends")
        ).textInput
        let fields = hidden + which + acts + name + ends + Part.plainButton("変える")
        return """
            <details\(when(mine != nil, " open"))>
              <summary>事業所を変える</summary>
              \(Part.form(.changePlace, csrf: csrf, fields))
            </details>
            """
    }

    private func adding(_ csrf: String) -> HTML {
        let mine = typed?.act == nil ? typed : nil
        let path = Field(
            name: "new_path", label: "コード", hint: "例：east。中にある部署は east/ward-2 のように書きます。",
            value: mine?.path ?? "", problems: said("new_path")
        ).textInput
        let name = Field(
            name: "new_place_name", label: "名前", value: mine?.name ?? "",
            problems: said("new_place_name")
        ).textInput
        return """
            <details\(when(mine != nil, " open"))>
              <summary>事業所をくわえる</summary>
              \(Part.form(.addPlace, csrf: csrf, hidden + path + name + Part.plainButton("くわえる")))
            </details>
            """
    }
}
