internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 離脱: some of the organization's people have left it, one or many.
struct Leavings: Room {
    let site: Site

    /// First the question when and why, then what would become of each, then it is done.
    func leave(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        let ids = form.all("application").prefix(1_000).compactMap { Int($0) }
        guard !ids.isEmpty else {
            return try await Members(site: site).show(
                member, .present, problem: "離れた人を、名簿から選んでください。")
        }
        let plan = try await office.planLeaving(of: ids, within: member.scope)
        guard !plan.lines.isEmpty else { throw Refusal.notFound }
        try await office.witness(
            .openMembers, on: "organization:\(member.scope.organizationID)", by: member.actor,
            applications: plan.lines.map(\.member.id))
        var typed = try LeavingForm(form, today: office.today)
        let isEditing = try !typed.isSent || form.single("edit") == "yes"
        guard !isEditing, let leaving = typed.leaving(in: Leaving.days(in: office.year)) else {
            return try page(member, LeavingPage(plan: plan, form: typed))
        }
        guard try form.single("sure") == "yes" else {
            return try page(member, LeavingPage(plan: plan, form: typed, leaving: leaving))
        }
        return try await leave(ids, leaving, typed, member, seen: try form.single("mark") ?? "")
    }

    private func leave(
        _ ids: [Int], _ leaving: Leaving, _ typed: LeavingForm, _ member: OrganizationMember,
        seen mark: String
    ) async throws -> Response {
        do {
            try await office.leave(
                ids, leaving, within: member.scope, seen: mark, by: member.actor)
        } catch Refusal.conflict(.membersHaveChanged) {
            let plan = try await office.planLeaving(of: ids, within: member.scope)
            // A second press ends where the first one did.
            guard plan.lines.contains(where: { $0.member.leaving != leaving }) else {
                return try await done(plan, member)
            }
            return try page(
                member,
                LeavingPage(plan: plan, form: typed, leaving: leaving, isOvertaken: true))
        }
        return try await done(
            try await office.planLeaving(of: ids, within: member.scope), member)
    }

    private func done(_ plan: LeavingPlan, _ member: OrganizationMember) async throws -> Response {
        let said = plan.lines.map(\.member.knownFrom).max() ?? office.now
        let path = Route.members.with(Members.listField, MemberList.left.rawValue)
        return try member.visitor.carrying(
            .seeOther("\(path)&\(Members.savedField)=\(said.microseconds)"))
    }

    private func page(_ member: OrganizationMember, _ page: LeavingPage) throws -> Response {
        try respond(
            to: member,
            StaffPage(
                title: page.heading, place: .members, main: page.html(csrf: member.visitor.csrf),
                hasProblems: !page.form.problems.isEmpty,
                status: page.isOvertaken ? .conflict : nil))
    }

    /// もとにもどす: all of whom one act said so, or one person.
    func takeBack(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let said = Int64(try form.single("said") ?? "") else { throw Refusal.notFound }
        let only = Int(try form.single("application") ?? "")
        let page = only.map { MemberPage.path($0) }
        let isDone = try await site.onceOnly(
            {
                try await office.takeBackLeaving(
                    saidAt: Instant(microseconds: said), only: only.map { [$0] },
                    within: member.scope, by: member.actor)
            },
            isDone: {
                guard let only else { return false }
                return try await office.memberFile(only, within: member.scope).member.leaving == nil
            })
        guard isDone else {
            return await site.decidedOtherwise(request, shownOn: page ?? Route.members.path)
        }
        guard let page else {
            return try member.visitor.seeOther(.members, Members.savedField, "stayed")
        }
        return try member.visitor.carrying(
            .seeOther("\(page)&\(Members.savedField)=\(MemberSaved.stayed.rawValue)"))
    }
}

/// When and why, as it was typed.
struct LeavingForm {
    var reason = ""
    var day: String
    /// Whether the questions were on the page that was sent.
    let isSent: Bool
    private(set) var problems: [(field: String, text: String)] = []

    init(_ form: Form, today: Day) throws {
        let typed = try form.single("left_on")
        isSent = typed != nil
        reason = try form.single("left_because") ?? ""
        day = typed ?? today.description
    }

    var answers: [(String, String)] { [("left_because", reason), ("left_on", day)] }

    /// What was meant, or nil with problems that say what to put right.
    mutating func leaving(in days: ClosedRange<Day>) -> Leaving? {
        problems = []
        let reason = Leaving.Reason.sayable.first { $0.rawValue == self.reason }
        if reason == nil { problems.append(("left_because", "理由を選んでください。")) }
        let last = readDay(in: days)
        guard let reason, let last else { return nil }
        return Leaving(reason, on: last)
    }

