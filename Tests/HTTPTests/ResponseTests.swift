import HTTP
import Testing

@Suite struct ResponseTests {
    static let date = HTTPDate(secondsSinceEpoch: 784_111_777)

    private func context(
        _ version: Version = .http11, isHead: Bool = false, keepsAlive: Bool = true
    ) -> ResponseContext {
        ResponseContext(
            version: version, isHead: isHead, keepsAlive: keepsAlive, date: Self.date.bytes)
    }

    private func written(_ response: Response, _ context: ResponseContext) -> (String, Delivery) {
        var output: [UInt8] = []
        let delivery = response.writeHead(to: &output, context)
        return (String(decoding: output, as: UTF8.self), delivery)
    }

    private let endless = Response(body: .stream(length: nil) { _ in })

    @Test func aHeadIsWrittenInFull() {
        let (text, delivery) = written(.html("日本").with(.vary, "Cookie"), context())
        #expect(
            text == "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                + "Content-Type: text/html; charset=utf-8\r\nVary: Cookie\r\n"
                + "Content-Length: 6\r\n\r\n")
        #expect(delivery.transfer == .plain && delivery.keepsAlive)
    }

    @Test func aHeadIsAppendedBehindWhatWaits() {
        var output = Array("before".utf8)
        _ = Response.noContent.writeHead(to: &output, context())
        #expect(output.starts(with: Array("beforeHTTP/1.1 204 No Content\r\n".utf8)))
    }

    @Test func anAnswerThatIsKeptIsTheSameOctetsWithTheDateOfTheSecond() throws {
        let others = Headers([("X-Frame-Options", "DENY")])
        let answer = Response.html("日本").with(.vary, "Cookie").asFixed()
        let kept = try #require(answer.fixed)
        for second in [784_111_777, 784_111_777, 784_111_780] {
            let date = HTTPDate(secondsSinceEpoch: second).bytes
            let octets = kept.octets(of: answer, with: others, date: date, at: second)
            var plain = answer
            plain.headers.appendMissing(from: others)
            var expected: [UInt8] = []
            _ = plain.writeHead(
                to: &expected,
                ResponseContext(version: .http11, isHead: false, keepsAlive: true, date: date))
            #expect(octets == expected + Array("日本".utf8))
        }
    }

    @Test func whatIsChangedOfAKeptAnswerIsAnotherAnswer() {
        let kept = Response.text("a").asFixed()
        #expect(kept.fixed != nil && kept.with(.vary, "Cookie").fixed == nil)
        var other = kept
        other.status = .gone
        #expect(other.fixed == nil)
        other = kept
        other.body = .bytes([])
        #expect(other.fixed == nil && endless.asFixed().fixed == nil)
    }

    @Test func theConnectionIsSpelledOut() {
        let close = "Connection: close\r\n"
        let keep = "Connection: keep-alive\r\n"
        #expect(!written(.notFound, context()).0.contains("Connection"))
        #expect(written(.notFound, context(keepsAlive: false)).0.contains(close))
        #expect(written(.notFound, context(.http10)).0.contains(keep))
        #expect(written(.notFound, context(.http10, keepsAlive: false)).0.contains(close))
    }

    @Test func anUnknownLengthGoesOutChunkedOrUntilTheEnd() {
        let (modern, chunked) = written(endless, context())
        #expect(modern.contains("Transfer-Encoding: chunked\r\n"))
        #expect(!modern.contains("Content-Length"))
        #expect(chunked.transfer == .chunked && chunked.keepsAlive)
        let (old, untilClose) = written(endless, context(.http10))
        #expect(!old.contains("Transfer-Encoding") && !old.contains("Content-Length"))
        #expect(old.contains("Connection: close"))
        #expect(untilClose.transfer == .untilClose && !untilClose.keepsAlive)
        let known = Response(body: .stream(length: 7) { _ in })
        #expect(written(known, context()).0.contains("Content-Length: 7\r\n"))
        #expect(written(known, context()).1.transfer == .plain)
    }

    @Test func someAnswersHaveNoBodyWhateverTheHandlerSays() {
        for status in [Status.noContent, .notModified] {
            let response = Response(status, body: .bytes([1, 2, 3]))
            let (text, delivery) = written(response, context())
            #expect(delivery.transfer == .none)
            #expect(!text.contains("Content-Length") && !text.contains("Transfer-Encoding"))
        }
        let (text, delivery) = written(.text("abc"), context(isHead: true))
        #expect(text.contains("Content-Length: 3\r\n"))
        #expect(delivery.transfer == .none)
        #expect(written(endless, context(isHead: true)).1.transfer == .none)
        #expect(written(endless, context(.http10, isHead: true)).1.keepsAlive)
        #expect(written(Response(.seeOther), context()).0.contains("Content-Length: 0\r\n"))
    }

    @Test func framingFieldsAreTheWritersAlone() {
        let response = Response.text("abc").with(.contentLength, "4711").with(
            .connection, "upgrade"
        )
        .with(.transferEncoding, "chunked").with(.date, "never").with(.etag, "\"a\"")
        let (text, _) = written(response, context())
        for field in ["4711", "upgrade", "chunked", "never"] { #expect(!text.contains(field)) }
        #expect(text.contains("Content-Length: 3\r\n") && text.contains("ETag: \"a\"\r\n"))
    }

    @Test(arguments: [0, 1, 9, 10, 99, 100, 1_234_567_890])
    func lengthsAreWrittenInDecimal(_ length: Int) {
        let response = Response(body: .file(FileBody(path: "/x", length: length)))
        #expect(written(response, context()).0.contains("Content-Length: \(length)\r\n"))
    }

    @Test func chunksAreWrapped() {
        var output: [UInt8] = []
        ChunkedEncoder.append([], to: &output)
        #expect(output.isEmpty)
        ChunkedEncoder.append(Array(repeating: 0x61, count: 26), to: &output)
        output += ChunkedEncoder.end
        #expect(
            String(decoding: output, as: UTF8.self)
                == "1a\r\n\(String(repeating: "a", count: 26))\r\n0\r\n\r\n")
        var decoder = BodyDecoder(.chunked)
        var body: [UInt8] = []
        #expect(decoder.decode(output, into: &body) == .finished(consumed: output.count))
        #expect(body.count == 26)
    }

    @Test(arguments: [
        ("/", "/"), ("/a?b=c#d", "/a?b=c#d"), ("/検索", "/%E6%A4%9C%E7%B4%A2"), ("/a b", "/a%20b"),
        ("/a//b", "/a//b"), ("/%2e", "/%2e"),
    ])
    func aRedirectStaysHere(_ path: String, _ location: String) throws {
        let response = try Response.seeOther(path)
        #expect(response.status.code == 303)
        #expect(response.headers[.location] == location)
    }

    @Test(arguments: [
        "", "a", "//evil", "///evil", "/\\evil", "\\/evil", "\\\\evil", "http://evil", "https:evil",
        "/a\r\nX: y", "/\t/evil", "/\n/evil", "\t//evil", " /a", "/a\u{0}", "/a\u{7F}", "/a\\b",
        "javascript:alert(1)", "?a", "#a", "/\u{85}a", ".//evil", "@evil",
    ])
    func aRedirectAwayIsRefused(_ path: String) {
        #expect(throws: RedirectError()) { try Response.seeOther(path) }
        #expect(!OwnPath.isOwn(path))
    }

    @Test func refusalsSayWhatTheyMust() {
        let refused = Response.methodNotAllowed([.get, .head])
        #expect(refused.status.code == 405 && refused.headers[.allow] == "GET, HEAD")
        let busy = Response.retry(.serviceUnavailable, afterSeconds: 5)
        #expect(busy.status.code == 503 && busy.headers[.retryAfter] == "5")
        #expect(Response.options([.get]).headers[.allow] == "GET")
        #expect(Status.notFound.description == "404 Not Found")
    }

    @Test func everyNamedStatusHasAReason() {
        for code in [
            200, 201, 202, 204, 206, 303, 304, 400, 401, 403, 404, 405, 406, 408, 409, 410, 411,
            412, 413, 414, 415, 416, 417, 421, 422, 429, 431, 500, 501, 502, 503, 505,
        ] {
            #expect(Status(code).reason.utf8CodeUnitCount > 0)
        }
    }
}

