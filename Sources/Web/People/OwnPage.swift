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
        saved: Saved? = nil, trouble: OwnTrouble? = nil
    ) async throws -> Response {
        let visitor = applicant.visitor
        guard let facts = try await facts(of: applicant.id) else {
            return try visitor.seeOther(.status)
        }
        let fix = FixPart(facts: facts, trouble: trouble?.ofAmendment, today: office.today)
        let problems =
            (problem.map { [("sure", $0)] } ?? []) + told.summary + (fix?.summary ?? [])
            + (trouble?.unsure.map { [(ListingPart.field($0), ListingPart.unmarked)] } ?? [])
        let done = saved.flatMap { $0.isTrue(of: facts) ? $0 : nil }
        let record = facts.record
        let appointed = AppointedPart(facts, today: office.today, settings: office.settings)
        let page = Page(
            title: "あなたの応募", isError: !problems.isEmpty, reader: .applicant(name: record.name),
            onPaper: NextPage(Route.status.path, "応募の状況を見る画面"),
            main: Part.errorSummary(problems) + (done.map { Part.done($0.sentence) } ?? .none)
                + (fix?.html(csrf: visitor.csrf) ?? .none) + (appointed?.html ?? .none)
                + OwnPart(
                    facts: facts, again: again(facts), today: office.today,
                    isBelow: fix != nil || appointed != nil
                ).html(csrf: visitor.csrf)
                + ListingPart(facts: facts, unsure: trouble?.unsure).html(csrf: visitor.csrf)
                + OwnNotesPart(notes: facts.notes).html
                + CorrectionPart(facts: facts).html(csrf: visitor.csrf)
                + (facts.outlook.map {
                    NextYearPart(outlook: $0, form: told).html(csrf: visitor.csrf)
                } ?? ReusePart(record: record, form: told).html(csrf: visitor.csrf))
                + WithdrawPart(record: record, problem: problem).html(csrf: visitor.csrf)
                + Self.certificatePart(facts.appointment?.term)
                + resignPart(appointed, problem, csrf: visitor.csrf)
                + Self.dataPart(csrf: visitor.csrf))
        return try visitor.carrying(
            page.response(
                site,
                status: trouble?.ofAmendment?.status ?? (problems.isEmpty ? .ok : .unprocessable)))
    }

    private func facts(of id: Int) async throws -> OwnFacts? {
        guard let record = try await office.reading.application(id: id) else { return nil }
        let appointment = try await office.reading.appointment(ofApplication: id)
        return OwnFacts(
            record: record, viewings: try await office.reading.viewings(of: id),
            appointment: appointment,
            badge: try await office.reading.badgeToken(ofApplication: id),
            states: try await office.reading.states(of: id),
            outlook: try await office.renewalOutlook(ofApplication: id),
            lapsed: try await office.lapsedRenewal(of: record, appointment),
            rules: try await office.rules(of: office.year),
            own: try await office.ownAnswers(ofApplication: id),
            request: try await office.reading.correctionRequest(of: id),
            proposals: try await office.reading.proposals(of: id),
            amendments: try await office.reading.amendments(of: id),
            listings: try await office.reading.listings(of: record),
            corrections: try await office.reading.correctionCount(of: id),
            notes: try await office.reading.shownNotes(ofApplication: id),
            hasMovedMail: try await office.reading.actor(of: .changeMail, on: "application:\(id)")
                != nil)
    }

    private func again(_ facts: OwnFacts) -> HTML {
        let outlook = facts.outlook
        return AgainPart(
            record: facts.record, rejection: facts.rejection, lapsed: facts.lapsed,
            goesOn: outlook?.stateWord != nil || outlook?.outcome == .alreadyApplied,
            day: office.today, rules: facts.rules
        ).html(notOpen: site.notOpen(facts.rules, office.year))
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

    /// 取り下げる: acts only on a POST, with the mark that says so.
    func withdraw(
        _ applicant: Applicant, _ request: Request, _ form: Form
    ) async throws -> Response {
        let (visitor, id) = (applicant.visitor, applicant.id)
        guard try form.single("sure") == "yes" else {
            return try await page(of: applicant, problem: WithdrawPart.unmarked)
        }
        let isDone = try await site.onceOnly(
            { try await office.withdraw(application: id, by: .applicant) },
            isDone: { try await office.reading.application(id: id)?.state == .withdrawn })
        guard isDone else {
            return await site.decidedOtherwise(request, shownOn: Route.mine.path)
        }
        return try visitor.seeOther(.mine, Saved.field, Saved.withdrawn.rawValue)
    }

    private func resignPart(
        _ appointed: AppointedPart?, _ problem: String?, csrf: String
    ) -> HTML {
        guard let appointed else { return .none }
        let sure = Field(name: "sure", label: "", problems: problem.map { [$0] } ?? []).checkbox(
            "今日（\(office.today.word)）で、やめる")
        return """
            <section class="sec flow screen">
              <h2>やめるとき</h2>
              \(when(appointed.badge != nil, "<p>やめると、オープンバッジは使えなくなります。</p>"))
              \(Part.form(.resign, csrf: csrf, sure + Part.plainButton("やめる")))
            </section>
            """
    }
}

