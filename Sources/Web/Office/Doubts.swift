internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 重複の確認: rows of organizations' files that may name somebody a second time, both sides beside
/// each other.
struct Doubts: Room {
    let site: Site

    func show(_ member: Reviewer, _ request: Request) async throws -> Response {
        try await list(member, DoubtFilter(request.query), try await told(request.query))
    }

    /// 同じ人・別人・あとで. All three are taken back: nothing is asked twice.
    func decide(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let id = Int(try form.single("doubt") ?? "") else { throw Refusal.notFound }
        if try form.single("answer") == DoubtsPage.later {
            return try await putOff(id, member, request)
        }
        guard let answer = DoubtAnswer(rawValue: try form.single("answer") ?? "") else {
            throw Refusal.notFound
        }
        do {
            try await office.decideDoubt(
                id, as: answer, seen: try form.single("seen") ?? "", by: member.actor)
        } catch Refusal.conflict(let conflict) {
            return try await refused(conflict, id, answer, member, request)
        }
        return try member.visitor.seeOther(.doubts, "decided", String(id))
    }

    private func putOff(
        _ id: Int, _ member: Reviewer, _ request: Request
    ) async throws -> Response {
        do { try await office.putOffDoubt(id, by: member.actor) } catch Refusal.conflict(
            let conflict)
        {
            return try await refused(conflict, id, nil, member, request)
        }
        return try member.visitor.seeOther(.doubts, "later", String(id))
    }

    /// A second press of the same by the same is no mistake; whoever was slower is told who was
    /// first and what was said.
    private func refused(
        _ conflict: Conflict, _ id: Int, _ answer: DoubtAnswer?, _ member: Reviewer,
        _ request: Request
    ) async throws -> Response {
        guard let doubt = try await office.reading.doubt(id) else {
            return await site.decidedOtherwise(request, shownOn: Route.doubts.path)
        }
        if answer != nil, doubt.answer == answer, doubt.decider.actor == member.actor {
            return try member.visitor.seeOther(.doubts, "decided", String(id))
        }
        return try await list(
            member, DoubtFilter(isPutOff: doubt.putOffAt != nil), .refused(conflict, doubt))
    }

    private func list(
        _ member: Reviewer, _ filter: DoubtFilter, _ told: DoubtsPage.Told
    ) async throws -> Response {
        let page = DoubtsPage(
            doubts: try await office.openDoubts(filter),
            counts: try await office.reading.doubtCounts(), filter: filter, today: office.today,
            told: told)
        try await witness(page.doubts.flatMap { [$0.other, $0.filed] }, by: member)
        return try respond(
            to: member,
            StaffPage(
                title: DoubtsPage.heading, place: .doubts,
                main: page.html(csrf: member.visitor.csrf), status: told.status))
    }

    /// Whose application stands beside a row; the rows themselves are nobody's yet.
    private func witness(_ shown: [ApplicationRecord?], by member: Reviewer) async throws {
        try await office.witness(
            .openDoubts, on: "doubts", by: member.actor, applications: shown.compactMap { $0?.id })
    }

    /// What the last act did, as far as it still holds.
    private func told(_ query: Form) async throws -> DoubtsPage.Told {
        if let id = Int(try query.single("decided") ?? ""),
            let doubt = try await office.reading.doubt(id), doubt.answer != nil
        {
            return .decided(doubt)
        }
        if try query.single("later") != nil { return .putOff }
        return try query.single("back") != nil ? .takenBack : .nothing
    }

    /// What was said, by whom and when, with the way back.
    func showAnswered(_ member: Reviewer, _ request: Request) async throws -> Response {
        let before = Int64(try request.query.single("before") ?? "")
        let page = AnsweredDoubtsPage(
            doubts: try await office.reading.answeredDoubts(
                before: before.map { Instant(microseconds: $0) }, limit: AnsweredDoubtsPage.limit))
        try await office.witness(
            .openDoubts, on: "doubts", by: member.actor,
            applications: page.doubts.compactMap(\.otherID))
        return try respond(
            to: member,
            StaffPage(
                title: AnsweredDoubtsPage.heading, place: .doubts,
                main: page.html(csrf: member.visitor.csrf)))
    }

    func takeBack(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let id = Int(try form.single("doubt") ?? ""),
            let seen = Int64(try form.single("seen") ?? "")
        else { throw Refusal.notFound }
        do {
            try await office.takeBackDoubt(
                id, seen: Instant(microseconds: seen), by: member.actor)
        } catch Refusal.conflict(let conflict) {
            return try await refused(conflict, id, nil, member, request)
        }
        return try member.visitor.seeOther(.doubts, "back", String(id))
    }
}

extension DoubtFilter {
    fileprivate init(_ query: Form) throws {
        self.init()
        likeness = try query.single("names").flatMap { name in
            name == DoubtsPage.ofFile ? "" : NameLikeness(rawValue: name)?.rawValue
        }
        isPutOff = try query.single("put_off") == "yes"
        after = Int(try query.single("after") ?? "") ?? 0
    }

    fileprivate init(isPutOff: Bool) {
        self.init()
        self.isPutOff = isPutOff
    }
}