@Suite struct RequestBodyTests {
    final class Pieces: BodySource {
        var left: [[UInt8]]
        var asked = 0

        init(_ pieces: [[UInt8]]) { left = pieces }

        func next() async throws -> [UInt8]? {
            asked += 1
            return left.isEmpty ? nil : left.removeFirst()
        }
    }

    @Test func aBodyIsCollectedUpToItsLimit() async throws {
        let pieces = [[1, 2], [3], [4, 5]] as [[UInt8]]
        let body = { RequestBody.source(Pieces(pieces), length: nil) }
        #expect(try await body().collect(upTo: 5) == [1, 2, 3, 4, 5])
        await #expect(throws: RequestBodyError.tooLarge) { try await body().collect(upTo: 4) }
        #expect(try await RequestBody.bytes([1]).collect(upTo: 1) == [1])
        await #expect(throws: RequestBodyError.tooLarge) {
            try await RequestBody.bytes([1, 2]).collect(upTo: 1)
        }
        #expect(try await RequestBody.empty.collect(upTo: 0) == [])
    }

    @Test func aDeclaredLengthBeyondTheLimitIsRefusedUnread() async {
        let source = Pieces([[1, 2, 3]])
        await #expect(throws: RequestBodyError.tooLarge) {
            try await RequestBody.source(source, length: 3).collect(upTo: 2)
        }
        #expect(source.asked == 0)
    }

    @Test func aBodyIsASequenceOfChunks() async throws {
        var chunks: [[UInt8]] = []
        for try await chunk in RequestBody.source(Pieces([[1], [2, 3]]), length: nil) {
            chunks.append(chunk)
        }
        #expect(chunks == [[1], [2, 3]])
    }

    @Test func errorsSayTheirStatus() {
        #expect(RequestBodyError.tooLarge.status == .contentTooLarge)
        #expect(RequestBodyError.tooSlow.status == .requestTimeout)
        #expect(RequestBodyError.cutShort.status == .badRequest)
        #expect(FormError.wrongType.status == .unsupportedMediaType)
        #expect(MultipartError.tooLarge.status == .contentTooLarge)
    }
}
