public import Enrollment
internal import Secrets
public import Store
internal import Words

/// 離脱の下見. What becomes of each of those whom an organization names as leavers.
public struct LeavingPlan: Sendable {
    public let lines: [(member: MemberRecord, outcome: LeavingOutcome)]
    /// Another one where somebody has said something else since; says nothing.
    public let mark: String

    init(_ members: [MemberRecord]) {
        lines = members.map { ($0, $0.leaving == nil ? .leaves : .hasLeft) }
        let said = lines.map {
            "\($0.member.id) \($0.outcome.rawValue) \($0.member.knownFrom.microseconds)"
        }
        mark = String(Digest.sha256Hex(said.joined(separator: "\n")).prefix(24))
    }

    public var leavers: [MemberRecord] { lines.filter { $0.outcome == .leaves }.map(\.member) }
}

/// 離脱 of an organization's own people, as it says it one by one or of many.
extension Office {
    /// Writes nothing. Of whoever is no member that somebody looks after it says nothing.
    public func planLeaving(
        of applications: [Int], within scope: OrganizationScope
    ) async throws -> LeavingPlan {
        LeavingPlan(try await reading.members(among: applications, of: scope, in: year))
    }

    /// Says so of just those of whom the plan did, and tells them; nobody is told of a death. Gives
    /// how many. Throws `Refusal.conflict` where the plan would be another one now (`mark`), the
    /// day is none of the year, or nobody of them is left to leave.
    @discardableResult
    public func leave(
        _ applications: [Int], _ leaving: Leaving, within scope: OrganizationScope,
        seen mark: String, by actor: Actor
    ) async throws -> Int {
        guard Leaving.days(in: year).contains(leaving.lastDay) else {
            throw Refusal.conflict(.dayIsOutsideTheYear)
        }
        return try await write { writing in
            let moment = moment(actor)
            try await writing.hold(organization: scope.organizationID)
            let plan = LeavingPlan(
                try await writing.reading.members(among: applications, of: scope, in: year))
            guard plan.mark == mark, !plan.leavers.isEmpty else {
                throw Refusal.conflict(.membersHaveChanged)
            }
            let changes = try await writing.leave(
                plan.leavers.map(\.id), scope.organizationID, leaving, at: moment)
            record(changes.map { Event($0) }, in: writing, at: moment)
            if leaving.reason != .deceased {
                try await tell(leaving, changes, scope, in: writing, at: moment)
            }
            return changes.count
        }
    }

    /// A while later, so that what is taken back at once is told to nobody.
    private func tell(
        _ leaving: Leaving, _ changes: [FactChange], _ scope: OrganizationScope,
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let organization = try await name(of: scope, writing.reading)
        let rules = try await writing.reading.undoRules(on: moment.day)
        let letters = try await writing.reading.addressees(of: changes.map(\.applicationID)).map {
            letter(
                .affiliationEnded,
                settings.letters.affiliationEnded(
                    $0.receipt, name: $0.name, at: organization, leaving),
                to: $0.email, about: about($0, scope, moment.now), personID: $0.personID)
        }
        writing.post(
            letters, at: moment.now,
            leaving: rules.map { moment.now.adding(seconds: 60 * $0.fileLetterMinutes) })
    }

    /// 離脱の届け出の取消し. Who was said to have left at a moment has not after all: all of them, or those
    /// of some applications. Whoever was told is told. Gives how many. Throws `Refusal.conflict`
    /// where nothing of it stands any more.
    @discardableResult
    public func takeBackLeaving(
        saidAt said: Instant, only applications: [Int]? = nil, within scope: OrganizationScope,
        by actor: Actor
    ) async throws -> Int {
        try await write { writing in
            let moment = moment(actor)
            try await writing.hold(organization: scope.organizationID)
            let left = try await writing.reading.leavers(saidAt: said, of: scope, in: year)
            let chosen = left.filter { applications?.contains($0) ?? true }
            guard !chosen.isEmpty else { throw Refusal.conflict(.membersHaveChanged) }
            let changes = try await writing.stay(chosen, scope.organizationID, at: moment)
            record(changes.map { Event($0) }, in: writing, at: moment)
            try await tellStaying(changes, since: said, scope, in: writing, at: moment)
            return changes.count
        }
    }

    private func tellStaying(
        _ changes: [FactChange], since said: Instant, _ scope: OrganizationScope,
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let organization = try await name(of: scope, writing.reading)
        let told = try await writing.reading.addressees(of: changes.map(\.applicationID)).map {
            (who: $0, id: messageID(.affiliationEnded, about: about($0, scope, said)))
        }
        let held = try await writing.holdBack(messageIDs: told.map(\.id))
        let sent = try await writing.wrote(messageIDs: told.map(\.id))
        writing.post(
            told.filter { !held.contains($0.id) && sent.contains($0.id) }.map { who, _ in
                letter(
                    .affiliationResumed,
                    settings.letters.affiliationResumed(
                        who.receipt, name: who.name, at: organization),
                    to: who.email, about: about(who, scope, moment.now), personID: who.personID)
            }, at: moment.now)
    }

    /// Two organizations may say so of one application, and each more than once.
    private func about(
        _ who: Addressee, _ scope: OrganizationScope, _ said: Instant
    ) -> String { "\(who.receipt)-\(scope.organizationID)-\(said.microseconds)" }

    func name(of scope: OrganizationScope, _ reading: ReadStore) async throws -> String {
        try await rules(of: year, reading)?.organization(id: scope.organizationID)?.name ?? ""
    }
}
