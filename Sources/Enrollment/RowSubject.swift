/// Of whom a row speaks, as far as the plan of an organization's file may know it.
public indirect enum RowSubject: Sendable {
    /// Somebody who is known already, with what they have in the row's kind and year, and by what
    /// they were known.
    case known(
        personID: Int, live: GroupPlan.Known?, ended: EndedRow?, because: IdentityReason? = nil)
    /// Perhaps somebody whom the organization has sent before.
    case asked(AskedPerson)
}

/// Somebody whom an organization has sent, and whom a row may speak of: what it said of them.
public struct AskedPerson: Sendable {
    public let personID: Int
    /// Their newest application of those that the organization sent.
    public let applicationID: Int
    /// Empty where they belong to a 事業所 that whoever sends the file does not look after.
    public let name: String
    /// Kana, mail and address; empty likewise.
    public let facts: String
    public let reason: IdentityReason
    /// Everybody whom the row may speak of, they among them; not for the organization's eyes.
    public var candidates: [Int] = []

    public init(
        personID: Int, applicationID: Int, name: String, facts: String, reason: IdentityReason
    ) {
        self.personID = personID
        self.applicationID = applicationID
        self.name = name
        self.facts = facts
        self.reason = reason
    }
}

/// Somebody of the organization who is reached at a mail address this year.
public struct MailHolder: Sendable {
    public let personID: Int
    /// Empty where they belong to a 事業所 that whoever sends the file does not look after.
    public let name: String
    public let wantsBadge: Bool

    public init(personID: Int, name: String, wantsBadge: Bool) {
        self.personID = personID
        self.name = name
        self.wantsBadge = wantsBadge
    }
}

extension GroupPlan {
    /// The lines whose rows say who somebody is; a row that repeats another says nothing. Places
    /// and not applications: those of a large file are not held twice.
    public var identified: [Int] {
        lines.indices.filter {
            lines[$0].outcome != .repeated && lines[$0].application != nil
        }
    }

    /// What a row says of who somebody is. A file's addresses are confirmed by nobody.
    public func identity(ofLine place: Int) -> IdentityRecord? {
        lines[place].application?.identity(isMailConfirmed: false)
    }

    /// Sorts the rows without a fault into those already known and those not. `subjects` are given
    /// by the row's number; `digest` is what the digests in them were made by. A row that is surely
    /// known does not wait for an answer about a row that is like it.
    public mutating func compare(
        with subjects: [Int: RowSubject], of scope: OrganizationScope,
        digest: (_ content: String) -> String
    ) {
        for index in lines.indices where [.new, .held].contains(lines[index].outcome) {
            guard let application = lines[index].application,
                let subject = subjects[lines[index].row]
            else { continue }
            switch subject {
            // It waits already, for an answer about a row of the file.
            case .asked where lines[index].outcome == .held: break
            case .asked(let person): lines[index].asks(about: person, subject)
            case .known(_, let live, let ended, _):
                lines[index].subject = subject
                if live?.isNamedTwice ?? false, lines[index].outcome == .held {
                    lines[index].repeatEarlier()
                    continue
                }
                let isMember = live?.organizationIDs.contains(scope.organizationID) ?? false
                if isMember, !scope.contains(live?.place) {
                    lines[index].refuse(.memberOfAnotherPlace)
                    continue
                }
                let found = KnownOutcome(
                    application, live, isMember ? nil : ended, isMember: isMember, digest: digest)
                lines[index].becomes(found.outcome, found.notice)
            }
        }
    }

    /// E303, W304 of addresses at which the organization's people are reached already, as
    /// `RowComparison` tells them of two rows. Whoever this file says to have another address now
    /// is no holder any more.
    public mutating func compare(withHolders holders: [String: [MailHolder]]) {
        let inFile = Dictionary(
            lines.compactMap { line in
                line.personID.map { ($0, line.application?.mailKey ?? "") }
            }, uniquingKeysWith: { first, _ in first })
        for index in lines.indices where lines[index].outcome.isSent {
            guard let mail = lines[index].application?.mailKey, !mail.isEmpty else { continue }
            let found = holders[mail] ?? []
            if found.contains(where: { $0.personID == lines[index].personID }) { continue }
            if let holder = found.first(where: { (inFile[$0.personID] ?? mail) == mail }) {
                lines[index].shares(with: holder)
            }
        }
    }
}

