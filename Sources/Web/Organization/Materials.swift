internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store
internal import Words

/// 資材 of an organization or a 事業所: what was asked for, asking, putting right.
struct Materials: Room {
    let site: Site

    static let title = "資材"
    /// The file of people with which something is asked for.
    static let fileField = "roster"
    static let doneField = "done"
    static let limit = 50

    func show(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        var filter = MaterialFilter()
        (filter.scope, filter.order, filter.limit) = (member.scope, .newestFirst, Self.limit + 1)
        filter.after = Int(try request.query.single("after") ?? "")
        let file = try await file(try request.query.single(Self.fileField), member)
        let done = try request.query.single(Self.doneField).flatMap { MaterialDone(rawValue: $0) }
        return try await page(member, filter, file: file, done: done)
    }

    /// The same with what is wrong with a file of 資材.
    func page(
        _ member: OrganizationMember, problems: [String], file: String?
    ) async throws -> Response {
        var filter = MaterialFilter()
        (filter.scope, filter.order, filter.limit) = (member.scope, .newestFirst, Self.limit + 1)
        return try await page(member, filter, file: file, problems: problems)
    }

    private func page(
        _ member: OrganizationMember, _ filter: MaterialFilter, file: String?,
        done: MaterialDone? = nil, problems: [String] = []
    ) async throws -> Response {
        let page = MaterialsPage(
            requests: try await office.reading.materials(filter),
            returned: try await returned(member),
            needs: try await office.reading.materialNeeds(of: member.scope, in: office.year),
            file: file, done: done, problems: problems)
        return try respond(
            to: member,
            StaffPage(
                title: Self.title, place: .materials, main: page.html(csrf: member.visitor.csrf),
                hasProblems: !problems.isEmpty))
    }

    private func returned(_ member: OrganizationMember) async throws -> [MaterialRecord] {
        var filter = MaterialFilter()
        (filter.scope, filter.state, filter.limit) = (member.scope, .returned, Self.limit)
        return try await office.reading.materials(filter)
    }

    /// The number of a file of what the member looks after; nil for another one.
    func file(_ number: String?, _ member: OrganizationMember) async throws -> String? {
        guard let number, let file = try await office.reading.groupFile(number: number),
            member.scope.contains(file.scope)
        else { return nil }
        return file.number
    }

    /// A form with what one place lacks, to where its last one went.
    func showForm(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        let needs = try await office.reading.materialNeeds(of: member.scope, in: office.year)
        let meant = try request.query.single("place") ?? member.scope.place?.description ?? ""
        let need = needs.first { ($0.place?.description ?? "") == meant }
        var draft = need?.suggestion ?? MaterialDraft()
        draft[.place] = meant
        let file = try await file(try request.query.single(Self.fileField), member)
        return try await formPage(
            member, MaterialFormPage(draft: draft, key: newKey, file: file, need: need))
    }

    private var newKey: String { Base64URL.encode(office.random.bytes(12)) }

    private func formPage(
        _ member: OrganizationMember, _ page: MaterialFormPage
    ) async throws -> Response {
        var page = page
        page.messages = Messages(try await office.rules(of: office.year), year: office.year)
        page.prefectures = try await office.currentRules().gazetteer.prefectures.map(\.name)
        page.isWhole = member.scope.isWholeOrganization
        page.places = try await office.reading.businessPlaces(of: member.scope.organizationID)
            .filter { $0.isOpen(on: office.today) && member.scope.contains($0.path) }
        if page.record == nil { page.waiting = try await waiting(page.draft[.place], member) }
        return try respond(
            to: member,
            StaffPage(
                title: page.heading, place: .materials, main: page.html(csrf: member.visitor.csrf),
                hasProblems: page.problems.contains(where: \.stops),
                status: page.isOvertaken ? .conflict : nil))
    }

    /// Of one place and not of those below; of all that is looked after where none is chosen.
    private func waiting(
        _ place: String, _ member: OrganizationMember
    ) async throws -> [MaterialRecord] {
        var filter = MaterialFilter()
        (filter.scope, filter.state) = (member.scope, .waiting)
        filter.limit = ShippingChoice.limit
        return try await office.reading.materials(filter).filter {
            place.isEmpty || $0.place?.description == place
        }
    }

    func ask(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        let draft = try MaterialDraft(form)
        let key = String((try form.single("key") ?? "").prefix(40))
        let file = try await file(try form.single(Self.fileField), member)
        let sent = MaterialForm(draft, onceKey: key.isEmpty ? newKey : key, fileNumber: file)
        switch try await office.askMaterials(sent, within: member.scope, by: member.actor) {
        case .kept(let number), .keptForSameAddress(let number), .unchanged(let number):
            return try kept(member, number, .asked)
        case .rejected(let problems):
            return try await formPage(
                member,
                MaterialFormPage(
                    draft: draft, key: sent.onceKey, file: file, problems: problems))
        }
    }

