import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 本省様式のファイル: who may fetch it, until when, and that it is journalled.
@Suite struct ExportPageTests {
    /// A finished workbook of the office's, as the page would have asked for it; gives its address.
    static func export(_ desk: isolated OfficeDesk) async throws -> String {
        let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
        let now = desk.office.now
        try await desk.database.transaction { session in
            let writing = WriteTransaction(session)
            let moment = WriteStamp(now: now, actor: .account(1))
            try await writing.addExport("E-1", of: basis, for: "報告", at: moment)
            try await writing.addChunk([1, 2, 3], at: 0, of: "E-1")
            try await writing.finishExport(
                "E-1", rows: 1, bytes: 3, sha256: ("abc", data: "def"), at: now)
        }
        return "/exports/file?number=E-1"
    }

    private static func downloads(_ desk: isolated OfficeDesk) async throws -> Int {
        try await desk.count(
            """
            SELECT count(*) AS n FROM events
            WHERE act = 'download_export' AND subject = 'export:E-1' AND actor LIKE 'account:%'
            """)
    }

    @Test func everyDownloadIsJournalledAndALookIsNone() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.signIn(desk)
            let file = try await Self.export(desk)
            try await browser.open("/exports")
            #expect(browser.page.text.contains("<code>def</code>"), "the digest of the data")
            #expect(try await Self.downloads(desk) == 0)
            for count in 1...2 {
                try await browser.open(file)
                #expect(browser.page.status == .ok)
                #expect(try await Self.downloads(desk) == count)
            }
        }
    }

    @Test func whoMayNotFetchItLeavesNoDownload() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let file = try await Self.export(desk)
            try await browser.open(file)
            #expect(browser.heading == "担当者のログイン")
            #expect(try await Self.downloads(desk) == 0)
        }
    }

    @Test func aWorkbookEndsAfterSevenDaysByTheClockWhoeverAsks() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let file = try await Self.export(desk)
            try await desk.move(by: 7 * 86_400 - 1)
            try await browser.signIn(desk)
            try await browser.open(file)
            #expect(browser.page.status == .ok)
            try await desk.move(by: 1)
            try await browser.open(file)
            #expect(browser.page.status == .notFound)
            #expect(try await Self.downloads(desk) == 1)
            try await browser.open("/exports")
            #expect(browser.text.contains("受け取れる期間は終わりました"))
            #expect(!browser.text.contains("受け取る（"))
        }
    }

    @Test func theClockDropsTheBytesAndKeepsTheRecord() async throws {
        try await withOffice { desk in
            _ = try await Self.export(desk)
            try await desk.move(by: 7 * 86_400 - 1)
            #expect(try await !desk.office.dropOldExports())
            try await desk.move(by: 1)
            #expect(try await desk.office.dropOldExports())
            #expect(try await !desk.office.dropOldExports())
            #expect(try await desk.count("SELECT count(*) AS n FROM export_chunks") == 0)
            #expect(try await desk.count("SELECT count(*) AS n FROM exports") == 1)
        }
    }
}
