public import Enrollment
internal import JSON
internal import Secrets
public import Store

/// A question with both sides: the row, and the application or the row that it may be the same as.
public struct OpenDoubt: Sendable {
    public let doubt: DoubtRecord
    /// Nil while the other row is in doubt itself.
    public let other: ApplicationRecord?
    /// What an answer that was taken back had filed.
    public let filed: ApplicationRecord?
    /// Of what is seen: another one where either side says something else since. Says nothing.
    public let mark: String

    init(
        _ doubt: DoubtRecord, _ other: ApplicationRecord?, _ filed: ApplicationRecord?,
        key: SecretKey
    ) {
        self.doubt = doubt
        self.other = other
        self.filed = filed
        let sides = [
            "\(doubt.id)", doubt.fileNumber, "\(doubt.row)", doubt.reason,
            doubt.draft.json.text, doubt.otherDraft.json.text, other?.seen ?? "",
            filed?.seen ?? "",
        ]
        let code = key.code(for: sides.joined(separator: "\0"), purpose: "doubt")
        mark = Base64URL.encode(Array(code.prefix(12)))
    }
}

extension ApplicationRecord {
    /// What is seen of it beside a row.
    fileprivate var seen: String {
        [
            receipt, name, kana, postalCode, address, email, texts[.phone], organizationName,
            state.rawValue, term.map { "\($0)" } ?? "",
        ].joined(separator: "\0")
    }
}

extension Office {
    /// 確認待ちの行. The questions that wait for the office, the oldest first.
    public func openDoubts(_ filter: DoubtFilter) async throws -> [OpenDoubt] {
        var open: [OpenDoubt] = []
        for doubt in try await reading.openDoubts(filter) {
            open.append(try await sides(of: doubt, reading))
        }
        return open
    }

    private func sides(of doubt: DoubtRecord, _ reading: ReadStore) async throws -> OpenDoubt {
        var (other, filed): (ApplicationRecord?, ApplicationRecord?)
        if let id = doubt.otherID { other = try await reading.application(id: id) }
        if let id = doubt.filedID { filed = try await reading.application(id: id) }
        return OpenDoubt(doubt, other, filed, key: settings.key)
    }

    /// 同じ人・別人. Somebody else is filed as the organization's row says; the same person is not filed
    /// again, and what the row says otherwise is kept beside their application. Throws
    /// `Refusal.conflict` when somebody else has decided, when the row can no longer be filed, when
    /// the other row is to be decided first, or when either side is not what was `seen`.
    public func decideDoubt(
        _ id: Int, as answer: DoubtAnswer, seen mark: String? = nil, by actor: Actor
    ) async throws {
        try await write { writing in
            let moment = moment(actor)
            if let open = try await writing.reading.doubt(id) {
                try await writing.hold(organization: open.organizationID)
            }
            guard let doubt = try await writing.decide(id, as: answer, at: moment) else {
                throw Refusal.conflict(.decidedAlready)
            }
            if let mark { try await check(doubt, against: mark, in: writing) }
            if let filed = doubt.filedID {
                try await settle(filed, doubt, as: answer, in: writing, at: moment)
            } else {
                try await settleRow(doubt, as: answer, in: writing, at: moment)
                try await writing.keepFiled(byDoubt: id, at: moment.now)
            }
            let details = EventDetails(after: doubt.draft.json)
            record(
                [Event(answer.event, on: doubt, details: details)], in: writing, at: moment)
        }
    }

    /// Nobody says of people what they have not seen.
    private func check(
        _ doubt: DoubtRecord, against mark: String, in writing: WriteTransaction
    ) async throws {
        for id in [doubt.otherID, doubt.filedID].compactMap(\.self).sorted() {
            _ = try await writing.hold(application: id)
        }
        guard try await sides(of: doubt, writing.reading).mark == mark else {
            throw Refusal.conflict(.doubtHasChanged)
        }
    }

    private func settleRow(
        _ doubt: DoubtRecord, as answer: DoubtAnswer, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        guard let file = try await writing.reading.groupFile(number: doubt.fileNumber),
            file.year.contains(moment.day), let rules = try await rules(of: file.year),
            rules.organization(id: file.organizationID) != nil
        else { throw Refusal.conflict(.fileYearIsOver) }
        let organization = try await sender(
            of: file.scope, under: rules, choosing: .none, from: writing.reading
        ).organization
        let row = DoubtedRow(doubt, of: file, organization, rules)
        switch answer {
        case .different:
            let known = try await person(withKeyOf: row, in: writing)
            try await submit(row, of: known, in: writing, at: moment)
        case .same: try await takeAsSame(row, in: writing, at: moment)
        }
    }

