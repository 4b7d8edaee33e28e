import HTTP
import Testing

@Suite struct RequestLineTests {
    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
    func everyKnownMethodIsRead(_ name: String) {
        let reading = read("\(name) / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(reading.heads.first?.method.name == name)
        #expect(Method(name)?.name == name)
    }

    @Test(arguments: [
        "get / HTTP/1.1", "Get / HTTP/1.1", "BREW / HTTP/1.1", "TRACE / HTTP/1.1",
        "CONNECT h:443 HTTP/1.1", "CONNECT / HTTP/1.1", "GETS / HTTP/1.1", "GE / HTTP/1.1",
        "PROPFIND / HTTP/1.1", "M-SEARCH * HTTP/1.1", "G!#$%&'*+-.^_`|~9 / HTTP/1.1",
        "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX / HTTP/1.1", "PUTT / HTTP/1.1",
        "POSX / HTTP/1.1", "PATCX / HTTP/1.1", "DELETX / HTTP/1.1",
    ])
    func anyOtherTokenIsNotImplemented(_ line: String) {
        #expect(read(line + "\r\nHost: h\r\n\r\n").status == 501)
    }

    @Test(arguments: [
        "GET  / HTTP/1.1", "GET /  HTTP/1.1", " GET / HTTP/1.1", "GET / HTTP/1.1 ",
        "GET\t/ HTTP/1.1", "GET /\tHTTP/1.1", "GET / HTTP/1.1\t", "GET /", "GET / ", "GET",
        "GET HTTP/1.1", "/ HTTP/1.1", "GET / http/1.1", "GET / HTTP/1", "GET / HTTP/1.",
        "GET / HTTP/01.1", "GET / HTTP/1.10", "GET / HTTP/11", "GET / HTTP 1.1", "GET / FOO",
        "GET / HTTPS/1.1", "GET / HTTP/1.1 x", "GET / HTTP/a.1", "GET / HTTP/1,1",
        "GET / HTTP/-1.1", "G:T / HTTP/1.1", "G(T / HTTP/1.1", "G\"T / HTTP/1.1", "é / HTTP/1.1",
        "GET / a HTTP/1.1", "GET / HTTP/1.1GET", "\u{16}\u{3}\u{1}", "GET / hTTP/1.1",
    ])
    func aMalformedLineIsRefused(_ line: String) {
        #expect(read(line + "\r\nHost: h\r\n\r\n").status == 400)
    }

    @Test(arguments: ["HTTP/2.0", "HTTP/3.0", "HTTP/0.9", "HTTP/9.9", "HTTP/0.0"])
    func otherMajorVersionsAreNotSupported(_ version: String) {
        #expect(read("GET / \(version)\r\nHost: h\r\n\r\n").status == 505)
    }

    @Test func thePrefaceOfHTTP2IsNotSupported() {
        #expect(read("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status == 505)
    }

    @Test func laterMinorVersionsAreServedAs11() {
        #expect(read("GET / HTTP/1.2\r\nHost: h\r\n\r\n").heads.first?.version == .http11)
        #expect(read("GET / HTTP/1.0\r\n\r\n").heads.first?.version == .http10)
    }

    @Test func oneEmptyLineBeforeTheRequestIsSkipped() {
        #expect(read("\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n").heads.count == 1)
        #expect(read("\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n").status == 400)
        #expect(read("\nGET / HTTP/1.1\r\nHost: h\r\n\r\n").status == 400)
        #expect(read("\rGET / HTTP/1.1\r\nHost: h\r\n\r\n").status == 400)
    }

    @Test func anEmptyLineIsSkippedBetweenPipelinedRequestsToo() {
        let one = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab"
        let reading = read(one + "\r\n" + one + "\r\n" + one)
        #expect(reading.heads.count == 3)
        #expect(reading.isComplete)
    }

    @Test(arguments: 0...255)
    func everyOctetInTheTargetIsJudged(_ octet: Int) {
        let byte = UInt8(octet)
        let line = Array("GET /a".utf8) + [byte] + Array("b HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
        let allowed =
            Array("!$&'()*+,-./:;=@_~?".utf8).contains(byte)
            || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte)
        #expect((read(line).heads.count == 1) == allowed)
        #expect(read(line).status == (allowed ? nil : 400))
    }

    @Test(arguments: 0...255)
    func everyOctetInTheQueryIsJudged(_ octet: Int) {
        let byte = UInt8(octet)
        let line = Array("GET /?a=".utf8) + [byte] + Array("b HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
        let refused = byte <= 0x20 || byte >= 0x7F || Array("\"#<>%".utf8).contains(byte)
        #expect(read(line).status == (refused ? 400 : nil))
    }

    @Test func aRefusalComesBeforeTheHeadIsComplete() {
        #expect(read("GET / HTTP/1.1\nHost").status == 400)
        #expect(read("GET / HTTP/9.1\r\nH").status == 505)
        #expect(read("GET / HTTP/1.1\r\nHost : h\r\n").status == 400)
        #expect(read("GET / HTTP/1.1\r\nHost: h\r\nA: \u{0}").status == 400)
        #expect(read("GET /\rx").status == 400)
    }

    @Test func aRefusedConnectionStaysRefused() {
        var parser = RequestParser()
        let bad = Array("GET / HTTP/1.1\nHost: h\n\n".utf8)
        guard case .rejected(let first) = parser.advance(bad) else {
            Issue.record("not refused")
            return
        }
        #expect(parser.advance(Array("GET / HTTP/1.1\r\n".utf8)) == .rejected(first))
    }
}
