import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 任命の取消し of a whole plan beside what others do in the same moment, over connections of their
/// own.
@Suite(.serialized) struct UndoAppointmentRaceTests {
    @Test func ofTwoOfficersWhoTakeAPlanBackOneDoes() async throws {
        try await withNoOffice {
            let desk = try await CommittedDesk(in: .races)
            let plan = try await desk.appointForty()
            let plans = (
                try await desk.planAppointmentUndo(of: plan),
                try await desk.planAppointmentUndo(of: plan)
            )
            async let one = desk.undoAppointments(plans.0, because: "一")
            async let other = desk.undoAppointments(plans.1, because: "二")
            let done = [try await one, try await other]
            #expect(done.filter { $0 == .applied(count: 40) }.count == 1)
            let cancelled = try await desk.count(
                """
                SELECT count(*) AS n FROM appointment_terms
                WHERE known_until = 'infinity' AND end_reason = 'cancelled'
                """)
            #expect(cancelled == 40)
            let undone = try await desk.count(
                "SELECT count(*) AS n FROM application_states WHERE reason IN ('一', '二')")
            #expect(undone == 40)
        }
    }

    @Test func ofTwoPressesOfOneButtonOneCounts() async throws {
        try await withNoOffice {
            let desk = try await CommittedDesk(in: .races)
            let plan = try await desk.planAppointmentUndo(of: try await desk.appointForty())
            async let one = desk.askToUndoAppointments(plan, because: "一")
            async let other = desk.askToUndoAppointments(plan, because: "二")
            _ = try await (one, other)
            while try await desk.doOneJob() {}
            #expect(try await desk.count("SELECT count(*) AS n FROM jobs") == 1)
            let undone = try await desk.count(
                """
                SELECT count(DISTINCT reason) * 1000 + count(*) AS n FROM application_states
                WHERE reason IN ('一', '二')
                """)
            #expect(undone == 1_040)
        }
    }

    /// Whoever resigns in that moment has resigned, or was taken back before: never half.
    @Test func whoeverResignsInThatMomentIsOneOrTheOther() async throws {
        try await withNoOffice {
            let desk = try await CommittedDesk(in: .races)
            let plan = try await desk.planAppointmentUndo(of: try await desk.appointForty())
            let id = try await desk.count("SELECT max(application_id) AS n FROM appointments")
            async let undone = desk.undoAppointments(plan, because: "理由")
            async let resigned = desk.resigns(id)
            let (result, hasResigned) = (try await undone, await resigned)
            let states = try await desk.rows(
                """
                SELECT a.state || ' ' || t.end_reason AS text FROM applications a
                JOIN appointments p ON p.application_id = a.id
                JOIN appointment_terms t
                  ON t.appointment_id = p.id AND t.known_until = 'infinity'
                WHERE a.id = \(id)
                """
            ).map { try $0.string("text") }
            if result == .applied(count: 40) {
                #expect(states == ["approved cancelled"] && !hasResigned)
            } else {
                #expect(states == ["appointed resigned"] && hasResigned)
            }
        }
    }

    /// Of each either nothing left, or both letters do.
    @Test func lettersThatLeaveMeanwhileAreFollowedByAnother() async throws {
        try await withNoOffice {
            let desk = try await CommittedDesk(in: .races)
            let plan = try await desk.planAppointmentUndo(of: try await desk.appointForty())
            await desk.move(by: 3_600)
            let mail = MemoryTransport()
            async let sent: Void = desk.deliverAll(by: mail)
            async let undone = desk.undoAppointments(plan, because: "理由")
            #expect(try await undone == .applied(count: 40))
            try await sent
            try await desk.deliverAll(by: mail)
            func recipients(_ kind: String) -> Set<String> {
                Set(mail.letters.filter { $0.messageID.hasPrefix(kind) }.map(\.recipient))
            }
            #expect(recipients("appointment-") == recipients("cancellation-"))
        }
    }
}

extension CommittedDesk {
    /// Forty who are appointed by one plan; gives it.
    fileprivate func appointForty() async throws -> String {
        _ = try await office.submitInvented((1...40).map { Invented.draft($0) })
        let ids = try await rows(
            "SELECT id FROM applications WHERE state = 'submitted' ORDER BY id"
        ).map { try $0.int("id") }
        _ = try await office.approve(ids, by: .operator("office"))
        let plan = try await office.planAppointments(
            by: Decision(decidedOn: office.today, number: "デ推第1号"), by: .operator("office"))
        _ = try await office.applyAppointments(plan.number, by: .operator("office"))
        move(by: 60)
        return plan.number
    }

    fileprivate func planAppointmentUndo(of plan: String) async throws -> String {
        try await office.planAppointmentUndo(of: plan, by: .operator("office")).number
    }

    fileprivate func undoAppointments(
        _ plan: String, because reason: String
    ) async throws -> AppliedPlan {
        try await office.undoAppointments(plan, because: reason, by: .operator("office"))
    }

    fileprivate func askToUndoAppointments(_ plan: String, because reason: String) async throws {
        try await office.askToUndoAppointments(plan, because: reason, by: .operator("office"))
    }

    fileprivate func doOneJob() async throws -> Bool {
        try await office.doOneJob(logger: logger)
    }

    /// Whether they could.
    fileprivate func resigns(_ application: Int) async -> Bool {
        (try? await office.resign(application: application, by: .applicant)) != nil
    }

    fileprivate func deliverAll(by mail: MemoryTransport) async throws {
        while try await office.deliverLetters(by: mail, logger: logger) > 0 {}
    }
}