    private func kept(
        _ member: OrganizationMember, _ number: Int, _ done: MaterialDone
    ) throws -> Response {
        let page = Route.material.with("number", "\(number)")
        return try member.visitor.carrying(
            .seeOther("\(page)&\(Self.doneField)=\(done.rawValue)"))
    }
}

extension Materials {
    /// One request, to be put right until it is sent.
    func showOne(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        let record = try await own(Int(try request.query.single("number") ?? ""), member)
        let done = try request.query.single(Self.doneField).flatMap { MaterialDone(rawValue: $0) }
        return try await onePage(
            member, MaterialFormPage(draft: record.draft, key: "", record: record, done: done))
    }

    /// A foreign one looks like none, but that it was asked for is noted.
    private func own(_ number: Int?, _ member: OrganizationMember) async throws -> MaterialRecord {
        guard let number else { throw Refusal.notFound }
        do { return try await office.material(number, within: member.scope) } catch {
            await site.note(.accessRefused, by: member.actor, on: "materials:\(number)")
            throw error
        }
    }

    private func onePage(
        _ member: OrganizationMember, _ page: MaterialFormPage
    ) async throws -> Response {
        var page = page
        if page.problems.isEmpty {
            let rules = try await office.currentRules()
            page.problems = page.draft.check(on: office.today, under: rules, of: nil).problems
                .filter { !$0.stops }
        }
        return try await formPage(member, page)
    }

    func correct(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        let record = try await own(Int(try form.single("number") ?? ""), member)
        let draft = try MaterialDraft(form)
        let seen = Int(try form.single("version") ?? "") ?? 0
        do {
            switch try await office.correctMaterials(
                record.number, to: draft, seen: seen, within: member.scope, by: member.actor)
            {
            case .kept(let number): return try kept(member, number, .corrected)
            case .keptForSameAddress(let number):
                return try kept(member, number, .correctedForSameAddress)
            case .unchanged(let number): return try kept(member, number, .unchanged)
            case .rejected(let problems):
                return try await onePage(
                    member,
                    MaterialFormPage(draft: draft, key: "", record: record, problems: problems))
            }
        } catch Refusal.conflict(.materialsHaveChanged) {
            let now = try await own(record.number, member)
            return try await onePage(
                member,
                MaterialFormPage(draft: draft, key: "", record: now, isOvertaken: true))
        }
    }

    /// 取りやめる, and the way back.
    func change(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        let record = try await own(Int(try form.single("number") ?? ""), member)
        let act = MaterialAct(rawValue: try form.single("act") ?? "")
        guard let act, act == .withdraw || act == .resume else { throw Refusal.notFound }
        let wanted: MaterialState = act == .withdraw ? .withdrawn : .waiting
        let seen = Int(try form.single("version") ?? "") ?? 0
        let isDone = try await site.onceOnly(
            {
                try await office.changeMaterials(
                    record.number, act, seen: seen, within: member.scope, by: member.actor)
            },
            isDone: {
                try await office.material(record.number, within: member.scope).state == wanted
            })
        guard isDone else {
            return await site.decidedOtherwise(
                request, shownOn: Route.material.with("number", "\(record.number)"))
        }
        return try kept(member, record.number, act == .withdraw ? .withdrawn : .resumed)
    }
}

/// What was done just now.
enum MaterialDone: String {
    case asked, corrected, unchanged, withdrawn, resumed
    /// What came back goes again to where it came back from.
    case correctedForSameAddress = "same-address"
    /// By a file.
    case table

    var sentence: String {
        switch self {
        case .asked: "資材を頼みました。発送までは、ここで直したり取りやめたりできます。"
        case .corrected: "直しました。"
        case .correctedForSameAddress:
            "直しました。送付先は、戻ってきたときのままなので、また同じところへ送られます。違うときは、発送の前に送付先を直してください。"
        case .unchanged: "変わったところがないので、何もしていません。数や送付先を直してから、保存してください。"
        case .withdrawn: "取りやめました。"
        case .resumed: "また頼みました。"
        case .table: "表のとおりに資材を頼みました。"
        }
    }
}

extension MaterialDraft {
    /// As typed; a browser's line ends are none of it.
    init(_ form: Form) throws {
        self.init()
        for field in MaterialField.allCases {
            self[field] = TextOfForm.line(try form.single(field.rawValue) ?? "")
        }
    }
}
