internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 団体: opened, renamed, closed, with what is below each.
struct Organizations: Room {
    static let heading = "団体"

    let site: Site

    func show(_ member: OrganizationKeeper, _ request: Request) async throws -> Response {
        var filter = OrganizationFilter()
        filter.typed = OrganizationDraft.trimmed(
            Searches.line(try request.query.single("q") ?? ""))
        filter.group = try request.query.single("group").flatMap { $0.isEmpty ? nil : $0 }
        filter.after = Searches.line(try request.query.single("after") ?? "")
        let page = OrganizationsPage(
            organizations: try await office.reading.organizations(filter, in: office.year),
            groups: try await office.reading.organizationGroups(), filter: filter,
            today: office.today)
        return try respond(
            to: member,
            StaffPage(title: Self.heading, place: .organizations, main: page.html))
    }

    func showOne(_ member: OrganizationKeeper, _ request: Request) async throws -> Response {
        var form = OrganizationForm()
        form.done = try request.query.single(OrganizationDone.field).flatMap {
            OrganizationDone(rawValue: $0)
        }
        return try await page(member, try request.query.single("code"), form)
    }

    func page(
        _ member: OrganizationKeeper, _ code: String?, _ form: OrganizationForm
    ) async throws -> Response {
        guard
            let line = try await office.reading.organization(
                code: code ?? "", in: office.year)
        else { throw Refusal.notFound }
        let page = OrganizationPage(
            line: line, formerNames: try await office.reading.formerNames(ofOrganization: line.id),
            places: try await office.reading.businessPlaces(of: line.id),
            choices: try await choices(), today: office.today, form: form)
        return try respond(
            to: member,
            StaffPage(
                title: OrganizationPage.heading, place: .organizations,
                main: page.html(csrf: member.visitor.csrf), hasProblems: form.hasProblems))
    }

    private func choices() async throws -> OrganizationChoices {
        OrganizationChoices(
            groups: try await office.reading.organizationGroups(),
            programmes: try await office.rules(of: office.year)?.programmes ?? [],
            year: office.year)
    }

    func showNew(_ member: OrganizationKeeper, _ request: Request) async throws -> Response {
        var draft = OrganizationDraft()
        draft.opensOn = office.today.word
        return try await newPage(member, draft, [])
    }

    private func newPage(
        _ member: OrganizationKeeper, _ draft: OrganizationDraft,
        _ problems: [OrganizationProblem]
    ) async throws -> Response {
        let page = NewOrganizationPage(
            fields: OrganizationFields(
                draft: draft, problems: problems, choices: try await choices()))
        return try respond(
            to: member,
            StaffPage(
                title: NewOrganizationPage.heading, place: .organizations,
                main: page.html(csrf: member.visitor.csrf), hasProblems: !problems.isEmpty))
    }

    func open(
        _ member: OrganizationKeeper, _ request: Request, _ form: Form
    ) async throws -> Response {
        let draft = try OrganizationDraft(form)
        let outcome = try await office.openOrganization(draft, by: member.actor)
        if case .rejected(let problems) = outcome {
            return try await newPage(member, draft, problems)
        }
        return try shown(member, draft.code, .opened)
    }

    /// The page of one, after something was done.
    private func shown(
        _ member: OrganizationKeeper, _ code: String, _ done: OrganizationDone
    ) throws -> Response {
        let path = Route.organization.with("code", code)
        return try member.visitor.carrying(
            Response.seeOther("\(path)&\(OrganizationDone.field)=\(done.rawValue)"))
    }

    /// Does something about one; what is wrong is shown beside its field, with what was typed.
    private func change(
        _ member: OrganizationKeeper, _ request: Request, _ form: Form, _ done: OrganizationDone,
        _ act: (String) async throws -> OrganizationOutcome
    ) async throws -> Response {
        let code = try form.single("code") ?? ""
        guard OrganizationDraft.isPlain(code) else { throw Refusal.notFound }
        do {
            if case .rejected(let problems) = try await act(code) {
                var typed = try OrganizationForm(form, for: done)
                typed.problems = problems
                return try await page(member, code, typed)
            }
        } catch Refusal.conflict {
            return await site.decidedOtherwise(
                request, shownOn: Route.organization.with("code", code))
        }
        return try shown(member, code, done)
    }

