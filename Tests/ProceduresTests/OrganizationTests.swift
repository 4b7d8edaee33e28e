import Enrollment
import Network
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 団体: opened, renamed, closed and opened again, by the office.
@Suite struct OrganizationTests {
    private static let root = Actor.operator("root")

    private static func draft(_ code: String = "new-hospital") -> OrganizationDraft {
        var draft = OrganizationDraft()
        (draft.code, draft.name, draft.corporateNumber) = (code, "新しい病院", "8000012010038")
        (draft.kind, draft.group, draft.category) = ("399", "hospitals", "agency_approved")
        (draft.opensOn, draft.closesOn) = ("2026年4月1日", "")
        return draft
    }

    private static func line(
        _ desk: isolated OfficeDesk, _ code: String = "demo-hospital"
    ) async throws -> OrganizationLine {
        try #require(try await desk.office.reading.organization(code: code, in: desk.office.year))
    }

    private static func found(
        _ typed: String, _ desk: isolated OfficeDesk
    ) async throws -> [String] {
        var filter = OrganizationFilter()
        filter.typed = typed
        return try await desk.office.reading.organizations(filter, in: desk.office.year)
            .map(\.code)
    }

    private func conflict(_ act: () async throws -> Void) async -> Conflict? {
        do { try await act() } catch Refusal.conflict(let conflict) { return conflict } catch {}
        return nil
    }

