import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// Whoever is listed by an organization says that it is them, or that they do not wish it.
@Suite struct ListingTests {
    private static func hospital(_ desk: isolated OfficeDesk) async throws -> OrganizationScope {
        let body = try await desk.office.currentRules().organization(code: "demo-hospital")
        return OrganizationScope(try #require(body).id)
    }

    private static func send(_ numbers: [Int], _ desk: isolated OfficeDesk) async throws {
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "hospital@example.jp", evidence: .personal,
            attests: true)
        let plan = try await desk.office.planGroup(
            GroupUpload(
                name: "名簿.csv", bytes: Invented.groupFile(numbers), coordinator: coordinator),
            of: "demo-hospital", by: .operator("test"))
        _ = try await desk.office.applyGroup(try #require(plan.number), by: .operator("test"))
    }

    private static func ids(_ desk: isolated OfficeDesk) async throws -> [Int] {
        try await desk.rows("SELECT id FROM applications ORDER BY id").map { try $0.int("id") }
    }

    /// How many a plan appoints, and how many wait.
    private static func counts(_ desk: isolated OfficeDesk) async throws -> [Int] {
        let plan = try await desk.office.planAppointments(
            by: Decision(decidedOn: desk.office.today, number: "1"), by: .operator("office"))
        let record = try #require(try await desk.office.reading.plan(number: plan.number))
        let found = try await desk.office.reading.outcomes(of: record.id)
        return [found[.appointing(.appoint)] ?? 0, found[.appointing(.waits)] ?? 0]
    }

    private static func left(_ desk: isolated OfficeDesk) async throws -> [MemberRecord] {
        try await desk.office.reading.members(
            of: try await hospital(desk), in: desk.office.year, .left, limit: 9
        ).members
    }

    @Test func objectingEndsWhatTheOrganizationFiledAndAFileBringsNothingBack() async throws {
        try await withOffice { desk in
            try await Self.send([1], desk)
            try await desk.move(by: 3_600)
            let first = try await desk.sendLetters()
            let receipt = try #require(first.first { $0.recipient == Invented.email(1) })
            #expect(receipt.body.contains("それは私です") && receipt.body.contains("名簿で送りました"))
            let id = try await Self.ids(desk)[0]
            let body = try await Self.hospital(desk).organizationID
            for _ in 1...2 {
                try await desk.office.object(
                    toListingBy: body, ofApplication: id, by: .applicant)
            }
            let record = try #require(try await desk.office.reading.application(id: id))
            #expect(record.state == .withdrawn)
            let told = try await desk.sendLetters().dropFirst(first.count)
            #expect(
                Set(told.map(\.recipient)) == ["hospital@example.jp", Invented.email(1)])
            #expect(told.count == 2)
            #expect(try await Self.left(desk).map(\.leaving?.reason) == [.objected])
            try await Self.send([1], desk)
            #expect(try await Self.ids(desk) == [id])
            // What the person says is not the organization's to take back.
            let said = try #require(try await Self.left(desk).first).knownFrom
            await #expect(throws: Refusal.conflict(.membersHaveChanged)) {
                try await desk.office.takeBackLeaving(
                    saidAt: said, within: try await Self.hospital(desk), by: .operator("a"))
            }
        }
    }

    @Test func whoAppliedAloneIsToldOfAFurtherOrganizationAndEndsOnlyThat() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            try await Self.send([1], desk)
            try await desk.move(by: 3_600)
            let told = try await desk.sendLetters().filter { $0.messageID.hasPrefix("listed-") }
            #expect(told.map(\.recipient) == [Invented.email(1)])
            let id = try await Self.ids(desk)[0]
            let body = try await Self.hospital(desk).organizationID
            try await desk.office.object(toListingBy: body, ofApplication: id, by: .applicant)
            let record = try #require(try await desk.office.reading.application(id: id))
            #expect(record.state == .submitted)
            let letter = try await desk.sendLetters().last
            #expect(letter?.recipient == "hospital@example.jp")
            #expect(letter?.body.contains(record.receipt) == false)
            try await desk.move(by: 60)
            try await desk.office.agree(toListingBy: body, ofApplication: id, by: .applicant)
            #expect(try await Self.left(desk).isEmpty)
            await #expect(throws: Refusal.notFound) {
                try await desk.office.agree(toListingBy: 9_999, ofApplication: id, by: .applicant)
            }
        }
    }

    /// Nobody is appointed before the rule of their organization is met.
    @Test func whereTheOrganizationWaitsForItsPeopleNobodyIsAppointedUnasked() async throws {
        try await withOffice { desk in
            try await Self.send([1, 2], desk)
            try await desk.approveAll()
            let ids = try await Self.ids(desk)
            let body = try await Self.hospital(desk).organizationID
            #expect(try await Self.counts(desk) == [2, 0], "as each file says")
            try await desk.office.setConsent(
                ConsentTerms(.member), of: body, seen: .ofEachFile, by: .operator("office"))
            #expect(try await Self.counts(desk) == [0, 2])
            try await desk.office.agree(
                toListingBy: body, ofApplication: ids[0], by: .applicant)
            #expect(try await Self.counts(desk) == [1, 1])
            await #expect(throws: Refusal.conflict(.reasonIsMissing)) {
                try await desk.office.setConsent(
                    ConsentTerms(.attested, askedOn: desk.office.today), of: body,
                    seen: ConsentTerms(.member), by: .operator("office"))
            }
            try await desk.office.setConsent(
                ConsentTerms(.attested, askedOn: desk.office.today, method: "書面"), of: body,
                seen: ConsentTerms(.member), by: .operator("office"))
            #expect(try await Self.counts(desk) == [2, 0])
        }
    }
}
