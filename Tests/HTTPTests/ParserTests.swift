import HTTP
import Testing

@Suite struct ParserTests {
    @Test func aPlainRequestIsRead() throws {
        var parser = RequestParser()
        let text = "GET /a/%E6%97%A5?x=1&y=%2B+ HTTP/1.1\r\nHost: h:80\r\nCookie: a=b\r\n\r\nrest"
        guard case .head(let head, let consumed) = parser.advance(Array(text.utf8)) else {
            Issue.record("no head")
            return
        }
        #expect(consumed == text.utf8.count - 4)
        #expect(head.method == .get)
        #expect(head.target.segments == ["a", "日"])
        #expect(try head.target.query.single("y") == "+ ")
        #expect(head.authority == "h:80")
        #expect(head.keepsAlive)
        #expect(Cookies(head.headers)["a"] == "b")
    }
}
