import Enrollment
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// 招待: a link is mailed, used once, sent again, withdrawn, and ends.
@Suite struct InvitationTests {
    private static let password = "うみと やまと そらのいろ3つ"
    private static let root = Actor.operator("root")

    private static func draft(
        _ email: String = "new@example.jp", to desk: InvitedTo = .office(.every),
        inPlaceOf former: Int? = nil
    ) -> InvitationDraft {
        InvitationDraft(email: email, name: "新しい 人", to: desk, inPlaceOf: former)
    }

    private static func invite(
        _ draft: InvitationDraft, _ desk: isolated OfficeDesk, by inviter: Inviter = .office(root)
    ) async throws -> (id: Int, link: Token) {
        guard case .sent(let id) = try await desk.office.invite(draft, by: inviter) else {
            throw Refusal.wrong(triesLeft: nil)
        }
        return (id, try #require(Token(text: try await desk.invitationLink())))
    }

    private static func account(
        _ email: String, _ desk: isolated OfficeDesk, rights: OfficeRights = .every
    ) async throws -> Int {
        _ = try await desk.office.addAccount(
            NewAccount(
                email: email, name: "担当", role: .office, organizationCode: nil, rights: rights),
            by: root)
        return try await desk.office.accountNumber(email)
    }

    private static func canSignIn(
        _ email: String, _ desk: isolated OfficeDesk
    ) async throws -> Bool {
        do {
            _ = try await desk.office.signIn(email: email, password: password, from: .here)
        } catch Refusal.wrong { return false }
        return true
    }

    private func conflict(_ act: () async throws -> Void) async -> Conflict? {
        do { try await act() } catch Refusal.conflict(let conflict) { return conflict } catch {}
        return nil
    }

    @Test func aLinkMakesAnAccountOnceAndWithTheRightsThatWereGiven() async throws {
        try await withOffice { desk in
            let rights = OfficeRights([.reception, .review])
            let (_, link) = try await Self.invite(Self.draft(to: .office(rights)), desk)
            #expect(try await !Self.canSignIn("new@example.jp", desk), "not before")
            #expect(try await desk.office.reading.accounts().isEmpty)
            #expect(try await desk.office.invitation(link).state == .open)
            let used = try await desk.office.acceptInvitation(
                link, password: Self.password, from: .here)
            #expect(used == .accepted)
            #expect(try await desk.office.reading.accounts().map(\.facts.rights) == [rights])
            #expect(try await Self.canSignIn("new@example.jp", desk))
            let again = try await desk.office.acceptInvitation(
                link, password: Self.password + "x", from: .here)
            #expect(again == .ended(.accepted))
            #expect(try await Self.canSignIn("new@example.jp", desk))
        }
    }

    @Test func aPasswordThatIsNoneUsesNothingUp() async throws {
        try await withOffice { desk in
            let (_, link) = try await Self.invite(Self.draft(), desk)
            for (password, problem) in [
                ("短い", PasswordProblem.tooShort), ("new@example.jp new@example.jp", .tooSimple),
            ] {
                #expect(
                    try await desk.office.acceptInvitation(link, password: password, from: .here)
                        == .rejected(problem))
            }
            #expect(try await desk.office.invitation(link).state == .open)
        }
    }

