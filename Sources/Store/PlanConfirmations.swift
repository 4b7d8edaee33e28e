public import Enrollment
internal import Postgres

/// What somebody else said of a plan that waited for a second officer.
public enum ConfirmationAnswer: String, CaseIterable, Sendable {
    case confirmed, declined, withdrawn
}

/// 二人目の確認: who would have a plan done, and what another officer has said.
public struct ConfirmationRecord: Sendable, Equatable {
    public let id: Int
    public let asker: ActorRecord
    public let askedAt: Instant
    /// Whether whoever asked may still do so: is no account that was disabled or whose right was
    /// taken away.
    public let mayStillAsk: Bool
    /// Nil as long as it waits.
    public let answer: ConfirmationAnswer?
    public let answerer: ActorRecord
    public let answeredAt: Instant?
    /// Why it was declined.
    public let reason: String

    fileprivate init(_ row: Row) throws {
        id = try row.int("id")
        asker = try ActorRecord(row, "asker")
        askedAt = try row.instant("asked_at")
        mayStillAsk = try row.bool("may_still_ask")
        answer = ConfirmationAnswer(rawValue: try row.string("answer"))
        answerer = try ActorRecord(row, "answerer")
        answeredAt = try row.optionalInstant("answered_at")
        reason = try row.string("reason")
    }
}

/// A plan that waits for a second officer.
public struct WaitingPlan: Sendable {
    /// The number of what was asked for.
    public let confirmation: Int
    public let plan: PlanRecord
    public let askedAt: Instant
    public let asker: ActorRecord
}

/// A plan that another officer did not want done.
public struct DeclinedPlan: Sendable {
    public let plan: PlanRecord
    public let answerer: ActorRecord
    public let answeredAt: Instant
    public let reason: String
}

extension ReadStore {
    /// What was asked and answered of a plan, the newest first.
    public func confirmations(of plan: Int) async throws -> [ConfirmationRecord] {
        try await rows(
            """
            SELECT c.id, c.asked_at, c.answer, c.answered_at, c.reason,
                   c.asked_by AS asker, u.name AS asker_name, u.role AS asker_role,
                   c.answered_by AS answerer, v.name AS answerer_name, v.role AS answerer_role,
                   c.asked_by_account IS NULL OR u.disabled_at IS NULL
                     AND (u.rights IS NULL OR \(OfficeRight.appointment) = ANY(u.rights))
                     AS may_still_ask
            FROM plan_confirmations c
            LEFT JOIN accounts u ON u.id = c.asked_by_account
            LEFT JOIN accounts v ON v.id = c.answered_by_account
            WHERE c.plan_id = \(plan) ORDER BY c.id DESC
            """
        ).map { try ConfirmationRecord($0) }
    }

    /// The plans that wait for a second officer, the oldest first.
    public func plansToConfirm() async throws -> [WaitingPlan] {
        try await rows(
            """
            SELECT \(PlanRecord.columns), c.id AS confirmation, c.asked_at,
                   c.asked_by AS asker, u.name AS asker_name, u.role AS asker_role
            FROM plan_confirmations c JOIN plans p ON p.id = c.plan_id
            LEFT JOIN accounts u ON u.id = c.asked_by_account
            WHERE c.answer = '' AND p.state = \(PlanState.planned) ORDER BY c.id
            """
        ).map {
            WaitingPlan(
                confirmation: try $0.int("confirmation"), plan: try PlanRecord($0),
                askedAt: try $0.instant("asked_at"),
                asker: try ActorRecord($0, "asker"))
        }
    }

    /// The plans that somebody asked for and another officer declined since a moment, and for which
    /// nobody has asked anew, the newest first.
    public func declinedPlans(
        askedBy actor: Actor, since moment: Instant
    ) async throws -> [DeclinedPlan] {
        try await rows(
            """
            SELECT \(PlanRecord.columns), c.answered_at, c.reason,
                   c.answered_by AS answerer, v.name AS answerer_name, v.role AS answerer_role
            FROM plan_confirmations c JOIN plans p ON p.id = c.plan_id
            LEFT JOIN accounts v ON v.id = c.answered_by_account
            WHERE c.answer = \(ConfirmationAnswer.declined) AND c.asked_by = \(actor)
              AND c.answered_at >= \(moment) AND p.state = \(PlanState.planned)
              AND NOT EXISTS (SELECT FROM plan_confirmations n
                              WHERE n.plan_id = c.plan_id AND n.id > c.id)
            ORDER BY c.id DESC
            """
        ).map {
            DeclinedPlan(
                plan: try PlanRecord($0), answerer: try ActorRecord($0, "answerer"),
                answeredAt: try $0.instant("answered_at"), reason: try $0.string("reason"))
        }
    }

    /// The accounts that may appoint, but for one.
    public func appointers(but account: Int?) async throws -> [AccountRecord] {
        try await rows(
            """
            SELECT \(AccountRecord.columns) FROM \(AccountRecord.tables)
            WHERE a.role = 'office' AND a.disabled_at IS NULL
              AND (a.rights IS NULL OR \(OfficeRight.appointment) = ANY(a.rights))
              AND a.id IS DISTINCT FROM \(account)
            ORDER BY a.id
            """
        ).map { try AccountRecord($0) }
    }
}

extension WriteTransaction {
    /// Somebody would have a plan done.
    public func askToConfirm(_ plan: Int, at moment: WriteStamp) async throws {
        try await execute(
            """
            INSERT INTO plan_confirmations (plan_id, asked_by, asked_at)
            VALUES (\(plan), \(moment.actor), \(moment.now))
            """)
    }

    /// Whether it still waited.
    public func answer(
        _ confirmation: Int, _ answer: ConfirmationAnswer, because reason: String = "",
        at moment: WriteStamp
    ) async throws -> Bool {
        try await execute(
            """
            UPDATE plan_confirmations SET answer = \(answer), answered_by = \(moment.actor),
                answered_at = \(moment.now), reason = \(reason)
            WHERE id = \(confirmation) AND answer = ''
            """) > 0
    }
}
