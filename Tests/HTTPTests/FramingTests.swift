import HTTP
import Testing

@Suite struct FramingTests {
    private func post(_ fields: String..., version: String = "HTTP/1.1") -> ReadStore {
        read(
            "POST / \(version)\r\nHost: h\r\n" + fields.map { $0 + "\r\n" }.joined()
                + "\r\nGET /hidden HTTP/1.1\r\nHost: h\r\n\r\n")
    }

    @Test(arguments: [
        "+5", "-5", "5,5", "5, 5", "5 5", "0x5", "5.0", "5e1", "", "five", "٥", "5;", "\"5\"",
        "5\u{0B}", "99999999999999999999", "1000000000000000000", "18446744073709551621", "5,",
        "5\t5", "_5", "5_0",
    ])
    func aLengthIsOneRunOfDigits(_ value: String) {
        #expect(post("Content-Length: \(value)").status == 400)
        #expect(post("Content-Length: \(value)").heads.isEmpty)
    }

    @Test(arguments: [
        ("0", 0), ("5", 5), ("005", 5), ("999999999999999999", 999_999_999_999_999_999),
    ])
    func aLengthIsTaken(_ value: String, _ length: Int) {
        let head = read("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(value)\r\n\r\n").heads
            .first
        #expect(head?.framing == .length(length))
    }

    @Test(arguments: [
        ["Content-Length: 5", "Content-Length: 5"], ["Content-Length: 5", "content-length: 6"],
        ["Content-Length: 5", "Transfer-Encoding: chunked"],
        ["Transfer-Encoding: chunked", "Content-Length: 5"],
        ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"],
        ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
        ["Transfer-Encoding: gzip", "Transfer-Encoding: chunked"],
        ["Content-Length: 0", "Transfer-Encoding: chunked"],
        ["Content-Length : 5"], ["Content-Length\t: 5"], [" Content-Length: 5"],
        ["Transfer-Encoding : chunked"], ["Transfer-Encoding: chunked", " "],
        ["Transfer-Encoding:", " chunked"], ["A: b\r\u{0}Content-Length: 5"],
        ["A: b\nContent-Length: 5"], ["A: b\rContent-Length: 5"],
    ])
    func ambiguousFramingIsRefused(_ fields: [String]) {
        let reading = read(
            "POST / HTTP/1.1\r\nHost: h\r\n" + fields.map { $0 + "\r\n" }.joined()
                + "\r\n0\r\n\r\nGET /hidden HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(reading.status == 400)
        #expect(reading.heads.isEmpty)
    }

    @Test(arguments: [
        ("gzip", 400), ("identity", 400), ("chunked, gzip", 400), ("chunked, chunked", 400),
        ("", 400), (",", 400), (",chunked", 400), ("chunked,", 400), ("xchunked", 400),
        ("chunkedx", 400), ("chunked;q=1", 400), ("\"chunked\"", 400), ("chunked chunked", 400),
        ("chunked\u{0B}", 400), ("\u{0B}chunked", 400), ("'chunked'", 400), ("cow", 400),
        ("chunked, identity", 400), ("chunked, gzip, chunked", 400), ("chunk\u{E9}d", 400),
        ("gzip, chunked", 501), ("deflate,chunked", 501), ("identity, chunked", 501),
        ("cow, chunked", 501), ("gzip;q=1, chunked", 400),
    ])
    func anyCodingButChunkedIsRefused(_ value: String, _ status: Int) {
        #expect(post("Transfer-Encoding: \(value)").status == status)
        #expect(post("Transfer-Encoding: \(value)").heads.isEmpty)
    }

    @Test(arguments: ["chunked", "Chunked", "CHUNKED", "  chunked\t"])
    func chunkedIsTakenWhateverItsCase(_ value: String) {
        let text = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: \(value)\r\n\r\n0\r\n\r\n"
        #expect(read(text).heads.first?.framing == .chunked)
        #expect(read(text).isComplete)
    }

    @Test func codingsDoNotExistInHTTP10() {
        #expect(post("Transfer-Encoding: chunked", version: "HTTP/1.0").status == 400)
    }

    @Test(arguments: [
        "h", "h:80", "localhost:8080", "a.b-c_d.example", "127.0.0.1", "[::1]", "[::1]:80", "A.B.",
        "h:1", "h:65535", "xn--wgv71a119e.jp", "[2001:db8::1.2.3.4]",
    ])
    func aHostIsTakenAsItIs(_ host: String) {
        #expect(
            read("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n").heads.first?.authority == host)
    }

    @Test(arguments: [
        "", " ", "u@h", "u:p@h", "h/", "h/a", "h?a", "h#a", "h,g", "h, g", "h g", "h:", "h:x",
        "h:0", "h:65536", "h:999999", "h:80:80", "h:+80", "http://h", "[::1", "::1", "[]", "[g]",
        "[::1]x", "[::1]:", "h\\g", "h\"", "<h>", "日本", "h;g", "h%00", ":80", "@h", "h\t.g", "*",
        "[1]", "h=g", "h&g", "h'g", "{h}",
    ])
    func aMalformedHostIsRefused(_ host: String) {
        #expect(read("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n").status == 400)
        #expect(read("GET / HTTP/1.0\r\nHost: \(host)\r\n\r\n").status == 400)
    }

