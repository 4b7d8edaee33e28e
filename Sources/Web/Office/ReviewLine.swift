internal import Enrollment
internal import HTML
internal import Store
internal import Words

/// One application of many that are gone through: where it stands, and always in sight what is
/// done most often.
struct ReviewLine {
    let selection: QueueSelection
    let spot: QueueSpot

    /// `record` where it waits for a decision; `corrected` is how often it was corrected when it
    /// was shown.
    func bar(_ record: ApplicationRecord?, corrected: Int, csrf: String) -> HTML {
        let deciding = record.map { record -> HTML in
            let seen = Self.approved(record, corrected, selection)
            let button: HTML = """
                <button class="btn main" type="submit" data-key="a">承認する</button>
                """
            return """
                \(Part.form(.approve, csrf: csrf, seen + button))
                <a class="btn" href="#reason" data-key="r">承認しない</a>
                """
        }
        return """
            <nav class="line" aria-label="応募の一覧の中の位置" data-keys>
              <p>\(place)</p>\(deciding)
              \(step(spot.previous, "前の応募", "k"))\(step(spot.next, "次の応募", "j"))
              <p class="keys" hidden>
                キー：\(record == nil ? "" : "A 承認、R 承認しない、")J 次、K 前
                <button class="btn" type="button" data-keys-switch>使わない</button>
              </p>
            </nav>
            """
    }

    /// What the form of an approval says of the application that was looked at.
    static func approved(
        _ record: ApplicationRecord, _ corrected: Int, _ selection: QueueSelection?
    ) -> HTML {
        AskingPage.unseen(
            [("application", String(record.id)), ("corrected", String(corrected))]
                + selection.answers)
    }

    /// The way back from what was decided a moment ago.
    func back(_ last: ApplicationRecord, csrf: String) -> HTML {
        guard last.state == .approved else {
            let link = href(selection.review(last.receipt))
            return "<p><a href=\"\(link)\">\(last.name)さんの応募を見る</a></p>"
        }
        let answers = [("receipt", last.receipt), ("seen", last.state.rawValue)]
        return Part.form(
            .reopen, csrf: csrf,
            AskingPage.hidden(answers + selection.carried)
                + Part.plainButton("\(last.name)さんの承認を取り消して、審査にもどす"))
    }

    private var place: String {
        guard spot.isThere else {
            return spot.count == 0 ? "ほかにはありません" : "ほかに\(spot.count.grouped)件"
        }
        return "\(spot.count.grouped)件のうち\((spot.before + 1).grouped)件目"
    }

    private func step(_ receipt: String?, _ word: String, _ key: String) -> HTML {
        guard let receipt else { return "<span class=\"end\">\(word)はありません</span>" }
        let link = href(selection.review(receipt))
        return "<a class=\"btn\" href=\"\(link)\" data-key=\"\(key)\">\(word)</a>"
    }
}
