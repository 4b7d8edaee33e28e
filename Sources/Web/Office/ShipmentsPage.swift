internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// What waits by organization, and the requests of one state.
struct ShipmentsPage {
    let filter: MaterialFilter
    /// One more than a page holds.
    let requests: [MaterialRecord]
    let waiting: [MaterialSum]
    let returned: [MaterialSum]
    let acts: [ShippingAct]
    let organizations: [OpenOrganization]
    let today: Day
    /// What was done just now: an act's moment, or its name.
    let saved: String?
    let problem: String?

    private var state: MaterialState { filter.state ?? .waiting }
    private var shown: ArraySlice<MaterialRecord> { requests.prefix(Shipments.limit) }

    func html(csrf: String) -> HTML {
        """
        \(Part.errorSummary(problem.map { [("requests", $0)] } ?? []))
        <section class="sec flow">
          <h1>\(Materials.title)</h1>
          \(told)\(came)
        </section>
        <section class="sec flow"><h2>発送を待つ団体</h2>\(sums(csrf))</section>
        <section class="sec flow" id="requests" tabindex="-1">
          <h2>依頼（\(state.word)）</h2>\(choice)\(list(csrf))
        </section>
        \(when(!acts.isEmpty, said(csrf)))
        """
    }

    private var told: HTML {
        guard let saved else { return .none }
        if saved.hasPrefix(Shipments.takenBack) { return takenBack(saved) }
        if let word = MaterialAct(rawValue: saved)?.saved { return Part.done(word) }
        guard let act = acts.first(where: { "\($0.at.microseconds)" == saved }) else {
            return .none
        }
        return Part.done(
            "\(act.requests.grouped)件を発送済みにしました。取り消すときは、この下の「発送したこと」からもどせます。")
    }

    /// Of how many requests, as far as this press has done it.
    private func takenBack(_ saved: String) -> HTML {
        let count = Int(saved.dropFirst(Shipments.takenBack.count + 1))
        let told = count.map { "\($0.grouped)件の発送を取り消しました。" } ?? "発送したことを取り消しました。"
        return Part.done("\(told)また発送を待っています。そのあとに戻ってきたものは、そのままです。")
    }

    private var came: HTML {
        guard !returned.isEmpty else { return .none }
        let count = returned.reduce(0) { $0 + $1.requests }
        let link = href(Route.shipments.with("state", MaterialState.returned.rawValue))
        return """
            <p>戻ってきて、団体が送付先を確かめている資材：<a href="\(link)">\(count.grouped)件</a></p>
            """
    }

    private func sums(_ csrf: String) -> HTML {
        guard !waiting.isEmpty else { return "<p>発送を待っている資材はありません。</p>" }
        let all = waiting.reduce(MaterialCounts()) { $0 + $1.counts }
        let rows = waiting.map { sum -> [HTML] in
            let link = href(Route.shipments.with("organization", "\(sum.organizationID)"))
            return ["<a href=\"\(link)\">\(sum.name)</a>", "\(sum.requests.grouped)"]
                + MaterialKind.allCases.map { "\(sum.counts[$0].grouped)" }
                + ["\(sum.since.word)", whole(sum, csrf)]
        }
        let columns: [Table.Column] =
            ["団体", .number("件数")] + MaterialKind.allCases.map { .number($0.word) }
            + ["いちばん古い依頼", "まとめて"]
        return """
            <p>合わせて\(MaterialWords.told(all))です。</p>
            \(Table("発送を待つ団体", columns, rows).html)
            <ul class="links">
              <li>\(saving(.shippingLabelBook, "Excel"))</li>
              <li>\(saving(.shippingLabels, "CSV"))</li>
            </ul>
            """
    }

    private func saving(_ route: Route, _ kind: String) -> HTML {
        let path =
            filter.organizationID.map { route.with("organization", "\($0)") } ?? route.path
        return "<a href=\"\(href(path))\">\(MaterialWords.labels)を保存する（\(kind)）</a>"
    }

