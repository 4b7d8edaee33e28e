internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 審査にもどす: what was approved or refused, one or all of one act.
struct Reopenings: Room {
    let site: Site

    /// The last approvals whose applications wait for a 決裁.
    func show(_ member: Reviewer, _ request: Request) async throws -> Response {
        let page = ApprovalsPage(
            approvals: try await office.reading.approvals(in: office.year, limit: 50))
        return try respond(
            to: member,
            StaffPage(
                title: ApprovalsPage.heading, place: .queue,
                main: page.html(csrf: member.visitor.csrf)))
    }

    func reopen(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        if let receipt = try form.single("receipt") {
            return try await reopenOne(receipt, member, request, form)
        }
        guard let microseconds = Int64(try form.single("at") ?? ""),
            let count = Int(try form.single("count") ?? "")
        else { throw Refusal.notFound }
        let at = Instant(microseconds: microseconds)
        let ids = try await office.reading.approved(at: at, in: office.year)
        if try form.single("sure") != "yes", ids.count == count, count > 0 {
            let people = try await office.reading.applications(among: ids, limit: 50)
            return try ask(
                member, people, count, [("at", String(microseconds)), ("count", String(count))])
        }
        var moved = 0
        let isDone = try await site.onceOnly(
            {
                moved = try await office.reopen(
                    approvedAt: at, expecting: count, by: member.actor)
            }, isDone: { ids.isEmpty })
        return isDone
            ? try member.visitor.seeOther(.queue, "reopened", String(moved))
            : await site.decidedOtherwise(request, shownOn: Route.approvals.path)
    }

    private func reopenOne(
        _ receipt: String, _ member: some StaffMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let record = try await office.reading.application(receipt: receipt),
            let seen = ApplicationState(rawValue: try form.single("seen") ?? "")
        else { throw Refusal.notFound }
        let along = try QueueSelection.along(form)
        if try form.single("sure") != "yes", record.state == seen {
            return try ask(
                member, [record], 1,
                [("receipt", receipt), ("seen", seen.rawValue)] + along.answers)
        }
        let isDone = try await site.onceOnly(
            { try await office.reopen(record.id, seen: seen, by: member.actor) },
            isDone: {
                try await office.reading.application(id: record.id)?.state == .reviewing
            })
        return isDone
            ? try member.reviewed(receipt, .reopened, along: along)
            : await site.decidedOtherwise(request, shownOn: along.review(receipt))
    }

    private func ask(
        _ member: some StaffMember, _ people: [ApplicationRecord], _ count: Int,
        _ answers: [(String, String)]
    ) throws -> Response {
        let page = AskingPage(
            heading: "\(count.grouped)件を審査にもどしますか",
            sentence: people.first?.state.askedBeforeReopening ?? "",
            people: people, count: count,
            form: Part.form(
                .reopen, csrf: member.visitor.csrf,
                AskingPage.hidden(answers) + Part.button("\(count.grouped)件を審査にもどす")),
            back: AskingPage.back())
        return try respond(
            to: member, StaffPage(title: page.heading, place: .queue, main: page.html))
    }
}

/// 承認の記録.
struct ApprovalsPage {
    static let heading = "承認を取り消す"
    let approvals: [ApprovalRecord]

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(Route.queue, "応募を確認する")], Self.heading))
        <section class="sec flow">
          <h1>\(Self.heading)</h1>
          <p>まちがって承認したときは、任命するまで、審査にもどせます。同じときに承認した応募を、まとめてもどします。
            1件だけのときは、その応募の内容のページでもどしてください。</p>
          \(list(csrf))
        </section>
        """
    }

    private func list(_ csrf: String) -> HTML {
        guard !approvals.isEmpty else { return "<p>承認して、決裁を待っている応募はありません。</p>" }
        let rows = approvals.map { approval -> [HTML] in
            [
                "\(approval.at.word)", "\(approval.actor.word)", "\(approval.count.grouped)",
                Part.form(
                    .reopen, csrf: csrf,
                    """
                    <input type="hidden" name="at" value="\(Int(approval.at.microseconds))">
                    <input type="hidden" name="count" value="\(approval.count)">
                    <button class="btn" type="submit">
                      審査にもどす<span class="vh">（\(approval.at.word)の\(approval.count.grouped)件）</span>
                    </button>
                    """),
            ]
        }
        return Table("決裁を待っている承認", ["承認した日時", "だれが", .number("件数"), "取消"], rows).html
    }
}

/// The way back from a decision, on the page of its application.
struct ReopeningPart {
    let record: ApplicationRecord
    var along: QueueSelection?

    func html(csrf: String) -> HTML {
        guard [.approved, .rejected, .expired].contains(record.state), record.route != .renewal
        else {
            return .none
        }
        let seen = AskingPage.unseen(
            [("receipt", record.receipt), ("seen", record.state.rawValue)] + along.answers)
        return """
            <section class="sec flow">
              <h2>審査にもどす</h2>
              <p>\(record.state.decision)がまちがいだったときは、もう一度審査できます。</p>
              \(Part.form(.reopen, csrf: csrf, seen + Part.plainButton("審査にもどす")))
            </section>
            """
    }
}

extension ApplicationState {
    /// What may have been a mistake.
    fileprivate var decision: String {
        switch self {
        case .approved: "承認"
        case .expired: "期限切れ"
        default: "不承認"
        }
    }

    /// What becomes of it, and who is told.
    fileprivate var askedBeforeReopening: String {
        switch self {
        case .rejected: "不承認を取り消し、もう一度審査します。本人にメールで知らせます。"
        case .expired:
            "補正の期限切れを取り消し、いまの内容のまま、もう一度審査します。本人にメールで知らせます。"
        default: "承認を取り消し、もう一度審査します。承認は本人に知らせていないため、メールは送りません。"
        }
    }
}
