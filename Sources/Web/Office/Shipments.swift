internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 資材の発送: what organizations wait for, what has left, what came back.
struct Shipments: Room {
    let site: Site

    static let savedField = "saved"
    /// What was done just now; behind it stands of how many requests.
    static let takenBack = "back"
    static let limit = 100

    func show(_ member: Shipper, _ request: Request) async throws -> Response {
        var filter = MaterialFilter()
        let state = try request.query.single("state").flatMap { MaterialState(rawValue: $0) }
        filter.state = state ?? .waiting
        filter.organizationID = Int(try request.query.single("organization") ?? "")
        filter.after = Int(try request.query.single("after") ?? "")
        return try await page(member, filter, saved: try request.query.single(Self.savedField))
    }

    private func page(
        _ member: Shipper, _ filter: MaterialFilter, saved: String? = nil, problem: String? = nil
    ) async throws -> Response {
        var filter = filter
        filter.limit = Self.limit + 1
        let isOpen = filter.state == .waiting || filter.state == .returned
        filter.order = isOpen ? .oldestFirst : .newestFirst
        let reading = office.reading
        let rules = try await office.currentRules()
        let page = ShipmentsPage(
            filter: filter, requests: try await reading.materials(filter),
            waiting: try await reading.materialSums(.waiting, named: office.year),
            returned: try await reading.materialSums(.returned, named: office.year),
            acts: try await reading.shippingActs(limit: 20),
            organizations: rules.organizations, today: office.today, saved: saved,
            problem: problem)
        return try respond(
            to: member,
            StaffPage(
                title: Materials.title, place: .shipments,
                main: page.html(csrf: member.visitor.csrf), hasProblems: problem != nil))
    }

    /// First who and how many, and the day; then it is said.
    func ship(_ member: Shipper, _ request: Request, _ form: Form) async throws -> Response {
        let numbers = try ShippingNumbers.read(form)
        let organization = Int(try form.single("organization") ?? "")
        guard
            let choice = organization.map({ .organization($0) })
                ?? (numbers.isEmpty ? nil : ShippingChoice.numbers(numbers))
        else {
            var filter = MaterialFilter()
            filter.state = .waiting
            return try await page(member, filter, problem: "発送した資材を、一覧から選んでください。")
        }
        let plan = try await office.planShipping(of: choice)
        guard !plan.requests.isEmpty else { throw Refusal.notFound }
        var typed = try ShippingForm(form, today: office.today)
        if typed.isSent, plan.waiting.isEmpty { return try settled(member, plan, typed) }
        guard typed.isSent, let day = typed.day(in: office.shippingDays(of: plan)) else {
            return try page(member, ShippingPage(plan: plan, form: typed))
        }
        do {
            let act = try await office.sendMaterials(
                plan.requests.map(\.number), on: day, seen: try form.single("mark") ?? "",
                by: member.actor)
            return try member.visitor.seeOther(
                .shipments, Self.savedField, "\(act.at.microseconds)")
        } catch Refusal.conflict(.materialsHaveChanged) {
            let now = try await office.planShipping(of: choice)
            return try settled(member, now.requests.isEmpty ? plan : now, typed)
        }
    }

    /// A page that is out of date: a second press of the same person ends where the first one did,
    /// anybody else is told what is known by now, and by whom.
    private func settled(
        _ member: Shipper, _ plan: ShippingPlan, _ typed: ShippingForm
    ) throws -> Response {
        let acts = Set(plan.requests.map(\.knownFrom))
        if acts.count == 1, let said = acts.first, case .day(let day) = TypedDay.read(typed.typed),
            plan.requests.allSatisfy({
                $0.state == .sent && $0.sentOn == day && $0.sayer.actor == member.actor
            })
        {
            return try member.visitor.seeOther(
                .shipments, Self.savedField, "\(said.microseconds)")
        }
        return try page(member, ShippingPage(plan: plan, form: typed, isOvertaken: true))
    }

    private func page(_ member: Shipper, _ page: ShippingPage) throws -> Response {
        try respond(
            to: member,
            StaffPage(
                title: page.heading, place: .shipments,
                main: page.html(csrf: member.visitor.csrf),
                hasProblems: !page.form.problems.isEmpty,
                status: page.isOvertaken ? .conflict : nil))
    }

    /// もとにもどす: nothing has left after all of what one act said.
    func takeBack(_ member: Shipper, _ request: Request, _ form: Form) async throws -> Response {
        guard let said = Int64(try form.single("said") ?? "") else { throw Refusal.notFound }
        let act = Instant(microseconds: said)
        var count: Int?
        let isDone = try await site.onceOnly(
            { count = try await office.takeBackShipping(saidAt: act, by: member.actor) },
            isDone: { try await office.reading.isTakenBack(shippingAt: act) })
        guard isDone else {
            return await site.decidedOtherwise(request, shownOn: Route.shipments.path)
        }
        let back = Self.takenBack + (count.map { "-\($0)" } ?? "")
        return try member.visitor.seeOther(.shipments, Self.savedField, back)
    }

