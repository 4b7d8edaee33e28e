internal import Enrollment
internal import HTML
internal import Store
internal import Words

/// 事務局からのお知らせ: notes that the office shows to the person.
struct OwnNotesPart {
    let notes: [NoteRecord]

    var html: HTML {
        when(
            !notes.isEmpty,
            """
            <section class="sec flow">
              <h2>事務局からのお知らせ</h2>
              <ul>
                \(each(notes) { "<li>\($0.writtenAt.day.word)<br>\(HTML.lines($0.words))</li>" })
              </ul>
            </section>
            """)
    }
}
