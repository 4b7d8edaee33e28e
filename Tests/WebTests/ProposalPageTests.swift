import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 団体からの申し出 as a list of the office.
@Suite struct ProposalPageTests {
    private static func send(
        _ numbers: [Int], at place: Invented.Place, to code: String,
        _ desk: isolated OfficeDesk
    ) async throws {
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let planned = try await desk.office.planGroup(
            GroupUpload(
                name: "名簿.csv", bytes: Invented.groupFile(numbers, at: place),
                coordinator: coordinator),
            of: code, by: .operator("coordinator"))
        _ = try await desk.office.applyGroup(
            try #require(planned.number), by: .operator("coordinator"))
    }

    @Test func whereNothingIsProposedThePageSaysSo() async throws {
        try await withOffice { desk in
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/proposals")
            #expect(office.heading == "訂正の申し出")
            #expect(office.text.contains("本人からの申し出は、いまありません。"))
            #expect(office.text.contains("団体からの申し出は、いまありません。"))
        }
    }

    @Test func everyProposalSaysWhatDiffersAndLeadsToItsApplication() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            let receipt = try await person.apply(1, desk)
            try await Self.send([1], at: .nara, to: "demo-hospital", desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/proposals")
            #expect(office.text.contains("申し出：1件"))
            #expect(office.text.contains("郵便番号、都道府県、市区町村、町字以下"))
            #expect(office.text.contains("href=\"/queue/application?receipt=\(receipt)\""))
            let seen = try await desk.texts(
                "SELECT detail::text AS text FROM events WHERE act = 'open_proposals'")
            let id = try await desk.count("SELECT id AS n FROM applications")
            #expect(seen.last?.contains("\(id)") == true)
            // What the organization puts right is none any more.
            try await desk.move(by: 60)
            try await Self.send([1], at: .tokyo, to: "demo-hospital", desk)
            try await office.open("/proposals")
            #expect(office.text.contains("団体からの申し出は、いまありません。"))
        }
    }

    @Test func theListIsNarrowedToAnOrganizationAndGoesOnPageByPage() async throws {
        try await withOffice { desk in
            for number in 1...52 {
                var person = Browser(desk.office)
                try await person.apply(number, desk)
            }
            try await Self.send(Array(1...51), at: .nara, to: "demo-hospital", desk)
            try await Self.send([52], at: .nara, to: "demo-clinic", desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/proposals")
            #expect(office.text.contains("申し出：52件"))
            let next = try #require(office.markup(from: "<p><a href=\"/proposals?after=", to: "\""))
            try await office.open("/proposals?after=\(next)")
            #expect(office.text.split(separator: "<tr ").count == 1 + 1 + 2)
            let clinic = try await desk.count(
                "SELECT id AS n FROM organizations WHERE code = 'demo-clinic'")
            try await office.open("/proposals?organization=\(clinic)")
            #expect(office.text.contains("申し出：1件"))
            #expect(office.text.split(separator: "<tr ").count == 1 + 1 + 1)
            try await office.open("/proposals?organization=0")
            #expect(office.text.contains("この団体からの申し出は、いまありません。"))
        }
    }

    @Test func aClerkSeesNoProposals() async throws {
        try await withOffice { desk in
            var clerk = Browser(desk.office)
            try await clerk.signIn(asClerkOf: "demo-hospital", desk)
            try await clerk.open("/proposals")
            #expect(clerk.page.status == .forbidden)
        }
    }
}
