import Enrollment
import Store
import TestSupport

extension StoreTable {
    /// A file of five rows: one without an address, one that looks like another.
    func groupFiles() async throws {
        chapter("Group files")
        let plan = groupPlan()
        let file = try await keepFile(plan, "G-1")
        let again = try await keepFile(plan, "G-2")
        try await read("groupFiles(of:before:limit:)") {
            try await $0.groupFiles(of: nil, before: again.id, limit: 5)
        }
        try await write("finish(_:of:)") {
            try await $0.finish(
                [DoneLine(row: 2, applicationID: self.applications[1], as: .unchanged)],
                of: file.id)
        }
        try await write("setApplied(_:of:)") { try await $0.setApplied(1, of: file.id) }
        try await write("countApplied(in:)") { try await $0.countApplied(in: file.id) }
        try await write("closePlan(_:at:)") {
            try await $0.closePlan(file.plan.id, at: self.at(12))
        }
        try await read("earlierGroupFile(sameAs:)") {
            try await $0.earlierGroupFile(sameAs: again.number)
        }
        try await read("groupFile(number:)") { try await $0.groupFile(number: "G-1") }
        try await readLines(of: file)
        try await doubts(about: again)
        try await read("doubtCount(of:)") { try await $0.doubtCount(of: again.id) }
        try await read("waitingRows(of:)") { try await $0.waitingRows(of: again.id) }
        try await sentByFile(plan)
        try await columns(of: file.plan.number)
        let unsent = try await keepFile(plan, "G-9")
        try await write("discard(_:of:)") { try await $0.discard(unsent.id, of: unsent.plan.id) }
        try await read("groupFile(number:)") { try await $0.groupFile(number: "G-9") }
    }