    private mutating func readDay(in days: ClosedRange<Day>) -> Day? {
        switch TypedDay.read(day) {
        case .day(let day) where days.contains(day): return day
        case .day:
            let (first, last) = (days.lowerBound.word, days.upperBound.word)
            problems.append(("left_on", "最後の日は、\(first)から\(last)までの日を入力してください。"))
        case .notInCalendar: problems.append(("left_on", "暦にない日付です。日を直してください。"))
        case .unreadable:
            problems.append(("left_on", "最後の日は「2026-11-24」のように入力してください。"))
        }
        return nil
    }

    var fields: HTML {
        Field(
            name: "left_because", label: "理由", value: reason,
            problems: problems.filter { $0.field == "left_because" }.map(\.text)
        ).select(Leaving.Reason.sayable.map { ($0.rawValue, $0.word) })
            + Field(
                name: "left_on", label: "所属の最後の日", hint: "例：2026-11-24。これからの日も入力できます。",
                value: day, problems: problems.filter { $0.field == "left_on" }.map(\.text),
                isShort: true
            ).textInput
    }
}

/// Who is to leave, and what becomes of each.
struct LeavingPage {
    let plan: LeavingPlan
    let form: LeavingForm
    /// Nil as long as it is not told when and why.
    var leaving: Leaving?
    /// Whether somebody else was quicker.
    var isOvertaken = false

    private var leavers: [MemberRecord] { plan.leavers }

    var heading: String {
        leaving == nil
            ? "離れたことを届け出る"
            : leavers.isEmpty ? "届け出ることはありません" : "\(leavers.count.grouped)人が離れたことを届け出ますか"
    }

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(Route.members, "名簿")], heading))\(Part.errorSummary(form.problems))
        <section class="sec flow">
          <h1>\(heading)</h1>
          \(when(isOvertaken, overtaken))\(leaving.map { asking($0, csrf) } ?? question(csrf))
          <p><a href="\(href(Route.members.path))">何もしないで、名簿にもどる</a></p>
        </section>
        <section class="sec flow"><h2>選んだ人（\(plan.lines.count.grouped)人）</h2>\(table)</section>
        """
    }

    private func question(_ csrf: String) -> HTML {
        """
        <p>離れた人の応募や任命は、このことでは変わりません。この団体からの、次の年度の更新は行いません。</p>
        \(Part.form(.leaving, csrf: csrf, hidden([]) + form.fields + Part.button("確かめる")))
        """
    }

    private func asking(_ leaving: Leaving, _ csrf: String) -> HTML {
        let answers = [("mark", plan.mark), ("sure", "yes")]
        let back = Part.form(
            .leaving, csrf: csrf,
            hidden(form.answers + [("edit", "yes")]) + Part.plainButton("もどって直す"))
        guard !leavers.isEmpty else { return "<p>選んだ人は、みな先に届け出てあります。</p>" }
        return """
            \(Part.answers([("理由", leaving.reason.word), ("所属の最後の日", leaving.lastDay.word)]))
            <p>\(leaving.consequence)</p>
            \(Part.form(
                .leaving, csrf: csrf,
                hidden(form.answers + answers) + Part.button("\(leavers.count.grouped)人を届け出る")))
            \(back)
            """
    }

    private func hidden(_ answers: [(String, String)]) -> HTML {
        each(plan.lines.map { ("application", "\($0.member.id)") } + answers) {
            "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">"
        }
    }

    private static func kept(_ member: MemberRecord) -> String {
        "先に届け出てあります（\(member.leaving?.word ?? "")）"
    }

    private var overtaken: HTML {
        Part.note(
            "warn", "この画面を開いたあとに、名簿が変わりました",
            "<p>まだ何も届け出ていません。いまの名簿では、次のとおりです。よいときは、もう一度押してください。</p>")
    }

    private var table: HTML {
        let rows = plan.lines.map { member, outcome -> [HTML] in
            [
                "\(member.name)", "\(member.kana)", "\(member.unit)",
                "\(outcome == .leaves ? "離れたことを届け出ます" : Self.kept(member))",
            ]
        }
        return Table("選んだ人", ["氏名", "読み", "部署・店舗名", "どうなるか"], rows).html
    }
}

extension Leaving {
    /// What it does, before it is done.
    fileprivate var consequence: String {
        reason == .deceased
            ? "この届け出は、本人には知らせません。任命を終える手続は、事務局が行います。"
            : "メールアドレスのある人には、15分ほどあとにメールで知らせます。その前に取り消すと、メールは送られません。"
    }
}