    @Test func exactlyOneHostIsNeeded() {
        #expect(read("GET / HTTP/1.1\r\n\r\n").status == 400)
        #expect(read("GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n").status == 400)
        #expect(read("GET / HTTP/1.1\r\nHost: h\r\nhOST: g\r\n\r\n").status == 400)
        #expect(read("GET / HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n").status == 400)
        #expect(read("GET / HTTP/1.0\r\n\r\n").heads.first?.authority == .some(nil))
        #expect(
            read("GET / HTTP/1.1\r\nHost: \(String(repeating: "h", count: 300))\r\n\r\n").status
                == 400)
    }

    @Test(arguments: [
        ("HTTP/1.1", [], true), ("HTTP/1.0", [], false),
        ("HTTP/1.1", ["close"], false), ("HTTP/1.1", ["Close"], false),
        ("HTTP/1.1", ["keep-alive"], true), ("HTTP/1.0", ["keep-alive"], true),
        ("HTTP/1.0", ["Keep-Alive"], true), ("HTTP/1.1", ["keep-alive, close"], false),
        ("HTTP/1.1", ["keep-alive", "close"], false), ("HTTP/1.0", ["close, keep-alive"], false),
        ("HTTP/1.1", ["upgrade , CLOSE "], false), ("HTTP/1.1", ["closed"], true),
        ("HTTP/1.0", ["keep-alive-not"], false), ("HTTP/1.2", [], true),
    ])
    func whetherTheConnectionStaysOpen(_ version: String, _ options: [String], _ keeps: Bool) {
        let fields = options.map { "Connection: \($0)\r\n" }.joined()
        let head = read("GET / \(version)\r\nHost: h\r\n\(fields)\r\n").heads.first
        #expect(head?.keepsAlive == keeps)
    }

    @Test func onlyOneExpectationIsKnown() {
        let expecting = { (value: String, version: String, length: String) in
            read(
                "POST / \(version)\r\nHost: h\r\nExpect: \(value)\r\nContent-Length: \(length)"
                    + "\r\n\r\n")
        }
        #expect(expecting("100-continue", "HTTP/1.1", "5").heads.first?.expectsContinue == true)
        #expect(expecting("100-Continue", "HTTP/1.1", "5").heads.first?.expectsContinue == true)
        #expect(expecting("100-continue", "HTTP/1.1", "0").heads.first?.expectsContinue == false)
        #expect(expecting("100-continue", "HTTP/1.0", "5").heads.first?.expectsContinue == false)
        #expect(expecting("200-ok", "HTTP/1.1", "5").status == 417)
        #expect(expecting("100-continue, x", "HTTP/1.1", "5").status == 417)
        #expect(expecting("", "HTTP/1.1", "5").status == 417)
    }

    @Test func theBodyOfOneRequestIsNeverTheNext() {
        let hidden = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n"
        let length = hidden.utf8.count
        let reading = read(
            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: \(length)\r\n\r\n\(hidden)"
                + "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "\(String(length, radix: 16))\r\n\(hidden)\r\n0\r\n\r\n"
                + "GET /c HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(reading.heads.map(\.target.path) == ["/a", "/b", "/c"])
        #expect(reading.bodies == [Array(hidden.utf8), Array(hidden.utf8), []])
        #expect(reading.isComplete)
    }
}

@Suite struct LimitTests {
    @Test func aLongTargetIs414() {
        let fitting = String(repeating: "a", count: 8192 - 14)
        #expect(read("GET /\(fitting) HTTP/1.1\r\nHost: h\r\n\r\n").heads.count == 1)
        #expect(read("GET /\(fitting)a HTTP/1.1\r\nHost: h\r\n\r\n").status == 414)
        #expect(read("GET /\(fitting)aaaaaaaaaaaaaaa").status == 414)
    }

    @Test func aLongMethodIsNoRequest() {
        let long = String(repeating: "A", count: 8193)
        #expect(read(long).status == 400)
        #expect(read(long + " / HTTP/1.1\r\n").status == 400)
    }

    @Test func aLongFieldIs431() {
        let fitting = String(repeating: "a", count: 8192 - 3)
        #expect(read(fields: "A: " + fitting).heads.count == 1)
        #expect(read(fields: "A: a" + fitting).status == 431)
        #expect(read("GET / HTTP/1.1\r\nA: aa" + fitting).status == 431)
        #expect(read("GET / HTTP/1.1\r\na" + fitting + "aaaaa").status == 431)
    }

    @Test func aHundredFieldsAreTheMost() {
        let fields = { (count: Int) in String(repeating: "A: b\r\n", count: count) }
        let start = "GET / HTTP/1.1\r\nHost: h\r\n"
        #expect(read(start + fields(99) + "\r\n").heads.first?.headers.count == 100)
        #expect(read(start + fields(100)).status == 431)
    }

    @Test func aLargeHeadIs431() {
        let line = "A: \(String(repeating: "a", count: 995))\r\n"
        #expect(line.utf8.count == 1000)
        let start = "GET / HTTP/1.1\r\nHost: h\r\n"
        #expect(read(start + String(repeating: line, count: 32) + "\r\n").heads.count == 1)
        #expect(read(start + String(repeating: line, count: 33)).status == 431)
        let rest = 32768 - 32_000 - start.utf8.count - 7
        let exact = "A: \(String(repeating: "a", count: rest - 0))\r\n\r\n"
        let whole = start + String(repeating: line, count: 32) + exact
        #expect(whole.utf8.count == 32768)
        #expect(read(whole).heads.count == 1)
        #expect(read("\r\n" + whole).status == 431)
    }

    @Test func limitsAreSettings() {
        var limits = ParserLimits()
        limits.fields = 1
        limits.requestLine = 20
        #expect(read("GET / HTTP/1.1\r\nHost: h\r\n\r\n", limits: limits).heads.count == 1)
        #expect(read("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n\r\n", limits: limits).status == 431)
        #expect(read("GET /abcdefghi HTTP/1.1\r\nHost: h\r\n\r\n", limits: limits).status == 414)
    }
}
