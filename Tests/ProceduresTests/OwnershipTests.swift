import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// An organization's file changes only what is its own.
@Suite struct OwnershipTests {
    private static func body(
        _ code: String = "demo-hospital", _ desk: isolated OfficeDesk
    ) async throws -> Int {
        try #require(try await desk.office.currentRules().organization(code: code)).id
    }

    private static func members(
        _ desk: isolated OfficeDesk, _ code: String = "demo-hospital"
    ) async throws -> [MemberRecord] {
        try await desk.office.reading.members(
            of: OrganizationScope(try await body(code, desk)), in: desk.office.year, limit: 99
        ).members
    }

    private static func streets(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts("SELECT street AS text FROM applications ORDER BY id")
    }

    /// What is kept as a proposal of the newest application, by the names of the fields.
    private static func proposed(_ desk: isolated OfficeDesk) async throws -> [String: String] {
        let id = try await desk.count("SELECT max(id) AS n FROM applications")
        guard let proposal = try await desk.office.reading.proposals(of: id).first else {
            return [:]
        }
        var said: [String: String] = [:]
        for answer in proposal.answers.answers where !answer.text.isEmpty {
            said[answer.field.key] = answer.text
        }
        return said
    }

    /// A mailbox of two is no evidence, but name, kana and address are those of one application: what
    /// the organization says of it is kept.
    @Test func whoSharesAMailboxIsNotLostWhenTheOrganizationSaysAnotherStreet() async throws {
        try await withOffice { desk in
            let shared = Invented.email(1)
            try await desk.apply(2) { $0["email"] = shared }
            try await desk.apply(1)
            #expect(try await desk.enter([1], at: .nara) == 1)
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 2)
            #expect(try await desk.count("SELECT count(*) AS n FROM affiliations") == 1)
            #expect(try await !Self.proposed(desk).isEmpty)
            #expect(try await Self.members(desk).count == 1)
        }
    }

    /// Whoever has to decide is told of it, once; the clerk reads that nothing has changed.
    @Test func whoDecidesIsToldAndTheClerkReadsThatNothingHasChanged() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            _ = try await desk.enter([1])
            _ = try await desk.sendLetters()
            for _ in 0..<2 {
                try await desk.move(by: 60)
                _ = try await desk.enter([1], at: .nara)
            }
            let lines = try await desk.texts(
                "SELECT applied_as AS text FROM group_lines ORDER BY group_file_id")
            #expect(lines == ["affiliated", "proposed", "unchanged"])
            let told = try await desk.sendLetters().filter {
                $0.messageID.hasPrefix("proposal-")
            }
            #expect(told.map(\.recipient) == [Invented.email(1)])
            let body = told.first?.body ?? ""
            #expect(body.contains("　・市区町村") && !body.contains("奈良"))
            #expect(body.contains("応募の内容は変わっていません。"))
        }
    }

    @Test func whoAppliedAloneBelongsToTheOrganizationBesides() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            #expect(try await desk.enter([1], unit: "外科") == 1)
            let found = try await desk.texts(
                """
                SELECT f.unit || ' ' || f.is_primary || ' ' || (a.organization_id IS NULL)
                    || ' ' || a.unit AS text
                FROM affiliations f JOIN applications a ON a.id = f.application_id
                """)
            #expect(found == ["外科 false true "])
            #expect(try await Self.members(desk).map(\.unit) == ["外科"])
        }
    }

    @Test func whoAppliedAloneAndIsListedCountsAsSecondMemberOfTheOrganization() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            #expect(try await desk.enter([1]) == 1)
            try await desk.approveAll()
            try await desk.appointAll()
            let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
            let numbers = try await desk.office.numbers(on: basis)
            let key = TallyKey(Invented.year, "demo-hospital", .promoter)
            let hospital = numbers.organizations[key]
            #expect(hospital?.active ?? 0 == 0 && hospital?.secondary == 1)
            #expect(numbers.total(Invented.year, .promoter).active == 1)
            #expect(numbers.differences.isEmpty)
        }
    }

    @Test(arguments: [true, false])
    func aRowThatDiffersOfSomebodyKnownElsewhereIsAProposal(appliedAlone: Bool) async throws {
        try await withOffice { desk in
            if appliedAlone {
                try await desk.apply(1)
            } else {
                #expect(try await desk.enter([1], to: "demo-clinic") == 1)
            }
            #expect(try await desk.enter([1], at: .nara, unit: "外科") == 1)
            #expect(try await Self.streets(desk) == ["紀尾井町1-3"])
            #expect(try await desk.count("SELECT count(*) AS n FROM application_versions") == 0)
            #expect(
                try await Self.proposed(desk) == [
                    "postal_code": "6308213", "prefecture": "奈良県", "city": "奈良市",
                    "street": "登大路町30",
                ])
            #expect(try await Self.members(desk).map(\.unit) == ["外科"])
        }
    }

    @Test func aProposalIsReplacedByWhatTheOrganizationSaysNext() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            #expect(try await desk.enter([1], at: .nara) == 1)
            try await desk.move(by: 60)
            #expect(try await desk.enter([1], at: .nara) == 0)
            #expect(try await desk.enter([1]) == 1)
            #expect(try await Self.proposed(desk).isEmpty)
            #expect(try await desk.count("SELECT count(*) AS n FROM proposals") == 1)
        }
    }

    @Test func beforeApprovalTheOrganizationCorrectsWhatItFiled() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter([1]) == 1)
            try await desk.move(by: 60)
            #expect(
                try await desk.enter([1], at: .nara, seenOn: "2026/9/2", unit: "外科") {
                    $0[13] = "希望しない"
                } == 1)
            #expect(try await Self.streets(desk) == ["登大路町30"])
            #expect(
                try await desk.texts("SELECT unit || badge_opt_in AS text FROM applications")
                    == ["外科false"])
            #expect(
                try await desk.texts(
                    """
                    SELECT DISTINCT viewed_on::text AS text FROM viewings
                    WHERE known_until = 'infinity'
                    """) == ["2026-09-02"])
            #expect(try await Self.proposed(desk).isEmpty)
            let told = try await desk.rows(
                """
                SELECT e.act, d.before::text AS before, d.after::text AS after
                FROM events e JOIN event_details d ON d.event_id = e.id
                WHERE e.subject = (SELECT 'application:' || id FROM applications) ORDER BY e.id
                """)
            let acts = try told.map { try $0.string("act") }
            #expect(acts == ["change_affiliation", "correct"])
            let after = try told[1].string("after")
            for fact in ["登大路町30", "外科", "badge_opt_in", "viewing_2026_1", "2026-09-02"] {
                #expect(after.contains(fact), "\(after)")
            }
            for derived in ["match_key", "sort_key", "content_hash", "given_name"] {
                #expect(!after.contains(derived), "\(after)")
            }
            #expect(try told[1].string("before").contains("紀尾井町"))
        }
    }

    @Test(arguments: [false, true])
    func afterApprovalAFileChangesOnlyTheUnit(isAppointed: Bool) async throws {
        try await withOffice { desk in
            #expect(try await desk.enter([1], unit: "内科") == 1)
            try await desk.approveAll()
            if isAppointed { try await desk.appointAll() }
            try await desk.move(by: 60)
            let planned = try await desk.upload([1], at: .nara, unit: "外科")
            #expect(planned.plan?.lines[0].outcome == .changed)
            #expect(planned.plan?.lines[0].problems.map(\.code) == [.differencesBecomeAProposal])
            #expect(try await desk.enter([1], at: .nara, unit: "外科") == 1)
            #expect(try await Self.streets(desk) == ["紀尾井町1-3"])
            #expect(try await Self.proposed(desk)["street"] == "登大路町30")
            #expect(try await Self.members(desk).map(\.unit) == ["外科"])
            #expect(try await desk.texts("SELECT unit AS text FROM applications") == ["外科"])
            #expect(try await desk.enter([1], at: .nara, unit: "外科") == 0)
        }
    }

    @Test func whoAppliedAloneUnderAnOrganizationIsNotTheOrganizationsToChange() async throws {
        try await withOffice { desk in
            let id = try await Self.body("demo-hospital", desk)
            try await desk.apply(1) { $0["affiliation_org_id"] = "demo-hospital" }
            let filed = try await desk.texts(
                "SELECT organization_id || coalesce(submitted_by::text, '') AS text FROM applications"
            )
            try #require(filed == ["\(id)"])
            #expect(try await desk.enter([1], at: .nara) == 1)
            #expect(try await Self.streets(desk) == ["紀尾井町1-3"])
            #expect(try await Self.proposed(desk)["street"] == "登大路町30")
        }
    }

    @Test func aPlanTellsNothingOfApplicationsElsewhere() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            #expect(try await desk.enter([2], to: "demo-clinic") == 1)
            let planned = try await desk.upload(1...3)
            #expect(planned.plan?.lines.map(\.told) == [.new, .new, .new])
            let told = planned.plan?.lines.flatMap(\.problems) ?? []
            #expect(told.allSatisfy { $0.code == .characterIsSubstituted })
            // Nor does it tell that somebody applied elsewhere since.
            try await desk.apply(3)
            let number = try #require(planned.number)
            #expect(
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
                    == .applied(count: 3))
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 3)
        }
    }

    @Test func theRosterShowsWhatTheOrganizationFiledAndOtherwiseWhatIsShared() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            try await desk.apply(2) { $0["consent_share"] = "yes" }
            #expect(try await desk.enter(1...3) == 3)
            let shown = try await Self.members(desk).map { $0.shown != nil }
            #expect(shown.count == 3 && shown.count { $0 } == 2)
            let hidden = try #require(try await Self.members(desk).first { $0.shown == nil })
            let receipt = try await desk.texts(
                "SELECT receipt AS text FROM applications WHERE id = \(hidden.id)")[0]
            let file = String(
                decoding: try await desk.office.membersFile(
                    of: OrganizationScope(try await Self.body("demo-hospital", desk)),
                    by: .account(1)),
                as: UTF8.self)
            #expect(!file.contains(receipt))
            #expect(file.contains(",非公開,非公開,非公開,非公開,非公開,,,,,非公開\r\n"))
            let query = try #require(PersonQuery(receipt))
            let found = try await desk.office.reading.members(
                fitting: query, of: OrganizationScope(try await Self.body("demo-hospital", desk)),
                in: desk.office.year, limit: 9)
            #expect(found.isEmpty)
        }
    }

    @Test func theRosterOfTheNextYearStillShowsWhatTheOrganizationFiled() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter([1]) == 1)
            try await desk.approveAll()
            try await desk.appointAll()
            try await desk.move(to: Instant(startOf: FiscalYear(startYear: 2027).firstDay))
            let year = desk.office.year
            try await desk.office.openFiscalYear(year, by: .operator("office"))
            try await desk.move(by: 1)
            let plan = try await desk.office.planRenewal(
                to: year, by: desk.decision, by: .operator("office"))
            #expect(
                try await desk.office.applyRenewal(plan.number, by: .operator("office"))
                    == .applied(count: 1))
            #expect(try await Self.members(desk).map { $0.shown != nil } == [true])
        }
    }

    @Test func aRosterSentAgainDoesNotApplyAgainForWhoeverResigned() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...2) == 2)
            try await desk.approveAll()
            try await desk.appointAll()
            let id = try await Self.members(desk)[0].id
            try await desk.office.resign(application: id, by: .applicant)
            let planned = try await desk.upload(1...2)
            #expect(planned.plan?.count(.unchanged) == 2)
            let told = planned.plan?.lines.flatMap(\.problems).map(\.code) ?? []
            #expect(told.filter { $0 != .characterIsSubstituted } == [.appointmentEnded])
            #expect(try await desk.enter(1...2) == 0)
            // A row that says something new is an application that the office sees.
            #expect(try await desk.enter(1...2, seenOn: "2026/9/3") == 2)
            let queue = try await desk.office.reading.queue(QueueFilter(year: desk.office.year))
            #expect(queue.count == 1 && queue[0].route == .group)
        }
    }

    @Test func whoResignedAndAppliedAloneSinceIsToldToTheOrganizationAsBefore() async throws {
        try await withOffice { desk in
            try await Self.enterAndResign(desk)
            let before = try await desk.upload([1], unit: "内科")
            try await desk.apply(1)
            let after = try await desk.upload([1], unit: "内科")
            for planned in [before, after] {
                #expect(planned.plan?.lines.map(\.told) == [.unchanged])
                #expect(
                    planned.plan?.lines.flatMap(\.problems).map(\.code).last == .appointmentEnded)
            }
            // The plan of before still holds, and does nothing.
            let number = try #require(before.number)
            #expect(
                try await desk.office.applyGroup(number, by: .operator("coordinator"))
                    == .applied(count: 0))
            #expect(try await Self.members(desk).count == 1)
            #expect(try await desk.count("SELECT count(*) AS n FROM affiliations") == 1)
        }
    }

    @Test func whoResignedAndAppliedAloneSinceIsTheOrganizationsAgainByARowThatSaysSomethingNew()
        async throws
    {
        try await withOffice { desk in
            try await Self.enterAndResign(desk)
            let before = try await desk.upload([1], seenOn: "2026/9/3")
            try await desk.apply(1)
            let after = try await desk.upload([1], seenOn: "2026/9/3")
            #expect(before.plan?.lines.map(\.told) == [.new])
            #expect(after.plan?.lines.map(\.told) == [.new])
            #expect(
                before.plan?.lines.flatMap(\.problems) == after.plan?.lines.flatMap(\.problems))
            #expect(try await desk.enter([1], seenOn: "2026/9/3") == 1)
            // From now on the application that the organization belongs to is what its rows are
            // about.
            #expect(try await desk.enter([1], seenOn: "2026/9/3") == 0)
            #expect(try await desk.enter([1], unit: "外科") == 1)
        }
    }

    @Test(arguments: [false, true])
    func anotherUnitOfSomebodyWhoResignedIsNoApplication(appliedAlone: Bool) async throws {
        try await withOffice { desk in
            try await Self.enterAndResign(desk)
            if appliedAlone { try await desk.apply(1) }
            let planned = try await desk.upload([1], unit: "外科")
            #expect(planned.plan?.lines.map(\.told) == [.unchanged])
            #expect(planned.plan?.lines.flatMap(\.problems).map(\.code).last == .appointmentEnded)
            #expect(try await desk.enter([1], unit: "外科") == 0)
            #expect(try await Self.members(desk).map(\.unit) == ["内科"])
        }
    }

    /// Somebody whom the organization has sent, appointed, and gone again.
    private static func enterAndResign(_ desk: isolated OfficeDesk) async throws {
        #expect(try await desk.enter([1], unit: "内科") == 1)
        try await desk.approveAll()
        try await desk.appointAll()
        let id = try await members(desk)[0].id
        try await desk.office.resign(application: id, by: .applicant)
    }
}
