import Enrollment
import Network
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// The operator's acts on accounts: an address is one account, and each change is said by name.
@Suite struct AccountTests {
    private static let clerk = NewAccount(
        email: "clerk@example.jp", name: "担当", role: .organization,
        organizationCode: "demo-hospital")

    private func facts(_ desk: isolated OfficeDesk) async throws -> AccountFacts? {
        try await desk.office.reading.accounts().first?.facts
    }

    /// What stands in the way of an act.
    private func conflict(_ act: () async throws -> Void) async -> Conflict? {
        do { try await act() } catch Refusal.conflict(let conflict) { return conflict } catch {}
        return nil
    }

    private func canSignIn(
        _ desk: isolated OfficeDesk, _ password: String, as email: String = clerk.email
    ) async throws -> Bool {
        do {
            _ = try await desk.office.signIn(
                email: email, password: password, from: .here)
        } catch Refusal
            .wrong
        { return false }
        return true
    }

    @Test func aKnownAddressIsNotAddedAgainAndKeepsWhatItHas() async throws {
        try await withOffice { desk in
            let password = try await desk.office.addAccount(Self.clerk, by: .operator("root"))
            var other = Self.clerk
            (other.role, other.organizationCode, other.email) = (.office, nil, "Clerk@Example.jp")
            let again = other
            let said = await conflict {
                _ = try await desk.office.addAccount(again, by: .operator("root"))
            }
            #expect(said == .accountIsKnown(email: "clerk@example.jp", .organization))
            #expect(try await facts(desk) == Self.clerk)
            #expect(try await canSignIn(desk, password))

            try await desk.office.disableAccount(Self.clerk.email, by: .operator("root"))
            let ended = await conflict {
                _ = try await desk.office.addAccount(again, by: .operator("root"))
            }
            #expect(ended == .accountIsKnownAndDisabled(email: "clerk@example.jp"))
            let account = try #require(try await desk.office.reading.accounts().first)
            #expect(account.facts == Self.clerk && account.disabledOn == desk.office.today)
            #expect(try await !canSignIn(desk, password))
        }
    }

    @Test func aChangedAccountIsSomebodyElsesAndItsSessionsEnd() async throws {
        try await withOffice { desk in
            let password = try await desk.office.addAccount(Self.clerk, by: .operator("root"))
            let session = try await desk.office.signIn(
                email: Self.clerk.email, password: password, from: .here)
            var change = AccountChange()
            (change.role, change.name) = (.office, "事務局")
            let told = try await desk.office.changeAccount(
                "CLERK@example.jp", change, by: .operator("root"))
            #expect(told == nil)
            let office = NewAccount(
                email: Self.clerk.email, name: "事務局", role: .office, organizationCode: nil)
            #expect(try await facts(desk) == office)
            #expect(try await desk.office.account(of: session) == nil)
            #expect(try await canSignIn(desk, password))

            var new = AccountChange()
            (new.hasNewPassword, new.email) = (true, "new@example.jp")
            let fresh = try #require(
                try await desk.office.changeAccount(Self.clerk.email, new, by: .operator("root")))
            #expect(try await canSignIn(desk, fresh, as: "new@example.jp"))
            #expect(try await !canSignIn(desk, password, as: "new@example.jp"))
            #expect(try await !canSignIn(desk, fresh, as: Self.clerk.email))
        }
    }

    /// What stands in the way of a change.
    private func change(
        _ desk: isolated OfficeDesk, _ email: String, _ edit: (inout AccountChange) -> Void
    ) async -> Conflict? {
        var change = AccountChange()
        edit(&change)
        let wanted = change
        return await conflict {
            _ = try await desk.office.changeAccount(email, wanted, by: .operator("root"))
        }
    }

    @Test func aChangeThatCannotBeIsRefusedWhole() async throws {
        try await withOffice { desk in
            _ = try await desk.office.addAccount(Self.clerk, by: .operator("root"))
            let office = NewAccount(
                email: "office@example.jp", name: "", role: .office, organizationCode: nil)
            _ = try await desk.office.addAccount(office, by: .operator("root"))
            let before = try await desk.everything()
            #expect(
                await change(desk, "clerk@example.jp") { $0.email = "Office@example.jp" }
                    == .accountAddressIsTaken)
            #expect(
                await change(desk, "clerk@example.jp") { $0.email = "nomail" }
                    == .accountAddressIsNone)
            #expect(
                await change(desk, "office@example.jp") { $0.role = .organization }
                    == .accountOrganizationDoesNotFit)
            #expect(
                await change(desk, "office@example.jp") { $0.organizationCode = "demo-hospital" }
                    == .accountOrganizationDoesNotFit)
            for email in ["nobody@example.jp", "nomail"] {
                await #expect(throws: Refusal.notFound) {
                    _ = try await desk.office.changeAccount(
                        email, AccountChange(), by: .operator("root"))
                }
            }
            #expect(try await desk.everything() == before)
        }
    }

    @Test func aDisabledAccountComesBackWithItsPasswordOrANewOne() async throws {
        try await withOffice { desk in
            let password = try await desk.office.addAccount(Self.clerk, by: .operator("root"))
            let said = await conflict {
                _ = try await desk.office.enableAccount(
                    Self.clerk.email, withNewPassword: false, by: .operator("root"))
            }
            #expect(said == .accountIsNotDisabled)
            try await desk.office.disableAccount(Self.clerk.email, by: .operator("root"))
            try await desk.move(by: 86_400)
            try await desk.office.disableAccount(Self.clerk.email, by: .operator("root"))
            let since = try await desk.office.reading.accounts().first?.disabledOn
            #expect(since == Invented.today, "the first day stays")
            let kept = try await desk.office.enableAccount(
                Self.clerk.email, withNewPassword: false, by: .operator("root"))
            #expect(kept == nil)
            #expect(try await canSignIn(desk, password))

            try await desk.office.disableAccount(Self.clerk.email, by: .operator("root"))
            let fresh = try #require(
                try await desk.office.enableAccount(
                    Self.clerk.email, withNewPassword: true, by: .operator("root")))
            #expect(try await canSignIn(desk, fresh))
            #expect(try await !canSignIn(desk, password))
        }
    }
}