    /// Somebody else than whom the question was about, who has come to be known meanwhile by just
    /// what the row says. Throws `Refusal.conflict` where that is whom it was about: two people
    /// cannot apply with one name, one kana and one address.
    private func person(
        withKeyOf row: DoubtedRow, in writing: WriteTransaction
    ) async throws -> Int? {
        guard let key = row.application?.keys.sure else { return nil }
        let known = try await writing.known([key], in: row.file.year)
        let asked = try await askedPerson(row.doubt, writing.reading)
        let live = row.application.flatMap { known.live[$0.kind.rawValue + key] }
        if let live, live.personID == asked { throw Refusal.conflict(.rowCannotBeSubmitted) }
        return known.people[key] == asked ? nil : known.people[key]
    }

    /// Whom a question is about; nil while the other row is in doubt itself.
    func askedPerson(_ doubt: DoubtRecord, _ reading: ReadStore) async throws -> Int? {
        guard let other = doubt.otherID else { return nil }
        return try await reading.application(id: other)?.personID
    }

    private func submit(
        _ row: DoubtedRow, of personID: Int?, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        guard let application = row.application else {
            throw Refusal.conflict(.rowCannotBeSubmitted)
        }
        let fit = FitRow(row: row.doubt.row, application: application, personID: personID)
        let rows = RowsToApply(
            rows: [fit], file: row.file, organization: row.organization, rules: row.rules)
        let count = try await applyChunk(rows, in: writing, at: moment)
        guard count == 1 else { throw Refusal.conflict(.rowCannotBeSubmitted) }
        try await writing.countApplied(in: row.file.id)
    }

    /// The row is somebody's who is known. Where they have no application of the year yet, as
    /// somebody of the year before, it becomes theirs; otherwise what it says is kept beside the
    /// one that they have.
    private func takeAsSame(
        _ row: DoubtedRow, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        guard let other = row.doubt.otherID,
            let person = try await askedPerson(row.doubt, writing.reading)
        else { throw Refusal.conflict(.otherRowComesFirst) }
        let live = try await writing.reading.liveApplications(ofPeople: [person], in: row.file.year)
        let kind = row.application?.kind
        let match = kind.flatMap { live[HeldKind(personID: person, kind: $0)] }
        if kind != nil, match == nil, row.doubt.otherRow == nil {
            return try await submit(row, of: person, in: writing, at: moment)
        }
        try await keep(row, besides: match?.id ?? other, in: writing, at: moment)
    }

    private func keep(
        _ row: DoubtedRow, besides other: Int, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        if let application = row.application {
            try await propose(
                [(other, Particulars(application))], row.organization, row.rules, in: writing,
                at: moment)
        }
        try await writing.finish(
            [DoneLine(row: row.doubt.row, applicationID: other, as: .unchanged)], of: row.file.id)
    }

    /// The rows of a plan that wait for the office.
    func askAboutHeld(
        _ plan: GroupPlan, of file: GroupFileRecord, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        let doubts = plan.lines.filter { $0.outcome == .held }.compactMap { line -> NewDoubt? in
            guard let application = line.application, let other = line.other else { return nil }
            return NewDoubt(
                row: line.row, other: other, kind: application.kind, key: application.keys.sure)
        }
        try await writing.ask(doubts, of: file, at: moment)
    }
}

extension DoubtAnswer {
    fileprivate var event: EventKind {
        switch self {
        case .same: .doubtSame
        case .different: .doubtDifferent
        }
    }
}

extension Event {
    /// About a row of which somebody was asked.
    init(_ act: EventKind, on doubt: DoubtRecord, details: EventDetails? = nil) {
        self.init(
            act, on: "group_file:\(doubt.fileNumber)",
            detail: .object(["row": .integer(doubt.row)]), details: details)
    }
}

extension GroupPlan.Line {
    /// Whom the office is asked about: a row of the file, or somebody whom the organization sent.
    fileprivate var other: NewDoubt.Other? {
        if let asked { return .application(asked.applicationID, reason: asked.reason.code) }
        return likeRow.map { .row($0) }
    }
}

/// A row that waited, as it is now that it is decided.
private struct DoubtedRow {
    let doubt: DoubtRecord
    let file: GroupFileRecord
    let organization: OpenOrganization
    let rules: FiscalYearRules
    /// Nil when it is no longer fit. It came in time: it is judged by the day on which it was sent.
    let application: Application?

    init(
        _ doubt: DoubtRecord, of file: GroupFileRecord, _ organization: OpenOrganization,
        _ rules: FiscalYearRules
    ) {
        self.doubt = doubt
        self.file = file
        self.organization = organization
        self.rules = rules
        let checked = Application.check(
            doubt.draft, on: doubt.askedOn, under: rules, as: .groupFile(organization))
        if case .accepted(let application, _) = checked {
            self.application = application
        } else {
            application = nil
        }
    }
}
