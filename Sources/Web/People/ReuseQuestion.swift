internal import Enrollment
internal import HTML
internal import Words

/// 次の年度の更新: what the two answers of the question do, in the form and on the own page.
enum ReuseQuestion {
    /// `year` is the last one of the appointment.
    static func choices(upTo year: FiscalYear) -> [(String, String, String)] {
        [
            (
                ReuseAnswer.yes.rawValue, "使ってよい",
                "\(year.next.word)も続けて任命されるように、この内容で更新の手続をします。"
            ),
            (
                ReuseAnswer.no.rawValue, "使わない",
                "更新しません。任命は\(year.lastDay.word)で終わり、内容は写しません。続けるときは、もう一度応募していただきます。"
            ),
        ]
    }

    /// What becomes of somebody who leaves it open.
    static func hint(_ rules: FiscalYearRules) -> String {
        let open = rules.policy == .automatic ? "更新の手続をします。" : "更新しません。"
        return "どちらも選ばないときは、\(open)あとから「応募の状況を見る」で変えられます。"
    }
}
