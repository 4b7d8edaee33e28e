internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 任命を終える, and the way back.
struct Endings: Room {
    let site: Site

    func show(_ member: Appointer, _ request: Request) async throws -> Response {
        let (record, appointment) = try await appointed(try request.query.single("receipt"))
        guard AppointmentEnding.days(of: appointment.term, on: office.today) != nil else {
            return try member.visitor.seeOther(.review, "receipt", record.receipt)
        }
        try await office.witness(
            .openApplication, on: "application:\(record.id)", by: member.actor)
        let form = EndingForm(day: office.today.description)
        return try page(member, record, appointment, form)
    }

    func end(
        _ member: Appointer, _ request: Request, _ form: Form
    ) async throws -> Response {
        let (record, appointment) = try await appointed(try form.single("receipt"))
        var typed = try EndingForm(form)
        guard let days = AppointmentEnding.days(of: appointment.term, on: office.today) else {
            return try await ended(record, typed, member, request)
        }
        guard let ending = typed.ending(in: days), try form.single("edit") != "yes" else {
            return try page(member, record, appointment, typed)
        }
        if try form.single("sure") != "yes" {
            return try ask(member, record, typed, ending)
        }
        let isDone = try await site.onceOnly(
            { try await office.end(appointmentOfApplication: record.id, ending, by: member.actor) },
            isDone: { false })
        return isDone
            ? try member.reviewed(record.receipt, .ended)
            : try await ended(record, typed, member, request)
    }

    /// A second press of the same by the same is no mistake; anything else is told.
    private func ended(
        _ record: ApplicationRecord, _ typed: EndingForm, _ member: Appointer, _ request: Request
    ) async throws -> Response {
        guard try await hasEnded(record, typed, by: member) else {
            return await site.decidedOtherwise(
                request, shownOn: Route.review.with("receipt", record.receipt))
        }
        return try member.reviewed(record.receipt, .ended)
    }

    private func hasEnded(
        _ record: ApplicationRecord, _ typed: EndingForm, by member: Appointer
    ) async throws -> Bool {
        guard let appointment = try await office.reading.appointment(ofApplication: record.id),
            let seen = try typed.seen, appointment.term.endReason == seen.reason,
            appointment.term.endsOn == seen.day
        else { return false }
        let ender = try await office.reading.actor(
            of: seen.reason.act, on: "appointment:\(appointment.number)")
        return ender?.actor == member.actor
    }

    func resume(
        _ member: Appointer, _ request: Request, _ form: Form
    ) async throws -> Response {
        let (record, _) = try await appointed(try form.single("receipt"))
        guard let seen = Int64(try form.single("seen") ?? "") else { throw Refusal.notFound }
        let isDone = try await site.onceOnly(
            {
                try await office.resume(
                    appointmentOfApplication: record.id, seen: Instant(microseconds: seen),
                    by: member.actor)
            },
            isDone: {
                try await office.reading.appointment(ofApplication: record.id)?.term.endReason
                    == nil
            })
        guard isDone else {
            return await site.decidedOtherwise(
                request, shownOn: Route.review.with("receipt", record.receipt))
        }
        return try member.reviewed(record.receipt, .resumed)
    }

    private func page(
        _ member: Appointer, _ record: ApplicationRecord, _ appointment: AppointmentRecord,
        _ form: EndingForm
    ) throws -> Response {
        let main = EndingPage(record: record, appointment: appointment, form: form)
            .html(csrf: member.visitor.csrf)
        return try respond(
            to: member,
            StaffPage(
                title: "任命を終える", place: .people, main: main,
                hasProblems: !form.problems.isEmpty))
    }

    private func ask(
        _ member: Appointer, _ record: ApplicationRecord, _ typed: EndingForm,
        _ ending: AppointmentEnding
    ) throws -> Response {
        let answers = [("receipt", record.receipt)] + typed.answers
        let csrf = member.visitor.csrf
        let edit = each(answers + [("edit", "yes")]) {
            "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">"
        }
        let page = AskingPage(
            heading: "任命を終えますか", sentence: ending.consequence(isReached: !record.email.isEmpty),
            people: [record], count: 1,
            form: Part.answers([
                ("理由", AppointmentState(ending.reason).word), ("任命の最後の日", ending.day.word),
                ("説明", ending.because),
            ])
                + Part.form(
                    .endAppointment, csrf: csrf,
                    AskingPage.hidden(answers) + Part.button("任命を終える")),
            back: Part.form(.endAppointment, csrf: csrf, edit + Part.plainButton("もどって直す")))
        return try respond(
            to: member, StaffPage(title: page.heading, place: .people, main: page.html))
    }
}

extension AppointmentEnding {
    /// What it does, before it is done.
    fileprivate func consequence(isReached: Bool) -> String {
        let badge = "オープンバッジは使えなくなります。"
        switch reason {
        case .deceased: return badge + "この人あてのメールは、送る前のものも、もう送りません。"
        case .revoked where isReached: return badge + "説明は、本人にメールで知らせます。"
        default: return badge + (isReached ? "本人にメールで知らせます。" : "メールアドレスがないため、本人には知らせません。")
        }
    }
}

extension Room {
    /// An application by its number, and what came of it. Throws `Refusal.notFound` without either.
    func appointed(
        _ receipt: String?
    ) async throws -> (ApplicationRecord, AppointmentRecord) {
        guard let record = try await office.reading.application(receipt: receipt ?? ""),
            let appointment = try await office.reading.appointment(ofApplication: record.id)
        else { throw Refusal.notFound }
        return (record, appointment)
    }
}