/// Why something that was sent from the own page was not taken.
enum OwnTrouble {
    case amendment(AmendmentTrouble)
    /// Of the organization to which they object without having ticked that they are sure.
    case unsure(ofListingBy: Int)

    var ofAmendment: AmendmentTrouble? {
        if case .amendment(let trouble) = self { trouble } else { nil }
    }

    var unsure: Int? { if case .unsure(let organization) = self { organization } else { nil } }
}

/// What the own page shows of an application.
struct OwnFacts {
    let record: ApplicationRecord
    let viewings: [ViewingRecord]
    let appointment: AppointmentRecord?
    /// The badge's token.
    let badge: String?
    let states: [StateRecord]
    let outlook: RenewalOutlook?
    let lapsed: LapsedRenewal?
    /// Of the year of today.
    let rules: FiscalYearRules?
    /// What can be corrected; nil where nothing can.
    let own: OwnAnswers?
    let request: CorrectionRequest?
    /// What organizations say otherwise.
    let proposals: [ProposalRecord]
    /// 補正の求め, the newest first.
    let amendments: [AmendmentRecord]
    /// The organizations whose files name them.
    let listings: [ListingRecord]
    /// How often it was corrected.
    let corrections: Int
    /// What the office tells them.
    let notes: [NoteRecord]
    /// Whether the mail address was changed.
    let hasMovedMail: Bool

    /// これまでと、これから.
    func trail(on today: Day) -> [TrailStep] {
        let reached = states.map {
            ReachedState($0.state, on: $0.trueOn, because: $0.cause)
        }
        let cancelled = appointment.flatMap {
            $0.term.endReason == .cancelled ? $0.knownFrom.day : nil
        }
        return TrailStep.all(reached, appointment?.term, cancelledOn: cancelled, on: today)
    }

    var rejection: StateRecord? {
        states.last { $0.state == record.state && $0.state == .rejected }
    }
}

/// What was done on the own page just now, said at its top.
enum Saved: String {
    static let field = "saved"

    case viewings, renewal, resigned, withdrawn, corrected, same, asked, mail
    case takenBack = "taken-back"
    case amended, agreed, objected

    /// Whether it is so of the application: an address that somebody was sent says nothing that was
    /// not done.
    func isTrue(of facts: OwnFacts) -> Bool {
        let (record, outlook) = (facts.record, facts.outlook)
        return switch self {
        case .viewings: outlook.map { !$0.told.isEmpty } ?? false
        case .renewal: (outlook?.reuse ?? record.reuse) != .notAsked
        case .resigned: record.term?.endReason == .resigned
        case .withdrawn: record.state == .withdrawn
        case .corrected: facts.corrections > 0
        case .same: true
        case .asked: facts.request?.state == .open
        case .mail: facts.hasMovedMail
        case .takenBack: facts.request?.state == .takenBack
        case .agreed: facts.listings.contains { $0.answer == .agreed }
        case .objected: facts.listings.contains { $0.answer == .objected }
        case .amended: facts.amendments.first?.state == .answered
        }
    }

    var sentence: String {
        switch self {
        case .viewings: "見た日を登録しました。"
        case .renewal: "次の年度の更新についての答えを登録しました。"
        case .resigned: "辞任の申し出を受け付けました。"
        case .withdrawn: "応募の取下げを受け付けました。"
        case .corrected: "内容を直しました。メールでもお知らせします。"
        case .same: "送られた内容は、いま届いている内容と同じです。"
        case .asked: "訂正の申し出を受け付けました。事務局が確かめます。"
        case .agreed: "「それは私です・同意します」という答えを受け付けました。"
        case .objected: "「申込みを希望しません」という答えを受け付け、団体に知らせました。"
        case .amended: "直した内容を受け付けました。事務局が確認を続けます。"
        case .takenBack: "訂正の申し出を取り下げました。"
        case .mail: "メールアドレスを変えました。これからのお知らせは、新しいアドレスに届きます。"
        }
    }
}
