internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// What an organization has asked for, and where something is lacking.
struct MaterialsPage {
    /// How many places that lack something are named.
    private static let shownNeeds = 20

    /// The newest first, one more than a page holds.
    let requests: [MaterialRecord]
    let returned: [MaterialRecord]
    let needs: [MaterialNeed]
    let file: String?
    let done: MaterialDone?
    /// What is wrong with a file that was sent.
    let problems: [String]

    func html(csrf: String) -> HTML {
        """
        \(Part.errorSummary(problems.map { ("file", $0) }))
        <section class="sec flow">
          <h1>\(Materials.title)</h1>
          \(done.map { Part.done($0.sentence) })\(cameBack)
          <p>
            ステッカー（デジタル推進委員のいる事業所の入口などに貼るもの）、名札、資料を、事業所ごとの送付先に送ります。
            事務局が発送するまでは、直したり取りやめたりできます。
          </p>
          \(when(file != nil, "<p>名簿 \(file ?? "") の分として頼みます。</p>"))
        </section>
        <section class="sec flow"><h2>頼んだ資材</h2>\(list)</section>
        <section class="sec flow">
          <h2>資材を頼む</h2>
          <p><a class="btn" href="\(href(ask(nil)))">1か所分を頼む</a></p>
          \(lacking)
        </section>
        <section class="sec flow">
          <h2>たくさんの事業所の分を、まとめて頼む</h2>
          \(table(csrf))
        </section>
        """
    }

    private var cameBack: HTML {
        guard !returned.isEmpty else { return .none }
        let lines = each(returned) { record in
            "<li>\(link(record, "依頼\(record.number)　\(record.whose)"))</li>"
        }
        return Part.note(
            "warn", "宛先に届かず、戻ってきた資材があります",
            "<p>送付先を確かめて、直してください。直すと、事務局がもう一度送ります。</p><ul>\(lines)</ul>")
    }

    private func link(_ record: MaterialRecord, _ word: String) -> HTML {
        "<a href=\"\(href(Route.material.with("number", "\(record.number)")))\">\(word)</a>"
    }

    private var list: HTML {
        guard !requests.isEmpty else { return "<p>まだ、資材を頼んでいません。</p>" }
        let shown = requests.prefix(Materials.limit)
        let rows = shown.map { record -> [HTML] in
            [
                link(record, "依頼\(record.number)"), "\(record.whose)",
                "\(MaterialWords.told(record.order.counts))", "\(record.destination)",
                "\(record.askedOn.word)", "\(record.progress)",
            ]
        }
        let table = Table("頼んだ資材", ["番号", "どこの", "数", "送付先", "頼んだ日", "状態"], rows)
        guard requests.count > shown.count, let last = shown.last else { return table.html }
        let next = Route.materials.with("after", "\(last.number)")
        return table.html + "<p><a href=\"\(href(next))\">これより前に頼んだ資材</a></p>"
    }

    private func ask(_ need: MaterialNeed?) -> String {
        let path = Route.askMaterials.path
        let asked =
            (need.map { ["place=\($0.place?.description ?? "")"] } ?? [])
            + (file.map { ["\(Materials.fileField)=\($0)"] } ?? [])
        return asked.isEmpty ? path : path + "?" + asked.joined(separator: "&")
    }

    private var lacking: HTML {
        let all = needs.filter {
            !MaterialCounts.lacking(people: $0.people, asked: $0.asked).isNothing
        }
        guard !all.isEmpty else {
            return "<p>名簿の人数から見て、足りないところはありません。</p>"
        }
        let rows = all.prefix(Self.shownNeeds).map { need -> [HTML] in
            let lacks = MaterialCounts.lacking(people: need.people, asked: need.asked)
            return [
                "<a href=\"\(href(ask(need)))\">\(need.called)</a>", "\(need.people.grouped)",
                "\(MaterialWords.told(need.asked))", "\(MaterialWords.told(lacks))",
            ]
        }
        let more = all.count - rows.count
        return """
            <p>1か所にステッカーと資料を1つずつ、名札を人数分として、まだ頼んでいない分です。これと違う数でも頼めます。</p>
            \(Table("足りないと思われるところ", ["どこ", .number("人数"), "前に頼んだ数", "足りない数"], rows).html)
            \(when(more > 0, "<p>ほかに\(more.grouped)か所あります。下の表には、すべて入っています。</p>"))
            """
    }

    private func saving(_ route: Route, _ kind: String) -> HTML {
        "<a href=\"\(href(route.path))\">\(MaterialWords.table)を保存する（\(kind)）</a>"
    }

    private func table(_ csrf: String) -> HTML {
        let field = Field(
            name: "file", label: "\(MaterialWords.table)のファイル",
            hint: "Excelブック（.xlsx）か、CSV。\(Office.materialRowLimit.grouped)行まで。",
            problems: problems
        ).fileInput(accept: ".xlsx,.csv,.txt,.tsv")
        return """
            <p>
              表を保存すると、人のいる事業所がすべて並び、足りない数と、前の送付先が入っています。
              はじめてのところは送付先を書き、要らない行は数を消して、送ってください。数のない行は、何も頼みません。
            </p>
            <ul class="links">
              <li>\(saving(.materialTableBook, "Excel"))</li>
              <li>\(saving(.materialTable, "CSV"))</li>
            </ul>
            <form class="form" action="\(href(Route.materialFile.path))" method="post"
                enctype="multipart/form-data" novalidate>
              <input type="hidden" name="csrf" value="\(csrf)">
              <input type="hidden" name="\(Materials.fileField)" value="\(file ?? "")">
              \(field)\(Part.plainButton("表をたしかめる"))
            </form>
            """
    }
}

extension MaterialNeed {
    var called: String { place == nil ? MaterialWords.wholeOrganization : name }
}

extension MaterialRecord {
    /// 東病院, or the organization itself.
    var whose: String { place == nil ? MaterialWords.wholeOrganization : placeName }

    /// On one line.
    var destination: String {
        let (address, place) = (order.address, order.address.place)
        return [
            "〒" + MaterialWords.postalCode(place.postalCode),
            prefecture + city + place.street, address.building, address.addressee,
        ].filter { !$0.isEmpty }.joined(separator: "　")
    }

    /// 発送済み（2026年11月24日）.
    var progress: String {
        switch state {
        case .waiting, .withdrawn: state.word
        case .sent: "\(state.word)（\(sentOn?.word ?? "")）"
        case .returned: "\(state.word)（\(returnedOn?.word ?? "")）"
        }
    }
}