/// What a row about somebody known comes to.
private struct KnownOutcome {
    let outcome: GroupPlan.Outcome
    var notice: ProblemCode?

    init(
        _ application: Application, _ live: GroupPlan.Known?, _ ended: EndedRow?, isMember: Bool,
        digest: (_ content: String) -> String
    ) {
        if let ended {
            // The organization's own row decides first: whatever they applied for elsewhere
            // since is not told, and who says something new applies again.
            let isSame = ended.isSaidAgain(by: application, digest: digest)
            outcome = isSame ? .unchanged : live == nil ? .new : .joins
            notice = isSame ? ended.notice : nil
        } else if let live {
            let isSame =
                isMember && application.businessPlace.leaves(live.place)
                && live.digest == digest(application.content)
            outcome = isSame ? .unchanged : isMember ? .changed : .joins
            notice = isMember && !isSame && !live.mayBeCorrected ? .differencesBecomeAProposal : nil
        } else {
            outcome = .new
        }
    }
}

extension GroupPlan.Line {
    /// The person of whom it surely speaks.
    public var personID: Int? {
        if case .known(let personID, _, _, _) = subject { personID } else { nil }
    }

    /// Everybody of whom it speaks, or may.
    public var people: [Int] {
        asked.map(\.candidates) ?? personID.map { [$0] } ?? []
    }

    /// By what it was taken to speak of somebody known; nil where it does not.
    public var reason: IdentityReason? {
        switch subject {
        case .known(_, _, _, let reason): reason
        case .asked(let person): person.reason
        case nil: nil
        }
    }

    /// Of whom the office is asked.
    public var asked: AskedPerson? {
        if case .asked(let person) = subject { person } else { nil }
    }

    /// It is known whom the row is about, so it waits for no answer.
    fileprivate mutating func becomes(_ outcome: GroupPlan.Outcome, _ notice: ProblemCode?) {
        self.outcome = outcome
        problems.removeAll { $0.code == .rowLooksRepeated }
        if let notice { problems.append(Problem(notice)) }
    }

    /// The row cannot be sent, whatever it says.
    fileprivate mutating func refuse(_ code: ProblemCode) {
        outcome = .error
        problems.removeAll { $0.code == .rowLooksRepeated }
        problems.append(Problem(code))
    }

    /// The office has said that it is whom the earlier row names.
    fileprivate mutating func repeatEarlier() {
        let earlier = likeRow.map(String.init) ?? ""
        problems.removeAll { $0.code == .rowLooksRepeated }
        problems.append(Problem(.rowRepeated, nil, [.row: earlier]))
        outcome = .repeated
    }

    fileprivate mutating func asks(about person: AskedPerson, _ subject: RowSubject) {
        self.subject = subject
        outcome = .held
        problems.append(
            Problem(
                .rowLooksKnown, nil,
                [.person: person.name, .facts: person.facts, .reason: person.reason.code]))
    }

    fileprivate mutating func shares(with holder: MailHolder) {
        let wantsBadge = holder.wantsBadge || application?.choices.wantsBadge ?? false
        problems.append(
            Problem(
                wantsBadge ? .emailShared : .emailSharedInFile, .email,
                [.value: application?.email ?? "", .person: holder.name]))
        if wantsBadge { outcome = .error }
    }
}

extension IdentityReason {
    /// In one word, for tables and for what is said of a row: `same:home,mail`.
    public var code: String {
        let items = zip(IdentityEvidence.all, IdentityEvidence.words)
        return names.rawValue + ":"
            + items.filter { agreeing.contains($0.0) }.map(\.1).joined(separator: ",")
    }
}

extension IdentityEvidence {
    /// Of each of `all`, in their order.
    static let words = ["member_number", "employee_number", "mail", "phone", "home"]
}
