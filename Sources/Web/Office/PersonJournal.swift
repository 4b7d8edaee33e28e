internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// 記録: who did what, with what was before and after.
struct PersonJournalPart {
    let file: PersonFile

    var html: HTML {
        """
        <section class="sec flow dense" id="log">
          <h2>記録</h2>
          <p>\(filter)</p>
          \(list)\(older)
        </section>
        """
    }

    private var page: JournalPage { file.journalPage }

    private func path(watching: Bool, before: Int? = nil) -> String {
        PersonPage.path(file.newest) + (watching ? "&journal=\(Persons.everything)" : "")
            + (before.map { "&before=\($0)" } ?? "") + "#log"
    }

    private var filter: HTML {
        page.showsWatching
            ? "<a href=\"\(href(path(watching: false)))\">変わったことだけを見る</a>"
            : "<a href=\"\(href(path(watching: true)))\">だれが見たかも含めて見る</a>"
    }

    private var list: HTML {
        guard !file.journal.isEmpty else { return "<p>記録はありません。</p>" }
        let rows = file.journal.map { entry -> [HTML] in
            [
                "\(entry.at.word)", "\(entry.actor.word)", "\(entry.act.word)",
                JournalChanges(entry: entry).html,
                HTML.lines(entry.reason),
            ]
        }
        return Table("記録", ["いつ", "だれが", "なにを", "前 → 後", "理由"], rows).html
    }

    private var older: HTML {
        guard file.journal.count == page.limit, let last = file.journal.last else { return .none }
        let next = path(watching: page.showsWatching, before: last.id)
        return "<p><a href=\"\(href(next))\">これより前の記録</a></p>"
    }
}

/// What an event changed: before and after.
struct JournalChanges {
    let entry: JournalEntry
    /// 団体グループ by code.
    var groups: [String: String] = [:]

    var html: HTML {
        if entry.isForgotten { return "保存期間を過ぎたため、前後の内容は消しました。" }
        // Numbers of the tables say nothing to anybody.
        let shown = entry.changes.filter {
            !["application", "applications"].contains($0.key)
                && ($0.before != nil || $0.after != nil)
        }
        guard !shown.isEmpty else { return .none }
        return "<ul>\(each(shown) { "<li>\(change($0))</li>" })</ul>"
    }

    private func change(_ change: JournalChange) -> HTML {
        let label = JournalWords.label(change.key, in: entry.act)
        let after = change.after.map { said($0, of: change.key) } ?? ""
        guard let before = change.before.map({ said($0, of: change.key) }) else {
            return "\(label)：\(after)"
        }
        return """
            \(label)：<del>\(Self.word(before))</del> <span aria-hidden="true">→</span><span
                class="vh">から</span> <ins>\(Self.word(after))</ins>
            """
    }

    private func said(_ text: String, of key: String) -> String {
        key == "group" ? groups[text] ?? text : JournalWords.text(text, of: key)
    }

    private static func word(_ text: String) -> String { text.isEmpty ? "入力なし" : text }
}