    /// What was said of columns, and said anew; a file that waits for it.
    private func columns(of plan: String) async throws {
        let hospital = OrganizationScope(try await hospital)
        for (hour, use) in [(14, ColumnUse.question(.note)), (15, .unused)] {
            try await write("remember(_:of:at:)") {
                try await $0.remember(
                    [ColumnChoice(ColumnName("血液型"), use)], of: hospital.organizationID,
                    at: self.stamp(hour))
            }
        }
        try await read("rememberedColumns(of:)") {
            try await $0.rememberedColumns(of: hospital.organizationID)
        }
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "hospital@example.jp", evidence: .personal,
            attests: false)
        try await write("keep(_:waitingAs:sheet:at:)") {
            try await $0.keep(
                NewGroupFile(
                    of: hospital, file: ("名簿.csv", Array("見本".utf8)), sha256: "", format: "csv",
                    coordinator: coordinator, leavingCount: 0),
                waitingAs: "U-1", sheet: "名簿", at: self.stamp(14))
        }
        let waiting = try await read("waitingFile(number:)") {
            try await $0.waitingFile(number: "U-1")
        }
        guard let waiting else { throw Unfit() }
        try await read("waitingFiles(of:limit:)") {
            try await $0.waitingFiles(of: hospital, limit: 5)
        }
        try await read("original(ofWaiting:)") { try await $0.original(ofWaiting: waiting.id) }
        try await write("finish(waiting:as:)") {
            try await $0.finish(waiting: waiting.id, as: plan)
        }
        try await write("lockWaitingFile(_:)") { try await $0.lockWaitingFile("U-1") }
        try await write("discard(waiting:)") { try await $0.discard(waiting: waiting.id) }
    }

    private func groupPlan() -> GroupPlan {
        guard let organization = rules.organization(code: "demo-hospital") else {
            return GroupPlan([], of: rules.organizations[0], on: day, under: rules)
        }
        let octets = Invented.groupFile([31, 32, 33, 34, 34]) { row in
            if row[0] == "33" { row[8] = "" }
            if row[0] == "34" { row[9] = "" }
        }
        let text = String(decoding: octets.dropFirst(3), as: UTF8.self)
        let records = text.split(separator: "\r\n").enumerated().map { index, line in
            GroupRecord(
                row: index + 1,
                cells: line.split(separator: ",", omittingEmptySubsequences: false)
                    .map(String.init))
        }
        return GroupPlan(records, of: organization, on: day, under: rules)
    }

    private func keepFile(_ plan: GroupPlan, _ number: String) async throws -> GroupFileRecord {
        let hospital = try await hospital
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "hospital@example.jp", evidence: .personal,
            attests: false)
        let head = try await write("add(_:at:)") {
            try await $0.add(
                NewPlan(
                    .group, number, in: self.year, digest: "digest", isAttested: true),
                at: self.stamp(10))
        }
        let id = try await write("keep(_:of:_:)") {
            try await $0.keep(
                NewGroupFile(
                    of: OrganizationScope(hospital), file: ("名簿.csv", Array("見本".utf8)),
                    sha256: "abc", format: "csv", coordinator: coordinator, leavingCount: 1),
                of: head, plan)
        }
        try await write("keep(_:)") { try await $0.keep(GroupLineRows(plan.lines[...], of: id)) }
        let kept = try await database.reading { try await ReadStore($0).groupFile(number: number) }
        guard let kept else { throw Unfit() }
        return kept
    }

    private func readLines(of file: GroupFileRecord) async throws {
        try await read("findings(of:)") { try await $0.findings(of: file.id) }
        try await read(
            "problemRows(of:)", showing: { $0.sorted { $0.code.rawValue < $1.code.rawValue } }
        ) {
            try await $0.problemRows(of: file.id)
        }
        try await read("noticedLines(of:rows:)") {
            try await $0.noticedLines(of: file.id, rows: [4])
        }
        try await read("noticedLines(of:with:)") {
            try await $0.noticedLines(of: file.id, with: .error)
        }
        try await read("linesDone(of:)") { try await $0.linesDone(of: file.id) }
        try await read("original(of:)") { try await $0.original(of: file.id) }
    }

    private func doubts(about file: GroupFileRecord) async throws {
        let asked = [
            NewDoubt(row: 2, other: .row(3), kind: .promoter, key: "key2"),
            NewDoubt(
                row: 3, other: .application(applications[2] ?? 0, reason: "same"),
                kind: .promoter, key: "key3"),
        ]
        try await write("ask(_:of:at:)") {
            try await $0.ask(asked, of: file, at: self.stamp(11))
        }
        try await read("openDoubtCount()") { try await $0.openDoubtCount() }
        let open = try await read("openDoubts(_:)") { try await $0.openDoubts(DoubtFilter()) }
        try await read("doubt(_:)") { try await $0.doubt(open[1].id) }
        try await write("putOff(doubt:at:)") {
            try await $0.putOff(doubt: open[0].id, at: self.stamp(11))
        }
        try await write("decide(_:as:at:)") {
            try await $0.decide(open[1].id, as: .same, at: self.stamp(12))
        }
        try await read("doubts(of:limit:)") { try await $0.doubts(of: file.id, limit: 5) }
        let hospital = try await hospital
        try await read("decidedDoubts(_:of:)") {
            try await $0.decidedDoubts(["key2", "key3"], of: hospital)
        }
        try await read("doubtCounts()") { try await $0.doubtCounts() }
        try await read("answeredDoubts(before:limit:)") {
            try await $0.answeredDoubts(before: self.at(13), limit: 5)
        }
        try await takeBack(open[1])
    }

    /// An answer, as what it did is undone.
    private func takeBack(_ doubt: DoubtRecord) async throws {
        try await write("hold(doubt:)") { try await $0.hold(doubt: doubt.id) }
        try await write("keepFiled(byDoubt:at:)") {
            try await $0.keepFiled(byDoubt: doubt.id, at: self.at(12))
        }
        try await write("undoKeeping(_:saidAt:at:)") {
            try await $0.undoKeeping(doubt, saidAt: self.at(12), at: self.at(13))
        }
        try await write("reopen(doubt:)") { try await $0.reopen(doubt: doubt.id) }
        let id = applications[1] ?? 0
        try await write("outOfDoubt(_:)") { try await $0.outOfDoubt([id]) }
        let person = try await write("makePeople(_:at:)") {
            try await $0.makePeople(1, at: self.stamp(13))
        }
        try await write("join(_:to:into:at:)") {
            try await $0.join(id, to: person[0], into: nil, at: self.stamp(13))
        }
        try await write("joining(of:)") { try await $0.joining(of: id) }
        try await write("part(_:to:joined:at:)") {
            try await $0.part(id, to: person[0], joined: nil, at: self.stamp(14))
        }
        try await write("isSaidByAnother(_:)") { try await $0.isSaidByAnother(id) }
    }

    /// Row 2 is filed: what the organization may be told of its own people.
    private func sentByFile(_ plan: GroupPlan) async throws {
        guard let application = plan.lines[0].application else { throw Unfit() }
        let (hospital, row) = (OrganizationScope(try await hospital), plan.lines[0])
        let made = try await database.transaction {
            try await WriteTransaction($0).makePeople(1, at: stamp(13))
        }
        people[7] = made[0]
        let submission = submission(application, 7, by: .group)
        let ids = try await database.transaction {
            try await WriteTransaction($0).submit([submission], at: stamp(13))
        }
        applications[7] = ids[submission.receipt.description]
        try await read("sent(_:by:)") { try await $0.sent(made, by: hospital) }
        try await read("mailHolders(_:of:in:)") {
            try await $0.mailHolders([application.mailKey], of: hospital, in: self.year)
        }
        try await read("leavingCount(besides:of:in:)") {
            try await $0.leavingCount(besides: made, of: hospital, in: self.year)
        }
        try await read("heldPeople(like:named:of:)") {
            try await $0.heldPeople(
                like: [application.identity(isMailConfirmed: false)], named: [application.name],
                of: hospital.organizationID)
        }
        try await members(of: hospital, named: row.draft.fullName)
    }

    private func members(of scope: OrganizationScope, named name: String) async throws {
        let slice = try await read("members(of:in:_:at:limit:)") {
            try await $0.members(of: scope, in: self.year, limit: 2)
        }
        tell("MemberRecord.text(_:)", slice.members.map { $0.text(.unit) ?? "" })
        guard let query = PersonQuery(name) else { throw Unfit() }
        try await read("members(fitting:of:in:limit:)") {
            try await $0.members(fitting: query, of: scope, in: self.year, limit: 5)
        }
        try await read("memberCount(of:in:)") {
            try await $0.memberCount(of: scope, in: self.year)
        }
        let records = [try await record(7)]
        try await read("viewingDays(of:sentBy:)") {
            try await $0.viewingDays(of: records, sentBy: scope.organizationID)
        }
        let hints = PersonHints(name, in: year, under: rules)
        try await read("find(_:hinted:by:after:limit:)") {
            try await $0.find(query, hinted: hints, limit: 5)
        }
    }
}
