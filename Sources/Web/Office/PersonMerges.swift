internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 人をまとめる・まとめを解く: two persons who are one, and who are not after all.
struct PersonMerges: Room {
    let site: Site

    /// What would become of both, once both numbers are there; else a form that asks for them.
    func show(_ member: Reviewer, _ request: Request) async throws -> Response {
        let typed = MergeForm(
            survivor: try request.query.single("number") ?? "",
            absorbed: try request.query.single("other") ?? "")
        return try await page(member, typed)
    }

    func merge(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        var typed = try MergeForm(form)
        guard let mark = try form.single("seen"), try form.single("change") != "yes" else {
            return try await page(member, typed)
        }
        typed.isSent = true
        guard typed.reasonProblem == nil else { return try await page(member, typed) }
        do {
            let (survivor, absorbed) = (
                try await office.personID(numbered: typed.survivor),
                try await office.personID(numbered: typed.absorbed)
            )
            let id = try await office.mergePeople(
                absorbed, into: survivor, seen: mark, because: typed.because, by: member.actor)
            return try member.visitor.seeOther(.separatePeople, "merge", "\(id)")
        } catch Refusal.conflict(let conflict) {
            typed.conflict = conflict
            return try await page(member, typed)
        }
    }

    private func page(_ member: Reviewer, _ typed: MergeForm) async throws -> Response {
        var typed = typed
        var plan: PersonMergePlan?
        if !typed.survivor.isEmpty, !typed.absorbed.isEmpty {
            do {
                plan = try await office.planMerge(
                    of: try await personID(typed.absorbed, &typed.absorbedIsUnknown),
                    into: try await personID(typed.survivor, &typed.survivorIsUnknown))
            } catch Refusal.conflict(let conflict) {
                typed.conflict = conflict
            } catch Refusal.notFound {}
        }
        let shown = plan.map { $0.survivor.applications + $0.absorbed.applications } ?? []
        try await office.witness(
            .openPeople, on: "people", by: member.actor, applications: shown.map(\.id))
        let page = MergePage(
            form: typed, plan: plan, merges: try await office.reading.personMerges(limit: 20),
            today: office.today)
        return try respond(
            to: member,
            StaffPage(
                title: MergePage.heading, place: .people,
                main: page.html(csrf: member.visitor.csrf), hasProblems: !typed.problems.isEmpty,
                status: typed.conflict == .peopleHaveChanged ? .conflict : nil))
    }

    private func personID(_ number: String, _ isUnknown: inout Bool) async throws -> Int {
        do { return try await office.personID(numbered: number) } catch Refusal.notFound {
            isUnknown = true
            throw Refusal.notFound
        }
    }

    /// One merge as it stands, with the way back.
    func showOne(_ member: Reviewer, _ request: Request) async throws -> Response {
        guard let id = Int(try request.query.single("merge") ?? "") else { throw Refusal.notFound }
        return try await onePage(member, id, SeparationForm())
    }

    func separate(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let id = Int(try form.single("merge") ?? "") else { throw Refusal.notFound }
        var typed = SeparationForm(
            because: Review.paragraph(try form.single("because") ?? ""),
            given: form.all("given").compactMap { Int($0) }, isSent: true)
        guard typed.problem == nil else { return try await onePage(member, id, typed) }
        do {
            try await office.separatePeople(
                id, seen: try form.single("seen") ?? "", giving: typed.given,
                because: typed.because, by: member.actor)
        } catch Refusal.conflict(let conflict) {
            typed.conflict = conflict
            return try await onePage(member, id, typed)
        }
        return try member.visitor.seeOther(.separatePeople, "merge", "\(id)")
    }

    private func onePage(
        _ member: Reviewer, _ id: Int, _ typed: SeparationForm
    ) async throws -> Response {
        guard let merge = try await office.reading.personMerge(id) else { throw Refusal.notFound }
        var plan: SeparationPlan?
        if merge.undoneAt == nil { plan = try await office.planSeparation(id) }
        let shown = plan.map { $0.returning + $0.since } ?? []
        try await office.witness(
            .openPeople, on: "people", by: member.actor, applications: shown.map(\.id))
        let page = SeparationPage(merge: merge, plan: plan, form: typed, today: office.today)
        return try respond(
            to: member,
            StaffPage(
                title: SeparationPage.heading, place: .people,
                main: page.html(csrf: member.visitor.csrf), hasProblems: typed.problem != nil,
                status: typed.conflict == nil ? nil : .conflict))
    }
}

/// What was typed: two numbers and why.
struct MergeForm {
    var survivor: String
    var absorbed: String
    var because = ""
    var isSent = false
    var conflict: Conflict?
    var survivorIsUnknown = false
    var absorbedIsUnknown = false

    init(survivor: String, absorbed: String) {
        self.survivor = survivor
        self.absorbed = absorbed
    }

    init(_ form: Form) throws {
        survivor = try form.single("number") ?? ""
        absorbed = try form.single("other") ?? ""
        because = Review.paragraph(try form.single("because") ?? "")
    }

    /// By field.
    var problems: [(String, String)] {
        var found: [(String, String)] = []
        let unknown = "この番号の人は見つかりません。受付番号か委員番号を、番号のとおりに入力してください。"
        if survivorIsUnknown { found.append(("number", unknown)) }
        if absorbedIsUnknown { found.append(("other", unknown)) }
        switch conflict {
        case .isOnePersonAlready: found.append(("other", "2つの番号は、もう同じ人のものです。"))
        case .survivorHasNoNumber:
            found.append(("number", "委員番号のある人を残してください。番号を入れ替えて、もう一度確かめてください。"))
        default: break
        }
        if isSent, let problem = reasonProblem { found.append(("because", problem)) }
        return found
    }

    var reasonProblem: String? {
        if because.isEmpty { return "理由を入力してください。" }
        return because.unicodeScalars.count > 200 ? "理由は200文字以内で入力してください。" : nil
    }

    func problems(of field: String) -> [String] {
        problems.filter { $0.0 == field }.map(\.1)
    }
}

/// What was typed for taking a merge back.
struct SeparationForm {
    var because = ""
    /// Of what came since, what goes to the one who is restored.
    var given: [Int] = []
    var isSent = false
    var conflict: Conflict?

    var problem: String? {
        guard isSent else { return nil }
        if because.isEmpty { return "理由を入力してください。" }
        return because.unicodeScalars.count > 200 ? "理由は200文字以内で入力してください。" : nil
    }
}