    private func whole(_ sum: MaterialSum, _ csrf: String) -> HTML {
        Part.form(
            .shipMaterials, csrf: csrf,
            """
            <input type="hidden" name="organization" value="\(String(sum.organizationID))">
            <button class="btn" type="submit">
              すべて発送済みにする<span class="vh">（\(sum.name)）</span>
            </button>
            """)
    }

    private var choice: HTML {
        let organization = Field(
            name: "organization", label: "団体", isRequired: false, isMarked: false,
            value: filter.organizationID.map { "\($0)" } ?? ""
        ).select(organizations.map { ("\($0.id)", $0.name) }, empty: "すべて")
        let state = Field(
            name: "state", label: "状態", isRequired: false, isMarked: false,
            value: state.rawValue
        ).select(MaterialState.allCases.map { ($0.rawValue, $0.word) }, empty: "依頼中")
        return """
            <form class="form" action="\(href(Route.shipments.path))" method="get">
              \(state)\(organization)\(Part.plainButton("絞り込む"))
            </form>
            """
    }

    private func list(_ csrf: String) -> HTML {
        guard !shown.isEmpty else { return "<p>あてはまる依頼はありません。</p>" }
        let rows = shown.map { cells($0, csrf) }
        let columns: [Table.Column] =
            ["番号", "団体", "どこの", "数", "送付先", "頼んだ日", "状態"]
            + (state == .sent || state == .returned ? ["できること"] : [])
        let table = Table("依頼", columns, rows).html
        let form =
            state == .waiting
            ? Part.form(
                .shipMaterials, csrf: csrf, table + Part.plainButton("選んだものを発送済みにする"))
            : table
        return form + turning
    }

    private var turning: HTML {
        guard requests.count > shown.count, let last = shown.last else { return .none }
        let organization = filter.organizationID.map { "&organization=\($0)" } ?? ""
        let next = Route.shipments.with("after", "\(last.number)")
        return """
            <p><a href="\(href("\(next)&state=\(state.rawValue)\(organization)"))">
              次の\(Shipments.limit)件</a></p>
            """
    }

    private func cells(_ record: MaterialRecord, _ csrf: String) -> [HTML] {
        let box: HTML = """
            <label class="pick">
              <input type="checkbox" name="number" value="\(String(record.number))">
              <span class="vh">依頼\(record.number)を選ぶ</span>
            </label>
            """
        return [
            when(state == .waiting, box) + "\(record.number)",
            "\(record.organizationName)", "\(record.whose)",
            "\(MaterialWords.told(record.order.counts))", "\(record.destination)",
            "\(record.askedOn.word)", "\(record.progress)",
        ] + (state == .sent || state == .returned ? [acts(record, csrf)] : [])
    }

    private func acts(_ record: MaterialRecord, _ csrf: String) -> HTML {
        let acts: [(MaterialAct, String)] =
            record.state == .sent
            ? [(.markReturned, "戻ってきた"), (.takeBackSending, "発送を取り消す")]
            : [(.sendAgain, "もう一度送る"), (.takeBackReturn, "戻ってきていない")]
        return each(acts) { act, word in
            let hidden = [
                ("number", "\(record.number)"), ("version", "\(record.version)"),
                ("act", act.rawValue),
            ]
            return Part.form(
                .changeShipment, csrf: csrf,
                AskingPage.unseen(hidden) + """
                    <button class="btn" type="submit">
                      \(word)<span class="vh">（依頼\(record.number)）</span>
                    </button>
                    """)
        }
    }

    /// 発送したこと, each with the way back.
    private func said(_ csrf: String) -> HTML {
        let rows = acts.map { act -> [HTML] in
            [
                "\(act.at.word)", "\(act.sentOn.word)", "\(act.requests.grouped)",
                "\(act.actor.word)",
                Part.form(
                    .takeBackShipping, csrf: csrf,
                    """
                    <input type="hidden" name="said" value="\(String(act.at.microseconds))">
                    <button class="btn" type="submit">
                      もとにもどす<span class="vh">（\(act.at.word)の発送）</span>
                    </button>
                    """),
            ]
        }
        let table = Table(
            "発送したこと", ["記録した日時", "発送した日", .number("件数"), "記録した人", "取消し"], rows)
        return "<section class=\"sec flow\"><h2>発送したこと</h2>\(table.html)</section>"
    }
}

