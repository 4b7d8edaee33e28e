import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 任命状の確認: one answer to whatever comes, and nothing of a paper that is not ours.
@Suite struct CertificateCheckPageTests {
    private struct Checked {
        let code: String
        let name: String
        let id: Int
    }

    private static func appointed(_ desk: isolated OfficeDesk) async throws -> Checked {
        var person = Browser(desk.office)
        let receipt = try await person.apply(1, desk)
        try await appoint(desk)
        try await person.openOwn(receipt, 1, desk)
        try await person.open("/my/certificate")
        let id = try await desk.count("SELECT max(id) AS n FROM applications")
        let record = try #require(try await desk.office.reading.application(id: id))
        let code = try await desk.rows(givenOutCodes)[0].string("code")
        return Checked(code: code, name: record.name, id: id)
    }

    @Test func aGoodOneIsToldInOneWordAndOnNoWayKept() async throws {
        try await withOffice { desk in
            let paper = try await Self.appointed(desk)
            var browser = Browser(desk.office)
            try await browser.open("/w/?c=\(paper.code)")
            #expect(browser.text.contains("有効です</h1>") && browser.text.contains(paper.name))
            #expect(browser.page.headers[.referrerPolicy] == "no-referrer")
            #expect(browser.page.headers[.cacheControl] == "no-store")
            #expect(browser.page.headers["X-Robots-Tag"] == "noindex")
            try await browser.open("/w/?c=\(paper.code)&on=2027/4/1")
            #expect(browser.text.contains("無効です（理由：満了）</h1>") && !browser.text.contains(paper.name))
            #expect(browser.text.contains("R08-P-") && browser.text.contains("2027年4月1日について"))
        }
    }

    @Test func whatIsNotOursIsAlteredAndNothingOfItIsShown() async throws {
        try await withOffice { desk in
            let paper = try await Self.appointed(desk)
            var changed = Array(paper.code)
            let place = changed.count - 20
            changed[place] = changed[place] == "A" ? "B" : "A"
            var browser = Browser(desk.office)
            try await browser.open("/w/?c=\(String(changed))")
            #expect(browser.page.status == .ok)
            #expect(browser.text.contains("無効です（理由：改ざん）</h1>"))
            #expect(!browser.text.contains("R08-P-") && !browser.text.contains(paper.name))
        }
    }

    /// Whoever holds a genuine 任命状 and read half of its code, or typed its number, is not told that
    /// somebody changed it.
    @Test func whatIsNoCodeAtAllIsNotCalledAltered() async throws {
        try await withOffice { desk in
            let paper = try await Self.appointed(desk)
            let number = try await desk.texts("SELECT number AS text FROM appointments")[0]
            var browser = Browser(desk.office)
            let strange = [
                number, String(paper.code.dropLast(30)), paper.code + "A", "x", "%F0%9F%98%80",
                String(repeating: "A", count: 3_000), "%22%3E%3Cscript%3E",
            ]
            for code in strange {
                try await browser.open("/w/?c=\(code)")
                #expect(browser.page.status == .ok, "\(code)")
                #expect(browser.text.contains("無効です（理由：形がちがいます）</h1>"), "\(code)")
                #expect(browser.text.contains("読み取りが途中で切れたか"), "\(code)")
                #expect(!browser.text.contains("改ざん") && !browser.text.contains(paper.name))
                #expect(!browser.text.contains("<dt>任命番号</dt>"))
            }
        }
    }

    @Test func anEndShowsNumberAndDaysAndNeitherNameNorWhy() async throws {
        try await withOffice { desk in
            let paper = try await Self.appointed(desk)
            let ending = AppointmentEnding(.revoked, on: desk.office.today, because: "理由")
            try await desk.office.end(
                appointmentOfApplication: paper.id, ending, by: .operator("office"))
            var browser = Browser(desk.office)
            try await browser.open("/w/?c=\(paper.code)")
            #expect(browser.text.contains("無効です（理由：任命の終了）</h1>"))
            #expect(browser.text.contains("R08-P-") && !browser.text.contains(paper.name))
            #expect(!browser.text.contains("解任"))
        }
    }

    @Test func aDayThatIsNoneIsAskedForAgainAndTheCodeStays() async throws {
        try await withOffice { desk in
            let paper = try await Self.appointed(desk)
            var browser = Browser(desk.office)
            try await browser.open("/w/?c=\(paper.code)&on=%E3%81%8D%E3%81%AE%E3%81%86")
            #expect(browser.text.contains("任命状の確認</h1>") && browser.text.contains("きのう"))
            #expect(browser.text.contains("value=\"\(paper.code)\""))
            #expect(browser.text.contains("日付は、2026年4月1日 や"))
            try await browser.open("/w/")
            #expect(browser.text.contains("任命状の確認</h1>") && browser.text.contains("name=\"c\""))
        }
    }

    @Test func theKeysAreThereForWhoeverChecksByThemselves() async throws {
        try await withOffice { desk in
            _ = try await Self.appointed(desk)
            var browser = Browser(desk.office)
            try await browser.open("/.well-known/jwks.json")
            let key = try #require(browser.text.firstMatch(of: /"kid":"([^"]+)"/)).output.1
            #expect(browser.page.headers[.contentType] == "application/jwk-set+json")
            #expect(browser.page.headers["Access-Control-Allow-Origin"] == "*")
            try await browser.open("/keys/\(key)")
            #expect(browser.text.hasPrefix(#"{"kty":"EC","crv":"P-256","x":""#))
            try await browser.open("/.well-known/did.json")
            #expect(browser.text.contains(#""id":"did:web:enroll.example#\#(key)""#))
        }
    }
}
