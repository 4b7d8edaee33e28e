internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// The list of organizations.
struct OrganizationsPage {
    let organizations: [OrganizationLine]
    let groups: [(code: String, name: String)]
    let filter: OrganizationFilter
    let today: Day

    var html: HTML {
        """
        <section class="sec flow">
          <h1>\(Organizations.heading)</h1>
          <p><a href="\(href(Route.newOrganization.path))">新しい団体をひらく</a></p>
          \(form)\(list)
        </section>
        """
    }

    private var form: HTML {
        let typed = Field(
            name: "q", label: "団体の名前の一部、団体コード、法人番号のどれか", isRequired: false,
            hint: "前の名前でも探せます。", value: filter.typed
        ).textInput
        let group = Field(
            name: "group", label: "団体グループ", isRequired: false, value: filter.group ?? ""
        ).select(groups.map { ($0.code, $0.name) }, empty: "すべて")
        return """
            <form class="form" action="\(href(Route.organizations.path))" method="get">
              \(typed)\(group)\(Part.plainButton("探す"))
            </form>
            """
    }

    private var list: HTML {
        guard !organizations.isEmpty else { return "<p>あてはまる団体はありません。</p>" }
        let rows = organizations.map { line -> [HTML] in
            let link = href(Route.organization.with("code", line.code))
            return [
                "<a href=\"\(link)\">\(line.name)</a>", "\(line.code)", "\(line.corporateNumber)",
                "\(line.groupName)", "\(line.terms?.category.word ?? "")",
                "\(line.state(on: today))", "\(line.placeCount.grouped)",
                "\(line.accountCount.grouped)",
            ]
        }
        return Table(
            "団体",
            [
                "名前", "団体コード", "法人番号", "団体グループ", "募集対象の区分", "状態", .number("事業所"),
                .number("担当者"),
            ], rows
        ).html + more
    }

    private var more: HTML {
        guard organizations.count == filter.limit, let last = organizations.last else {
            return .none
        }
        let typed = filter.typed.isEmpty ? "" : "&q=" + ResumeAfterSignIn.encoded(filter.typed)
        let group = filter.group.map { "&group=" + ResumeAfterSignIn.encoded($0) } ?? ""
        let next = Route.organizations.with("after", last.code + typed + group)
        return "<p><a href=\"\(href(next))\">次の\(filter.limit)件</a></p>"
    }
}

extension OrganizationLine {
    /// Whether its people can apply on a day.
    func state(on day: Day) -> String {
        if let endsOn {
            return endsOn <= day ? "\(endsOn.word)からとじています" : "\(endsOn.word)にとじます"
        }
        guard let terms else { return "この年度はひらいていません" }
        if day < terms.opensOn { return "\(terms.opensOn.word)にひらきます" }
        if let last = terms.closesOn, day > last { return "応募は\(last.word)に終わりました" }
        return "ひらいています"
    }
}

/// What can be chosen in the forms of an organization.
struct OrganizationChoices {
    let groups: [(code: String, name: String)]
    let programmes: [Programme]
    let year: FiscalYear
}

/// The fields of an organization: what stands for all years, and of this one.
struct OrganizationFields {
    let draft: OrganizationDraft
    let problems: [OrganizationProblem]
    let choices: OrganizationChoices

    var listed: [(field: String, text: String)] {
        problems.map { ($0.field.rawValue, $0.sentence) }
    }

    private func said(_ field: OrganizationProblem.Field) -> [String] {
        problems.filter { $0.field == field }.map(\.sentence)
    }

    var code: HTML {
        Field(
            name: "code", label: "団体コード", hint: "あとから変えられません。例：east-hospital", value: draft.code,
            problems: said(.code)
        ).textInput
    }

    var name: HTML {
        Field(name: "name", label: "名前", value: draft.name, problems: said(.name)).textInput
    }

    var number: HTML {
        Field(
            name: "number", label: "法人番号", isRequired: false, hint: "13けたの数字。ない団体では入力しません。",
            value: draft.corporateNumber, problems: said(.number), inputMode: "numeric"
        ).textInput
    }

    var kind: HTML {
        Field(name: "kind", label: "法人の種別", value: draft.kind, problems: said(.kind))
            .select(CorporateKind.allCases.map { ($0.rawValue, $0.word) })
    }

    var group: HTML {
        Field(name: "group", label: "団体グループ", value: draft.group, problems: said(.group))
            .select(choices.groups.map { ($0.code, $0.name) })
    }

    /// Of the year.
    var terms: HTML {
        let categories = EligibilityCategory.allCases.filter { $0 != .communityCaller }
        return Field(
            name: "category", label: "募集対象の区分", value: draft.category,
            problems: said(.category)
        ).select(categories.map { ($0.rawValue, $0.word) })
            + Field(
                name: "programme", label: "事業", isRequired: false,
                hint: "国や地方公共団体の事業の区分のときに選びます。", value: draft.programme,
                problems: said(.programme)
            ).select(choices.programmes.map { ($0.id, $0.name) }, empty: "なし")
            + Field(
                name: "opens_on", label: "応募の最初の日", value: draft.opensOn,
                problems: said(.opensOn)
            ).textInput
            + Field(
                name: "closes_on", label: "応募の最後の日", isRequired: false,
                hint: "年度の終わりまでのときは入力しません。", value: draft.closesOn,
                problems: said(.closesOn)
            ).textInput
            + Field(
                name: "note", label: "活動内容", isRequired: false, hint: "この団体の人の活動内容になります。",
                value: draft.activityNote, problems: said(.note)
            ).textArea(rows: 3)
    }
}

/// 新しい団体をひらく.
struct NewOrganizationPage {
    static let heading = "新しい団体をひらく"

    let fields: OrganizationFields

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(Route.organizations, Organizations.heading)], Self.heading))
        \(Part.errorSummary(fields.listed))
        <section class="sec flow">
          <h1>\(Self.heading)</h1>
          <p>\(fields.choices.year.word)の団体としてひらきます。</p>
          \(Part.form(
              .newOrganization, csrf: csrf,
              HTML.joined([
                  fields.code, fields.name, fields.number, fields.kind, fields.group, fields.terms,
                  Part.button("団体をひらく"),
              ])))
        </section>
        """
    }
}