/// What is said to have left, before that is said.
struct ShippingPage {
    private static let shownRows = 200

    let plan: ShippingPlan
    let form: ShippingForm
    /// Whether somebody else was quicker.
    var isOvertaken = false

    var heading: String {
        plan.waiting.isEmpty
            ? "発送済みにするものはありません" : "\(plan.waiting.count.grouped)件を発送済みにしますか"
    }

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(Route.shipments, Materials.title)], "発送済みにする"))
        \(Part.errorSummary(form.problems))
        <section class="sec flow">
          <h1>\(heading)</h1>
          \(when(isOvertaken, overtaken))\(others)\(when(!plan.waiting.isEmpty, asking(csrf)))
          \(AskingPage.back(to: Route.shipments.path))
        </section>
        \(when(!plan.waiting.isEmpty, table))
        """
    }

    private var overtaken: HTML {
        guard plan.waiting.isEmpty else {
            return Part.note(
                "warn", "この画面を開いたあとに、依頼が変わりました",
                "<p>まだ何も記録していません。いまは次のとおりです。よいときは、もう一度押してください。</p>")
        }
        return Part.note(
            "warn", "この画面からは、何も記録していません",
            """
            <p>
              この画面を開いたあとに、記録されたか、依頼が変わりました。いまは次のとおりです。
              入力した日（\(form.typed)）は、どこにも残っていません。
              日が違うときは、\(Materials.title)の画面で発送を取り消してから、もう一度記録してください。
            </p>
            """)
    }

    private var others: HTML {
        guard !plan.others.isEmpty else { return .none }
        let lines = each(plan.others.prefix(Self.shownRows)) { record in
            let said = "\(record.sayer.word)、\(record.knownFrom.word)に記録"
            return """
                <li>
                  依頼\(record.number)　\(record.organizationName)：\(record.progress)（\(said)）
                </li>
                """
        }
        return Part.note(
            "warn", "次の\(plan.others.count.grouped)件は、もう発送を待っていません",
            "<ul>\(lines)</ul>")
    }

    private func asking(_ csrf: String) -> HTML {
        let organizations = Set(plan.waiting.map(\.organizationID)).count
        let hidden =
            [(ShippingNumbers.name, ShippingNumbers.text(plan.waiting)), ("mark", waitingMark)]
        let field = Field(
            name: "sent_on", label: "発送した日", hint: "例：2026-11-24", value: form.typed,
            problems: form.problems.map(\.text), isShort: true)
        return """
            <p>
              \(organizations.grouped)団体、合わせて\(MaterialWords.told(plan.counts))です。
              団体の画面には、発送した日が出ます。
            </p>
            \(Part.form(
                .shipMaterials, csrf: csrf,
                AskingPage.unseen(hidden) + field.textInput
                    + Part.button("\(plan.waiting.count.grouped)件を発送済みにする")))
            """
    }

    /// Of just those that are sent along.
    private var waitingMark: String { plan.ofWaiting.mark }

    private var table: HTML {
        let rows = plan.waiting.prefix(Self.shownRows).map { record -> [HTML] in
            [
                "依頼\(record.number)", "\(record.organizationName)", "\(record.whose)",
                "\(MaterialWords.told(record.order.counts))", "\(record.destination)",
            ]
        }
        let more = plan.waiting.count - rows.count
        return """
            <section class="sec flow"><h2>発送済みにするもの</h2>
            \(Table("発送済みにするもの", ["番号", "団体", "どこの", "数", "送付先"], Array(rows)).html)
            \(when(more > 0, "<p>ほかに\(more.grouped)件あります。</p>"))
            </section>
            """
    }
}
