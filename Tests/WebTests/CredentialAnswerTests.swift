import Enrollment
import HTTP
import Postgres
import Procedures
import TestSupport
import Testing

/// The address of a credential of Open Badges 3.0 answers browsers, wallets and verifiers, each as
/// they ask.
@Suite struct CredentialAnswerTests {
    private static func address(_ desk: isolated OfficeDesk) async throws -> (Browser, String) {
        var browser = Browser(desk.office)
        try await browser.apply(1, desk)
        try await appoint(desk)
        let badge = try await browser.badge(desk)
        return (browser, badge.replacing("/verify/", with: "/ob3/credentials/"))
    }

    @Test(arguments: [
        ("*/*", "application/vc+ld+json"), ("application/json", "application/json"),
        ("application/ld+json", "application/ld+json"), ("application/vc", "application/vc"),
        ("application/vc+ld+json", "application/vc+ld+json"),
        ("application/vc+jwt", "application/vc+jwt"),
        ("application/vc+jwt, application/json;q=0.5", "application/vc+jwt"),
        ("application/json, application/vc+jwt;q=0.5", "application/json"),
        ("application/vc+jwt, */*", "application/vc+ld+json"),
        ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "application/vc+ld+json"),
        ("text/html, image/gif, image/jpeg, */*; q=0.2", "application/vc+ld+json"),
        ("text/html", ""),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ""),
        ("application/ld+json, text/html;q=0.9", "application/ld+json"),
        ("application/json, text/html", "application/json"),
        ("image/png", "application/vc+ld+json"),
    ])
    func whoeverAsksGetsWhatTheyCanRead(_ accepted: String, _ type: String) async throws {
        try await withOffice { desk in
            let (browser, address) = try await Self.address(desk)
            let answer = try await browser.ask(address, accepting: try HeaderValue(accepted))
            #expect(answer.headers[.vary] == "Accept")
            guard !type.isEmpty else {
                #expect(answer.status == .seeOther)
                return
            }
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == type)
            #expect(answer.headers["Access-Control-Allow-Origin"] == "*")
            #expect(answer.headers[.cacheControl] == "public, max-age=300")
            let tag = try #require(answer.headers[.etag])
            let again = try await browser.ask(
                address, accepting: try HeaderValue(accepted), knowing: try HeaderValue(tag))
            #expect(again.status == .notModified)
        }
    }

    @Test func aRevokedCredentialStaysAndItsListSaysSo() async throws {
        try await withOffice { desk in
            let (browser, address) = try await Self.address(desk)
            let before = try await browser.ask(address, accepting: "*/*")
            let list = try await browser.ask("/status/2026", accepting: "*/*")
            #expect(list.headers[.contentType] == "application/vc+ld+json")
            _ = try await desk.rows(
                """
                UPDATE badges SET revocation_reason = 'resigned',
                    revoked_at = \(desk.office.now.precise)::timestamptz
                """)
            let after = try await browser.ask(address, accepting: "*/*")
            #expect(after.status == .ok && after.headers[.etag] == before.headers[.etag])
            let changed = try await browser.ask("/status/2026", accepting: "*/*")
            #expect(changed.headers[.etag] != list.headers[.etag])
            let hosted = address.replacing("/ob3/credentials/", with: "/ob2/assertions/")
            #expect(try await browser.ask(hosted, accepting: "*/*").status == .gone)
        }
    }

    @Test func whatIsMissingIsSaidInTheFormInWhichItWasAsked() async throws {
        try await withOffice { desk in
            let browser = Browser(desk.office)
            for address in [
                "/ob2/assertions/none", "/ob2/badges/none", "/ob3/credentials/none",
                "/ob3/credentials/none.jwt", "/achievements/none", "/status/none", "/keys/none",
                "/badges/none.png", "/badges/none.svg",
            ] {
                for type: HeaderValue in ["*/*", "application/ld+json", "application/json"] {
                    let answer = try await browser.ask(address, accepting: type)
                    #expect(answer.status == .notFound)
                    #expect(answer.headers[.contentType]?.hasPrefix("application/json") == true)
                    #expect(answer.text == #"{"error":"not_found"}"#)
                    #expect(answer.headers["Access-Control-Allow-Origin"] == "*")
                }
                let page = try await browser.ask(address, accepting: "text/html")
                #expect(page.status == .seeOther || page.text.contains("<h1>"), "\(address)")
            }
        }
    }

    @Test func aListThatNobodyCanSignHereIsToBeHadLater() async throws {
        try await withOffice { desk in
            let (browser, address) = try await Self.address(desk)
            _ = try await desk.rows(
                """
                INSERT INTO badge_keys (id, purpose, public_key, made_at)
                VALUES ('ed25519-elsewhere', 'proof', decode(repeat('07', 32), 'hex'), now())
                """)
            for asked in ["/status/2026", address] {
                let answer = try await browser.ask(asked, accepting: "application/ld+json")
                #expect(answer.status == .serviceUnavailable)
                #expect(answer.headers[.retryAfter] == "300")
                #expect(answer.text == #"{"error":"signing_key_missing"}"#)
            }
        }
    }

    @Test func thePageLeadsToTheCredentialAndAnAchievementToItsCriteria() async throws {
        try await withOffice { desk in
            var (browser, address) = try await Self.address(desk)
            try await browser.open(address.replacing("/ob3/credentials/", with: "/verify/"))
            #expect(browser.text.contains("href=\"\(address).json\""))
            let named = try await browser.ask(address + ".json", accepting: "text/html")
            #expect(named.status == .ok && named.headers[.contentType] == "application/json")
            let token = try await browser.ask(address + ".jwt", accepting: "text/html")
            #expect(token.status == .ok && token.headers[.contentType] == "text/plain")
            let achievement = try await browser.ask(
                "/achievements/dps-2026", accepting: "text/html")
            #expect(achievement.status == .seeOther)
            let document = try await browser.ask("/achievements/dps-2026", accepting: "*/*")
            #expect(document.headers[.contentType] == "application/ld+json")
        }
    }
}
