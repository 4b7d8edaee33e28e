internal import Enrollment
internal import HTML
internal import Words

/// What whoever applies while renewals are under way (更新の手続中) reads before anything is sent.
enum RenewalWarning {
    /// To everybody who begins: nobody knows yet who they are.
    static func ofAnybody(_ year: FiscalYear) -> HTML {
        Part.note(
            "warn", "\(year.previous.word)に任命されていた方へ",
            """
            <p>\(year.word)への更新の手続中です。更新される方は、応募しなくても引き続き任命されます。</p>
            <p>応募すると、更新は行われません。任命されるかどうかは、その応募の審査で決まります。</p>
            <p>更新の手続中かどうかは、<a href="\(href(Route.status.path))">応募の状況を見る</a>から確かめられます。</p>
            """
        )
    }

    /// To somebody whose own renewal it is, and whose address is confirmed.
    static func ofThis(_ year: FiscalYear) -> HTML {
        Part.note(
            "warn", "この応募を送ると、更新は行われません",
            """
            <p>
              あなたの\(year.previous.word)の任命は、\(year.word)への更新の手続中です。応募を送ると、更新は行われません。任命されるかどうかは、
              この応募の審査で決まります。
            </p>
            <p>更新を待つときは、送らずに、この画面を閉じてください。</p>
            """
        )
    }
}