    @Test func oneIsOpenedOnceAndItsPeopleMayApply() async throws {
        try await withOffice { desk in
            #expect(
                try await desk.office.openOrganization(Self.draft(), by: Self.root) == .done)
            #expect(
                try await desk.office.openOrganization(Self.draft(), by: Self.root)
                    == .rejected([.codeIsTaken]))
            let open = try await desk.office.currentRules().organization(code: "new-hospital")
            #expect(open?.isOpen(on: desk.office.today) == true)
            #expect(try await Self.found("8000012010038", desk) == ["new-hospital"])
        }
    }

    @Test func everythingThatIsWrongIsSaidAtOnce() async throws {
        try await withOffice { desk in
            var draft = OrganizationDraft()
            draft.corporateNumber = "1234567890123"
            let outcome = try await desk.office.openOrganization(draft, by: Self.root)
            #expect(
                outcome
                    == .rejected([
                        .codeIsNotPlain, .nameMissing, .numberIsNone, .kindMissing, .groupMissing,
                        .categoryMissing, .dayUnreadable(.opensOn),
                    ]))
        }
    }

    @Test func aGroupThatIsNoneIsRefused() async throws {
        try await withOffice { desk in
            var draft = Self.draft()
            draft.group = "none"
            let outcome = try await desk.office.openOrganization(draft, by: Self.root)
            #expect(outcome == .rejected([.groupMissing]))
        }
    }

    @Test func theNameBeforeIsStillFoundAndTheYearBeforeKeepsIt() async throws {
        try await withOffice { desk in
            let today = desk.office.today
            #expect(
                try await desk.office.renameOrganization(
                    "demo-hospital", to: "新生病院", from: today, seen: "見本病院", by: Self.root)
                    == .done)
            for typed in ["新生", "見本病院"] {
                let found = try await Self.found(typed, desk)
                #expect(found == ["demo-hospital"], "\(typed)")
            }
            let line = try await Self.line(desk)
            let former = try await desk.office.reading.formerNames(ofOrganization: line.id)
            #expect(former.map(\.name) == ["見本病院"] && former.map(\.endsOn) == [today])
            let rules = try await desk.office.rules(of: desk.office.year)
            let hints = PersonHints("見本病院", in: desk.office.year, under: rules)
            #expect(hints.organizationIDs == [line.id], "people are found by it, too")
            // A second press, and somebody with an old page.
            #expect(
                try await desk.office.renameOrganization(
                    "demo-hospital", to: "新生病院", from: today, seen: "見本病院", by: Self.root)
                    == .done)
            let late = await conflict {
                _ = try await desk.office.renameOrganization(
                    "demo-hospital", to: "別の病院", from: today, seen: "見本病院", by: Self.root)
            }
            #expect(late == .organizationHasChanged)
            #expect(
                try await desk.office.renameOrganization(
                    "demo-hospital", to: "三つ目", from: today.adding(days: -1),
                    seen: "新生病院", by: Self.root)
                    == .rejected([.dayBeforeTheLastName]))
            #expect(
                try await desk.office.renameOrganization(
                    "demo-hospital", to: "三つ目", from: today.adding(days: 1), seen: "新生病院",
                    by: Self.root) == .rejected([.dayIsToCome]))
        }
    }

    @Test func aSlipInTheNewNameIsPutRightOnTheSameDay() async throws {
        try await withOffice { desk in
            let today = desk.office.today
            for (seen, name) in [("見本病院", "新正病院"), ("新正病院", "新生病院")] {
                #expect(
                    try await desk.office.renameOrganization(
                        "demo-hospital", to: name, from: today, seen: seen, by: Self.root)
                        == .done)
                try await desk.move(by: 60)
            }
            let line = try await Self.line(desk)
            let former = try await desk.office.reading.formerNames(ofOrganization: line.id)
            #expect(line.name == "新生病院" && former.map(\.name) == ["見本病院"])
            let rules = try await desk.office.currentRules()
            #expect(rules.organization(code: "demo-hospital")?.name == "新生病院")
            let said = try await desk.rows(
                """
                SELECT d.detail->'before'->>'name' AS before, d.detail->'after'->>'name' AS after
                FROM events d WHERE d.act = 'rename_organization' ORDER BY d.id
                """)
            #expect(said.count == 2)
        }
    }

    @Test func fromTheDayOfItsEndNobodyAppliesByItAndNobodySignsInForIt() async throws {
        try await withOffice { desk in
            let account = NewAccount(
                email: "clerk@example.jp", name: "担当", role: .organization,
                organizationCode: "demo-hospital")
            let password = try await desk.office.addAccount(account, by: Self.root)
            let tomorrow = desk.office.today.adding(days: 1)
            #expect(
                try await desk.office.endOrganization(
                    "demo-hospital", on: desk.office.today.adding(days: -1), seen: nil,
                    by: Self.root) == .rejected([.endIsPast]))
            _ = try await desk.office.endOrganization(
                "demo-hospital", on: tomorrow, seen: nil, by: Self.root)
            let token = try await desk.office.signIn(
                email: account.email, password: password, from: .here)
            #expect(try await desk.office.account(of: token) != nil, "not yet")
            try await desk.move(by: 86_400)
            #expect(try await desk.office.account(of: token) == nil)
            await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                _ = try await desk.office.signIn(
                    email: account.email, password: password, from: .here)
            }
            let rules = try await desk.office.currentRules()
            #expect(
                rules.organization(code: "demo-hospital")?.isOpen(on: desk.office.today) == false)
            #expect(
                try await desk.office.invite(
                    InvitationDraft(
                        email: "n@example.jp", name: "人",
                        to: .organization("demo-hospital", place: "")), by: .office(Self.root))
                    == .rejected([.organizationIsClosed]))
            let late = await conflict {
                _ = try await desk.office.endOrganization(
                    "demo-hospital", on: nil, seen: nil, by: Self.root)
            }
            #expect(late == .organizationHasChanged)
            _ = try await desk.office.endOrganization(
                "demo-hospital", on: nil, seen: tomorrow, by: Self.root)
            _ = try await desk.office.signIn(
                email: account.email, password: password, from: .here)
            let letters = try await desk.texts(
                "SELECT letter AS text FROM outbox WHERE letter = 'account_changed'")
            #expect(letters.count == 2, "closed, and not after all")
        }
    }

    @Test func aNumberAndAGroupAreOfWhatWasSeen() async throws {
        try await withOffice { desk in
            let seen = (number: "", group: "hospitals")
            #expect(
                try await desk.office.changeOrganization(
                    "demo-hospital", number: "8000012010038", group: "university-hospitals",
                    seen: seen, by: Self.root) == .done)
            let line = try await Self.line(desk)
            #expect(line.groupCode == "university-hospitals")
            let late = await conflict {
                _ = try await desk.office.changeOrganization(
                    "demo-hospital", number: "", group: "hospitals",
                    seen: (number: "1", group: "hospitals"), by: Self.root)
            }
            #expect(late == .organizationHasChanged)
            #expect(
                try await desk.office.changeOrganization(
                    "demo-hospital", number: "8000012010039", group: "none", seen: seen,
                    by: Self.root) == .rejected([.numberIsNone, .groupMissing]))
        }
    }

    /// What a file said before does not come back when another line of it changes.
    @Test func whatTheOfficeChangedIsNotUndoneByAFile() async throws {
        try await withOffice { desk in
            let office: Office = desk.office
            _ = try await office.renameOrganization(
                "demo-hospital", to: "改称病院", from: office.today, seen: "見本病院", by: Self.root)
            _ = try await office.changeOrganization(
                "demo-hospital", number: "8000012010038", group: "others",
                seen: (number: "", group: "hospitals"), by: Self.root)
            let before = try await Self.line(desk)
            let files = [
                ReferenceFile(
                    name: "organizations.csv",
                    bytes: Array(
                        """
                        code,name,corporate_number,kind_code,group_code
                        demo-hospital,見本病院,,398,hospitals
                        jc,日本青年会議所,,399,community

                        """.utf8)),
                ReferenceFile(
                    name: "organization-years.csv",
                    bytes: Array(
                        """
                        organization_code,category,programme_id,opens_on,closes_on,\
                        activity_note,position
                        demo-hospital,listed_org,,2026-05-01,,,9
                        jc,listed_org,,2026-04-01,,,2

                        """.utf8)),
            ]
            let loaded = try await desk.office(over: desk.database)
                .loadReference(files, of: office.year)
            #expect(
                loaded.kept.map(\.column) == [
                    "name", "corporate_number", "group_code", "category", "opens_on",
                    "activity_note",
                ])
            let after = try await Self.line(desk)
            #expect(after.name == "改称病院" && after.corporateNumber == "8000012010038")
            #expect(after.groupCode == "others" && after.kindCode == "398")
            #expect(after.terms == before.terms)
            let names = try await desk.texts(
                """
                SELECT y.name || ' ' || y.group_code AS text FROM organization_years y
                JOIN organizations o ON o.id = y.organization_id WHERE o.code = 'demo-hospital'
                """)
            #expect(names == ["改称病院 others"])
            let other = try await Self.line(desk, "jc")
            #expect(other.name == "日本青年会議所" && other.groupCode == "community")
        }
    }
}
