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
}
