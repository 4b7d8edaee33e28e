internal import Enrollment
internal import HTML
internal import Store
internal import Words

/// 確かめの画面. Shows who an act of the office concerns and how many, and asks once.
struct AskingPage {
    let heading: String
    /// What it does, in a sentence or two.
    let sentence: String
    /// The first of those whom it concerns.
    let people: [ApplicationRecord]
    let count: Int
    /// The form that does it.
    let form: HTML
    /// The way back, without doing anything.
    let back: HTML

    var html: HTML {
        """
        \(Part.crumbs([(Route.queue, "応募を確認する")], heading))
        <section class="sec flow">
          <h1>\(heading)</h1>
          <p>\(sentence)</p>
          \(form)\(back)
        </section>
        <section class="sec flow"><h2>対象の人（\(count.grouped)人）</h2>\(table)\(rest)</section>
        """
    }

    /// Answers that go on unseen, and that somebody was asked, or (`edit`) goes back to the form.
    static func hidden(_ answers: [(String, String)], _ mark: String = "sure") -> HTML {
        unseen(answers + [(mark, "yes")])
    }

    static func unseen(_ answers: [(String, String)]) -> HTML {
        each(answers) { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" }
    }

    static func back(to path: String = Route.queue.path) -> HTML {
        "<p><a href=\"\(href(path))\">何もしないで、もどる</a></p>"
    }

    private var table: HTML {
        let rows = people.map { record -> [HTML] in
            let link = href(Route.review.with("receipt", record.receipt))
            return [
                "\(record.name)", "<a href=\"\(link)\">\(record.receipt)</a>",
                "\(record.kind.word)",
                "\(record.organizationName)", "\(record.receivedOn.word)",
            ]
        }
        return Table("対象の人", ["氏名", "受付番号", "応募区分", "団体", "受付日"], rows).html
    }

    private var rest: HTML {
        let more = count - people.count
        return when(more > 0, "<p>ほかに\(more.grouped)人います。</p>")
    }
}
