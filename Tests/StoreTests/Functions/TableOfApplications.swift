import Enrollment
import Store
import TestSupport

extension StoreTable {
    func drafts() async throws {
        chapter("Drafts and codes")
        let draft = Invented.draft(1)
        try await write("keep(_:tokenDigest:onceKey:in:at:)") {
            try await $0.keep(
                draft, tokenDigest: [1], onceKey: "once1", in: self.year, at: self.start)
        }
        try await write("keep(_:)") {
            try await $0.keep(
                MailCode(
                    tokenDigest: [1], purpose: "apply", subject: "s", email: "person1@example.jp",
                    codeDigest: [7], expiresAt: self.at(30), triesLeft: 5, messageID: "code-1"))
        }
        try await write("codeWasSent(_:until:)") {
            try await $0.codeWasSent("code-1", until: self.at(40))
        }
        try await read("codesSent(_:subject:to:at:)") {
            try await $0.codesSent(
                "apply", subject: "s", to: "person1@example.jp", at: self.at(1))
        }
        let code = try await write("takeTry(tokenDigest:purpose:at:)") {
            try await $0.takeTry(tokenDigest: [1], purpose: "apply", at: self.at(1))
        }
        guard let code else { throw Unfit() }
        try await write("endCodes(_:subject:)") {
            try await $0.endCodes("apply", subject: "other")
        }
        try await write("use(_:at:)") { try await $0.use(code, at: self.at(1)) }
        try await write("usedCode(tokenDigest:purpose:)") {
            try await $0.usedCode(tokenDigest: [1], purpose: "apply")
        }
        try await write("confirmDraft(tokenDigest:email:at:)") {
            try await $0.confirmDraft(
                tokenDigest: [1], email: "person1@example.jp", at: self.at(1))
        }
        try await read("draft(tokenDigest:)") { try await $0.draft(tokenDigest: [1]) }
        try await write("closeDraft(tokenDigest:receipt:)") {
            $0.closeDraft(tokenDigest: [1], receipt: "R1")
        }
        try await read("draftCount(since:)") { try await $0.draftCount(since: self.at(-1)) }
    }

    /// As a person gives it in the form.
    func submission(
        _ number: Int, _ change: (inout ApplicationDraft) -> Void = { _ in }
    ) throws -> Submission {
        let draft = Invented.draft(number, change)
        guard
            case .accepted(let application, _) = Application.check(
                draft, on: day, under: rules, as: .form)
        else { throw Unfit() }
        return submission(application, number, by: .individual)
    }

    func submission(
        _ application: Application, _ number: Int, by route: ApplicationRoute
    ) -> Submission {
        var submission = Submission(
            application, by: route,
            receipt: receipt(number, year),
            onceKey: "once\(number)", digest: "digest\(number)", grade: .declared)
        submission.personID = people[number]
        return submission
    }

    /// Always the same of a person, drawn until the check character is a plain one.
    func receipt(_ number: Int, _ year: FiscalYear) -> ReceiptNumber {
        var draw = number
        return ReceiptNumber(year) {
            draw += 10
            return [UInt8](repeating: UInt8(draw), count: 8)
        }
    }

    /// Persons 1 to 6: five promoters and a caller; 5 lives where 1 does.
    func submissions() async throws {
        chapter("Applications")
        let made = try await write("makePeople(_:at:)") {
            try await $0.makePeople(6, at: self.stamp(0, .applicant))
        }
        for (number, id) in zip(1..., made) { people[number] = id }
        let all = try (1...6).map { number in
            try submission(number) { draft in
                if number == 1 { draft["consent_public"] = "yes" }
                guard number == 3 else { return }
                draft["applicant_kind"] = "caller"
                draft["eligibility_category"] = "community_caller"
            }
        }
        let ids = try await write("submit(_:at:)") {
            try await $0.submit(all, at: self.stamp(1, .applicant))
        }
        for (number, submission) in zip(1..., all) {
            applications[number] = ids[submission.receipt.description]
        }
        try await lookUp(all)
        try await affiliations(all)
    }

