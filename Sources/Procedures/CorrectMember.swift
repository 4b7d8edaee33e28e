public import Enrollment
internal import Secrets
public import Store

/// One of an organization's people, as far as it may know and say something of them.
public struct MemberFile: Sendable {
    public let member: MemberRecord
    /// The 事業所 of the organization where they may be put.
    public let places: [BusinessPlace]
    /// What it says otherwise than they do; nil for nothing.
    public let proposal: ProposalRecord?
    public let rules: FiscalYearRules
    /// What the office has sent the application back for, where it is the organization's to answer.
    public let amendment: AmendmentRecord?
    /// Whether what it says of their particulars counts at once; else it proposes.
    public let mayCorrect: Bool
    /// What the form is filled with.
    public let answers: ApplicationDraft
    /// Another one where somebody has changed anything of it since. Says nothing.
    public let mark: String
    /// Nil where nothing can be corrected any more.
    let own: OwnAnswers?

    public var isOpen: Bool { own != nil }

    init(
        _ member: MemberRecord, _ places: [BusinessPlace], _ proposal: ProposalRecord?,
        _ own: (rules: FiscalYearRules, answers: OwnAnswers?, amendment: AmendmentRecord?),
        by organizationID: Int
    ) {
        let (rules, amendment) = (own.rules, own.amendment)
        let own = own.answers
        self.member = member
        self.places = places
        self.proposal = proposal
        self.rules = rules
        self.own = own
        let record = own?.record
        mayCorrect =
            record.map {
                $0.submittedBy == organizationID && $0.state.mayBeCorrected && !$0.email.isEmpty
            } ?? false && member.isConfirmed == false
        self.amendment = mayCorrect ? amendment : nil
        answers = (mayCorrect ? own?.held.only(MemberAnswers.fields) : nil) ?? ApplicationDraft()
        let said = proposal.map { "\($0.knownFrom.microseconds)" } ?? ""
        let seen = [
            "\(member.id)", "\(member.knownFrom.microseconds)", said, "\(mayCorrect)",
            mayCorrect ? own?.mark ?? "" : "", amendment.map { "\($0.id)" } ?? "",
        ]
        mark = String(Digest.sha256Hex(seen.joined(separator: "\n")).prefix(24))
    }
}

/// Of whom an organization says something on their page, how much of it whoever says so looks
/// after, and what they had seen.
public struct MemberAct: Sendable {
    public let applicationID: Int
    public let scope: OrganizationScope
    public let mark: String
    public let actor: Actor

    public init(
        of applicationID: Int, within scope: OrganizationScope, seen mark: String, by actor: Actor
    ) {
        self.applicationID = applicationID
        self.scope = scope
        self.mark = mark
        self.actor = actor
    }
}

/// What became of what an organization said on the page of its member.
public enum MemberCorrection: Sendable {
    /// It counts.
    case corrected
    /// The person is asked.
    case proposed
    case unchanged
    case rejected([Problem])
}

extension Office {
    /// Throws `Refusal.notFound` for whoever is no member that somebody looks after.
    public func memberFile(
        _ applicationID: Int, within scope: OrganizationScope
    ) async throws -> MemberFile {
        try await memberFile(applicationID, within: scope, reading)
    }

    private func memberFile(
        _ id: Int, within scope: OrganizationScope, _ reading: ReadStore
    ) async throws -> MemberFile {
        guard let member = try await reading.members(among: [id], of: scope, in: year).first,
            let record = try await reading.application(id: id),
            let rules = try await rules(of: year, reading)
        else { throw Refusal.notFound }
        let places = try await reading.businessPlaces(of: scope.organizationID)
        let proposal = try await reading.proposals(of: id).first {
            $0.organizationID == scope.organizationID
        }
        return MemberFile(
            member, places.filter { $0.isOpen(on: today) && scope.contains($0.path) }, proposal,
            (
                rules, try await ownAnswers(of: record, rules, reading),
                try await reading.openAmendment(of: record)
            ), by: scope.organizationID)
    }

    /// 部署 and 事業所 of a member, which are the organization's own to say. Throws
    /// `Refusal.notFound`, also for a 事業所 that is not theirs, and `.conflict` where somebody
    /// else was quicker.
    public func move(
        _ act: MemberAct, to unit: String, _ placeID: Int?
    ) async throws -> MemberCorrection {
        try await write { writing in
            let (moment, scope) = (moment(act.actor), act.scope)
            let (file, record) = try await hold(act, writing)
            let problems = Application.problems(in: unit, of: .unit, on: today, under: file.rules)
            guard problems.isEmpty else { return .rejected(problems) }
            guard file.allows(placeID, within: scope) else { throw Refusal.notFound }
            guard file.member.unit != unit || file.member.placeID != placeID else {
                return .unchanged
            }
            guard file.mark == act.mark else { throw Refusal.conflict(.membersHaveChanged) }
            let change = try await writing.move(
                record, in: scope.organizationID, to: unit, placeID, at: moment)
            guard let change else { return .unchanged }
            self.record([Event(change)], in: writing, at: moment)
            return .corrected
        }
    }

