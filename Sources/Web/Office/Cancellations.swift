internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 任命を取り消す: an appointment that was wrong from the start.
struct Cancellations: Room {
    let site: Site

    /// Of which state of the appointment a form speaks.
    static let seenField = "seen"

    func show(_ member: Appointer, _ request: Request) async throws -> Response {
        let (record, appointment) = try await appointed(try request.query.single("receipt"))
        guard AppointmentEnding.mayCancel(appointment.term) else {
            return try member.visitor.seeOther(.review, "receipt", record.receipt)
        }
        try await office.witness(
            .openApplication, on: "application:\(record.id)", by: member.actor)
        return try page(member, record, appointment, CancellationForm())
    }

    func cancel(
        _ member: Appointer, _ request: Request, _ form: Form
    ) async throws -> Response {
        let (record, appointment) = try await appointed(try form.single("receipt"))
        let typed = CancellationForm(because: Review.paragraph(try form.single("because") ?? ""))
        let seen = Instant(microseconds: Int64(try form.single(Self.seenField) ?? "") ?? 0)
        guard AppointmentEnding.mayCancel(appointment.term), appointment.knownFrom == seen else {
            return try await cancelled(record, member, request)
        }
        guard typed.problem == nil, try form.single("edit") != "yes" else {
            return try page(
                member, record, appointment, typed, isRefused: typed.problem != nil)
        }
        if try form.single("sure") != "yes" {
            return try ask(member, record, appointment, typed)
        }
        let isDone = try await site.onceOnly(
            {
                try await office.cancel(
                    appointmentOfApplication: record.id, seen: seen, because: typed.because,
                    by: member.actor)
            }, isDone: { false })
        return isDone
            ? try member.reviewed(record.receipt, .cancelled)
            : try await cancelled(record, member, request)
    }

    /// A second press by the same is no mistake; anything else is told.
    private func cancelled(
        _ record: ApplicationRecord, _ member: Appointer, _ request: Request
    ) async throws -> Response {
        let (_, appointment) = try await appointed(record.receipt)
        let actor = try await office.reading.actor(
            of: EndReason.cancelled.act, on: "appointment:\(appointment.number)")
        guard appointment.term.endReason == .cancelled, actor?.actor == member.actor else {
            return await site.decidedOtherwise(
                request, shownOn: Route.review.with("receipt", record.receipt))
        }
        return try member.reviewed(record.receipt, .cancelled)
    }

    private func page(
        _ member: Appointer, _ record: ApplicationRecord, _ appointment: AppointmentRecord,
        _ form: CancellationForm, isRefused: Bool = false
    ) throws -> Response {
        let page = CancellationPage(
            record: record, appointment: appointment,
            mayEnd: AppointmentEnding.days(of: appointment.term, on: office.today) != nil,
            form: form, isRefused: isRefused)
        return try respond(
            to: member,
            StaffPage(
                title: CancellationPage.heading, place: .people,
                main: page.html(csrf: member.visitor.csrf), hasProblems: isRefused))
    }

    private func ask(
        _ member: Appointer, _ record: ApplicationRecord, _ appointment: AppointmentRecord,
        _ typed: CancellationForm
    ) throws -> Response {
        let answers = [
            ("receipt", record.receipt), ("because", typed.because),
            (Self.seenField, String(appointment.knownFrom.microseconds)),
        ]
        let csrf = member.visitor.csrf
        let edit = AskingPage.hidden(answers, "edit")
        let told =
            record.email.isEmpty
            ? "メールアドレスがないため、本人には知らせません。"
            : "任命のお知らせがもう届いているときは、理由を本人にメールで知らせます。"
        let page = AskingPage(
            heading: "任命を取り消しますか",
            sentence: "任命は、はじめからなかったことになり、これからの集計に入りません。任命番号はもう使いません。"
                + "オープンバッジは使えなくなります。" + told,
            people: [record], count: 1,
            form: Part.answers([("理由", typed.because)])
                + Part.form(
                    .cancelAppointment, csrf: csrf,
                    AskingPage.hidden(answers) + Part.button("任命を取り消す")),
            back: Part.form(
                .cancelAppointment, csrf: csrf, edit + Part.plainButton("もどって直す")))
        return try respond(
            to: member, StaffPage(title: page.heading, place: .people, main: page.html))
    }
}

/// Why an appointment is cancelled, as it was typed.
struct CancellationForm {
    static let limit = 200
    var because = ""

    var problem: String? {
        if because.isEmpty { return "理由を入力してください。" }
        guard because.unicodeScalars.count <= Self.limit else {
            return "理由は\(Self.limit)文字以内で入力してください。"
        }
        return nil
    }
}

/// The page of one appointment that is to be cancelled.
struct CancellationPage {
    static let heading = "任命を取り消す"
    let record: ApplicationRecord
    let appointment: AppointmentRecord
    /// Whether it can end as of a day instead.
    let mayEnd: Bool
    let form: CancellationForm
    let isRefused: Bool

    func html(csrf: String) -> HTML {
        let back = NextPage(Route.review.with("receipt", record.receipt), "応募の内容")
        let problem = isRefused ? form.problem : nil
        let field = Field(
            name: "because", label: "理由", hint: "本人へのメールにそのまま書かれます。", value: form.because,
            problems: problem.map { [$0] } ?? [])
        let ending = href(Route.endAppointment.with("receipt", record.receipt))
        let seen = each([
            ("receipt", record.receipt),
            (Cancellations.seenField, String(appointment.knownFrom.microseconds)),
        ]) { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" }
        return """
            \(Part.crumbs([back], Self.heading))
            \(Part.errorSummary(problem.map { [("because", $0)] } ?? []))
            <section class="sec flow">
              <h1>\(Self.heading)</h1>
              <p>はじめから誤りだった任命を取り消します。</p>
              \(when(
                  mayEnd,
                  "<p>ある日までは正しかったときは、<a href=\"\(ending)\">任命を終える</a>を使ってください。</p>"))
              \(Part.answers([
                  ("氏名", record.name), ("応募区分", record.kind.word),
                  ("任命番号", appointment.number), ("任命の最初の日", appointment.term.from.word),
                  ("任命の最後の日", appointment.term.lastDay.word),
              ]))
              \(Part.form(
                  .cancelAppointment, csrf: csrf,
                  seen + field.textArea(rows: 3) + Part.button("確かめる")))
            </section>
            """
    }
}
