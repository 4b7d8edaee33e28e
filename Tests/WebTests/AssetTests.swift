import HTTP
import Testing

/// The style sheet and the script, under paths that name their content.
@Suite struct AssetTests {
    /// The path of the style sheet, as a page names it.
    private static func path(_ desk: SiteDesk) async throws -> String {
        let page = try await desk.get("/nowhere").text
        return String(try #require(page.firstMatch(of: /href="(\/assets\/site-[0-9a-f]+\.css)"/)).1)
    }

    @Test func itSaysSinceWhenItIsAsItIs() async throws {
        let desk = try await SiteDesk(connection: "host=/nowhere")
        let answer = try await desk.get(try await Self.path(desk))
        #expect(answer.status == .ok)
        #expect(answer.headers[.lastModified] == SiteDesk.built.description)
        #expect(answer.headers[.etag] != nil)
    }

    @Test(arguments: [(0, 304), (1, 304), (-1, 200)])
    func whoeverHasItIsNotSentItAgain(seconds: Int, status: Int) async throws {
        let desk = try await SiteDesk(connection: "host=/nowhere")
        let since = HTTPDate(secondsSinceEpoch: 1_775_000_000 + seconds)
        let answer = try await desk.get(
            try await Self.path(desk), [(.ifModifiedSince, try HeaderValue(since.description))])
        #expect(answer.status.code == status)
        #expect(answer.text.isEmpty == (status == 304))
        #expect(answer.headers[.lastModified] == SiteDesk.built.description)
    }

    @Test func aTagCountsMoreThanADate() async throws {
        let desk = try await SiteDesk(connection: "host=/nowhere")
        let later = try HeaderValue(HTTPDate(secondsSinceEpoch: 1_776_000_000).description)
        let answer = try await desk.get(
            try await Self.path(desk), [(.ifModifiedSince, later), (.ifNoneMatch, "\"other\"")])
        #expect(answer.status == .ok)
    }
}