    /// Particulars of a member: corrected where they are the organization's own still, else told to
    /// the person, who decides. Throws `Refusal.notFound`, and `.conflict` where somebody else was
    /// quicker, nothing can be corrected any more, or another application says the same.
    public func correct(
        _ act: MemberAct, saying typed: ApplicationDraft
    ) async throws -> MemberCorrection {
        try await write { writing in
            let moment = moment(act.actor)
            let (file, record) = try await hold(act, writing)
            guard let own = file.own else { throw Refusal.conflict(.decidedAlready) }
            let fields =
                file.mayCorrect ? MemberAnswers.fields : MemberAnswers.said(in: typed)
            var draft = own.held
            for field in fields { draft[field] = typed[field] }
            let checked = own.check(draft, on: today)
            guard case .accepted(let application, _) = checked else {
                let problems = checked.problems.filter { problem in
                    problem.field.map(fields.contains) ?? false
                }
                return .rejected(problems.isEmpty ? checked.problems : problems)
            }
            let said = ApplicationDraft(kept: application, file.rules)
            let changed = said.differing(from: own.held).filter(fields.contains)
            if fields.isEmpty || file.mayCorrect && changed.isEmpty { return .unchanged }
            guard file.mark == act.mark else { throw Refusal.conflict(.membersHaveChanged) }
            guard file.mayCorrect else {
                try await propose(
                    said.only(fields), changed, of: file, by: act, in: writing)
                return .proposed
            }
            try await correct(
                record, to: application, fields.contains, in: writing, at: moment)
            try await tellBoth(record, changed, in: writing, at: moment)
            if let amendment = file.amendment, amendment.isAnswered(by: changed) {
                try await giveBack(record, amendment, changed, in: writing, at: moment)
            }
            return .corrected
        }
    }

    /// At the address of before and at the new one.
    private func tellBoth(
        _ record: ApplicationRecord, _ changed: [ApplicationField],
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        try await tell(record, changed, in: writing, at: moment)
        guard changed.contains(.email),
            let now = try await writing.reading.application(id: record.id)
        else { return }
        try await tell(now, changed, in: writing, at: moment)
    }

    /// Beside what the organization has said before; what the person says by now is said no more.
    /// Whether it is said already is not told: what they say is not the organization's to know.
    private func propose(
        _ said: ApplicationDraft, _ changed: [ApplicationField], of file: MemberFile,
        by act: MemberAct, in writing: WriteTransaction
    ) async throws {
        let (moment, scope) = (moment(act.actor), act.scope)
        var answers = file.proposal?.answers ?? ApplicationDraft()
        for answer in said.answers {
            answers[answer.field] = changed.contains(answer.field) ? answer.text : ""
        }
        let proposal = answers.only(answers.answers.filter { !$0.text.isEmpty }.map(\.field))
        let proposals = [(applicationID: file.member.id, answers: proposal)]
        let news = try await writing.propose(proposals, by: scope.organizationID, at: moment)
        record(
            [Event(.proposeCorrection, on: "application:\(file.member.id)", changed)],
            in: writing, at: moment)
        guard !news.isEmpty else { return }
        let organization = try await name(of: scope, writing.reading)
        try await tell(proposals, organization, in: writing, at: moment)
    }

    private func hold(
        _ act: MemberAct, _ writing: WriteTransaction
    ) async throws -> (MemberFile, ApplicationRecord) {
        try await writing.hold(organization: act.scope.organizationID)
        guard let record = try await writing.hold(application: act.applicationID) else {
            throw Refusal.notFound
        }
        let file = try await memberFile(act.applicationID, within: act.scope, writing.reading)
        return (file, record)
    }
}

extension MemberFile {
    /// Whoever looks after one 事業所 puts nobody elsewhere. Where somebody is they may stay, also
    /// where the 事業所 has closed.
    fileprivate func allows(_ placeID: Int?, within scope: OrganizationScope) -> Bool {
        if placeID == member.placeID { return true }
        guard let placeID else { return scope.isWholeOrganization }
        return places.contains { $0.id == placeID }
    }
}
