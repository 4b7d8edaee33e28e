internal import Enrollment
internal import HTML
internal import HTTP
internal import Store
internal import Words

/// How an appointment is to end, as it was typed.
struct EndingForm {
    static let limit = 200
    private static let becauseHint =
        "解任のときは、本人へのメールにそのまま書かれます。ほかのときも、本人が受け取るデータに入ります。"

    var reason = ""
    var day: String
    var because = ""
    private var found: [(field: String, text: String)] = []

    init(day: String) { self.day = day }

    init(_ form: Form) throws {
        reason = try form.single("reason") ?? ""
        day = try form.single("ended_on") ?? ""
        because = Review.paragraph(try form.single("because") ?? "")
    }

    /// Beside their fields, in the order of the form.
    var problems: [(field: String, text: String)] { found }

    var answers: [(String, String)] {
        [("reason", reason), ("ended_on", day), ("because", because)]
    }

    /// Reason and day without a look at whether they fit; nil where they are none.
    var seen: AppointmentEnding? {
        guard let reason = AppointmentEnding.reasons.first(where: { $0.rawValue == reason }),
            case .day(let day) = TypedDay.read(day)
        else { return nil }
        return AppointmentEnding(reason, on: day, because: because)
    }

    /// What was meant, or nil with problems that say what to put right.
    mutating func ending(in days: ClosedRange<Day>) -> AppointmentEnding? {
        found = []
        let reason = AppointmentEnding.reasons.first { $0.rawValue == self.reason }
        if reason == nil { found.append(("reason", "理由を選んでください。")) }
        let day = readDay(in: days)
        if because.isEmpty, reason == .revoked {
            found.append(("because", "解任のときは、説明を入力してください。"))
        }
        if because.unicodeScalars.count > Self.limit {
            found.append(("because", "説明は\(Self.limit)文字以内で入力してください。"))
        }
        guard found.isEmpty, let reason, let day else { return nil }
        return AppointmentEnding(reason, on: day, because: because)
    }

    private mutating func readDay(in days: ClosedRange<Day>) -> Day? {
        switch TypedDay.read(day) {
        case .day(let day) where days.contains(day): return day
        case .day:
            let (first, last) = (days.lowerBound.word, days.upperBound.word)
            found.append(("ended_on", "最後の日は\(first)から\(last)までの日を入力してください。"))
        case .notInCalendar: found.append(("ended_on", "暦にない日付です。日を直してください。"))
        case .unreadable:
            found.append(("ended_on", "最後の日は「2026-11-24」のように入力してください。"))
        }
        return nil
    }

    var fields: HTML {
        HTML.joined([
            Field(name: "reason", label: "理由", value: reason, problems: problems(of: "reason"))
                .select(
                    AppointmentEnding.reasons.map { ($0.rawValue, AppointmentState($0).word) }),
            Field(
                name: "ended_on", label: "任命の最後の日", hint: "例：2026-11-24", value: day,
                problems: problems(of: "ended_on"), isShort: true
            ).textInput,
            Field(
                name: "because", label: "説明", isRequired: false, hint: Self.becauseHint,
                value: because, problems: problems(of: "because")
            ).textArea(rows: 3),
        ])
    }

    private func problems(of field: String) -> [String] {
        found.filter { $0.field == field }.map(\.text)
    }
}

/// The page of one appointment that is to end.
struct EndingPage {
    let record: ApplicationRecord
    let appointment: AppointmentRecord
    let form: EndingForm

    func html(csrf: String) -> HTML {
        let back = NextPage(Route.review.with("receipt", record.receipt), "応募の内容")
        return """
            \(Part.crumbs([back], "任命を終える"))\(Part.errorSummary(form.problems))
            <section class="sec flow">
              <h1>任命を終える</h1>
              \(Part.answers(pairs))
              \(Part.form(.endAppointment, csrf: csrf, hidden + form.fields + Part.button("確かめる")))
            </section>
            """
    }

    private var hidden: HTML {
        "<input type=\"hidden\" name=\"receipt\" value=\"\(record.receipt)\">"
    }

    private var pairs: [(String, String)] {
        [
            ("氏名", record.name), ("応募区分", record.kind.word), ("任命番号", appointment.number),
            ("任命の最初の日", appointment.term.from.word), ("任命の最後の日", appointment.term.lastDay.word),
        ]
    }
}

/// What can be done about an appointment, on the page of its application.
struct EndingPart {
    let record: ApplicationRecord
    let appointment: AppointmentRecord
    let today: Day
    /// What the person has applied for since; nil where there is nothing.
    let successor: ApplicationRecord?

    private var term: Term { appointment.term }

    func html(csrf: String) -> HTML {
        if AppointmentEnding.days(of: term, on: today) != nil {
            let link = href(Route.endAppointment.with("receipt", record.receipt))
            return "<p><a href=\"\(link)\">任命を終える（辞任・解任・死亡）</a></p>\(cancelling)"
        }
        return resuming(csrf) + when(AppointmentEnding.mayCancel(term), cancelling)
    }

    private func resuming(_ csrf: String) -> HTML {
        guard AppointmentEnding.mayBeTakenBack(term, on: today) else { return .none }
        if let successor {
            let link = href(Route.review.with("receipt", successor.receipt))
            return """
                <p>この人は、そのあともう一度応募しています（<a href="\(link)">\(successor.receipt)</a>）。
                  そのため、この任命にはもどせません。</p>
                """
        }
        let sentence =
            term.endReason == .cancelled
            ? "取消しがまちがいだったときは、取消しの前にもどせます。本人にメールで知らせます。"
            : "まちがいだったときは、任命にもどせます。オープンバッジは前と同じリンクで使えるようになり、本人にメールで知らせます。"
        return """
            <p>\(sentence)</p>
            \(Part.form(
                .resumeAppointment, csrf: csrf,
                AskingPage.hidden(seen) + Part.plainButton("任命にもどす")))
            """
    }

    private var cancelling: HTML {
        let link = href(Route.cancelAppointment.with("receipt", record.receipt))
        return "<p><a href=\"\(link)\">任命を取り消す（はじめから誤りだったとき）</a></p>"
    }

    /// The end that this page shows; another one is not taken back by it.
    private var seen: [(String, String)] {
        [
            ("receipt", record.receipt), ("seen", String(appointment.knownFrom.microseconds)),
        ]
    }
}
