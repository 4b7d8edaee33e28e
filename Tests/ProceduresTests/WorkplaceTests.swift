import Enrollment
import Foundation
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 所属先の名称, from a file and a form to wherever it is kept and shown.
@Suite struct WorkplaceTests {
    /// Sends a file with a column for it; nil sends one without. Gives what was planned.
    @discardableResult
    private static func send(
        _ numbers: [Int], _ name: String?, to code: String = "demo-hospital",
        at place: Invented.Place = .tokyo, _ desk: isolated OfficeDesk
    ) async throws -> [String] {
        let file = Invented.groupFile(numbers, at: place).dropFirst(3)
        var lines = Array(
            String(decoding: file, as: UTF8.self).components(separatedBy: "\r\n").dropLast())
        if let name {
            lines = [lines[0] + ",所属先の名称"] + lines.dropFirst().map { "\($0),\(name)" }
        }
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let bytes = [0xEF, 0xBB, 0xBF] + Array(lines.joined(separator: "\r\n").utf8)
        try await desk.move(by: 60)
        let planned = try await desk.office.planGroup(
            GroupUpload(name: "名簿.csv", bytes: bytes, coordinator: coordinator), of: code,
            by: .operator("coordinator"))
        _ = try await desk.office.applyGroup(
            try #require(planned.number), by: .operator("coordinator"))
        return planned.inShort
    }

    private static func kept(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts("SELECT workplace_name AS text FROM applications ORDER BY id")
    }

    @Test func aLaterFileChangesItTakesItBackOrLeavesItOut() async throws {
        try await withOffice { desk in
            #expect(try await Self.send([1], "見本商店", desk) == ["2 new"])
            #expect(try await Self.kept(desk) == ["見本商店"])
            #expect(try await Self.send([1], "見本商店", desk) == ["file W414", "2 unchanged"])
            #expect(try await Self.send([1], "見本商会", desk) == ["2 changed"])
            #expect(try await Self.kept(desk) == ["見本商会"])
            try await Self.send([1], nil, at: .nara, desk)
            #expect(try await desk.texts("SELECT street AS text FROM applications") == ["登大路町30"])
            #expect(try await Self.kept(desk) == ["見本商会"], "a file of before takes nothing back")
            try await Self.send([1], "", at: .nara, desk)
            #expect(try await Self.kept(desk) == ["見本商会"], "it says what the last one said")
            try await Self.send([1], "", desk)
            #expect(try await Self.kept(desk) == [""])
            let versions = try await desk.texts(
                "SELECT workplace_name AS text FROM application_versions ORDER BY known_until")
            #expect(versions == ["見本商店", "見本商会", "見本商会"])
        }
    }

    /// Whoever has resigned applies by saying something new, not by a file that leaves it out.
    @Test func whoHasResignedDoesNotApplyByAFileOfBefore() async throws {
        try await withOffice { desk in
            try await Self.send([1], "見本商店", desk)
            try await desk.approveAll()
            try await desk.appointAll()
            let id = try await desk.count("SELECT id AS n FROM applications")
            try await desk.office.resign(application: id, by: .applicant)
            #expect(try await Self.send([1], nil, desk) == ["2 unchanged N309"])
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 1)
            #expect(try await Self.send([1], "見本商会", desk) == ["2 new"])
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 2)
        }
    }

    @Test func afterTheApprovalItIsAProposal() async throws {
        try await withOffice { desk in
            try await Self.send([1], "見本商店", desk)
            try await desk.approveAll()
            try await Self.send([1], "見本商会", desk)
            #expect(try await Self.kept(desk) == ["見本商店"])
            let id = try await desk.count("SELECT id AS n FROM applications")
            let said = try await desk.office.reading.proposals(of: id).first?.answers
            #expect(said?[.workplaceName] == "見本商会")
        }
    }

    @Test func theRenewedApplicationSaysTheSame() async throws {
        try await withOffice { desk in
            try await Self.send([1], "見本商店", desk)
            try await desk.apply(2) { $0[.workplaceName] = "髙橋 電器店" }
            let ids = try await desk.rows("SELECT id FROM applications").map { try $0.int("id") }
            _ = try await desk.office.approve(ids, by: .operator("office"))
            try await desk.appointAll()
            let next = desk.office.year.next
            try await desk.office.openFiscalYear(next, by: .operator("office"))
            try await desk.move(to: Instant(startOf: next.firstDay))
            let plan = try await desk.office.planRenewal(
                to: next, by: desk.decision, by: .operator("office"))
            _ = try await desk.office.applyRenewal(plan.number, by: .operator("office"))
            let renewed = try await desk.texts(
                """
                SELECT workplace_name || ' ' || workplace_key AS text FROM applications
                WHERE fiscal_year = 2027 ORDER BY id
                """)
            #expect(renewed == ["見本商店 見本商店", "髙橋 電器店 高橋電器店"])
        }
    }

    @Test func anOrganizationSeesItOfWhomItMayKnow() async throws {
        try await withOffice { desk in
            try await Self.send([1], "見本商店", desk)
            try await desk.apply(2)
            try await Self.send([2], nil, desk)
            let organization = try #require(
                try await desk.office.currentRules().organization(code: "demo-hospital"))
            let file = try await desk.office.membersFile(
                of: OrganizationScope(organization.id), by: .account(1))
            let lines = String(decoding: file.dropFirst(3), as: UTF8.self).split(separator: "\r\n")
            #expect(lines[0].hasPrefix("氏名,読み,応募区分,所属先の名称,部署・店舗名,受付番号"))
            let told = lines.dropFirst().map { $0.components(separatedBy: ",")[3] }
            #expect(Set(told) == ["見本商店", "非公開"])
        }
    }

    @Test func theOfficeFindsPeopleByItsBeginning() async throws {
        try await withOffice { desk in
            try await desk.apply(2) { $0[.workplaceName] = "髙橋電器店" }
            try await desk.apply(3) { $0[.workplaceName] = "高橋　電器商会" }
            let find = { (typed: String, last: Int) in
                let query = try #require(PersonQuery(typed))
                let hints = PersonHints(typed, in: desk.office.year, under: nil)
                return try await desk.office.reading.find(
                    query, hinted: hints, by: last > 0 ? .workplace : nil, after: last, limit: 1)
            }
            let first = try await find("髙橋電器", 0)
            #expect(first.by == .workplace)
            #expect(first.found.map(\.texts[.workplaceName]) == ["高橋　電器商会"])
            let second = try await find("高橋 電器", try #require(first.found.first).id)
            #expect(second.found.map(\.texts[.workplaceName]) == ["髙橋電器店"])
            #expect(try await find("電器", 0).found.isEmpty)
            try await desk.apply(6)
            #expect(try await find("高橋", 0).by == .name, "a name goes before")
        }
    }

    @Test func aDraftOfBeforeIsReadAndAskedForIt() async throws {
        try await withOffice { desk in
            let token = try await desk.confirmedDraft(Invented.draft(1))
            _ = try await desk.rows("UPDATE drafts SET answers = answers - 'workplace_name'")
            let open = try #require(try await desk.office.draft(of: token))
            #expect(open.record.draft[.familyName] == Invented.draft(1)[.familyName])
            guard case .rejected(let problems) = open.checked else {
                Issue.record("taken without it")
                return
            }
            #expect(problems.map(\.code) == [.workplaceMissing])
        }
    }
}
