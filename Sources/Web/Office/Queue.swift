internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 応募を確認する.
struct Queue: Room {
    let site: Site

    /// Those that wait, fifty at a time.
    func show(_ member: CaseReader, _ request: Request) async throws -> Response {
        try await queuePage(
            member, try QueuePlace(request.query), done: try await done(request.query))
    }

    /// 承認: one or many; what somebody else has decided meanwhile is left alone.
    func approve(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        let isAll = try form.single("all") == "yes"
        let ids = form.all(isAll ? "shown" : "application").compactMap { Int($0) }
        let place = try QueuePlace(form)
        guard !ids.isEmpty else {
            return try await queuePage(member, place, problem: "承認する応募を選んでください。")
        }
        // One was looked at by itself; of many it is said once more who they are.
        if ids.count > 1, try form.single("sure") != "yes" {
            let waiting = try await office.reading.waiting(among: ids, limit: ids.count)
            let answers = waiting.map { ("application", String($0.id)) }
            if !waiting.isEmpty {
                return try ask(
                    member,
                    Approval(
                        whose: isAll ? "画面に出ていた応募" : "選んだ応募", people: waiting,
                        count: waiting.count, route: .approve,
                        answers: answers + place.answers,
                        back: place.selection.queue(("after", String(place.after)))))
            }
        }
        let seen = Int(try form.single("corrected") ?? "")
        if ids.count == 1, let seen {
            return try await approve(
                ids[0], seen, along: try QueueSelection.along(form), member, request)
        }
        let count = try await office.approve(ids, by: member.actor)
        return try member.visitor.carrying(
            Response.seeOther(place.selection.queue(("approved", String(count)))))
    }

    /// One that was looked at, unless it was corrected since. Whoever goes through the queue is
    /// led to the next one.
    private func approve(
        _ id: Int, _ corrected: Int, along selection: QueueSelection?, _ member: some StaffMember,
        _ request: Request
    ) async throws -> Response {
        guard let record = try await office.reading.application(id: id) else {
            throw Refusal.notFound
        }
        do {
            let count = try await office.approve(id, corrected: corrected, by: member.actor)
            // A second press finds it approved, and leads where the first did.
            let isApproved = count == 1 || record.state == .approved
            if let selection, isApproved {
                return try await next(after: record, in: selection, member, done: "approved")
            }
            return try member.visitor.seeOther(.queue, "approved", String(count))
        } catch Refusal.conflict(.queueHasChanged) {
            let next = NextPage(selection.review(record.receipt), "いまの内容を見る")
            return await site.show(
                Trouble(.conflict, .correctedMeanwhile, next: next), to: request)
        }
    }

    /// Many that are about to be approved.
    private struct Approval {
        let whose: String
        /// The first of them.
        let people: [ApplicationRecord]
        let count: Int
        /// Where it is sent, and what goes along.
        let route: Route
        let answers: [(String, String)]
        /// Where nothing is done.
        var back = Route.queue.path
    }

    private func ask(_ member: some StaffMember, _ approval: Approval) throws -> Response {
        let count = approval.count.grouped
        let page = AskingPage(
            heading: "\(count)件を承認しますか",
            sentence: "\(approval.whose)を承認します。承認すると、決裁を待つ応募になります。",
            people: approval.people, count: approval.count,
            form: Part.form(
                approval.route, csrf: member.visitor.csrf,
                AskingPage.hidden(approval.answers) + Part.button("\(count)件を承認する")),
            back: AskingPage.back(to: approval.back))
        return try respond(
            to: member, StaffPage(title: page.heading, place: .queue, main: page.html))
    }

    /// What the last act did, as far as the address says something that can be.
    private func done(_ query: Form) async throws -> QueuePage.Done? {
        if let count = Int(try query.single("approved") ?? ""), (0..<1_000_000).contains(count) {
            return .approved(count)
        }
        if let count = Int(try query.single("reopened") ?? ""), (0..<1_000_000).contains(count) {
            return .reopened(count)
        }
        return try await Reviewed.last(query, office.reading).map { .decided($0) }
    }

