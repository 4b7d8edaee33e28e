import Enrollment
import Network
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// The journal is written in the transaction of the act: without its event no act is done.
@Suite struct JournalTests {
    /// Runs an act while the journal refuses it, then for good.
    static func check(
        _ act: String, _ desk: isolated OfficeDesk,
        _ body: (isolated OfficeDesk) async throws -> Void
    ) async throws {
        try await desk.refuseEvent(act)
        let before = try await desk.everything()
        let told = PostgresError.constraint(name: "refused_by_test", sqlState: "23514")
        do {
            try await body(desk)
            Issue.record("\(act) left no event")
        } catch { #expect(error as? PostgresError == told, "\(act)") }
        #expect(try await desk.everything() == before, "\(act) left something")
        try await desk.refuseNoEvent()
        try await body(desk)
        let found = try await desk.rows(
            """
            SELECT count(*) AS n, bool_and(known_from = \(desk.office.now.precise)::timestamptz
                AND true_on = \(desk.office.today.description)::date AND actor <> '') AS is_whole
            FROM events WHERE act = \(act)
            """)
        #expect(try found[0].int("n") == 1, "\(act)")
        #expect(try found[0].bool("is_whole"), "\(act)")
    }

    @Test func everyActOfAnApplicationLeavesItsEvent() async throws {
        try await withOffice { desk in
            let token = try await desk.confirmedDraft(Invented.draft(1))
            try await Self.check("submit", desk) {
                _ = try await $0.office.submitApplication(of: token)
            }
            let twice = try await desk.confirmedDraft(Invented.draft(1))
            try await Self.check("merge", desk) {
                _ = try await $0.office.submitApplication(of: twice)
            }
            let ids = try await desk.rows("SELECT id FROM applications WHERE state = 'submitted'")
                .map { try $0.int("id") }
            try await Self.check("approve", desk) {
                _ = try await $0.office.approve(ids, by: .operator("o"))
            }
            try await Self.check("plan_appointments", desk) {
                _ = try await $0.office.planAppointments(by: $0.decision, by: .operator("o"))
            }
            let plan = try await desk.texts("SELECT number AS text FROM plans")[0]
            for act in ["appoint", "apply_appointments"] {
                try await desk.refuseEvent(act)
                let before = try await desk.everything()
                await #expect(throws: PostgresError.self) {
                    try await desk.office.applyAppointments(plan, by: .operator("o"))
                }
                #expect(try await desk.everything() == before)
            }
            try await Self.check("apply_appointments", desk) {
                _ = try await $0.office.applyAppointments(plan, by: .operator("o"))
            }
            try await Self.check("resign", desk) {
                try await $0.office.resign(application: ids[0], by: .operator("a"))
            }
        }
    }

    @Test func anOrganizationThatIsOpenedOtherwiseIsToldWithItsFormerTerms() async throws {
        try await withOffice { desk in
            let known = try #require(
                try await desk.office.currentRules().organization(code: "demo-hospital"))
            // What this worker has read may be a minute old.
            _ = try await desk.rows(
                "UPDATE organization_years SET name = '前の名' WHERE organization_id = \(known.id)")
            try await desk.office.openOrganization(
                NewOrganization(
                    code: known.code, name: "改称病院", kindCode: "399", groupCode: "medical"),
                terms: known.terms, by: .operator("o"))
            let detail = try await desk.texts(
                """
                SELECT detail->'before'->>'name' || ' ' || (detail->'after'->>'name') AS text
                FROM events WHERE act = 'open_organization' ORDER BY id DESC LIMIT 1
                """)
            #expect(detail == ["前の名 改称病院"])
        }
    }

    @Test func everyActOnAGroupsFileLeavesItsEvent() async throws {
        try await withOffice { desk in
            try await Self.check("plan_group", desk) { _ = try await $0.upload(1...2) }
            let number = try await desk.texts(
                "SELECT number AS text FROM plans WHERE act = 'group'")[0]
            let body = try #require(
                try await desk.office.currentRules().organization(code: "demo-hospital"))
            try await Self.check("confirm_group", desk) {
                try await $0.office.askToApplyGroup(
                    number, of: OrganizationScope(body.id), by: .operator("a"))
            }
            try await Self.check("apply_group", desk) {
                _ = try await $0.office.applyGroup(number, by: .operator("a"))
            }
        }
    }

    @Test func everyActOfTheOperatorLeavesItsEvent() async throws {
        try await withOffice { desk in
            let account = NewAccount(
                email: "office@example.jp", name: "", role: .office, organizationCode: nil)
            try await Self.check("add_account", desk) {
                _ = try await $0.office.addAccount(account, by: .operator("o"))
            }
            var change = AccountChange()
            (change.hasNewPassword, change.name) = (true, "事務局")
            let wanted = change
            try await Self.check("change_account", desk) {
                _ = try await $0.office.changeAccount(account.email, wanted, by: .operator("o"))
            }
            let known = try await desk.office.changeAccount(
                account.email, wanted, by: .operator("o"))
            let password = try #require(known)
            try await Self.check("sign_in", desk) {
                _ = try await $0.office.signIn(
                    email: account.email, password: password, from: .here)
            }
            try await Self.check("disable_account", desk) {
                try await $0.office.disableAccount(account.email, by: .operator("o"))
            }
            try await Self.check("enable_account", desk) {
                _ = try await $0.office.enableAccount(
                    account.email, withNewPassword: false, by: .operator("o"))
            }
            // What changed is named for good; what it was and is stands apart.
            let told = try await desk.texts("SELECT detail::text AS text FROM events")
            #expect(!told.contains { $0.contains("事務局") || $0.contains("@") })
            try await Self.check("open_year", desk) {
                try await $0.office.openFiscalYear(FiscalYear(startYear: 2027), by: .operator("o"))
            }
        }
    }
}
