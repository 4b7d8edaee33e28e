import HTTP
import Testing

@Suite struct HTTPDateTests {
    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (1_775_001_599, "Tue, 31 Mar 2026 23:59:59 GMT"),
        (1_775_001_600, "Wed, 01 Apr 2026 00:00:00 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ])
    func aMomentIsWrittenAndReadBack(_ seconds: Int, _ text: String) {
        #expect(HTTPDate(secondsSinceEpoch: seconds).description == text)
        #expect(HTTPDate(text)?.secondsSinceEpoch == seconds)
    }

    @Test func everyDayOfFourCenturiesComesBack() {
        for day in stride(from: -73_003, to: 73_003, by: 7) {
            let date = HTTPDate(secondsSinceEpoch: day * 86_400 + 4_711)
            #expect(HTTPDate(date.description) == date)
            #expect(date.description.hasPrefix("Thu"))
        }
    }

    @Test func theOldFormsAreRead() {
        let wanted = HTTPDate(secondsSinceEpoch: 784_111_777)
        #expect(HTTPDate("Sunday, 06-Nov-94 08:49:37 GMT") == wanted)
        #expect(HTTPDate("Sun Nov  6 08:49:37 1994") == wanted)
        #expect(HTTPDate("Wednesday, 01-Apr-26 00:00:00 GMT")?.secondsSinceEpoch == 1_775_001_600)
        #expect(HTTPDate("Sun, 06 Nov 1994 08:49:60 GMT")?.secondsSinceEpoch == 784_111_799)
    }

    @Test(arguments: [
        "", "Sun", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
        "Xxx, 06 Nov 1994 08:49:37 GMT",
        "Sun, 30 Feb 2026 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 29 Feb 2100 08:49:37 GMT", "Sun,_06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 08:49:3a GMT", "日, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sun Nov 36 08:49:37 1994", ",", "Sunday,",
    ])
    func anythingElseIsNoDate(_ text: String) { #expect(HTTPDate(text) == nil) }
}

@Suite struct ConditionalTests {
    private let tag = EntityTag("v1")
    private let modified = HTTPDate(secondsSinceEpoch: 784_111_777)

    private func answer(
        _ fields: [(HeaderName, HeaderValue)], method: Method = .get,
        _ response: Response = .text("0123456789")
    ) throws -> Response {
        let head = RequestHead(method, try #require(Target("/")), headers: Headers(fields))
        return response.answering(
            head, Validators(entityTag: tag, lastModified: modified))
    }

    @Test(arguments: [
        ("\"v1\"", 304), ("W/\"v1\"", 304), ("\"v2\"", 200), ("\"v2\", \"v1\"", 304), ("*", 304),
        ("v1", 200), ("\"v1", 200), ("\"v2\" \"v1\"", 200), ("", 200), ("\"a,b\", W/\"v1\"", 304),
    ])
    func ifNoneMatchIsComparedWeakly(_ value: String, _ status: Int) throws {
        let response = try answer([(.ifNoneMatch, HeaderValue(value))])
        #expect(response.status.code == status)
        #expect(response.headers[.etag] == "\"v1\"")
        if status == 304 {
            #expect(response.body.length == 0)
            #expect(response.headers[.contentType] == nil)
        }
    }

    @Test func datesCountOnlyWithoutTags() throws {
        let same: HeaderValue = "Sun, 06 Nov 1994 08:49:37 GMT"
        let before: HeaderValue = "Sun, 06 Nov 1994 08:49:36 GMT"
        #expect(try answer([(.ifModifiedSince, same)]).status == .notModified)
        #expect(try answer([(.ifModifiedSince, before)]).status == .ok)
        #expect(try answer([(.ifModifiedSince, "rubbish")]).status == .ok)
        #expect(try answer([(.ifModifiedSince, same), (.ifNoneMatch, "\"v2\"")]).status == .ok)
        #expect(try answer([(.ifModifiedSince, same)], method: .head).status == .notModified)
        #expect(try answer([(.ifModifiedSince, same)], method: .post).status == .ok)
        #expect(try answer([(.ifUnmodifiedSince, same)]).status == .ok)
        #expect(try answer([(.ifUnmodifiedSince, before)]).status == .preconditionFailed)
    }

    @Test func ifMatchIsComparedStrongly() throws {
        #expect(try answer([(.ifMatch, "\"v1\"")]).status == .ok)
        #expect(try answer([(.ifMatch, "W/\"v1\"")]).status == .preconditionFailed)
        #expect(try answer([(.ifMatch, "\"v2\"")]).status == .preconditionFailed)
        #expect(try answer([(.ifMatch, "*")]).status == .ok)
        #expect(try answer([(.ifNoneMatch, "\"v1\"")], method: .post).status == .preconditionFailed)
    }

    @Test(arguments: [
        ("bytes=0-0", "bytes 0-0/10", "0"), ("bytes=2-4", "bytes 2-4/10", "234"),
        ("bytes=7-", "bytes 7-9/10", "789"), ("bytes=7-99", "bytes 7-9/10", "789"),
        ("bytes=-3", "bytes 7-9/10", "789"), ("bytes=-99", "bytes 0-9/10", "0123456789"),
        ("BYTES=9-9", "bytes 9-9/10", "9"),
    ])
    func aSingleRangeIsServed(_ value: String, _ range: String, _ content: String) throws {
        let response = try answer([(.range, HeaderValue(value))])
        #expect(response.status.code == 206)
        #expect(response.headers[.contentRange] == range)
        guard case .bytes(let bytes) = response.body else {
            Issue.record("no bytes")
            return
        }
        #expect(String(decoding: bytes, as: UTF8.self) == content)
    }

    @Test(arguments: ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99-100"])
    func aRangeBeyondTheEndIs416(_ value: String) throws {
        let response = try answer([(.range, HeaderValue(value))])
        #expect(response.status.code == 416)
        #expect(response.headers[.contentRange] == "bytes */10")
    }

    @Test(arguments: [
        "bytes=4-2", "bytes=0-1,3-4", "bytes=", "bytes=-", "lines=0-1", "bytes 0-1", "bytes=a-b",
        "bytes=+1-2", "bytes=0x1-2", "bytes=1-2-3", "bytes= 1-2", "0-1", "", "bytes=--1",
        "bytes=99999999999999999999-",
    ])
    func anythingElseIsAnsweredWhole(_ value: String) throws {
        let response = try answer([(.range, HeaderValue(value))])
        #expect(response.status.code == 200)
        #expect(response.headers[.acceptRanges] == "bytes")
    }

    @Test func aRangeCountsOnlyForTheSameRepresentation() throws {
        let range: (HeaderName, HeaderValue) = (.range, "bytes=0-0")
        #expect(try answer([range, (.ifRange, "\"v1\"")]).status == .partialContent)
        #expect(try answer([range, (.ifRange, "\"v2\"")]).status == .ok)
        #expect(try answer([range, (.ifRange, "W/\"v1\"")]).status == .ok)
        #expect(
            try answer([range, (.ifRange, "Sun, 06 Nov 1994 08:49:37 GMT")]).status
                == .partialContent)
        #expect(try answer([range, (.ifRange, "Sun, 06 Nov 1994 08:49:38 GMT")]).status == .ok)
        #expect(try answer([range], method: .head).status == .ok)
    }

    @Test func aFilesRangeMovesItsOffset() throws {
        let file = Response(body: .file(FileBody(path: "/x", offset: 100, length: 50)))
        let response = try answer([(.range, "bytes=10-19")], file)
        guard case .file(let part) = response.body else {
            Issue.record("no file")
            return
        }
        #expect(part == FileBody(path: "/x", offset: 110, length: 10))
        #expect(response.headers[.contentRange] == "bytes 10-19/50")
    }

    @Test func onlyA200IsChanged() throws {
        #expect(try answer([(.ifNoneMatch, "*")], .notFound).status == .notFound)
        #expect(EntityTag("a\"b") == nil)
        #expect(EntityTag("日") == nil)
        #expect(EntityTag("a b") == nil)
    }
}