    private func queuePage(
        _ member: some StaffMember, _ place: QueuePlace, problem: String? = nil,
        done: QueuePage.Done? = nil
    ) async throws -> Response {
        var filter = place.selection.filter(in: office.year, on: office.today)
        filter.after = place.after
        let waiting = try await office.reading.queue(filter)
        let page = QueuePage(
            waiting: waiting,
            doubted: try await office.reading.doubted(among: waiting.map(\.id)),
            left: try await office.reading.leavings(among: waiting.map(\.id)),
            counts: try await office.reading.stateCounts(in: office.year),
            queueCounts: try await office.reading.queueCounts(in: office.year),
            organizations: try await office.reading.waitingOrganizations(in: office.year),
            doubtCount: try await office.reading.openDoubtCount(),
            amended: try await office.reading.amended(among: waiting.map(\.id)),
            sentBack: try await office.reading.waitingAmendments(limit: 50), place: place,
            today: office.today, limit: filter.limit, mayReview: member.account.may(.review),
            problem: problem, done: done)
        try await office.witness(
            .openQueue, on: "queue", by: member.actor,
            applications: page.waiting.map(\.id) + page.sentBack.map(\.application.id))
        return try respond(
            to: member,
            StaffPage(
                title: "応募を確認する", place: .queue, main: page.html(csrf: member.visitor.csrf),
                hasProblems: problem != nil))
    }

    /// まとめて承認する: all that waits from one organization, as the page showed it.
    func approveOrganization(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let last = Int(try form.single("last") ?? ""),
            let count = Int(try form.single("count") ?? "")
        else { throw Refusal.notFound }
        let organization = Int(try form.single("organization") ?? "")
        let ids = try await office.reading.waiting(of: organization, in: office.year, upTo: last)
        if try form.single("sure") != "yes", ids.count == count, count > 0 {
            let people = try await office.reading.waiting(among: ids, limit: 50)
            let name = people.first?.organizationName ?? ""
            let answers = [
                ("organization", organization.map(String.init) ?? ""), ("last", String(last)),
                ("count", String(count)),
            ]
            return try ask(
                member,
                Approval(
                    whose: "\(name.isEmpty ? TallyWords.individuals : name)の待っている応募",
                    people: people, count: count, route: .approveOrganization, answers: answers))
        }
        var moved = 0
        let isDone = try await site.onceOnly(
            {
                moved = try await office.approveAll(
                    of: organization, upTo: last, expecting: count, by: member.actor)
            },
            isDone: {
                try await office.reading.waiting(of: organization, in: office.year, upTo: last)
                    .isEmpty
            })
        guard isDone else {
            return await site.decidedOtherwise(request, shownOn: Route.queue.path)
        }
        return try member.visitor.seeOther(.queue, "approved", String(moved))
    }
}

extension Room {
    /// To the page of the next application that waits, or to the queue after the last.
    func next(
        after record: ApplicationRecord, in selection: QueueSelection, _ member: some StaffMember,
        done: String
    ) async throws -> Response {
        let filter = selection.filter(in: office.year, on: office.today)
        let spot = try await office.reading.spot(of: record.id, in: filter)
        let path = spot?.next.map { selection.review($0, (done, record.receipt)) }
        return try member.visitor.carrying(
            Response.seeOther(path ?? selection.queue((done, record.receipt))))
    }
}

/// Which page of the queue is looked at.
struct QueuePlace {
    let selection: QueueSelection
    /// The application that was seen last; 0 at the beginning.
    let after: Int

    init(_ form: Form) throws {
        selection = try QueueSelection(form)
        after = Int(try form.single("after") ?? "") ?? 0
    }

    var answers: [(String, String)] {
        selection.answers + (after == 0 ? [] : [("after", String(after))])
    }
}
