import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// What the pages show to whoever looks after one 事業所 of an organization.
@Suite struct BusinessPlacePageTests {
    private static let east = BusinessPlacePath("east")!

    private static func add(_ desk: isolated OfficeDesk) async throws {
        for (path, name) in [("east", "東病院"), ("east/ward-2", "2病棟"), ("west", "西病院")] {
            try await desk.office.addBusinessPlace(
                BusinessPlacePath(path)!, named: BusinessPlaceName(name)!, of: "demo-hospital",
                by: .operator("office"))
        }
    }

    private static func browser(
        at place: BusinessPlacePath?, _ desk: isolated OfficeDesk
    ) async throws -> Browser {
        let account = NewAccount(
            email: "\(place?.code ?? "whole")@hospital.example", name: "担当", role: .organization,
            organizationCode: "demo-hospital", place: place)
        let password = try await desk.office.addAccount(account, by: .operator("test"))
        var browser = Browser(desk.office)
        try await browser.open("/sign-in")
        try await browser.send("/sign-in", [("email", account.email), ("password", password)])
        return browser
    }

    /// Sends one person for a scope; gives the number of the file.
    private static func send(
        _ number: Int, at place: BusinessPlacePath?, _ desk: isolated OfficeDesk
    ) async throws -> String {
        let rules = try await desk.office.currentRules()
        let id = try #require(rules.organization(code: "demo-hospital")).id
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let planned = try await desk.office.planGroup(
            GroupUpload(
                name: "名簿.csv", bytes: Invented.groupFile([number]), coordinator: coordinator),
            of: OrganizationScope(id, at: place), by: .operator("coordinator"))
        let file = try #require(planned.number)
        _ = try await desk.office.applyGroup(file, by: .operator("coordinator"))
        return file
    }

    @Test func theGroupPageNamesOwnPlacesAndCountsOwnPeople() async throws {
        try await withOffice { desk in
            try await Self.add(desk)
            _ = try await Self.send(1, at: Self.east, desk)
            _ = try await Self.send(2, at: nil, desk)
            var east = try await Self.browser(at: Self.east, desk)
            try await east.open("/group")
            #expect(east.text.contains("<h1>見本病院　東病院</h1>"))
            #expect(east.text.contains("応募した人：1人"))
            #expect(east.text.contains("東病院／2病棟") && !east.text.contains("西病院"))
            var whole = try await Self.browser(at: nil, desk)
            try await whole.open("/group")
            #expect(whole.text.contains("<h1>見本病院</h1>") && whole.text.contains("応募した人：2人"))
            #expect(whole.text.contains("西病院"))
        }
    }

    @Test func theRosterShowsWhereEverybodyIs() async throws {
        try await withOffice { desk in
            try await Self.add(desk)
            _ = try await Self.send(1, at: Self.east, desk)
            _ = try await Self.send(2, at: nil, desk)
            var whole = try await Self.browser(at: nil, desk)
            try await whole.open("/group/members")
            #expect(whole.text.contains(">事業所</th>"))
            #expect(whole.text.contains(">東病院</td>"))
            var east = try await Self.browser(at: Self.east, desk)
            try await east.open("/group/members")
            #expect(east.text.contains("いまの名簿　1人"))
        }
    }

    @Test func aFileOfTheWholeOrganizationLooksLikeNone() async throws {
        try await withOffice { desk in
            try await Self.add(desk)
            let own = try await Self.send(1, at: Self.east, desk)
            let foreign = try await Self.send(2, at: nil, desk)
            var east = try await Self.browser(at: Self.east, desk)
            try await east.open("/group-files/plan?number=\(own)")
            #expect(east.page.status.code == 200)
            for page in ["plan", "errors"] {
                try await east.open("/group-files/\(page)?number=\(foreign)")
                #expect(east.page.status.code == 404, "\(page)")
            }
            try await east.open("/group")
            let hidden = try #require(east.text.firstMatch(of: /name="csrf" value="([^"]+)"/))
            let sent = try await east.ask(
                .post, "/group-files/apply", form: "number=\(foreign)&agent_attestation=yes",
                token: String(hidden.output.1))
            #expect(sent.status.code == 404)
        }
    }

    @Test func theReviewSaysInWhichPlaceSomebodyIs() async throws {
        try await withOffice { desk in
            try await Self.add(desk)
            _ = try await Self.send(1, at: Self.east, desk)
            let account = NewAccount(
                email: "office@enroll.example", name: "担当", role: .office, organizationCode: nil)
            let password = try await desk.office.addAccount(account, by: .operator("test"))
            var office = Browser(desk.office)
            try await office.open("/sign-in")
            try await office.send("/sign-in", [("email", account.email), ("password", password)])
            let receipt = try await desk.texts("SELECT receipt AS text FROM applications")[0]
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.text.contains(">東病院</td>"))
        }
    }
}
