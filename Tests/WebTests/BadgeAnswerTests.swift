import HTTP
import TestSupport
import Testing

/// The address of a badge answers a browser and a verifier differently, and says so to caches.
@Suite struct BadgeAnswerTests {
    @Test(arguments: ["application/ld+json", "text/html", "*/*"])
    func theAnswerSaysThatItDependsOnWhatIsAskedFor(type: String) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.apply(1, desk)
            try await appoint(desk)
            let address = try await browser.badge(desk)
                .replacing("/verify/", with: "/ob2/assertions/")
            let answer = try await browser.ask(address, accepting: try HeaderValue(type))
            #expect(answer.headers[.vary] == "Accept")
            #expect(answer.status == (type == "text/html" ? .seeOther : .ok))
            guard let tag = answer.headers[.etag] else { return }
            let again = try await browser.ask(
                address, accepting: try HeaderValue(type), knowing: try HeaderValue(tag))
            #expect(again.status == .notModified && again.headers[.vary] == "Accept")
        }
    }

    /// 405 is told as 404 is: to whoever reads documents in JSON, to people on a page.
    @Test(arguments: [("application/ld+json", true), ("*/*", true), ("text/html", false)])
    func whatCannotBeDoneIsSaidInWhatIsAskedFor(type: String, isJSON: Bool) async throws {
        try await withOffice { desk in
            let browser = Browser(desk.office)
            for address in ["/ob2/badges/dps-2026", "/ob2/assertions/none"] {
                let seen = try await browser.ask(
                    address, accepting: try HeaderValue(type), by: .delete)
                #expect(seen.status.code == 405 && seen.headers[.vary] == "Accept")
                #expect(seen.headers[.allow]?.contains("GET") == true)
                #expect(seen.headers["Access-Control-Allow-Origin"] == "*")
                let kind = isJSON ? "application/json" : "text/html"
                #expect(seen.headers[.contentType]?.hasPrefix(kind) == true, "\(address)")
                #expect(seen.text.contains("method_not_allowed") == isJSON)
            }
            let page = try await browser.ask(
                "/my", accepting: "application/ld+json", by: .delete)
            #expect(page.headers[.contentType]?.hasPrefix("text/html") == true)
        }
    }

    /// What is kept of a class is kept once, however somebody writes its address.
    @Test func aClassHasOneNameAndItsDocumentSaysIt() async throws {
        try await withOffice { desk in
            let browser = Browser(desk.office)
            let type: HeaderValue = "application/ld+json"
            let answer = try await browser.ask("/ob2/badges/dps-2026", accepting: type)
            let encoded = try await browser.ask("/ob2/badges/%64ps-2026", accepting: type)
            #expect(answer.status == .ok && encoded.headers[.etag] == answer.headers[.etag])
            for slug in ["dps--2026", "-dps-2026", "dps-2026-", "dps-2021", "dps-9999"] {
                for address in ["/ob2/badges/\(slug)", "/badges/\(slug)/image.png"] {
                    #expect(try await browser.ask(address, accepting: type).status == .notFound)
                }
            }
        }
    }
}
