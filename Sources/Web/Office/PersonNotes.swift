internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// メモ: for the office alone, or shown to the person. None vanishes.
struct PersonNotesPart {
    let file: PersonFile
    let form: PersonForm
    let mayWrite: Bool

    func html(csrf: String) -> HTML {
        """
        <section class="sec flow dense" id="memo">
          <h2>メモ</h2>
          \(list(csrf))\(when(mayWrite && !file.newest.name.isEmpty, writing(csrf)))
        </section>
        """
    }

    private func list(_ csrf: String) -> HTML {
        guard !file.notes.isEmpty else { return "<p>メモはありません。</p>" }
        let rows = file.notes.map { note -> [HTML] in
            [
                "\(note.id)", words(note), "\(note.isShown ? "本人にも見せる" : "事務局だけ")", who(note),
                acts(note, csrf),
            ]
        }
        return Table("メモ", ["番号", "メモ", "だれが見るか", "だれがいつ書いたか", "直す"], rows).html
    }

    private func words(_ note: NoteRecord) -> HTML {
        if note.words.isEmpty { return "保存期間を過ぎたため、内容は消しました。" }
        let words = HTML.lines(note.words)
        return note.struckAt == nil
            ? words : "<del><span class=\"vh\">取り消したメモ：</span>\(words)</del>"
    }

    private func who(_ note: NoteRecord) -> HTML {
        let struck = note.struckAt.map { at -> HTML in
            let next = file.notes.first { $0.corrects == note.id }
            let how = next.map { "メモ\($0.id)に書き直した" } ?? "取り消した"
            return "<br><small>\(how)：\(note.striker.word)、\(at.word)</small>"
        }
        return "\(note.writer.word)、\(note.writtenAt.word)\(struck)"
    }

    private func acts(_ note: NoteRecord, _ csrf: String) -> HTML {
        guard mayWrite, note.struckAt == nil, !note.words.isEmpty else { return .none }
        let again = "\(PersonPage.path(file.newest))&note=\(note.id)#note"
        let hidden = each(self.hidden + [("note", String(note.id))]) {
            "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">"
        }
        return """
            <a href="\(href(again))">書き直す<span class="vh">（メモ\(note.id)）</span></a>
            \(Part.form(
                .strikeNote, csrf: csrf,
                hidden + """
                    <button class="btn" type="submit">
                      取り消す<span class="vh">（メモ\(note.id)）</span>
                    </button>
                    """))
            """
    }

    private var hidden: [(String, String)] { [("number", file.newest.receipt)] }

    /// The note that is to be written anew, as long as it stands.
    private var former: NoteRecord? {
        file.notes.first { $0.id == form.corrects && $0.struckAt == nil }
    }

    private func writing(_ csrf: String) -> HTML {
        let isFresh = form.words.isEmpty && form.problem == nil
        let field = Field(
            name: "words", label: former.map { "メモ\($0.id)の書き直し" } ?? "メモ",
            hint: "だれがいつ書いたかと一緒に残ります。\(PersonForm.limit.grouped)文字まで。",
            value: isFresh ? former?.words ?? "" : form.words,
            problems: form.problem.map { [$0] } ?? []
        ).textArea(rows: 3)
        let isShown = isFresh ? former?.isShown ?? false : form.isShown
        let shown = Field(
            name: "shown", label: "", isRequired: false,
            hint: "本人の「あなたの応募」の画面に出ます。メールは送りません。", value: isShown ? "yes" : ""
        ).checkbox("本人にも見せる")
        let seen = String(file.notes.first?.id ?? 0)
        let all = hidden + [("seen", seen)] + (former.map { [("note", String($0.id))] } ?? [])
        let fields = each(all) {
            "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">"
        }
        let heading = former == nil ? "メモを書く" : "メモを書き直す"
        return """
            <h3 id="note">\(heading)</h3>
            \(Part.form(.note, csrf: csrf, fields + field + shown + Part.plainButton(heading)))
            """
    }
}