    @Test func aLinkEndsWithItsLifetimeAndWithTheNextOne() async throws {
        try await withOffice { desk in
            let (id, first) = try await Self.invite(Self.draft(), desk)
            try await desk.move(by: 14 * 86_400)
            #expect(
                try await desk.office.acceptInvitation(
                    first, password: Self.password, from: .here) == .ended(.expired))
            let waiting = try await desk.office.reading.invitations(within: nil, limit: 9)
            let sentAt = try #require(waiting.first).sentAt
            try await desk.office.resendInvitation(id, seen: sentAt, by: .office(Self.root))
            let pressedTwice = await conflict {
                try await desk.office.resendInvitation(id, seen: sentAt, by: .office(Self.root))
            }
            #expect(pressedTwice == .invitationHasChanged)
            await #expect(throws: Refusal.notFound) {
                _ = try await desk.office.invitation(first)
            }
            let second = try #require(Token(text: try await desk.invitationLink()))
            #expect(
                try await desk.office.acceptInvitation(
                    second, password: Self.password, from: .here) == .accepted)
        }
    }

    @Test func whatIsWithdrawnOpensNothingAndTheAddressMayBeInvitedAnew() async throws {
        try await withOffice { desk in
            let (id, link) = try await Self.invite(Self.draft(), desk)
            #expect(
                try await desk.office.invite(
                    Self.draft("New@Example.jp"), by: .office(Self.root))
                    == .rejected([.isInvited]))
            try await desk.office.withdrawInvitation(id, by: .office(Self.root))
            #expect(
                try await desk.office.acceptInvitation(
                    link, password: Self.password, from: .here) == .ended(.withdrawn))
            let late = await conflict {
                try await desk.office.withdrawInvitation(id, by: .office(Self.root))
            }
            #expect(late == .invitationHasChanged)
            _ = try await Self.invite(Self.draft(), desk)
        }
    }

    @Test func everythingThatIsWrongIsSaidAtOnce() async throws {
        try await withOffice { desk in
            let nothing = InvitationDraft(email: " ", name: "", to: .office(.none))
            #expect(
                try await desk.office.invite(nothing, by: .office(Self.root))
                    == .rejected([.emailMissing, .nameMissing, .rightsMissing]))
            #expect(
                try await desk.office.invite(
                    Self.draft(to: .organization("nobody", place: "")), by: .office(Self.root))
                    == .rejected([.organizationUnknown]))
            #expect(
                try await desk.office.invite(
                    Self.draft(to: .organization("demo-hospital", place: "east")),
                    by: .office(Self.root)) == .rejected([.placeUnknown]))
            let known = try await Self.account("known@example.jp", desk)
            #expect(
                try await desk.office.invite(
                    Self.draft("known@example.jp"), by: .office(Self.root))
                    == .rejected([.hasAccount]))
            try await desk.office.disableAccount("known@example.jp", by: Self.root)
            #expect(
                try await desk.office.invite(
                    Self.draft("known@example.jp"), by: .office(Self.root))
                    == .rejected([.hasDisabledAccount]))
            #expect(known > 0)
        }
    }

    @Test func aColleagueInvitesToTheirOwnAndLearnsNothingOfOthers() async throws {
        try await withOffice { desk in
            let east = try #require(BusinessPlacePath("east"))
            try await desk.office.addBusinessPlace(
                east, named: BusinessPlaceName("東病院")!, of: "demo-hospital", by: Self.root)
            let hospital = try #require(
                try await desk.office.reading.organizationID("demo-hospital"))
            let clerk = Inviter.colleague(Self.root, OrganizationScope(hospital, at: east))
            let own = InvitedTo.organization("demo-hospital", place: "east")
            _ = try await Self.invite(Self.draft(to: own), desk, by: clerk)
            for desk1 in [
                InvitedTo.organization("demo-hospital", place: ""),
                .organization("demo-clinic", place: ""), .office(.every), .ministry,
            ] {
                await #expect(throws: Refusal.notFound, "\(desk1)") {
                    _ = try await desk.office.invite(
                        Self.draft("x@example.jp", to: desk1), by: clerk)
                }
            }
            _ = try await Self.account("office@example.jp", desk)
            for taken in ["new@example.jp", "office@example.jp"] {
                #expect(
                    try await desk.office.invite(Self.draft(taken, to: own), by: clerk)
                        == .rejected([.addressCannotBeUsed]))
            }
            let (id, _) = try await Self.invite(Self.draft("o@example.jp"), desk)
            await #expect(throws: Refusal.notFound) {
                try await desk.office.withdrawInvitation(id, by: clerk)
            }
        }
    }

    @Test func whoeverTakesOverEndsTheAccountBeforeWhenTheyBegin() async throws {
        try await withOffice { desk in
            let former = try await Self.account("old@example.jp", desk)
            let (_, link) = try await Self.invite(Self.draft(inPlaceOf: former), desk)
            let before = try await desk.office.reading.accountLine(id: former)
            #expect(before?.disabledOn == nil, "not yet")
            let twice = try await desk.office.invite(
                Self.draft("n1@example.jp", inPlaceOf: former), by: .office(Self.root))
            guard case .rejected = twice else {
                Issue.record("two take over one account")
                return
            }
            #expect(
                try await desk.office.acceptInvitation(
                    link, password: Self.password, from: .here) == .accepted)
            let after = try await desk.office.reading.accountLine(id: former)
            #expect(after?.disabledOn == desk.office.today)
            let other = await conflict {
                _ = try await desk.office.invite(
                    Self.draft("n2@example.jp", inPlaceOf: former), by: .office(Self.root))
            }
            #expect(other == .accountCannotBeTakenOver)
        }
    }
}

