import Enrollment
import Postgres
import Procedures
import Spreadsheet
import Store
import TestSupport
import Testing

/// 事業所 of an organization, and whoever looks after one of them only.
@Suite struct BusinessPlaceTests {
    private static let east = BusinessPlacePath("east")!
    private static let ward = BusinessPlacePath("east/ward-2")!
    private static let west = BusinessPlacePath("west")!

    /// A hospital with two houses and a ward, and how much of it somebody looks after.
    private static func hospital(
        _ desk: isolated OfficeDesk, at place: BusinessPlacePath? = nil
    ) async throws -> OrganizationScope {
        for (path, name) in [(east, "東病院"), (ward, "2病棟"), (west, "西病院")]
        where try await desk.office.businessPlaces(of: "demo-hospital").allSatisfy({
            $0.path != path
        }) {
            try await desk.office.addBusinessPlace(
                path, named: BusinessPlaceName(name)!, of: "demo-hospital", by: .operator("office"))
        }
        let rules = try await desk.office.currentRules()
        return OrganizationScope(
            try #require(rules.organization(code: "demo-hospital")).id, at: place)
    }

    /// A list within the rule itself would end at 255 characters.
    @Test func theTemplateOffersAsManyPlacesAsThereAre() async throws {
        try await withOffice { desk in
            let scope = try await Self.hospital(desk)
            for number in 1...260 {
                let path = try #require(BusinessPlacePath("shop-\(number)"))
                let name = try #require(BusinessPlaceName("店舗\(number)"))
                try await desk.office.addBusinessPlace(
                    path, named: name, of: "demo-hospital", by: .operator("office"))
            }
            let bytes = try await desk.office.groupTemplate(for: scope).book()
            let limits = BookLimits(
                rows: 1_000, cells: 99_999, text: 1 << 20, inflated: 1 << 20)
            let book = try Book(bytes, limits: limits)
            let list = try #require(book.sheets.first { $0.name == "事業所の一覧" })
            let offered = try book.table(of: list).records.map(\.cells)
            #expect(offered.first == ["事業所"] && offered.count == 1 + 3 + 260)
            #expect(Set(offered).isSuperset(of: (1...260).map { ["店舗\($0)"] }))
        }
    }

    /// A file with the column 事業所, or without it where no place is named.
    private static func plan(
        _ people: [(number: Int, place: String)], of scope: OrganizationScope,
        hasColumn: Bool = true, _ desk: isolated OfficeDesk
    ) async throws -> PlannedGroup {
        let places = Dictionary(uniqueKeysWithValues: people.map { (String($0.number), $0.place) })
        var bytes = Invented.groupFile(people.map(\.number)) { row in
            if hasColumn { row.append(places[row[0]] ?? "") }
        }
        if hasColumn {
            let text = String(decoding: bytes, as: UTF8.self)
            bytes = Array(text.replacing("部署・店舗名\r\n", with: "部署・店舗名,事業所\r\n").utf8)
        }
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        return try await desk.office.planGroup(
            GroupUpload(name: "名簿.csv", bytes: bytes, coordinator: coordinator), of: scope,
            by: .operator("coordinator"))
    }

    @discardableResult
    private static func send(
        _ people: [(number: Int, place: String)], of scope: OrganizationScope,
        hasColumn: Bool = true, _ desk: isolated OfficeDesk
    ) async throws -> Int {
        let planned = try await plan(people, of: scope, hasColumn: hasColumn, desk)
        let applied = try await desk.office.applyGroup(
            try #require(planned.number), by: .operator("coordinator"))
        guard case .applied(let count) = applied else { throw Unfit() }
        return count
    }

    /// Where everybody stands now: the path, or - for none of the 事業所.
    private static func places(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts(
            """
            SELECT coalesce(b.path, '-') AS text
            FROM affiliations f JOIN applications a ON a.id = f.application_id
            LEFT JOIN business_places b ON b.id = f.business_place_id
            WHERE f.known_until = 'infinity' ORDER BY a.email
            """)
    }

    @Test func aFilePutsPeopleIntoPlacesAndMovesThem() async throws {
        try await withOffice { desk in
            let whole = try await Self.hospital(desk)
            #expect(try await Self.send([(1, "東病院"), (2, "2病棟"), (3, "")], of: whole, desk) == 3)
            #expect(try await Self.places(desk) == ["east", "east/ward-2", "-"])
            try await desk.move(by: 60)
            #expect(try await Self.send([(1, "西病院"), (2, "見本病院"), (3, "")], of: whole, desk) == 2)
            #expect(try await Self.places(desk) == ["west", "-", "-"])
            let told = try await desk.texts(
                """
                SELECT (d.before->>'business_place_id' IS NULL) || ' '
                    || (d.after->>'business_place_id' IS NULL) AS text
                FROM events e JOIN event_details d ON d.event_id = e.id
                WHERE e.act = 'change_affiliation' ORDER BY e.id
                """)
            #expect(told == ["false false", "false true"])
        }
    }

    @Test func aFileThatSaysNothingOfPlacesChangesNothing() async throws {
        try await withOffice { desk in
            let whole = try await Self.hospital(desk)
            try await Self.send([(1, "東病院"), (2, "西病院")], of: whole, desk)
            try await desk.move(by: 60)
            for hasColumn in [true, false] {
                let plan = try await Self.plan(
                    [(1, ""), (2, "")], of: whole, hasColumn: hasColumn, desk)
                #expect(plan.plan?.count(.unchanged) == 2)
            }
            #expect(
                try await Self.send([(1, ""), (2, "")], of: whole, hasColumn: false, desk) == 0)
            #expect(try await Self.places(desk) == ["east", "west"])
        }
    }

    @Test func aPersonWhoIsCorrectedOtherwiseStaysInTheirPlace() async throws {
        try await withOffice { desk in
            let whole = try await Self.hospital(desk)
            try await Self.send([(1, "東病院")], of: whole, desk)
            try await desk.move(by: 60)
            #expect(try await desk.enter([1], unit: "外科") == 1)
            #expect(try await Self.places(desk) == ["east"])
        }
    }

    @Test func whoLooksAfterAPlacePutsNewcomersThere() async throws {
        try await withOffice { desk in
            let east = try await Self.hospital(desk, at: Self.east)
            #expect(try await Self.send([(1, ""), (2, "2病棟")], of: east, desk) == 2)
            #expect(try await Self.places(desk) == ["east", "east/ward-2"])
        }
    }

    @Test func whoLooksAfterAPlaceSeesAndChangesNobodyElse() async throws {
        try await withOffice { desk in
            let whole = try await Self.hospital(desk)
            try await Self.send([(1, "東病院"), (2, "西病院"), (3, "")], of: whole, desk)
            try await desk.move(by: 60)
            let east = try await Self.hospital(desk, at: Self.east)
            let year = desk.office.year
            let seen = try await desk.office.reading.members(of: east, in: year, limit: 9).members
            #expect(seen.map(\.placeName) == ["東病院"])
            #expect(try await desk.office.reading.memberCount(of: east, in: year) == 1)
            #expect(try await desk.office.reading.memberCount(of: whole, in: year) == 3)
            let planned = try await Self.plan([(1, ""), (2, "東病院"), (3, "")], of: east, desk)
            #expect(planned.plan?.lines.map(\.outcome) == [.unchanged, .error, .error])
            #expect(planned.plan?.lines[1].problems.last?.code == .memberOfAnotherPlace)
            #expect(planned.leavingCount == 0)
            let file = try await desk.office.membersFile(of: east, by: .account(1))
            let lines = String(decoding: file, as: UTF8.self).split(separator: "\r\n")
            #expect(lines.count == 2 && lines[0].contains(",応募区分,事業所,"))
            #expect(lines[1].contains(",東病院,"))
        }
    }

    @Test func aFileIsSeenAndSentByWhoeverLooksAfterAllOfIt() async throws {
        try await withOffice { desk in
            let whole = try await Self.hospital(desk)
            let east = try await Self.hospital(desk, at: Self.east)
            let west = try await Self.hospital(desk, at: Self.west)
            let number = try #require(try await Self.plan([(1, "")], of: east, desk).number)
            let reading = desk.office.reading
            #expect(try await reading.groupFiles(of: whole, limit: 9).count == 1)
            #expect(try await reading.groupFiles(of: east, limit: 9).count == 1)
            #expect(try await reading.groupFiles(of: west, limit: 9).isEmpty)
            await #expect(throws: Refusal.notFound) {
                try await desk.office.askToApplyGroup(number, of: west, by: .account(1))
            }
            let ofWhole = try #require(try await Self.plan([(2, "")], of: whole, desk).number)
            await #expect(throws: Refusal.notFound) {
                try await desk.office.askToApplyGroup(ofWhole, of: east, by: .account(1))
            }
            try await desk.office.askToApplyGroup(number, of: whole, by: .account(1))
        }
    }

    @Test func howAnotherPlacesApplicationEndedIsNotTold() async throws {
        try await withOffice { desk in
            let whole = try await Self.hospital(desk)
            try await Self.send([(1, "西病院")], of: whole, desk)
            let id = try await desk.count("SELECT max(id) AS n FROM applications")
            try await desk.office.withdraw(application: id, by: .applicant)
            for (place, isTold) in [(Self.east, false), (Self.west, true)] {
                let scope = OrganizationScope(whole.organizationID, at: place)
                let plan = try await Self.plan([(1, "")], of: scope, desk).plan
                #expect(plan?.lines.map(\.told) == [.unchanged])
                let codes = plan?.lines.flatMap(\.problems).map(\.code) ?? []
                #expect(codes.contains(.applicationWithdrawn) == isTold)
            }
        }
    }

    @Test func aPlanIsMadeAgainWithinTheScopeOfWhoeverSentIt() async throws {
        try await withOffice { desk in
            let east = try await Self.hospital(desk, at: Self.east)
            let number = try #require(try await Self.plan([(1, "")], of: east, desk).number)
            // Meanwhile the whole hospital has put them elsewhere.
            try await Self.send([(1, "西病院")], of: Self.hospital(desk), desk)
            let applied = try await desk.office.applyGroup(number, by: .operator("coordinator"))
            guard case .changed(let newPlan) = applied else { throw Unfit() }
            let file = try #require(try await desk.office.reading.groupFile(number: newPlan))
            #expect(file.scope == east && file.counts[.error] == 1)
            #expect(try await Self.places(desk) == ["west"])
        }
    }

    @Test func thePlaceGoesWithAPersonIntoTheNextYear() async throws {
        try await withOffice(on: Day("2027-02-01")!) { desk in
            let whole = try await Self.hospital(desk)
            #expect(try await Self.send([(1, "2病棟")], of: whole, desk) == 1)
            try await desk.approveAll()
            try await desk.appointAll()
            try await desk.office.openFiscalYear(desk.office.year.next, by: .operator("office"))
            try await desk.move(to: Instant(startOf: Day("2027-04-01")!).adding(seconds: 36_000))
            let plan = try await desk.office.planRenewal(
                to: desk.office.year, by: desk.decision, by: .operator("office"))
            _ = try await desk.office.applyRenewal(
                plan.number, under: desk.decision, by: .operator("office"))
            #expect(
                try await desk.texts(
                    """
                    SELECT b.path AS text FROM affiliations f
                    JOIN business_places b ON b.id = f.business_place_id
                    WHERE f.fiscal_year = 2027
                    """) == ["east/ward-2"])
        }
    }

    @Test func whatIsDoneToAPlaceIsJournalledAndTakenBack() async throws {
        try await withOffice { desk in
            let whole = try await Self.hospital(desk)
            await #expect(throws: Refusal.conflict(.businessPlaceIsKnown)) {
                try await desk.office.addBusinessPlace(
                    Self.east, named: BusinessPlaceName("北病院")!, of: "demo-hospital",
                    by: .operator("office"))
            }
            await #expect(throws: Refusal.notFound) {
                try await desk.office.addBusinessPlace(
                    BusinessPlacePath("north/ward")!, named: BusinessPlaceName("病棟")!,
                    of: "demo-hospital",
                    by: .operator("office"))
            }
            await #expect(throws: Refusal.conflict(.businessPlaceIsKnown)) {
                try await desk.office.changeBusinessPlace(
                    Self.west, of: "demo-hospital", .rename(to: BusinessPlaceName("東病院")!),
                    by: .operator("office"))
            }
            await #expect(throws: Refusal.conflict(.businessPlaceEndsTooEarly)) {
                try await desk.office.changeBusinessPlace(
                    Self.west, of: "demo-hospital", .close(on: desk.office.today),
                    by: .operator("office"))
            }
            try await desk.move(by: 86_400)
            try await desk.office.changeBusinessPlace(
                Self.west, of: "demo-hospital", .close(on: desk.office.today),
                by: .operator("office"))
            let closed = try await Self.plan([(1, "西病院")], of: whole, desk)
            #expect(closed.plan?.lines[0].problems.map(\.code) == [.businessPlaceClosed])
            try await desk.office.changeBusinessPlace(
                Self.west, of: "demo-hospital", .reopen, by: .operator("office"))
            try await desk.office.changeBusinessPlace(
                Self.west, of: "demo-hospital", .rename(to: BusinessPlaceName("西の病院")!),
                by: .operator("office"))
            #expect(try await Self.plan([(1, "西の病院")], of: whole, desk).plan?.count(.new) == 1)
            let acts = try await desk.texts(
                "SELECT act AS text FROM events WHERE act LIKE '%business_place' ORDER BY id")
            #expect(
                acts.suffix(3) == [
                    "close_business_place", "close_business_place", "rename_business_place",
                ])
        }
    }

    @Test func anAccountLooksAfterAPlaceOfItsOwnOrganizationOnly() async throws {
        try await withOffice { desk in
            let whole = try await Self.hospital(desk)
            func facts(_ code: String?, _ place: BusinessPlacePath?, _ role: Role = .organization)
                -> NewAccount
            {
                NewAccount(
                    email: "east@enroll.example", name: "担当", role: role, organizationCode: code,
                    place: place)
            }
            await #expect(throws: Refusal.notFound) {
                try await desk.office.addAccount(
                    facts("demo-clinic", Self.east), by: .operator("office"))
            }
            await #expect(throws: Refusal.conflict(.accountOrganizationDoesNotFit)) {
                try await desk.office.addAccount(
                    facts(nil, Self.east, .office), by: .operator("office"))
            }
            _ = try await desk.office.addAccount(
                facts("demo-hospital", Self.east), by: .operator("office"))
            let scope = try await Self.scopeOfNewestAccount(desk)
            #expect(scope == OrganizationScope(whole.organizationID, at: Self.east))
            var change = AccountChange()
            change.place = .some(nil)
            _ = try await desk.office.changeAccount(
                "east@enroll.example", change, by: .operator("office"))
            #expect(try await Self.scopeOfNewestAccount(desk) == whole)
        }
    }

    private static func scopeOfNewestAccount(
        _ desk: isolated OfficeDesk
    ) async throws -> OrganizationScope? {
        let id = try await desk.count("SELECT max(id) AS n FROM accounts")
        return try await desk.office.reading.account(id: id, on: desk.office.today)?.scope
    }
}
