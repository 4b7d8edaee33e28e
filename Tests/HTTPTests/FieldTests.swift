import HTTP
import Testing

@Suite struct FieldTests {
    private static let tokenOctets = Set(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    @Test(arguments: 0...255)
    func everyOctetInANameIsJudged(_ octet: Int) {
        let byte = UInt8(octet)
        let allowed = Self.tokenOctets.contains(byte)
        for name in [[byte], [0x61, byte], [byte, 0x61], [0x61, byte, 0x61]] {
            let reading = read(
                Array("GET / HTTP/1.1\r\nHost: h\r\n".utf8) + name + Array(": v\r\n\r\n".utf8))
            // A colon only ends the name early.
            let ends = byte == UInt8(ascii: ":") && name[0] != byte
            #expect(reading.status == (allowed || ends ? nil : 400))
            if allowed {
                let text = String(decoding: name, as: UTF8.self)
                #expect(reading.heads.first?.headers.all(named: text) == ["v"])
            }
        }
    }

    @Test(arguments: 0...255)
    func everyOctetInAValueIsJudged(_ octet: Int) {
        let byte = UInt8(octet)
        let allowed = byte == 0x09 || (byte >= 0x20 && byte != 0x7F)
        let reading = read(
            Array("GET / HTTP/1.1\r\nHost: h\r\nX: a".utf8) + [byte] + Array("b\r\n\r\n".utf8))
        #expect(reading.status == (allowed ? nil : 400))
        if byte >= 0x20, byte < 0x7F {
            let text = String(decoding: [0x61, byte, 0x62], as: UTF8.self)
            #expect(reading.heads.first?.headers["X"] == text)
        }
    }

    @Test(arguments: 0..<24)
    func aControlOctetIsSeenWhereverItStands(_ place: Int) {
        for octet in 0...255 {
            let byte = UInt8(octet)
            var value = Array(repeating: UInt8(0x80), count: 24)
            value[place] = byte
            let reading = read(
                Array("GET / HTTP/1.1\r\nHost: h\r\nX:".utf8) + value + Array("\r\n\r\n".utf8))
            let allowed = byte == 0x09 || (byte >= 0x20 && byte != 0x7F)
            #expect(reading.status == (allowed ? nil : 400))
        }
    }

    @Test(arguments: [
        "X : v", " X: v", "\tX: v", "X\t: v", "X", ": v", "X v", "X=v", "X\"y: v", "(X): v",
        "X,Y: v", "X@: v", "X/: v", "é: v",
    ])
    func aMalformedFieldLineIsRefused(_ line: String) {
        #expect(read(fields: line).status == 400)
    }

    @Test(arguments: [" x", "\tx", " ", "\t"])
    func foldedLinesAreRefused(_ continuation: String) {
        #expect(read(fields: "A: b", continuation).status == 400)
        #expect(
            read("GET / HTTP/1.1\r\n\(continuation)Host: h\r\n\r\n").status == 400)
        #expect(
            read("GET / HTTP/1.1\r\nHost: h\r\n\(continuation)\r\n\r\n").status == 400)
    }

    @Test(arguments: [
        ("A:b", "b"), ("A: b", "b"), ("A:\t b \t", "b"), ("A:", ""), ("A: ", ""), ("A: b c", "b c"),
        ("A:: b", ": b"), ("A: b:c", "b:c"), ("A: \"b\"", "\"b\""), ("a: 日本", "日本"),
    ])
    func blanksAroundAValueAreNotPartOfIt(_ line: String, _ value: String) {
        #expect(read(fields: line).heads.first?.headers["A"] == value)
    }

    @Test(arguments: ["\n", "\r", "\r\r\n", "\n\r", "\r\n\n", "\u{85}", "\u{0B}", "\u{0C}"])
    func onlyCRLFEndsALine(_ end: String) {
        let fields = ["GET / HTTP/1.1", "Host: h", "A: b"]
        for broken in fields.indices {
            var text = ""
            for (index, field) in fields.enumerated() {
                text += field + (index == broken ? end : "\r\n")
            }
            let reading = read(text + "\r\n")
            // U+0085 in a value is text beyond ASCII; the line then ends where CRLF is.
            if end != "\u{85}" || broken != 2 { #expect(reading.status == 400) }
        }
        if end != "\u{85}", end != "\r\n\n" {
            #expect(read("GET / HTTP/1.1\r\nHost: h\r\n\(end)").heads.isEmpty)
        }
    }

    @Test func namesCompareWithoutCaseAndRepeatsStay() throws {
        let head = try #require(
            read(fields: "Accept: a", "ACCEPT: b", "x-One: 1").heads.first)
        #expect(head.headers[.accept] == "a")
        #expect(head.headers.all(.accept) == ["a", "b"])
        #expect(head.headers.single(.accept) == nil)
        #expect(head.headers.single("X-ONE") == "1")
        #expect(head.headers.all(named: "X-oNE") == ["1"])
        #expect(head.headers.fields.map(\.name) == ["Host", "Accept", "ACCEPT", "x-One"])
        #expect(head.headers["absent"] == nil)
    }
}

@Suite struct HeadersTests {
    @Test(arguments: 0...255)
    func aValueWeWriteIsPrintableASCII(_ octet: Int) {
        let scalar = Unicode.Scalar(UInt8(octet))
        let allowed = octet == 9 || (0x20..<0x7F).contains(octet)
        let value = try? HeaderValue("a\(Character(scalar))b")
        #expect((value != nil) == allowed)
        var headers = Headers()
        let name = "a\(Character(scalar))b"
        let isToken = (try? headers.append(named: name, "v")) != nil
        #expect(isToken == (allowed && !"\t \"(),/:;<=>?@[\\]{}".contains(Character(scalar))))
        #expect(headers.count == (isToken ? 1 : 0))
    }

    @Test func aFieldIsJustAValueWhereItStandsOnceAndIsThat() throws {
        var headers = Headers()
        #expect(!headers.isJust(.accept, "a/b"))
        try headers.append(named: "aCCept", "a/b")
        #expect(headers.isJust(.accept, "a/b"))
        #expect(!headers.isJust(.accept, "a/") && !headers.isJust(.accept, "a/bc"))
        try headers.append(named: "Accept", "a/b")
        #expect(!headers.isJust(.accept, "a/b"))
    }

    @Test func settingReplacesAndAppendingKeeps() {
        var headers: Headers = Headers([(.allow, "a"), (.vary, "b"), (.allow, "c")])
        headers.set(.allow, "d")
        #expect(headers.fields.map(\.value) == ["b", "d"])
        headers.append("allow", "e")
        #expect(headers.all(.allow) == ["d", "e"])
        headers.remove("ALLOW")
        #expect(headers == Headers([("VARY", "b")]))
        #expect(headers != Headers([(.vary, "B")]))
        #expect(!headers.isEmpty)
    }
}
