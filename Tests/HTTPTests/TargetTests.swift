import HTTP
import Testing

@Suite struct TargetTests {
    @Test(arguments: [
        ("/", []), ("/a", ["a"]), ("/a/", ["a", ""]), ("/a/b", ["a", "b"]),
        ("//", ["", ""]), ("//evil/x", ["", "evil", "x"]), ("/a//b", ["a", "", "b"]),
        ("/%E6%97%A5%e6%9c%ac", ["日本"]), ("/a%20b", ["a b"]), ("/a+b", ["a+b"]),
        ("/...", ["..."]), ("/.well-known/x", [".well-known", "x"]), ("/a.b..c", ["a.b..c"]),
        ("/100%25", ["100%"]), ("/a%25zz", ["a%zz"]), ("/a;b=c", ["a;b=c"]), ("/@:!$", ["@:!$"]),
        ("/%F0%A0%AE%B7", ["𠮷"]), ("/%3Cscript%3E", ["<script>"]), ("/a%3Fb", ["a?b"]),
        ("/a%23b", ["a#b"]),
    ])
    func aPathIsDecodedOnce(_ path: String, _ segments: [String]) {
        let head = read("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n").heads.first
        #expect(head?.target.segments == segments)
        #expect(head?.target.path == path)
        #expect(head?.target.rawQuery == nil)
        #expect(Target(path)?.segments == segments)
    }

    @Test(arguments: [
        "/..", "/.", "/../", "/a/..", "/a/../b", "/a/./b", "/./a", "/%2e", "/%2E%2e", "/.%2e",
        "/a/%2e%2e/b", "/%2e%2e%2fetc", "/a%2fb", "/a%2Fb", "/a%5cb", "/a%5Cb", "/a\\b",
        "/%00", "/a%00b", "/%0d%0aX:y", "/%0a", "/%09", "/%7f", "/%1b", "/%zz", "/%", "/%2",
        "/%2/", "/a%2", "/%u0041", "/%252e%252e", "/%252f", "/%25%32%65", "/%c0%ae", "/%c0%af",
        "/%e0%80%ae", "/%f0%80%80%ae", "/%ed%a0%80", "/%ff", "/%80", "/%c3", "/%f5%80%80%80",
        "/%E6%97", "/a#b", "/#", "/a?b#c", "/a|b", "/a^b", "/a`b", "/a{b}", "/[a]", "/a<b", "/a\"b",
        "/日", "a", "a/b", "", "./", "?", "#", "*a", "**", "/?a=%", "/?a=%z1", "/?%00=1",
        "/?a=%00", "/?a=%c0%ae", "/?a=%ff", "/?a=%ed%a0%80", "/?a=日",
    ])
    func aTargetThatTwoReadersCouldTakeDifferentlyIsRefused(_ target: String) {
        #expect(read("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n").status == 400)
        #expect(Target(target) == nil)
    }

    @Test func theQueryKeepsItsOrderAndRepeats() throws {
        let target = try #require(Target("/x?b=2&a=1&b=%E6%97%A5+%2B&c&=d&&e="))
        #expect(target.rawQuery == "b=2&a=1&b=%E6%97%A5+%2B&c&=d&&e=")
        #expect(target.query.fields.map(\.name) == ["b", "a", "b", "c", "", "e"])
        #expect(target.query.all("b") == ["2", "日 +"])
        #expect(try target.query.single("c") == "")
        #expect(throws: FormError.duplicate("b")) { try target.query.single("b") }
        #expect(Target("/x?")?.rawQuery == "")
        #expect(Target("/x?a=b?c=/d")?.query.all("a") == ["b?c=/d"])
        #expect(Target("/x?a=%0d%0a")?.query.all("a") == ["\r\n"])
    }

    @Test func aQueryOfTooManyPairsIsRefused() {
        let pairs = { (count: Int) in repeatElement("a=1", count: count).joined(separator: "&") }
        #expect(read("GET /?\(pairs(200)) HTTP/1.1\r\nHost: h\r\n\r\n").heads.count == 1)
        #expect(read("GET /?\(pairs(201)) HTTP/1.1\r\nHost: h\r\n\r\n").status == 400)
    }

    @Test(arguments: [
        ("http://other:81/a?b=c", "other:81", "/a"), ("HTTP://other/", "other", "/"),
        ("https://other", "other", "/"), ("http://other?b=c", "other", "/"),
        ("http://[::1]:80/a", "[::1]:80", "/a"),
    ])
    func anAbsoluteTargetsAuthorityWinsOverHost(
        _ target: String, _ authority: String, _ path: String
    ) {
        let head = read("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n").heads.first
        #expect(head?.authority == authority)
        #expect(head?.target.path == path)
    }

    @Test(arguments: [
        "http://", "http:///a", "http:/a", "http:a", "ftp://h/", "http://u@h/", "http://u:p@h/",
        "http://h/../a", "http://h/#a", "http://h:99999/", "http://h:x/", "http://h h/", "://h/",
        "http//h/", "javascript:alert(1)", "h:80", "http://h,g/", "http://h\\g/", "http://[::1/",
        "*", "file:///etc/passwd",
    ])
    func otherTargetFormsAreRefused(_ target: String) {
        #expect(read("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n").status == 400)
    }

    @Test func anAbsoluteTargetStillNeedsAHost() {
        #expect(read("GET http://h/ HTTP/1.1\r\n\r\n").status == 400)
        #expect(read("GET http://h/ HTTP/1.0\r\n\r\n").heads.first?.authority == "h")
    }

    @Test func theAsteriskGoesWithOptionsOnly() {
        let head = read("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").heads.first
        #expect(head?.target.isAsterisk == true)
        #expect(read("POST * HTTP/1.1\r\nHost: h\r\n\r\n").status == 400)
        #expect(read("OPTIONS *x HTTP/1.1\r\nHost: h\r\n\r\n").status == 400)
        #expect(read("OPTIONS / HTTP/1.1\r\nHost: h\r\n\r\n").heads.count == 1)
    }
}
