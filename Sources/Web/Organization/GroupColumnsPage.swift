internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// 列を選ぶ: each column of a file with its heading, three of its values, and what it is taken for.
struct GroupColumnsPage {
    let hand: ColumnsAtHand
    /// What is wrong with the file besides.
    let ofFile: [String]
    let leavesOutRest: Bool
    /// Whether something was sent, so that what is missing is told.
    let isSent: Bool

    static let heading = "列の読み方を選ぶ"

    private var columns: [FileColumn] { hand.columns.columns }

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(.group, "団体の応募")], Self.heading))
        \(Part.errorSummary(told))
        <section class="sec flow">
          <h1>\(Self.heading)</h1>
          <p class="muted">\(hand.fileName)（\(hand.receivedAt.word)）</p>
          \(sheets(csrf))\(what)
          \(Part.form(.groupColumns, csrf: csrf, fields))
          \(GroupDiscarding(number: hand.number).html(csrf))
        </section>
        """
    }

    private var what: HTML {
        """
        <p>
          名簿の\(hand.columns.headerRow)行目を見出しとして読み取りました。それぞれの列が何の列かを選んでください。まだ何も登録していません。
          選んだ読み方は、次に同じ見出しの名簿を送るときにも使います。あとから変えることもできます。
        </p>
        <p>
          見出しがほかの行にあるときは、10行目までに入れて、<a
          href="\(href(Route.group.path))">もう一度、名簿をえらんでください</a>。
        </p>
        \(when(!missing.isEmpty, "<p>必要な列のうち、まだ選ばれていないもの：<strong>\(missing)</strong></p>"))
        """
    }

    private func sheets(_ csrf: String) -> HTML {
        guard let sheets = hand.sheets else { return .none }
        return SheetPart(
            number: hand.number, sheets: sheets, problems: hasSheetTrouble ? ofFile : []
        )
        .html(csrf: csrf)
    }

    private var missing: String {
        hand.columns.missing.map(\.heading).joined(separator: "、")
    }

    private var fields: HTML {
        """
        <input type="hidden" name="number" value="\(hand.number)">\(sheet)
        \(section("何の列かを選ぶ列", of: asked))
        \(rest)
        \(section("見出しから読み取れる列", of: columns.indices.filter { !asked.contains($0) }))
        \(Part.button("この読み方で名簿をたしかめる"))
        """
    }

    /// The sheet whose columns these are.
    private var sheet: HTML {
        guard let place = hand.sheets?.place else { return .none }
        return """
            <input type="hidden" name="\(GroupFiles.sheetField)" value="\(place)">
            """
    }

    /// Those for which one comes here: they stand first.
    private var asked: [Int] {
        columns.indices.filter { columns[$0].byWords == nil || columns[$0].problem != nil }
    }

    private func section(_ heading: String, of indices: [Int]) -> HTML {
        when(
            !indices.isEmpty, "<h2>\(heading)（\(indices.count)列）</h2>\(each(indices, field))")
    }

    private var rest: HTML {
        guard columns.contains(where: { $0.use == nil }) || leavesOutRest else { return .none }
        return Field(
            name: "rest", label: "", isRequired: false, value: leavesOutRest ? "yes" : ""
        ).checkbox("まだ選ばれていない列は、どれも使わない")
    }

    private func field(_ index: Int) -> HTML {
        let column = columns[index]
        let uses = hand.uses.map { ($0.code, $0.word) }
        let select = Field(
            name: "use-\(index)", label: column.name.heading, hint: hint(of: column),
            value: column.use?.code ?? "", problems: isSent ? problems(of: column) : []
        ).select(uses, empty: "まだ選ばれていません")
        return """
            <input type="hidden" name="column-\(index)" value="\(column.name.sent)">\(select)
            """
    }

    private func hint(of column: FileColumn) -> String {
        let values =
            column.samples.isEmpty
            ? "値は入っていません。"
            : "入っている値：" + column.samples.map { "「\($0)」" }.joined(separator: "、")
        return "\(column.letters)列　\(values)\(history(of: column))"
    }

    /// Who said it before, and when.
    private func history(of column: FileColumn) -> String {
        let before = hand.remembered.first { $0.choice.name == column.name }
        guard let before, column.isRemembered else { return "" }
        return "　\(before.at.day.word)に選ばれた読み方です（\(before.by.word)）。"
    }

    private func problems(of column: FileColumn) -> [String] {
        switch column.problem {
        case nil: []
        case .notChosen:
            [
                "「\(column.name.heading)」が何の列かを選んでください。"
                    + "使わない列は「\(ColumnUse.unused.word)」にしてください。"
            ]
        case .chosenTwice:
            ["「\(column.use?.word ?? "")」が2つ以上の列で選ばれています。1つの列だけにして、ほかの列は選び直してください。"]
        }
    }

    /// A sheet was chosen of which nothing can be said.
    private var hasSheetTrouble: Bool { !isSent && !ofFile.isEmpty }

    private var told: [(field: String, text: String)] {
        guard isSent else { return ofFile.map { (SheetPart.control, $0) } }
        let ofColumns = columns.indices.flatMap { index in
            problems(of: columns[index]).map { (field: "use-\(index)", text: $0) }
        }
        return ofFile.map { ("use-0", $0) } + ofMissing + ofColumns
    }

    private var ofMissing: [(field: String, text: String)] {
        guard !missing.isEmpty else { return [] }
        let open = columns.firstIndex { $0.use == nil } ?? 0
        return [
            (
                "use-\(open)",
                "必要な列が選ばれていません：\(missing)。名簿にその列がないときは、列を足して、もう一度えらんでください。"
            )
        ]
    }
}

/// On the organization's page: files of which nobody has said yet what their columns are for.
struct WaitingList {
    let files: [WaitingFile]

    var html: HTML {
        guard !files.isEmpty else { return .none }
        let list = each(files) { file in
            """
            <li>
              <a href="\(href(Route.groupColumns.with("number", file.number)))">\(file.fileName)</a>
              （\(file.receivedAt.word)）
            </li>
            """
        }
        return """
            <section class="sec flow"><h2>列の読み方を選ぶのを待っている名簿</h2><ul>\(list)</ul></section>
            """
    }
}
