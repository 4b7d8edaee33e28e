import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing
import Words

/// The page on which the office decides: everything that was said, by whom, and what was asked.
@Suite struct ReviewPageTests {
    /// A clerk sends a file of one organization, and it is applied.
    private static func send(
        _ bytes: [UInt8], of code: String, showing evidence: EvidenceKind = .personal,
        by actor: Actor = .operator("coordinator"), _ desk: isolated OfficeDesk
    ) async throws {
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: evidence, attests: true)
        let planned = try await desk.office.planGroup(
            GroupUpload(name: "名簿.csv", bytes: bytes, coordinator: coordinator), of: code, by: actor
        )
        _ = try await desk.office.applyGroup(try #require(planned.number), by: actor)
    }

    private static func addClerk(_ desk: isolated OfficeDesk) async throws -> Actor {
        let account = NewAccount(
            email: "ward@enroll.example", name: "病棟の担当", role: .organization,
            organizationCode: "demo-hospital")
        _ = try await desk.office.addAccount(account, by: .operator("test"))
        let id = try await desk.count(
            "SELECT id AS n FROM accounts WHERE email = \(account.email)")
        return .account(id)
    }

    private static func receipt(_ desk: isolated OfficeDesk) async throws -> String {
        try await desk.texts("SELECT receipt AS text FROM applications ORDER BY id")[0]
    }

    /// The cells of the table of organizations, organization by organization.
    private static func bodies(_ browser: Browser) throws -> [[String]] {
        let part = try #require(browser.markup(from: "<h2>所属している団体</h2>", to: "</section>"))
        let rows = part.split(separator: "<tbody")[1].split(separator: "<tr ").dropFirst()
        return rows.map { row in
            row.matches(of: /<t[hd][^>]*>(.*?)<\/t[hd]>/).map { cell in
                String(cell.output.1).replacing(/<span.*?<\/span>/, with: "")
            }
        }
    }

    @Test func everyOrganizationIsShownWithWhoDeclaredItAndSinceWhen() async throws {
        try await withOffice { desk in
            let clerk = try await Self.addClerk(desk)
            try await Self.send(Invented.groupFile([1], unit: "受付"), of: "demo-clinic", desk)
            try await desk.move(by: 86_400)
            try await Self.send(
                Invented.groupFile([1], unit: "外科"), of: "demo-hospital", by: clerk, desk)
            try await desk.move(by: 86_400)
            try await Self.send(
                Invented.groupFile([1], unit: "内科"), of: "demo-hospital", by: clerk, desk)
            let names = try await desk.texts(
                """
                SELECT name AS text FROM organizations WHERE code IN ('demo-clinic', 'demo-hospital')
                ORDER BY code
                """)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(try await Self.receipt(desk))")
            #expect(
                try Self.bodies(office) == [
                    [names[0], "所属", "", "受付", "団体の名簿（システムの運用担当）", "2026年11月24日", "", ""],
                    [names[1], "兼任", "", "内科", "団体の名簿（団体の担当　病棟の担当）", "2026年11月25日", "", ""],
                ])
        }
    }

    @Test func whoAppliedAloneDeclaredTheirOwnOrganization() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            let receipt = try await person.apply(1, desk) {
                $0["affiliation_org_id"] = "demo-hospital"
            }
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(try Self.bodies(office).map { $0[4] } == ["本人"])
        }
    }

    @Test func whoeverBelongsToNoOrganizationHasNoListOfOrganizations() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            let receipt = try await person.apply(1, desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(!office.text.contains("所属している団体"))
        }
    }

    @Test(arguments: EvidenceKind.allCases)
    func howTheOrganizationMadeSureOfTheViewingIsShown(evidence: EvidenceKind) async throws {
        try await withOffice { desk in
            try await Self.send(
                Invented.groupFile([1]), of: "demo-hospital", showing: evidence, desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(try await Self.receipt(desk))")
            let told = "2026年9月1日（\(evidence.grade.word)、確認した方法：\(evidence.word)）"
            #expect(office.text.split(separator: told).count == 3, "both videos")
        }
    }

    @Test func aRowFiledByTheOfficesWordKeepsHowItsViewingWasMadeSureOf() async throws {
        try await withOffice { desk in
            var seen = 0
            let bytes = Invented.groupFile([1, 1]) { row in
                seen += 1
                if seen == 2 { row[9] = "other@example.jp" }
            }
            try await Self.send(bytes, of: "demo-hospital", showing: .screening, desk)
            try await desk.move(by: 3_600)
            let doubt = try #require(try await desk.office.openDoubts(DoubtFilter()).first).doubt
            try await desk.office.decideDoubt(doubt.id, as: .different, by: .operator("office"))
            let last = try await desk.count("SELECT max(id) AS n FROM applications")
            let viewings = try await desk.office.reading.viewings(of: last)
            #expect(viewings.map(\.evidence) == [.screening, .screening])
        }
    }

    @Test func whatAPersonSaysThemselvesHasNoFileBehindIt() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            let receipt = try await person.apply(1, desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.text.contains("2026年9月1日（自己申告）"))
            #expect(!office.text.contains("確認した方法"))
        }
    }

    @Test(arguments: [true, false])
    func whatWasAskedBeforeItWasSentIsShown(ofOnePerson: Bool) async throws {
        try await withOffice { desk in
            let question = "名に「（」が入っています。誤りではありませんか。"
            if ofOnePerson {
                var person = Browser(desk.office)
                try await person.open("/applications/new")
                try await person.send(
                    Browser.form, Browser.answers(1) { $0[.givenName] = "澪（ミオ）" })
                try await person.confirm(1, desk)
                try #require(person.text.contains(question))
                try await person.send("/applications")
            } else {
                let bytes = Invented.groupFile([1]) { $0[2] = "澪（ミオ）" }
                try await Self.send(bytes, of: "demo-hospital", desk)
            }
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(try await Self.receipt(desk))")
            let asked = try #require(office.markup(from: "送る前に確かめたこと", to: "</ul>"))
            #expect(asked.contains(question))
        }
    }

    @Test func nothingIsSaidToHaveBeenAskedWhereNothingWas() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            let receipt = try await person.apply(2, desk) {
                $0[.familyName] = "佐藤"
                $0[.familyNameKana] = "サトウ"
            }
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(!office.text.contains("送る前に確かめたこと"))
        }
    }
}
