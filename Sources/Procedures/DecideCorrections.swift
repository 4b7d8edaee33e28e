public import Enrollment
internal import JSON
public import Store
internal import Words

/// 本人からの訂正の申し出, as the office decides on it.
extension Office {
    /// The requests that wait for the office, the oldest first, of applications that can still be
    /// corrected; the first `limit`.
    public func openCorrections(limit: Int) async throws -> [OpenCorrection] {
        try await reading.openCorrections(limit: limit).filter { open in
            let application = open.application
            return CorrectionScope(
                application.status(on: today),
                isFiledByOrganization: application.submittedBy != nil)?.asksOffice ?? false
        }
    }

    /// 申し出のとおりに直す. What was asked for by the request that was seen is written into the
    /// application as it is now, and told by mail. Throws `Refusal.conflict` when it was decided or
    /// taken back meanwhile, or does not fit the application any more.
    public func acceptCorrection(
        _ requestID: Int, ofApplication id: Int, by actor: Actor
    ) async throws {
        guard let found = try await reading.application(id: id) else { throw Refusal.notFound }
        guard let rules = try await rules(of: found.year) else {
            throw Refusal.conflict(.decidedAlready)
        }
        try await write { writing in
            let moment = moment(actor)
            guard let application = try await writing.hold(application: id),
                let own = try await ownAnswers(of: application, rules, writing.reading),
                let request = try await writing.end(
                    correctionOf: id, requestID, as: .accepted, at: moment.now)
            else { throw Refusal.conflict(.decidedAlready) }
            var draft = own.held
            let fields = own.open(request.answers.answers.map(\.field))
            for field in fields { draft[field] = request.answers[field] }
            guard case .accepted(let corrected, _) = own.check(draft, on: today) else {
                throw Refusal.conflict(.correctionDoesNotFit)
            }
            try await correct(
                application, to: corrected, { own.opens($0, among: fields) }, in: writing,
                at: moment)
            try await tell(application, fields, in: writing, at: moment)
            record(
                [Event(.acceptCorrection, on: "application:\(id)", fields)], in: writing,
                at: moment)
        }
    }

    /// 申し出のとおりには直さない, with the reason that the person is told. Throws `Refusal.conflict` when
    /// it was decided or taken back meanwhile.
    public func refuseCorrection(
        _ requestID: Int, ofApplication id: Int, because reason: String, by actor: Actor
    ) async throws {
        guard !reason.isEmpty else { throw Refusal.conflict(.reasonIsMissing) }
        try await write { writing in
            let moment = moment(actor)
            guard let application = try await writing.hold(application: id) else {
                throw Refusal.notFound
            }
            let request = try await writing.end(
                correctionOf: id, requestID, as: .refused, because: reason, at: moment.now)
            guard let request else { throw Refusal.conflict(.decidedAlready) }
            if !application.email.isEmpty {
                let words = settings.letters.correctionRefused(
                    application.receipt, name: application.name, reason: reason)
                writing.post(
                    [
                        letter(
                            .correctionRefused, words, to: application.email,
                            about: "\(application.receipt)-\(request.id)",
                            personID: application.personID)
                    ], at: moment.now)
            }
            record(
                [
                    Event(
                        .refuseCorrection, on: "application:\(id)",
                        details: EventDetails(reason: reason))
                ], in: writing, at: moment)
        }
    }

    /// What organizations said otherwise and the application says by now is said no longer.
    func settleProposals(
        of applicationID: Int, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let stated = try await writing.reading.proposals(of: applicationID)
        guard !stated.isEmpty,
            let application = try await writing.reading.application(id: applicationID)
        else { return }
        let held = application.saidInWords
        for proposal in stated {
            let said = proposal.answers.answers
            let left = said.filter { held[$0.field].map { [text = $0.text] in $0 != text } ?? true }
            guard left.count < said.count else { continue }
            try await writing.propose(
                [(applicationID, proposal.answers.only(left.map(\.field)))],
                by: proposal.organizationID, at: moment)
        }
    }
}

extension OwnAnswers {
    /// Whether a question is among those asked for; an address is one answer in several parts, and
    /// so is a name.
    func opens(_ field: ApplicationField, among fields: [ApplicationField]) -> Bool {
        scope.includes(field) && (fields.contains(field) || field.isOfWhole(fields))
    }
}

extension ApplicationField {
    private static let wholes: [Set<ApplicationField>] = [
        [.familyName, .givenName, .familyNameKana, .givenNameKana, .singleName, .noKana],
        [.postalCode, .prefecture, .city, .street, .building],
    ]

    fileprivate func isOfWhole(_ fields: [ApplicationField]) -> Bool {
        Self.wholes.contains { $0.contains(self) && !$0.isDisjoint(with: fields) }
    }
}

extension ApplicationRecord {
    /// As a proposal says it: see `Particulars.answers`.
    fileprivate var saidInWords: [ApplicationField: String] {
        var said = Dictionary(uniqueKeysWithValues: texts.all.map { ($0.field, $0.text) })
        said[.postalCode] = postalCode
        said[.prefecture] = prefecture
        said[.city] = city
        if wantsBadge { said[.badgeOptIn] = "yes" }
        return said
    }
}
