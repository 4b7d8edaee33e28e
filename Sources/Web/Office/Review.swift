internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 審査: one application with everything that was answered.
struct Review: Room {
    let site: Site

    func show(_ member: OfficeMember, _ request: Request) async throws -> Response {
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
        _ member: OfficeMember, _ request: Request, _ form: Form
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
        _ member: OfficeMember, _ record: ApplicationRecord, because reason: String,
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
        _ member: OfficeMember, _ receipt: String, _ form: ReviewForm
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
            corrected: try await corrected(record, form), problem: form.problem,
            reason: form.reason, search: form.search, done: form.done, last: form.last,
            line: try await line(record, form.along))
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

/// An application as the office decides on it.
struct ReviewPage {
    let record: ApplicationRecord
    let affiliations: [AffiliationRecord]
    /// What was asked before it was sent.
    let questions: [String]
    let appointment: AppointmentRecord?
    /// The badge's token, if it has one.
    let badge: String?
    let today: Day
    let viewings: [ViewingRecord]
    let states: [StateRecord]
    /// Who ended the appointment before its time.
    let ender: ActorRecord?
    /// Of the same person.
    let others: [ApplicationRecord]
    let proposals: [ProposalRecord]
    let corrected: CorrectedPart
    let problem: String?
    let reason: String
    /// The search from which somebody came.
    let search: String?
    let done: Reviewed?
    /// Who was decided on just before.
    let last: ApplicationRecord?
    /// Where it stands in the queue through which somebody goes.
    let line: ReviewLine?

    func html(csrf: String) -> HTML {
        """
        \(crumbs)\(Part.errorSummary((problem.map { [("reason", $0)] } ?? []) + corrected.problems))
        <section class="sec flow">
          <h1>応募の内容</h1>
          \(told(csrf))\(whole)\(Part.answers(pairs))\(asked)
        </section>
        \(corrected.html(csrf: csrf))\(belonging)\(appointment.map { term($0, csrf) } ?? .none)
        <section class="sec flow">
          <h2>これまでの状態</h2>
          <ul>
            \(each(states, Self.change))
            \(ending)
          </ul>
        </section>
        \(when(!others.isEmpty, otherList))\(when(!proposals.isEmpty, proposalList))
        \(when(isWaiting, decision(csrf)))\(reopening.html(csrf: csrf))
        \(line.map { $0.bar(isWaiting ? record : nil, corrected: corrected.count, csrf: csrf) })
        """
    }

    /// What was done here, or to the one before.
    private func told(_ csrf: String) -> HTML {
        if let done, done.isTrue(self) { return Part.done(done.sentence) }
        guard let last, last.id != record.id else { return .none }
        return Reviewed.told(of: last) + (line?.back(last, csrf: csrf) ?? .none)
    }

    private var reopening: ReopeningPart {
        ReopeningPart(record: record, along: line?.selection)
    }

    private var whole: HTML {
        "<p><a href=\"\(href(PersonPage.path(record)))\">この人の記録を全部見る</a></p>"
    }

    private var crumbs: HTML {
        let above = search.map { NextPage(Route.people.with("search", $0), "探した結果にもどる") }
        let queue = line?.selection.queue() ?? Route.queue.path
        return Part.crumbs([above ?? NextPage(queue, "応募を確認する")], "応募の内容")
    }

    private func term(_ appointment: AppointmentRecord, _ csrf: String) -> HTML {
        let state = appointment.term.state(on: today)
        let link = badge.map { token -> HTML in
            "<p><a href=\"\(href(RoutePattern.verify.path(token)))\">任命の証明とバッジを見る</a></p>"
        }
        let days = [
            ("任命の最初の日", appointment.term.from.word),
            ("任命の最後の日", appointment.term.lastDay.word),
        ]
        let answers = Part.answers(
            [
                ("任命の状態", state.word), ("任命番号", appointment.number),
                ("委員番号", appointment.memberNumber),
            ] + (appointment.term.holdsOnNoDay ? [] : days))
        let ending = EndingPart(
            record: record, appointment: appointment, today: today, successor: successor)
        return """
            <section class="sec flow">
              <h2>任命</h2>
              \(answers)\(link ?? "<p>オープンバッジはありません。</p>")
              \(CertificatePart(record: record, term: appointment.term).html(csrf: csrf))
              \(ending.html(csrf: csrf))
            </section>
            """
    }

