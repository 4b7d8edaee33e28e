import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing
import Words

/// 名簿 of an organization: page by page in both directions, searched, and as a file.
@Suite struct MembersTests {
    private static func hospital(_ desk: isolated OfficeDesk) async throws -> Int {
        try #require(try await desk.office.currentRules().organization(code: "demo-hospital")).id
    }

    private static func slice(
        _ desk: isolated OfficeDesk, _ body: Int, _ place: MembersPlace, _ limit: Int = 2
    ) async throws -> MembersSlice {
        try await desk.office.reading.members(
            of: OrganizationScope(body), in: desk.office.year, at: place, limit: limit)
    }

    @Test func everyPageLeadsOnAndBack() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...5) == 5)
            let body = try await Self.hospital(desk)
            let whole = try await Self.slice(desk, body, .first, 9).members.map(\.id)
            let first = try await Self.slice(desk, body, .first)
            #expect(first.members.map(\.id) == Array(whole[0..<2]))
            #expect(!first.hasEarlier && first.hasLater)
            let second = try await Self.slice(desk, body, .after(whole[1]))
            #expect(second.members.map(\.id) == Array(whole[2..<4]))
            #expect(second.hasEarlier && second.hasLater)
            let last = try await Self.slice(desk, body, .after(whole[3]))
            #expect(last.members.map(\.id) == [whole[4]] && !last.hasLater)
            let back = try await Self.slice(desk, body, .before(whole[4]))
            #expect(back.members.map(\.id) == Array(whole[2..<4]) && back.hasEarlier)
            let start = try await Self.slice(desk, body, .before(whole[2]))
            #expect(start.members.map(\.id) == Array(whole[0..<2]))
            #expect(!start.hasEarlier && start.hasLater)
        }
    }

    @Test func aSearchFindsByNameOrReadingInTheOrganizationOnly() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter([6, 7]) == 2)
            #expect(try await desk.enter([12], to: "demo-clinic") == 1)
            let body = try await Self.hospital(desk)
            for (typed, count) in [("高橋", 1), ("たかはし", 1), ("やまさき", 1), ("佐藤", 0)] {
                let query = try #require(PersonQuery(typed))
                let found = try await desk.office.reading.members(
                    fitting: query, of: OrganizationScope(body), in: desk.office.year, limit: 9)
                #expect(found.count == count, "\(typed)")
            }
        }
    }

    @Test func aRosterSaysWhatBecameOfAnAppointment() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...2) == 2)
            try await desk.approveAll()
            try await desk.appointAll()
            let body = try await Self.hospital(desk)
            let members = try await Self.slice(desk, body, .first).members
            try await desk.office.resign(application: members[0].id, by: .applicant)
            let file = try await desk.office.membersFile(
                of: OrganizationScope(body), by: .account(1))
            let words = String(decoding: file, as: UTF8.self).split(separator: "\r\n").dropFirst()
                .compactMap { $0.split(separator: ",").last }
            #expect(words == ["辞任", "任命中"])
            let found = try await Self.slice(desk, body, .first).members
            let today = desk.office.today
            #expect(found.map { $0.shown?.status(on: today).word } == ["辞任", "任命中"])
            let next = desk.office.year.next.firstDay
            #expect(found.map { $0.shown?.status(on: next).word } == ["辞任", "任期満了"])
        }
    }

    @Test func aRosterShowsWhenItsOwnPeopleWatchedTheVideosOfThisYearAndEarlyOfTheNext()
        async throws
    {
        try await withOffice { desk in
            #expect(try await desk.enter([1]) == 1)
            try await desk.apply(2)
            #expect(try await desk.enter([2]) == 1)
            let next = desk.office.year.next
            try await desk.office.openFiscalYear(next, by: .operator("office"))
            _ = try await desk.rows(
                """
                INSERT INTO videos SELECT 2027, 3, 'third', '1', '', '', 1, '2026-11-01'
                FROM videos WHERE fiscal_year = 2027 AND slot = 1
                """)
            _ = try await desk.rows(
                "INSERT INTO requirements VALUES (2027, 'promoter', 'agency_approved', 3)")
            _ = try await desk.rows(
                """
                INSERT INTO viewings (person_id, application_id, fiscal_year, video_slot, grade,
                                      viewed_on, recorded_by, known_from)
                SELECT person_id, application_id, 2027, 3, grade, '2026-11-20', 'x', known_from
                FROM viewings WHERE video_slot = 1
                """)
            try await desk.move(by: 120)
            let file = try await desk.office.membersFile(
                of: OrganizationScope(try await Self.hospital(desk)), by: .account(1))
            let lines = String(decoding: file, as: UTF8.self).split(separator: "\r\n")
            #expect(lines[0].hasSuffix("視聴日（動画1）,視聴日（動画2）,視聴日（動画3）,状態"))
            let told = lines.dropFirst().map { $0.contains("2026-09-01,2026-09-01,2026-11-20,") }
            #expect(told.count == 2 && told.count(where: \.self) == 1, "one applied alone")
        }
    }

    @Test func theFileHoldsEverybodyOnceAndNoFormula() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter(1...1_001) == 1_001)
            _ = try await desk.rows("UPDATE affiliations SET unit = '=1+1' WHERE id % 7 = 0")
            let bytes = try await desk.office.membersFile(
                of: OrganizationScope(try await Self.hospital(desk)), by: .account(1))
            let journalled = try await desk.texts(
                "SELECT actor AS text FROM events WHERE act = 'download_members'")
            #expect(journalled == ["account:1"])
            #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
            let text = String(decoding: bytes.dropFirst(3), as: UTF8.self)
            let lines = text.split(separator: "\r\n")
            let headings =
                "氏名,読み,応募区分,所属先の名称,部署・店舗名,受付番号,受け付けた日,確認済み,連絡済み,視聴,"
                + "離れた日,離れた理由,視聴日（動画1）,視聴日（動画2）,状態"
            #expect(String(lines[0]) == headings)
            #expect(lines.count == 1_002 && Set(lines).count == 1_002)
            #expect(text.contains(",'=1+1,") && !text.contains(",=1+1"))
            #expect(!text.unicodeScalars.contains("\u{FEFF}"))
        }
    }
}
