internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// The letters of an installation that sends none.
struct DemoMail: Room {
    let site: Site

    /// 見本だけ: the letters that were or would have been sent.
    func show(_ anybody: Anybody, _ request: Request) async throws -> Response {
        guard office.settings.isDemo else { throw Refusal.notFound }
        let letters = try await office.newestLetters(20)
        let none: HTML = "<p>まだメールはありません。</p>"
        let list = each(letters) { letter in
            """
            <article class="card flow" aria-label="\(letter.subject)">
              <h2>\(letter.subject)</h2>
              <p class="muted">\(letter.recipient)　\(letter.createdAt.word)</p>
              <p>\(HTML.lines(letter.body))</p>
            </article>
            """
        }
        return Page(
            title: "見本のメール", reader: await site.reader(request),
            main: """
                <section class="sec flow">
                  <h1>見本のメール</h1>
                  <p>見本では、メールは外に送られません。新しいものから20通を示します。</p>
                  \(letters.isEmpty ? none : list)
                </section>
                """
        ).response(site)
    }
}
