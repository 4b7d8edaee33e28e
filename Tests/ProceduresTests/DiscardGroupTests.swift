import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 名簿を取りやめる: a file that is not sent after all.
@Suite struct DiscardGroupTests {
    private static let clerk = Actor.operator("coordinator")

    private static func scope(
        _ desk: isolated OfficeDesk, _ code: String = "demo-hospital"
    ) async throws -> OrganizationScope {
        OrganizationScope(
            try #require(try await desk.office.currentRules().organization(code: code)).id)
    }

    private static func discard(_ number: String, _ desk: isolated OfficeDesk) async throws {
        try await desk.office.discardGroup(
            number, within: try await scope(desk), by: clerk)
    }

    private static func events(_ desk: isolated OfficeDesk) async throws -> Int {
        try await desk.count("SELECT count(*) AS n FROM events WHERE act = 'discard_group'")
    }

    @Test func whatWasInItIsForgottenAndNobodyHasApplied() async throws {
        try await withOffice { desk in
            let planned = try await desk.upload(1...3, unit: "内科") { row in
                if row[0] == "3" { row[8] = "" }
            }
            let number = try #require(planned.number)
            try await Self.discard(number, desk)
            let file = try #require(try await desk.office.reading.groupFile(number: number))
            #expect(file.state == .discarded && file.rowCount == 3)
            #expect(
                try await desk.count(
                    """
                    SELECT count(*) AS n FROM group_files g JOIN group_lines l
                        ON l.group_file_id = g.id
                    WHERE g.original IS NOT NULL OR g.details IS NOT NULL OR l.cells IS NOT NULL
                       OR l.answers IS NOT NULL
                       OR jsonb_path_exists(l.problems, '$[*].arguments')
                    """) == 0)
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 0)
            try await Self.discard(number, desk)
            #expect(try await Self.events(desk) == 1)
        }
    }

    @Test func afterwardsItCannotBeSentNorReadOtherwise() async throws {
        try await withOffice { desk in
            let number = try #require(try await desk.upload(1...2).number)
            try await Self.discard(number, desk)
            let scope = try await Self.scope(desk)
            await #expect(throws: Refusal.conflict(.planIsDiscarded)) {
                try await desk.office.askToApplyGroup(number, of: scope, by: Self.clerk)
            }
            await #expect(throws: Refusal.conflict(.planIsDiscarded)) {
                _ = try await desk.office.applyGroup(number, by: Self.clerk)
            }
            await #expect(throws: Refusal.conflict(.planIsDiscarded)) {
                _ = try await desk.office.chooseColumns(
                    SaidOfFile([]), of: number, within: scope, by: Self.clerk)
            }
            let again = try await desk.upload(1...2)
            #expect(again.number != nil && again.number != number)
            #expect(!again.fileProblems.map(\.code).contains(.sameFileBefore))
        }
    }

    @Test func whatIsSentOrAboutToBeIsNotPutAway() async throws {
        try await withOffice { desk in
            let asked = try #require(try await desk.upload(1...2).number)
            let scope = try await Self.scope(desk)
            try await desk.office.askToApplyGroup(asked, of: scope, by: Self.clerk)
            await #expect(throws: Refusal.conflict(.planIsApplied)) {
                try await Self.discard(asked, desk)
            }
            let sent = try #require(try await desk.upload(3...4).number)
            _ = try await desk.office.applyGroup(sent, by: Self.clerk)
            await #expect(throws: Refusal.conflict(.planIsApplied)) {
                try await Self.discard(sent, desk)
            }
            #expect(try await Self.events(desk) == 0)
        }
    }

    @Test func aFileThatWaitsLeavesNothing() async throws {
        try await withOffice { desk in
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "c@example.jp", evidence: .personal, attests: false)
            let received = try await desk.office.receiveGroup(
                GroupUpload(
                    name: "名簿.csv",
                    bytes: Invented.file(Invented.groupFile(1...2), calling: "氏", "サーネーム"),
                    coordinator: coordinator),
                of: try await Self.scope(desk), by: Self.clerk)
            guard case .waiting(let number) = received else { throw Refusal.notFound }
            try await Self.discard(number, desk)
            #expect(try await desk.count("SELECT count(*) AS n FROM waiting_files") == 0)
            #expect(try await Self.events(desk) == 1)
            await #expect(throws: Refusal.notFound) { try await Self.discard(number, desk) }
        }
    }

    @Test func nobodyPutsAwayAnothersFile() async throws {
        try await withOffice { desk in
            let number = try #require(try await desk.upload(1...2).number)
            let other = try await Self.scope(desk, "fujita")
            await #expect(throws: Refusal.notFound) {
                try await desk.office.discardGroup(number, within: other, by: Self.clerk)
            }
            #expect(
                try await desk.office.reading.groupFile(number: number)?.state == .planned)
        }
    }
}
