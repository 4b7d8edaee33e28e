internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// The page of one of the organization's people.
struct MemberRoom: Room {
    let site: Site

    func show(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        guard let id = Int(try request.query.single("application") ?? "") else {
            throw Refusal.notFound
        }
        let saved = try request.query.single(Members.savedField)
        return try await page(
            member, id, MemberForms(saved: saved.flatMap { MemberSaved(rawValue: $0) }))
    }

    private func page(
        _ member: OrganizationMember, _ id: Int, _ forms: MemberForms
    ) async throws -> Response {
        let file = try await office.memberFile(id, within: member.scope)
        try await office.witness(.openMember, on: "application:\(id)", by: member.actor)
        let days = try await office.reading.viewingDays(
            of: [file.member.shown].compactMap(\.self), sentBy: member.scope.organizationID)
        let page = MemberPage(
            file: file, videos: try await office.memberVideos(), days: days[id] ?? [:],
            today: office.today, isWholeOrganization: member.scope.isWholeOrganization,
            forms: forms)
        return try respond(
            to: member,
            StaffPage(
                title: "この人の所属", place: .members, main: page.html(csrf: member.visitor.csrf),
                hasProblems: forms.hasProblems,
                status: forms.isOvertaken ? .conflict : nil))
    }

    func move(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let id = Int(try form.single("application") ?? "") else { throw Refusal.notFound }
        let unit = TextOfForm.line(try form.single(ApplicationField.unit.key) ?? "")
        let place = try form.single(ApplicationField.businessPlace.key) ?? ""
        var forms = MemberForms(unit: unit, place: place)
        do {
            let outcome = try await office.move(
                try act(id, member, form), to: unit, Int(place))
            return try await answer(outcome, member, id, &forms)
        } catch Refusal.conflict(.membersHaveChanged) {
            forms.isOvertaken = true
            return try await page(member, id, forms)
        }
    }

    func correct(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let id = Int(try form.single("application") ?? "") else { throw Refusal.notFound }
        var typed = ApplicationDraft()
        for field in MemberAnswers.fields { typed[field] = try form.single(field.key) ?? "" }
        var forms = MemberForms(typed: typed)
        do {
            let outcome = try await office.correct(try act(id, member, form), saying: typed)
            return try await answer(outcome, member, id, &forms)
        } catch Refusal.conflict(.membersHaveChanged) {
            forms.isOvertaken = true
            return try await page(member, id, forms)
        } catch Refusal.conflict(.isAnothersApplication) {
            forms.trouble = "この内容では、ほかの応募と同じになるため、直せません。お電話でご相談ください。"
            return try await page(member, id, forms)
        }
    }

    private func act(
        _ id: Int, _ member: OrganizationMember, _ form: Form
    ) throws -> MemberAct {
        MemberAct(
            of: id, within: member.scope, seen: try form.single("mark") ?? "", by: member.actor)
    }

    private func answer(
        _ outcome: MemberCorrection, _ member: OrganizationMember, _ id: Int,
        _ forms: inout MemberForms
    ) async throws -> Response {
        let saved: MemberSaved
        switch outcome {
        case .rejected(let problems):
            forms.problems = problems
            return try await page(member, id, forms)
        case .corrected: saved = .corrected
        case .proposed: saved = .proposed
        case .unchanged: saved = .same
        }
        return try member.visitor.carrying(
            .seeOther("\(MemberPage.path(id))&\(Members.savedField)=\(saved.rawValue)"))
    }
}

/// One line as it was typed, without blanks at its ends.
enum TextOfForm {
    static func line(_ typed: String) -> String {
        typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// What was done on the page just now.
enum MemberSaved: String {
    case corrected, proposed, same, stayed

    var sentence: String {
        switch self {
        case .corrected: "内容を直しました。"
        case .proposed: "本人に知らせました。本人が確かめると、応募の内容が変わります。"
        case .same: "送られた内容は、いまの内容と同じです。何も変わっていません。"
        case .stayed: "離れたという届け出を取り消しました。"
        }
    }
}

/// What was typed on the page, and what is wrong with it.
struct MemberForms {
    var unit: String?
    var place: String?
    var typed: ApplicationDraft?
    var problems: [Problem] = []
    var trouble: String?
    var isOvertaken = false
    var saved: MemberSaved?

    var hasProblems: Bool { !problems.isEmpty || trouble != nil }
}
