internal import Enrollment
internal import HTML
internal import Store
internal import Words

/// On the page of a plan that appointed: how all of it is taken back, and what of it was.
struct PlanUndoPart {
    let plan: PlanRecord
    /// The newest plan that would take it back, or what of it is left.
    let undoing: PlanRecord?
    let takenBack: PlanTakenBack?

    func html(csrf: String) -> HTML {
        guard plan.act == .appoint, plan.state == .applied, takenBack?.rest != 0 else {
            return .none
        }
        return """
            <section class="sec flow" id="undo">
              <h2>任命の取消し</h2>
              \(undoing.map(made) ?? .none)
              <p>\(what)はじめに、だれを取り消すか、だれを取り消せないかをお見せします。まだ何も変わりません。</p>
              \(Part.form(
                  .undoPlan, csrf: csrf,
                  "<input type=\"hidden\" name=\"number\" value=\"\(plan.number)\">"
                      + Part.plainButton("取消しの下見をする")))
            </section>
            """
    }

    private var what: String {
        guard let rest = takenBack?.rest else { return "この下見で行った任命を、まとめて取り消せます。" }
        return "この下見で任命した人のうち、まだ取り消していない人が\(rest.grouped)人います。"
    }

    private func made(_ undoing: PlanRecord) -> HTML {
        let link = href(Route.plan.with("number", undoing.number))
        return """
            <p>
              <a href="\(link)">取消しの下見（\(undoing.number)）</a>があります。まだ実行していません。
            </p>
            """
    }
}

/// What a plan that takes appointments back says of itself, and what it asks for.
struct UndoExplanation {
    let plan: PlanRecord
    /// The number of the plan that it takes back.
    let undone: String

    var about: HTML {
        """
        <p>取り消す任命：<a href="\(href(Route.plan.with("number", undone)))">任命の下見 \(undone)</a></p>
        """
    }

    /// What comes of it.
    var consequences: HTML {
        Part.note(
            "info", "取り消すとどうなるか",
            """
            <ul>
              <li>任命は、はじめからなかったことになり、これからの集計に入りません。これまでに出した数は変わりません。</li>
              <li>任命番号はもう使いません。オープンバッジと任命状は使えなくなります。</li>
              <li>応募は「承認済み」にもどります。正しい決裁で、もう一度任命できます。任命番号は新しくなります。</li>
              <li>まだ送っていない任命のお知らせは送りません。もう届いている人には、理由をメールで知らせます。</li>
              <li>よびかけ員から推進委員になった人は、よびかけ員にもどります。</li>
            </ul>
            """)
    }

    func question(_ typed: CancellationForm, problem: String?) -> HTML {
        Field(
            name: "because", label: "理由", hint: "本人へのメールにそのまま書かれます。",
            value: typed.because, problems: problem.map { [$0] } ?? []
        ).textArea(rows: 3)
    }
}

extension AppointmentUndoing.Outcome {
    var word: String {
        switch self {
        case .takenBack: "取り消す人"
        case .stays: "取り消さない人"
        }
    }
}

extension AppointmentUndoing.Hindrance {
    /// Why, and what can be done.
    var sentence: String {
        switch self {
        case .resigned: "そのあとに辞任しました。"
        case .revoked: "そのあとに解任しました。"
        case .deceased: "亡くなりました。"
        case .cancelled: "すでに取り消しました。"
        case .superseded: "そのあとに別の区分で任命しました。先にそちらの任命を取り消してください。"
        case .merged: "そのあとに、ほかの人とまとめました。先にまとめを解くか、一人ずつ取り消してください。"
        case .renewed: "次の年度も任命しています。一人ずつ取り消してください。"
        case .hasAppliedAgain: "よびかけ員にもどりますが、よびかけ員の新しい応募があります。先にその応募を終わらせてください。"
        }
    }
}
