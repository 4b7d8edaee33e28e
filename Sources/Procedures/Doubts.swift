public import Enrollment
internal import JSON
public import Store

/// A question with both sides: the row, and the application or the row that it may be the same as.
public struct OpenDoubt: Sendable {
    public let doubt: DoubtRecord
    /// Nil while the other row is in doubt itself.
    public let other: ApplicationRecord?
}

extension Office {
    /// 確認待ちの行. The questions that wait for the office, the oldest first.
    public func openDoubts(limit: Int) async throws -> [OpenDoubt] {
        var open: [OpenDoubt] = []
        for doubt in try await reading.openDoubts(limit: limit) {
            open.append(try await withOther(doubt))
        }
        return open
    }

    /// One of them, to be shown before it is decided; nil when it has been.
    public func openDoubt(_ id: Int) async throws -> OpenDoubt? {
        guard let doubt = try await reading.openDoubt(id) else { return nil }
        return try await withOther(doubt)
    }

    private func withOther(_ doubt: DoubtRecord) async throws -> OpenDoubt {
        var other: ApplicationRecord?
        if let id = doubt.otherID { other = try await reading.application(id: id) }
        return OpenDoubt(doubt: doubt, other: other)
    }

    /// 同じ人・別人. Somebody else is filed as the organization's row says; the same person is not filed
    /// again, and what the row says otherwise is kept beside their application. Throws
    /// `Refusal.conflict` when somebody else has decided, when the row can no longer be filed, or
    /// when the other row is to be decided first.
    public func decideDoubt(
        _ id: Int, as answer: DoubtAnswer, by actor: Actor
    ) async throws {
        try await write { writing in
            let moment = moment(actor)
            guard let doubt = try await writing.decide(id, as: answer, at: moment) else {
                throw Refusal.conflict(.decidedAlready)
            }
            guard let file = try await writing.reading.groupFile(number: doubt.fileNumber),
                file.year.contains(moment.day), let rules = try await rules(of: file.year),
                let organization = rules.organizations.first(where: { $0.id == file.organizationID }
                )
            else { throw Refusal.conflict(.fileYearIsOver) }
            let row = fitRow(of: doubt, organization, rules)
            switch answer {
            case .different:
                try await submitDoubted(row, of: file, organization, rules, writing, moment)
            case .same:
                try await keepSame(row, doubt, file, organization, rules, writing, moment)
            }
            let detail = JSONValue.object(["row": .integer(doubt.row)])
            let details = EventDetails(after: doubt.draft.json)
            record(
                [
                    Event(
                        answer.event, on: "group_file:\(file.number)", detail: detail,
                        details: details)
                ], in: writing, at: moment)
        }
    }

    /// The row of a doubt; nil when it is no longer fit. It came in time: it is judged by the day
    /// on which it was sent.
    private func fitRow(
        of doubt: DoubtRecord, _ organization: OpenOrganization, _ rules: FiscalYearRules
    ) -> FitRow? {
        guard
            case .accepted(let application, _) = Application.check(
                doubt.draft, on: doubt.askedOn, under: rules, as: .groupFile(organization))
        else { return nil }
        return FitRow(row: doubt.row, application: application)
    }

    private func submitDoubted(
        _ row: FitRow?, of file: GroupFileRecord, _ organization: OpenOrganization,
        _ rules: FiscalYearRules, _ writing: WriteTransaction, _ moment: WriteStamp
    ) async throws {
        guard let row,
            try await applyChunk([row], of: file, organization, rules, in: writing, at: moment) == 1
        else { throw Refusal.conflict(.rowCannotBeSubmitted) }
        try await writing.countApplied(in: file.id)
    }

    private func keepSame(
        _ row: FitRow?, _ doubt: DoubtRecord, _ file: GroupFileRecord,
        _ organization: OpenOrganization, _ rules: FiscalYearRules, _ writing: WriteTransaction,
        _ moment: WriteStamp
    ) async throws {
        guard let other = doubt.otherID else {
            throw Refusal.conflict(.otherRowComesFirst)
        }
        if let row {
            try await propose(
                [(other, Particulars(row.application))], organization, rules, in: writing,
                at: moment)
        }
        try await writing.finish(
            [DoneLine(row: doubt.row, applicationID: other, as: .unchanged)], of: file.id)
    }

    /// The rows of a plan that wait for the office.
    func askAboutHeld(
        _ plan: GroupPlan, of file: GroupFileRecord, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        let doubts = plan.lines.filter { $0.outcome == .held }.compactMap { line -> NewDoubt? in
            guard let application = line.application, let other = line.likeRow else { return nil }
            return NewDoubt(
                row: line.row, otherRow: other, kind: application.kind, key: application.keys.sure)
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