    /// Another application of the kind and year that counts now.
    private var successor: ApplicationRecord? {
        others.first { other in
            guard (other.kind, other.year) == (record.kind, record.year) else { return false }
            return switch other.status(on: today) {
            case .applied(let state): state.isLive
            case .appointed(let state): [.scheduled, .active].contains(state)
            }
        }
    }

    /// How the appointment came to its end before its time.
    private var ending: HTML {
        guard let term = appointment?.term, let reason = term.endReason else { return .none }
        // 取消 and 統合 hold from no day on; the journal knows when it was said.
        let day = term.holdsOnNoDay ? "" : "\(term.endsOn.word)："
        return "<li>\(day)\(AppointmentState(reason).word)\(ender.map(Self.by))</li>"
    }

    private static func change(_ state: StateRecord) -> HTML {
        let reason = HTML.lines(state.cause?.word ?? state.reason)
        return """
            <li>
              \(state.trueOn.word)：\(state.state.word)
              \(when(!state.reason.isEmpty, "（\(reason)）"))\(Self.by(state.actor))
            </li>
            """
    }

    private static func by(_ actor: ActorRecord) -> HTML {
        "<span class=\"by\">だれが：\(actor.word)</span>"
    }

    private var otherList: HTML {
        let lines = others.map { other -> HTML in
            let link = href(Route.review.with("receipt", other.receipt))
            return """
                <li>
                  <a href="\(link)">\(other.receipt)</a>（\(other.year.word)、\(other.kind.word)、
                  \(other.receivedOn.word)受付）：\(other.status(on: today).word)
                </li>
                """
        }
        return """
            <section class="sec flow"><h2>この人のほかの応募</h2><ul>\(each(lines) { $0 })</ul></section>
            """
    }

    /// What organizations' files say otherwise; nothing was changed by it.
    private var proposalList: HTML {
        let lists = proposals.map { proposal -> HTML in
            let said = proposal.answers.answers.filter { !$0.text.isEmpty }
                .sorted { $0.field.position < $1.field.position }
            return """
                <h3>\(proposal.organizationName)（\(proposal.knownFrom.word)）</h3>
                \(Part.answers(said.map { ($0.field.heading, $0.word) }))
                """
        }
        return """
            <section class="sec flow">
              <h2>団体の名簿に書かれていた内容</h2>
              <p>次の点が応募の内容と違います。応募の内容は変わっていません。</p>
              \(each(lists) { $0 })
            </section>
            """
    }

    private var isWaiting: Bool { record.state.waitsForOffice }

    private var pairs: [(String, String)] {
        [
            ("受付番号", record.receipt), ("受付日", record.receivedOn.word),
            ("いまの状態", record.status(on: today).word),
            ("年度", record.year.word), ("応募区分", record.kind.word),
            ("募集対象の区分", record.category.word), ("事業", record.programmeName),
            ("所属団体", record.organizationName),
        ] + TextQuestion.having(.ofWork).map { ($0.field.label, record.texts[$0.field]) } + [
            ("経路", record.route.word), ("氏名", record.name), ("氏名（カナ）", record.kana),
            ("郵便番号", PostalCodeWords.word(record.postalCode)),
            ("住所", record.address),
            ("メールアドレス", record.email), ("電話番号", record.texts[.phone]),
            ("オープンバッジ", record.wantsBadge ? "希望する" : "希望しない"),
            ("次の年度の更新に、入力した内容を使う", record.reuse.word),
        ] + viewings.map { $0.answerWithEvidence(in: record.year) }
    }

    private func decision(_ csrf: String) -> HTML {
        let approval = Part.form(
            .approve, csrf: csrf,
            """
            \(ReviewLine.approved(record, corrected.count, line?.selection))
            \(Part.button("承認する"))
            """
        )
        let field = Field(
            name: "reason", label: "承認しない理由", hint: "応募した人へのメールにそのまま書かれます。", value: reason,
            problems: problem.map { [$0] } ?? []
        ).textArea(rows: 3)
        let rejection = Part.form(
            .reject, csrf: csrf,
            """
            \(AskingPage.unseen([("receipt", record.receipt)] + (line?.selection).answers))\(field)
            <div class="btns"><button class="btn" type="submit">承認しない</button></div>
            """)
        return """
            <section class="sec flow"><h2>承認する</h2>\(approval)</section>
            <section class="sec flow"><h2 id="refuse" tabindex="-1">承認しない</h2>\(rejection)</section>
            """
    }
}

extension ReachedState.Cause {
    fileprivate var word: String {
        switch self {
        case .renewal: "年度更新"
        case .undoneFile: "団体の名簿の送信の取消し"
        }
    }
}
