internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// Everything about somebody on one page, of all years.
struct PersonPage {
    let file: PersonFile
    let today: Day
    /// What its reader may do.
    let rights: OfficeRights
    let form: PersonForm

    /// The number under which the page is asked for again.
    static func path(_ record: ApplicationRecord) -> String {
        Route.person.with("number", record.receipt)
    }

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(Route.people, "人を探す")], "この人の記録"))
        \(Part.errorSummary(form.problem.map { [("words", $0)] } ?? []))
        <section class="sec flow dense">
          \(told)<h1>\(name)</h1>\(Part.answers(head))\(doubt)\(jump)
        </section>
        \(PersonTermsPart(file: file, today: today, rights: rights).html)
        \(PersonFactsPart(file: file).html)
        \(PersonLettersPart(file: file, maySend: rights.allow(.keepNotes)).html(csrf: csrf))
        \(notes.html(csrf: csrf))
        \(PersonJournalPart(file: file).html)
        """
    }

    private var notes: PersonNotesPart {
        PersonNotesPart(file: file, form: form, mayWrite: rights.allow(.keepNotes))
    }

    private var name: String {
        file.newest.name.isEmpty ? "保存期間を過ぎて消去した人" : file.newest.name
    }

    private var told: HTML {
        guard let done = form.done, done.isTrue(of: file) else { return .none }
        return Part.done(done.sentence)
    }

    private var head: [(String, String)] {
        [
            ("読み", file.newest.kana), ("委員番号", file.memberNumber),
            ("いまの状態", file.newest.status(on: today).word),
            ("応募区分", file.newest.kind.word), ("年度", years),
        ].filter { !$0.1.isEmpty }
    }

    private var years: String {
        Set(file.applications.map(\.year)).sorted().map(\.word).joined(separator: "、")
    }

    private var doubt: HTML {
        when(
            rights.allow(.review) && file.openDoubtCount > 0,
            """
            <p>同じ人かどうかの確認を待っている行が\(file.openDoubtCount.grouped)件あります。
              <a href="\(href(Route.doubts.path))">重複の確認をする</a></p>
            """)
    }

    private var jump: HTML {
        let parts = [
            ("term", "任命と応募 \(file.applications.count)"), ("body", "所属 \(file.affiliations.count)"),
            ("reach", "連絡先"), ("mail", "メール \(file.letters.count)"),
            ("memo", "メモ \(file.notes.count)"), ("log", "記録"),
        ]
        return """
            <nav aria-label="この画面の中">
              <ul class="links">
                \(each(parts) { "<li><a href=\"\(href("#" + $0.0))\">\($0.1)</a></li>" })
              </ul>
            </nav>
            """
    }
}