    func changeTerms(
        _ member: OrganizationKeeper, _ request: Request, _ form: Form
    ) async throws -> Response {
        let draft = try OrganizationDraft(form)
        let known = try await office.reading.organization(
            code: try form.single("code") ?? "", in: office.year)
        let isSeen = try form.single("seen") == OrganizationPage.mark(known?.terms)
        return try await change(member, request, form, .opened) { code in
            guard isSeen else { throw Refusal.conflict(.organizationHasChanged) }
            return try await office.openOrganization(
                code, as: draft, seen: known?.terms, by: member.actor)
        }
    }

    func rename(
        _ member: OrganizationKeeper, _ request: Request, _ form: Form
    ) async throws -> Response {
        let (name, since) = (
            try form.single("name") ?? "",
            OrganizationDraft.day(try form.single("since") ?? "")
        )
        let seen = try form.single("seen") ?? ""
        return try await change(member, request, form, .renamed) {
            try await office.renameOrganization(
                $0, to: name, from: since, seen: seen, by: member.actor)
        }
    }

    func changeDetails(
        _ member: OrganizationKeeper, _ request: Request, _ form: Form
    ) async throws -> Response {
        let (number, group) = (
            try form.single("number") ?? "", try form.single("group") ?? ""
        )
        let seen = (
            number: try form.single("seen_number") ?? "", group: try form.single("seen_group") ?? ""
        )
        return try await change(member, request, form, .changed) {
            try await office.changeOrganization(
                $0, number: number, group: group, seen: seen, by: member.actor)
        }
    }

    func close(
        _ member: OrganizationKeeper, _ request: Request, _ form: Form
    ) async throws -> Response {
        let day = OrganizationDraft.day(try form.single("ends") ?? "")
        let seen = Day(try form.single("seen") ?? "")
        return try await change(member, request, form, .closed) {
            guard let day else { return .rejected([.dayUnreadable(.ends)]) }
            return try await office.endOrganization($0, on: day, seen: seen, by: member.actor)
        }
    }

    func reopen(
        _ member: OrganizationKeeper, _ request: Request, _ form: Form
    ) async throws -> Response {
        let seen = Day(try form.single("seen") ?? "")
        return try await change(member, request, form, .reopened) {
            try await office.endOrganization($0, on: nil, seen: seen, by: member.actor)
        }
    }
}

extension Organizations {
    /// 事業所をくわえる.
    func addPlace(
        _ member: OrganizationKeeper, _ request: Request, _ form: Form
    ) async throws -> Response {
        let path = BusinessPlacePath(try form.single("new_path") ?? "")
        let name = BusinessPlaceName(try form.single("new_place_name") ?? "")
        return try await changePlace(member, form) { code in
            guard let path else { return .path }
            guard let name else { return .name }
            do {
                try await office.addBusinessPlace(path, named: name, of: code, by: member.actor)
            } catch Refusal.notFound { return .parent }
            return nil
        }
    }

    /// Another name, a day on which it ends, or 再開.
    func changePlace(
        _ member: OrganizationKeeper, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let path = BusinessPlacePath(try form.single("path") ?? "") else {
            throw Refusal.notFound
        }
        let act = try form.single("act").flatMap { PlaceAct(rawValue: $0) }
        let name = BusinessPlaceName(try form.single("place_name") ?? "")
        let day = OrganizationDraft.day(try form.single("place_ends") ?? "")
        return try await changePlace(member, form) { code in
            let change: BusinessPlaceChange
            switch act {
            case .rename:
                guard let name else { return .name }
                change = .rename(to: name)
            case .close:
                guard let day else { return .day }
                change = .close(on: day)
            case .reopen: change = .reopen
            case nil: throw Refusal.notFound
            }
            try await office.changeBusinessPlace(path, of: code, change, by: member.actor)
            return nil
        }
    }

    enum PlaceAct: String { case rename, close, reopen }