    private func lookUp(_ all: [Submission]) async throws {
        let keys = all.map(\.application.keys.sure)
        let receipt = all[0].receipt.description
        let known = try await write("known(_:in:)") { try await $0.known(keys, in: self.year) }
        tell(
            "LiveApplication.mayBeCorrected(by:)",
            known.live.values.contains { $0.mayBeCorrected(by: 1) })
        try await read("receipt(onceKey:)") { try await $0.receipt(onceKey: "once1") }
        try await write("settledReceipt(onceKey:)") {
            try await $0.settledReceipt(onceKey: "once2")
        }
        try await read("person(ofKey:)") { try await $0.person(ofKey: keys[2]) }
        try await read("statusOwner(receipt:email:)") {
            try await $0.statusOwner(receipt: receipt, email: "person1@example.jp")
        }
        try await read("application(sentFromDraft:)") {
            try await $0.application(sentFromDraft: [1])
        }
        let record = try await read("application(receipt:)") {
            try await $0.application(receipt: receipt)
        }
        guard let record else { throw Unfit() }
        try await read("successor(ofApplication:)") {
            try await $0.successor(ofApplication: record.id)
        }
        tell("ApplicationRecord.status(on:)", record.status(on: day))
        try await read("application(id:)") {
            try await $0.application(id: self.applications[3] ?? 0)
        }
        try await read("hasApplications()") { try await $0.hasApplications() }
    }

    private func affiliations(_ all: [Submission]) async throws {
        let (hospital, live) = (try await hospital, try await liveApplications())
        let matches = [1, 2].compactMap { live[people[$0] ?? 0] }
        try await write("affiliate(_:in:at:)") {
            $0.affiliate(
                zip(matches, all).map { Affiliation(of: $0, to: hospital, submission: $1) },
                in: self.year, at: self.stamp(2))
        }
        let (record, match) = (try await record(1), matches[0])
        try await read("affiliations(of:)") { try await $0.affiliations(of: record) }
        try await read("newestReceipts(ofPeople:)") {
            try await $0.newestReceipts(ofPeople: self.people.values.sorted())
        }
        try await read("liveApplications(ofPeople:in:)") {
            try await $0.liveApplications(ofPeople: Array(self.people.values), in: self.year)
        }
        let moved = try submission(1) { $0["affiliation_unit"] = "外来" }
        try await write("change(_:of:by:at:)") {
            try await $0.change(moved, of: match, by: hospital, at: self.stamp(3))
        }
        try await write("addEarlyViewings(_:to:at:)") {
            $0.addEarlyViewings(moved, to: match, at: self.stamp(3))
        }
        try await viewings(of: record)
        try await proposals()
    }

    private func viewings(of record: ApplicationRecord) async throws {
        try await write("setViewing(_:_:in:of:at:)") {
            try await $0.setViewing(
                1, self.day.adding(days: -1), in: self.year, of: record, at: self.stamp(4))
        }
        try await read("viewings(of:)") { try await $0.viewings(of: record.id) }
        try await read("toldViewings(of:in:)") {
            try await $0.toldViewings(of: record.id, in: self.year)
        }
    }

    private func proposals() async throws {
        let (clinic, id) = (try await clinic, applications[2] ?? 0)
        var answers = ApplicationDraft()
        answers["street"] = "紀尾井町2-1"
        try await write("propose(_:by:at:)") {
            try await $0.propose([(id, answers)], by: clinic, at: self.stamp(5))
        }
        try await read("particulars(of:)") { try await $0.particulars(of: [id]) }
        try await read("proposals(of:)") { try await $0.proposals(of: id) }
        try await read("openProposals(_:)") {
            try await $0.openProposals(ProposalFilter(year: self.year))
        }
        try await read("proposingBodies(in:)") {
            try await $0.proposingBodies(in: self.year)
        }
    }

    func liveApplications() async throws -> [Int: LiveApplication] {
        let found = try await database.reading {
            try await ReadStore($0).liveApplications(
                ofPeople: Array(people.values), in: year)
        }
        return Dictionary(found.map { ($0.key.personID, $0.value) }, uniquingKeysWith: { $1 })
    }

    func record(_ number: Int) async throws -> ApplicationRecord {
        let record = try await database.reading {
            try await ReadStore($0).application(id: applications[number] ?? 0)
        }
        guard let record else { throw Unfit() }
        return record
    }
}
