internal import Enrollment
internal import HTML

/// シートを選ぶ: of a book with several sheets the one that is read, and the way to read another.
struct SheetPart {
    static let control = "sheet-chosen"
    /// Of the file that waits, or of its plan.
    let number: String
    let sheets: FileSheets
    var problems: [String] = []

    func html(csrf: String) -> HTML {
        guard sheets.all.count > 1 else { return .none }
        let hidden: HTML = "<input type=\"hidden\" name=\"number\" value=\"\(number)\">"
        return """
            <p>シート「\(sheets.read)」を読み取っています。</p>
            \(Part.form(
                .groupColumns, csrf: csrf, hidden + field + Part.plainButton("このシートを読み取る")))
            """
    }

    private var field: HTML {
        """
        <div class="field\(when(!problems.isEmpty, " err"))">
          <label for="\(Self.control)">読み取るシート</label>
          <select id="\(Self.control)" name="\(GroupFiles.sheetField)"\(state)>
            \(each(sheets.all.indices, option))
          </select>
          \(message)
        </div>
        """
    }

    private var state: HTML {
        when(
            !problems.isEmpty,
            " aria-invalid=\"true\" aria-describedby=\"\(Self.control)-e\"")
    }

    private var message: HTML {
        when(
            !problems.isEmpty,
            """
            <p class="msg" id="\(Self.control)-e">
              \(Icon.field)
              <span><span class="vh">エラー：</span>\(problems.joined(separator: " "))</span>
            </p>
            """)
    }

    private func option(_ index: Int) -> HTML {
        let isRead = index + 1 == sheets.place
        return """
            <option value="\(index + 1)"\(when(isRead, " selected"))>\(sheets.all[index])</option>
            """
    }
}

extension FileSheets {
    /// Which of those that are offered is read, from 1.
    var place: Int? { all.firstIndex(of: read).map { $0 + 1 } }
}
