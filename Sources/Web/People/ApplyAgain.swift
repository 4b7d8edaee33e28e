internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

extension ApplicationRecord {
    /// Whether it came to an end after which its owner may apply again: refused, taken back or not
    /// decided in time; or appointed, and the appointment was given up or has run out.
    func isOver(on day: Day) -> Bool {
        switch status(on: day) {
        case .applied(let state): [.rejected, .withdrawn, .expired].contains(state)
        case .appointed(let state): [.resigned, .expired].contains(state)
        }
    }
}

/// もう一度、応募する: why nothing goes on by itself, how to apply again, and until when.
struct AgainPart {
    let record: ApplicationRecord
    let rejection: StateRecord?
    let lapsed: LapsedRenewal?
    /// Whether an appointment that is over is about to be renewed, or was applied for anew.
    let goesOn: Bool
    let day: Day
    /// The rules of the year of that day, if there are any.
    let rules: FiscalYearRules?

    /// `notOpen` says why nobody can apply now.
    func html(notOpen: HTML) -> HTML { why + way(notOpen) }

    /// Why somebody was not taken, as the letter said it; or why the appointment was not renewed.
    private var why: HTML {
        if let rejection {
            return Part.note("info", "理由", "<p>\(HTML.lines(rejection.reason))</p>")
        }
        guard let lapsed else { return .none }
        let isOver = record.isOver(on: day)
        return Part.note("info", "更新していない理由", "<p>\(lapsed.sentence(isOver: isOver))</p>")
    }

    private func way(_ notOpen: HTML) -> HTML {
        let hasNext = lapsed.map { $0.outcome == .alreadyApplied && !$0.isByThis } ?? false
        guard record.isOver(on: day), !goesOn, !hasNext else { return .none }
        guard let rules, rules.closed(on: day) == nil else { return notOpen }
        let until = rules.closesOn ?? rules.year.lastDay
        let isKept = record.year == rules.year
        let target = isKept ? Route.form.with("again", "yes") : Route.eligibility.path
        return """
            <p><a href="\(href(target))">もう一度、応募する</a></p>
            <p>
              \(rules.year.word)の応募は、\(until.word)まで受け付けています。
              \(when(isKept, "前の応募の内容を入れたフォームが開きます。直してから送れます。"))
            </p>
            """
    }
}

extension LapsedRenewal {
    /// `isOver` where nothing more comes of the application in question.
    fileprivate func sentence(isOver: Bool) -> String {
        guard outcome == .alreadyApplied else { return outcome.reason }
        let over = "\(year.previous.word)の任命の期間は\(year.previous.lastDay.word)で終わりました。"
        return over
            + (isByThis
                ? "更新の手続中にこの応募を受け付けたため、更新は行っていません。"
                    + (isOver ? "" : "任命されるかどうかは、この応募の審査で決まります。")
                : "更新の手続中に\(year.word)の応募を受け付けたため、更新は行っていません。新しい受付番号で、その応募の状況を見られます。")
    }
}