    /// One parcel: it came back, it did not, it goes again, it has not left.
    func change(_ member: Shipper, _ request: Request, _ form: Form) async throws -> Response {
        let act = MaterialAct(rawValue: try form.single("act") ?? "")
        guard let number = Int(try form.single("number") ?? ""), let act,
            !MaterialAct.ofOrganization.contains(act), act != .send
        else { throw Refusal.notFound }
        let known = try await office.reading.materials(numbered: [number]).first
        guard let known else { throw Refusal.notFound }
        let seen = Int(try form.single("version") ?? "") ?? 0
        let isDone = try await site.onceOnly(
            {
                try await office.changeMaterials(
                    number, act, seen: seen, within: nil, by: member.actor)
            }, isDone: { known.version > seen && known.state == act.outcome })
        guard isDone else {
            return await site.decidedOtherwise(request, shownOn: Route.shipments.path)
        }
        let page = Route.shipments.with("state", (act.outcome ?? .waiting).rawValue)
        return try member.visitor.carrying(
            .seeOther("\(page)&\(Self.savedField)=\(act.rawValue)"))
    }
}

extension Shipments {
    /// あて名の一覧 of what waits: of an organization, or of all.
    func download(_ member: Shipper, _ request: Request) async throws -> Response {
        let id = Int(try request.query.single("organization") ?? "")
        let bytes = try await office.shippingLabels(ofOrganization: id, by: member.actor)
        return file(bytes, "text/csv", "csv")
    }

    func downloadBook(_ member: Shipper, _ request: Request) async throws -> Response {
        let id = Int(try request.query.single("organization") ?? "")
        let bytes = try await office.shippingLabelBook(ofOrganization: id, by: member.actor)
        return file(bytes, GroupFiles.bookType, "xlsx")
    }

    private func file(_ bytes: [UInt8], _ type: HeaderValue, _ kind: String) -> Response {
        let name = "\(MaterialWords.labels)_\(office.today.description).\(kind)"
        return Response(.ok, type: type, bytes: bytes)
            .with(.contentDisposition, ContentDisposition.attachment(filename: name))
            .with(.cacheControl, "no-store")
    }
}

extension MaterialAct {
    /// How far a request is after it, whatever came before.
    fileprivate var outcome: MaterialState? {
        MaterialState.allCases.lazy.compactMap { self.state(after: $0) }.first
    }

    /// What was done just now.
    var saved: String? {
        switch self {
        case .takeBackSending: "発送したことを取り消しました。"
        case .markReturned: "戻ってきたことを記録しました。団体の画面に出ています。"
        case .takeBackReturn: "戻ってきたという記録を取り消しました。"
        case .sendAgain: "もう一度送る分として、依頼中にもどしました。"
        case .correct, .withdraw, .resume, .send: nil
        }
    }
}

/// Which requests a form means: a box for each, or all in one field, because a form has no more
/// than a thousand.
enum ShippingNumbers {
    static let name = "numbers"

    static func text(_ requests: [MaterialRecord]) -> String {
        requests.map { String($0.number) }.joined(separator: ",")
    }

    static func read(_ form: Form) throws -> [Int] {
        let kept = try form.single(name)?.split(separator: ",").map(String.init) ?? []
        return (kept + form.all("number")).prefix(ShippingChoice.limit).compactMap { Int($0) }
    }
}

/// On which day it has left, as it was typed.
struct ShippingForm {
    var typed: String
    /// Whether the question was on the page that was sent.
    let isSent: Bool
    private(set) var problems: [(field: String, text: String)] = []

    init(_ form: Form, today: Day) throws {
        let day = try form.single("sent_on")
        isSent = day != nil
        typed = day ?? today.description
    }

    /// What was meant, or nil with a problem that says what to put right.
    mutating func day(in days: ClosedRange<Day>) -> Day? {
        switch TypedDay.read(typed) {
        case .day(let day) where days.contains(day): return day
        case .day:
            let (first, last) = (days.lowerBound.word, days.upperBound.word)
            problems = [
                ("sent_on", "発送した日は、頼まれた日（\(first)）から\(last)までの日を入力してください。")
            ]
        case .notInCalendar: problems = [("sent_on", "暦にない日付です。日を直してください。")]
        case .unreadable: problems = [("sent_on", "発送した日は「2026-11-24」のように入力してください。")]
        }
        return nil
    }
}
