internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 審査: one application with everything that was answered.
struct Review: Room {
    let site: Site

    func show(_ member: CaseReader, _ request: Request) async throws -> Response {
        let receipt = try request.query.single("receipt") ?? ""
        if let record = try await office.reading.application(receipt: receipt) {
            try await office.witness(
                .openApplication, on: "application:\(record.id)", by: member.actor)
        }
        let search = try request.query.single("search") ?? ""
        return try await reviewPage(
            member, receipt,
            ReviewForm(
                search: Searches.isID(search) ? search : nil,
                along: try QueueSelection.along(request.query),
                last: try await Reviewed.last(request.query, office.reading),
                done: try request.query.single(Reviewed.field).flatMap { Reviewed(rawValue: $0) }))
    }

    func reject(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        let receipt = try form.single("receipt") ?? ""
        let reason = Self.paragraph(try form.single("reason") ?? "")
        let along = try QueueSelection.along(form)
        guard !reason.isEmpty, reason.unicodeScalars.count <= 200 else {
            let problem = reason.isEmpty ? "理由を入力してください。" : "理由は200文字以内で入力してください。"
            return try await reviewPage(
                member, receipt, ReviewForm(reason: reason, problem: problem, along: along))
        }
        guard let record = try await office.reading.application(receipt: receipt) else {
            throw Refusal.notFound
        }
        if try form.single("edit") == "yes" {
            return try await reviewPage(
                member, receipt, ReviewForm(reason: reason, along: along))
        }
        if try form.single("sure") != "yes", record.state.waitsForOffice {
            return try askToReject(member, record, because: reason, along)
        }
        let isDone = try await site.onceOnly(
            { try await office.reject(record.id, because: reason, by: member.actor) },
            isDone: { try await office.reading.application(id: record.id)?.state == .rejected })
        guard isDone else {
            return await site.decidedOtherwise(
                request, shownOn: along.review(record.receipt))
        }
        if let along {
            return try await next(after: record, in: along, member, done: "rejected")
        }
        return try member.visitor.seeOther(.queue, "rejected", record.receipt)
    }

    private func askToReject(
        _ member: some StaffMember, _ record: ApplicationRecord, because reason: String,
        _ along: QueueSelection?
    ) throws -> Response {
        let csrf = member.visitor.csrf
        let answers = [("receipt", record.receipt), ("reason", reason)] + along.answers
        let edit = AskingPage.hidden(answers, "edit")
        let page = AskingPage(
            heading: "承認しないことにしますか",
            sentence: record.email.isEmpty
                ? "メールアドレスがないため、本人には知らせません。" : "次の理由を、本人にメールで知らせます。",
            people: [record], count: 1,
            form: Part.answers([("理由", reason)])
                + Part.form(
                    .reject, csrf: csrf,
                    AskingPage.hidden(answers) + Part.button("1件を承認しない")),
            back: Part.form(
                .reject, csrf: csrf,
                edit
                    + """
                    <div class="btns">
                      <button class="btn" type="submit">もどって、理由を直す</button>
                    </div>
                    """
            ))
        return try respond(
            to: member, StaffPage(title: page.heading, place: .queue, main: page.html))
    }

    /// What was typed, line by line, without blanks at the ends and empty lines around it.
    static func paragraph(_ typed: String) -> String {
        let lines = typed.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        guard let first = lines.firstIndex(where: { !$0.isEmpty }),
            let last = lines.lastIndex(where: { !$0.isEmpty })
        else { return "" }
        return lines[first...last].joined(separator: "\n")
    }

    func reviewPage(
        _ member: some StaffMember, _ receipt: String, _ form: ReviewForm
    ) async throws -> Response {
        guard let record = try await office.reading.application(receipt: receipt) else {
            throw Refusal.notFound
        }
        let viewings = try await office.reading.viewings(of: record.id)
        let page = ReviewPage(
            record: record,
            affiliations: try await office.reading.affiliations(of: record),
            questions: try await questions(about: record, viewings),
            appointment: try await office.reading.appointment(ofApplication: record.id),
            badge: try await office.reading.badgeToken(ofApplication: record.id),
            today: office.today, viewings: viewings,
            states: try await office.reading.states(of: record.id),
            ender: try await ender(ofApplication: record.id),
            others: try await office.reading.otherApplications(than: record),
            proposals: try await office.reading.proposals(of: record.id),
            amendments: try await office.reading.amendments(of: record.id),
            left: try await office.reading.leavings(among: [record.id])[record.id],
            corrected: try await corrected(record, form), rights: member.account.rights,
            problem: form.problem, reason: form.reason, search: form.search, done: form.done,
            last: form.last, line: try await line(record, form.along))
        return try respond(
            to: member,
            StaffPage(
                title: "応募の内容", place: form.search == nil ? .queue : .people,
                main: page.html(csrf: member.visitor.csrf), hasProblems: form.hasProblems))
    }

    private func line(
        _ record: ApplicationRecord, _ along: QueueSelection?
    ) async throws -> ReviewLine? {
        guard let along else { return nil }
        let filter = along.filter(in: office.year, on: office.today)
        return try await office.reading.spot(of: record.id, in: filter).map {
            ReviewLine(selection: along, spot: $0)
        }
    }

    private func ender(ofApplication id: Int) async throws -> ActorRecord? {
        guard let appointment = try await office.reading.appointment(ofApplication: id),
            let reason = appointment.term.endReason
        else { return nil }
        return try await office.reading.actor(
            of: reason.act, on: "appointment:\(appointment.number)")
    }
}

/// What was typed on the page of an application.
struct ReviewForm {
    /// Why it is not approved.
    var reason = ""
    var problem: String?
    /// Why what its owner asked for is not done.
    var why = ""
    var whyProblem: String?
    /// The search from which somebody came.
    var search: String?
    /// The queue through which somebody goes.
    var along: QueueSelection?
    /// Who was decided on just before, if the address says so.
    var last: ApplicationRecord?
    /// What was done just now, if the address says so.
    var done: Reviewed?

    var hasProblems: Bool { problem != nil || whyProblem != nil }
}
