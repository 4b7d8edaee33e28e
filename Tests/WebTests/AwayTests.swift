import HTTP
import Testing

/// What is answered while there is no database to connect to.
@Suite struct AwayTests {
    private static let nowhere = "host=/nowhere/at/all dbname=none"

    @Test(arguments: ["/", "/apply", "/applications/new", "/verify/abc"])
    func aPageSaysThatItPasses(path: String) async throws {
        let desk = try await SiteDesk(connection: Self.nowhere)
        let answer = try await desk.get(path)
        #expect(answer.status.code == 503)
        #expect(answer.headers[.retryAfter] == "5")
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        #expect(answer.text.contains("<h1>ただいま手続きができません</h1>"))
        #expect(answer.text.hasSuffix("</html>\n") || answer.text.hasSuffix("</html>"))
    }

    @Test func aVerifierIsToldInJSON() async throws {
        let desk = try await SiteDesk(connection: Self.nowhere)
        let answer = try await desk.get(
            "/ob2/assertions/abc", [(.accept, "application/ld+json")])
        #expect(answer.status.code == 503)
        #expect(answer.headers[.retryAfter] == "5")
        #expect(answer.headers[.contentType]?.hasPrefix("application/json") == true)
        #expect(answer.text == #"{"error":"unavailable"}"#)
    }

    @Test func aProbeIsToldThatItIsNotReadyAndThatItLives() async throws {
        let desk = try await SiteDesk(connection: Self.nowhere)
        let ready = try await desk.get("/readyz")
        #expect(ready.status.code == 503 && ready.headers[.retryAfter] == "5")
        #expect(try await desk.get("/healthz").status.code == 200)
    }

    @Test func itIsReportedOnceHoweverManyAsk() async throws {
        let desk = try await SiteDesk(connection: Self.nowhere)
        for _ in 0..<5 { _ = try await desk.get("/apply") }
        #expect(await desk.reported.count == 1)
    }
}