    private func changePlace(
        _ member: OrganizationKeeper, _ form: Form,
        _ act: (String) async throws -> PlaceProblem?
    ) async throws -> Response {
        let code = try form.single("code") ?? ""
        guard OrganizationDraft.isPlain(code) else { throw Refusal.notFound }
        var problem: PlaceProblem?
        do { problem = try await act(code) } catch Refusal.conflict(.businessPlaceIsKnown) {
            problem = .known
        } catch Refusal.conflict(.businessPlaceEndsTooEarly) { problem = .early }
        guard let problem else { return try shown(member, code, .place) }
        var typed = OrganizationForm()
        typed.place = try PlaceForm(form, problem)
        return try await page(member, code, typed)
    }
}

/// What is wrong with what was typed of a 事業所.
enum PlaceProblem {
    case path, parent, name, known, day, early

    /// The question that it is about, in the form for a new one or for one that is there.
    func field(isAdding: Bool) -> String {
        switch self {
        case .path, .parent: isAdding ? "new_path" : "path"
        case .name, .known: isAdding ? "new_place_name" : "place_name"
        case .day, .early: "place_ends"
        }
    }

    var sentence: String {
        switch self {
        case .path: "事業所のコードは、半角の英小文字・数字・ハイフンで入力してください。中にある部署は east/ward-2 のように「/」でつなぎます。"
        case .parent: "「/」の前の事業所が、まだありません。先にそれをくわえてください。"
        case .name:
            "事業所の名前を、\(BusinessPlaceName.limit)文字以内の1行で入力してください。絵文字や、「=」「+」「-」「@」で始まる名前は使えません。"
        case .known: "同じコードか、同じ名前の事業所があります。別のものにしてください。"
        case .day: "なくなる日を、2026年10月1日のように入力してください。"
        case .early: "なくなる日は、使い始めた日よりあとにしてください。"
        }
    }
}

/// What was typed of a 事業所 and not taken.
struct PlaceForm {
    let path: String
    let name: String
    let ends: String
    /// Nil for one that is to be added.
    let act: Organizations.PlaceAct?
    let problem: PlaceProblem

    var isAdding: Bool { act == nil }
    var field: String { problem.field(isAdding: isAdding) }

    init(_ form: Form, _ problem: PlaceProblem) throws {
        act = try form.single("act").flatMap { Organizations.PlaceAct(rawValue: $0) }
        let isNew = act == nil
        path = try form.single(isNew ? "new_path" : "path") ?? ""
        name = try form.single(isNew ? "new_place_name" : "place_name") ?? ""
        ends = try form.single("place_ends") ?? ""
        self.problem = problem
    }
}

/// What was typed on the page of an organization, and what was done just now.
struct OrganizationForm {
    /// Nil where nothing was typed.
    var about: OrganizationDone?
    var draft = OrganizationDraft()
    var since = ""
    var ends = ""
    var problems: [OrganizationProblem] = []
    var place: PlaceForm?
    var done: OrganizationDone?

    init() {}

    init(_ form: Form, for act: OrganizationDone) throws {
        about = act
        draft = try OrganizationDraft(form)
        since = try form.single("since") ?? ""
        ends = try form.single("ends") ?? ""
    }

    var hasProblems: Bool { !problems.isEmpty || place != nil }
}

extension OrganizationDraft {
    init(_ form: Form) throws {
        self.init()
        code = Searches.line(try form.single("code") ?? "")
        name = try form.single("name") ?? ""
        corporateNumber = try form.single("number") ?? ""
        kind = try form.single("kind") ?? ""
        group = try form.single("group") ?? ""
        category = try form.single("category") ?? ""
        programme = try form.single("programme") ?? ""
        opensOn = try form.single("opens_on") ?? ""
        closesOn = OrganizationDraft.trimmed(try form.single("closes_on") ?? "")
        activityNote = Review.paragraph(try form.single("note") ?? "")
    }
}

/// What was done to an organization just now.
enum OrganizationDone: String {
    static let field = "done"

    case opened, renamed, changed, closed, reopened, place

    var sentence: String {
        switch self {
        case .opened: "この年度の内容を登録しました。"
        case .renamed: "名前を変えました。前の名前でも探せます。"
        case .changed: "法人番号と団体グループを登録しました。"
        case .closed: "とじる日を登録しました。担当者にメールで知らせました。"
        case .reopened: "とじるのをやめました。担当者にメールで知らせました。"
        case .place: "事業所の内容を登録しました。"
        }
    }
}
