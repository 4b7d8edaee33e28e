internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store
internal import Words

/// あなたの応募: the page behind the mailed number, and what its owner does there.
struct OwnPage: Room {
    let site: Site

    func show(_ applicant: Applicant, _ request: Request) async throws -> Response {
        let saved = try request.query.single(Saved.field).flatMap { Saved(rawValue: $0) }
        return try await page(of: applicant, saved: saved)
    }

    func page(
        of applicant: Applicant, problem: String? = nil, told: NextYearForm = NextYearForm(),
        saved: Saved? = nil
    ) async throws -> Response {
        let (visitor, id) = (applicant.visitor, applicant.id)
        guard let record = try await office.reading.application(id: id) else {
            return try visitor.seeOther(.status)
        }
        let viewings = try await office.reading.viewings(of: id)
        let appointment = try await office.reading.appointment(ofApplication: id)
        let badge = try await office.reading.badgeToken(ofApplication: id)
        let states = try await office.reading.states(of: id)
        let rejection = states.last { $0.state == record.state && $0.state == .rejected }
        let outlook = try await office.renewalOutlook(ofApplication: id)
        let lapsed = try await office.lapsedRenewal(of: record, appointment)
        let rules = try await office.rules(of: office.year)
        let again = AgainPart(
            record: record, rejection: rejection, lapsed: lapsed,
            goesOn: outlook?.stateWord != nil || outlook?.outcome == .alreadyApplied,
            day: office.today, rules: rules
        ).html(notOpen: site.notOpen(rules, office.year))
        let problems = (problem.map { [("sure", $0)] } ?? []) + told.summary
        let done = saved.flatMap { $0.isTrue(of: record, outlook) ? $0 : nil }
        let page = Page(
            title: "あなたの応募", isError: !problems.isEmpty, reader: .applicant(name: record.name),
            onPaper: NextPage(Route.status.path, "応募の状況を見る画面"),
            main: Part.errorSummary(problems) + (done.map { Part.done($0.sentence) } ?? .none)
                + OwnPart(
                    record: record, appointment: appointment, outlook: outlook,
                    viewings: viewings, again: again, today: office.today
                ).html(csrf: visitor.csrf)
                + (outlook.map { NextYearPart(outlook: $0, form: told).html(csrf: visitor.csrf) }
                    ?? .none)
                + appointedPart(appointment, badge, problem, csrf: visitor.csrf))
        return try visitor.carrying(
            page.response(site, status: problems.isEmpty ? .ok : .unprocessable))
    }

    /// やめる: acts only on a POST, with the days it means.
    func resign(
        _ applicant: Applicant, _ request: Request, _ form: Form
    ) async throws -> Response {
        let (visitor, id) = (applicant.visitor, applicant.id)
        guard try form.single("sure") == "yes" else {
            return try await page(of: applicant, problem: "やめるときは、「今日で、やめる」に印をつけてください。")
        }
        let isDone = try await site.onceOnly(
            { try await office.resign(application: id, by: .applicant) },
            isDone: {
                try await office.reading.appointment(ofApplication: id)?.term.endReason == .resigned
            })
        guard isDone else {
            return await site.decidedOtherwise(request, shownOn: Route.mine.path)
        }
        return try visitor.seeOther(.mine, Saved.field, Saved.resigned.rawValue)
    }

    private func appointedPart(
        _ appointment: AppointmentRecord?, _ badge: String?, _ problem: String?, csrf: String
    ) -> HTML {
        guard let appointment, appointment.term.endReason == nil,
            appointment.term.state(on: office.today) == .active
        else { return .none }
        let sure = Field(name: "sure", label: "", problems: problem.map { [$0] } ?? []).checkbox(
            "今日（\(office.today.word)）で、やめる")
        let link = badge.map { token -> HTML in
            "<p><a href=\"\(href(RoutePattern.verify.path(token)))\">任命の証明とバッジを見る</a></p>"
        }
        return """
            <section class="sec flow screen">
              <h2>バッジ</h2>
              \(link ?? "<p>オープンバッジは希望していません。</p>")
            </section>
            <section class="sec flow screen">
              <h2>やめるとき</h2>
              \(when(badge != nil, "<p>やめると、オープンバッジは使えなくなります。</p>"))
              \(Part.form(.resign, csrf: csrf, sure + Part.plainButton("やめる")))
            </section>
            """
    }
}

/// What was done on the own page just now, said at its top.
enum Saved: String {
    static let field = "saved"

    case viewings, renewal, resigned

    /// Whether it is so of the application: an address that somebody was sent says nothing that was
    /// not done.
    func isTrue(of record: ApplicationRecord, _ outlook: RenewalOutlook?) -> Bool {
        switch self {
        case .viewings: outlook.map { !$0.told.isEmpty } ?? false
        case .renewal: outlook.map { $0.reuse != .notAsked } ?? false
        case .resigned: record.term?.endReason == .resigned
        }
    }

    var sentence: String {
        switch self {
        case .viewings: "見た日を登録しました。"
        case .renewal: "次の年度の更新についての答えを登録しました。"
        case .resigned: "辞任の申し出を受け付けました。"
        }
    }
}