/// 停止, 再開 and 権限, by somebody of the office.
@Suite struct AccountKeepingTests {
    private func account(
        _ email: String, _ desk: isolated OfficeDesk, _ rights: OfficeRights
    ) async throws -> Int {
        _ = try await desk.office.addAccount(
            NewAccount(
                email: email, name: "担当", role: .office, organizationCode: nil, rights: rights),
            by: .operator("root"))
        return try await desk.office.accountNumber(email)
    }

    private func conflict(_ act: () async throws -> Void) async -> Conflict? {
        do { try await act() } catch Refusal.conflict(let conflict) { return conflict } catch {}
        return nil
    }

    @Test func nobodyEndsTheirOwnAccountOrTakesTheLastAdministrationAway() async throws {
        try await withOffice { desk in
            let first = try await account("a@example.jp", desk, .every)
            let second = try await account("b@example.jp", desk, OfficeRights([.review]))
            let own = await conflict {
                try await desk.office.disableAccount(first, by: .account(first))
            }
            #expect(own == .accountIsOnesOwn)
            for act in [
                { try await desk.office.disableAccount(first, by: .account(second)) },
                {
                    try await desk.office.changeRights(
                        ofAccount: first, from: .every, to: OfficeRights([.review]),
                        by: .account(first))
                },
            ] as [() async throws -> Void] {
                #expect(await conflict(act) == .lastAdministrator)
            }
            try await desk.office.changeRights(
                ofAccount: second, from: OfficeRights([.review]),
                to: OfficeRights([.administration]), by: .account(first))
            try await desk.office.disableAccount(first, by: .account(second))
            try await desk.office.disableAccount(first, by: .account(second))
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM events WHERE act = 'disable_account'") == 1)
            try await desk.office.enableAccount(first, by: .account(second))
            #expect(
                try await desk.office.reading.account(id: first, on: desk.office.today)?.rights
                    == .every)
            let letters = try await desk.texts(
                "SELECT subject AS text FROM outbox WHERE letter = 'account_changed' ORDER BY id")
            #expect(letters.count == 3, "rights, disabled, enabled: \(letters)")
        }
    }

    @Test func rightsThatAreOthersByNowAreNotOverwritten() async throws {
        try await withOffice { desk in
            let first = try await account("a@example.jp", desk, .every)
            let second = try await account("b@example.jp", desk, OfficeRights([.review]))
            try await desk.office.changeRights(
                ofAccount: second, from: OfficeRights([.review]), to: .every, by: .account(first))
            let late = await conflict {
                try await desk.office.changeRights(
                    ofAccount: second, from: OfficeRights([.review]),
                    to: OfficeRights([.appointment]), by: .account(first))
            }
            #expect(late == .accountHasChanged)
            try await desk.office.changeRights(
                ofAccount: second, from: OfficeRights([.review]), to: .every, by: .account(first))
        }
    }
}
