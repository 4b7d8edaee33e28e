import HTTP
import Testing

@Suite struct FormTests {
    private func form(_ text: String) throws -> Form { try Form(parsing: Array(text.utf8)) }

    @Test func pairsKeepTheirOrder() throws {
        let form = try form("b=1&a=%E6%97%A5%E6%9C%AC+x&b=2&c=&d&=e&f=a=b&&")
        #expect(form.fields.map(\.name) == ["b", "a", "b", "c", "d", "", "f"])
        #expect(try form.single("a") == "日本 x")
        #expect(form.all("b") == ["1", "2"])
        #expect(try form.single("c") == "")
        #expect(try form.single("d") == "")
        #expect(try form.single("f") == "a=b")
        #expect(try form.single("z") == nil)
        #expect(form.contains("b") && !form.contains("z"))
    }

    @Test func aSecondValueOfASingleFieldIsReported() throws {
        let form = try form("role=member&role=admin")
        #expect(throws: FormError.duplicate("role")) { try form.single("role") }
        #expect(FormError.duplicate("role").status == .badRequest)
        let encoded = try self.form("role=member&%72ole=admin")
        #expect(throws: FormError.duplicate("role")) { try encoded.single("role") }
    }

    @Test func namesAndValuesAreNotNormalised() throws {
        let form = try form("%EF%A8%99=%EF%A8%99&%E7%A5%9E=b")
        #expect(Array(try #require(try form.single("\u{FA19}")).unicodeScalars) == ["\u{FA19}"])
        #expect(try form.single("\u{795E}") == "b")
        #expect(
            form
                != Form([
                    .init(name: "\u{795E}", value: "\u{795E}"), .init(name: "\u{795E}", value: "b"),
                ]))
    }

    @Test(arguments: [
        "a=%", "a=%1", "a=%zz", "%=a", "a=%00", "a=\u{0}", "a=%c0%ae", "a=%ff", "a=%ed%a0%80",
        "a=%f4%90%80%80", "a=%E6%97", "%ff=a", "a=b&c=%g0",
    ])
    func aBadEncodingIsRefused(_ text: String) {
        #expect(throws: FormError.malformed) { try form(text) }
    }

    @Test(arguments: 0...255)
    func everyOctetComesBackEncoded(_ octet: Int) throws {
        let hex = String(octet, radix: 16)
        let body = "a=%" + (hex.count == 1 ? "0" : "") + hex
        let form = try? form(body)
        #expect((form != nil) == ((1..<0x80).contains(octet)))
        if let form { #expect(Array(try #require(try form.single("a")).utf8) == [UInt8(octet)]) }
    }

    @Test func fieldsAreCounted() throws {
        let body = { (count: Int) in repeatElement("a=b", count: count).joined(separator: "&") }
        #expect(try form(body(1_000)).fields.count == 1_000)
        #expect(throws: FormError.tooManyFields) { try form(body(1_001)) }
    }

    @Test func aRequestsFormNeedsItsType() async throws {
        let request = { (type: HeaderValue?) in
            var head = RequestHead(.post, try #require(Target("/")))
            if let type { head.headers.set(.contentType, type) }
            return Request(head, body: .bytes(Array("a=b".utf8)))
        }
        let plain = try request("application/x-www-form-urlencoded; charset=UTF-8")
        #expect(try await plain.form().all("a") == ["b"])
        for type in [nil, "text/plain", "multipart/form-data; boundary=x"] as [HeaderValue?] {
            let other = try request(type)
            await #expect(throws: FormError.wrongType) { try await other.form() }
        }
        await #expect(throws: RequestBodyError.tooLarge) { try await plain.form(upTo: 2) }
    }
}

@Suite struct CookieTests {
    private func cookies(_ fields: String...) throws -> Cookies {
        var headers = Headers()
        for field in fields { try headers.append(named: "Cookie", field) }
        return Cookies(headers)
    }

    @Test func cookiesAreRead() throws {
        let cookies = try cookies("a=b; __Host-s=x=y; e=", "c=d")
        #expect(cookies["a"] == "b")
        #expect(cookies["__Host-s"] == "x=y")
        #expect(cookies["c"] == "d")
        #expect(cookies["e"] == "")
        #expect(cookies["A"] == nil)
    }

    @Test func aPlantedSecondCookieMakesBothWorthless() throws {
        #expect(try cookies("s=one; s=two")["s"] == nil)
        #expect(try cookies("s=one", "s=two")["s"] == nil)
        #expect(try cookies("s=one; s=one")["s"] == "one")
    }

    @Test(arguments: ["a", "=b", "a b=c", "a=b c", "a=\"b\"", "a=b,c", "a=b\\c", ";", "", "a(=b"])
    func oddPairsAreLeftOut(_ field: String) throws {
        let cookies = try cookies(field + "; z=1")
        #expect(cookies["a"] == nil)
        #expect(cookies["z"] == "1")
    }

    @Test func aCookieIsWrittenWithItsGuards() throws {
        var cookie = SetCookie("__Host-s", "abc_-.~")
        #expect(
            try cookie.fieldValue().text
                == "__Host-s=abc_-.~; Path=/; Secure; HttpOnly; SameSite=Lax")
        cookie.sameSite = .strict
        cookie.maxAge = 0
        #expect(
            try cookie.fieldValue().text
                == "__Host-s=abc_-.~; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict")
        var response = Response.noContent
        try response.set(cookie)
        try response.set(SetCookie("b", "c"))
        #expect(response.headers.all(.setCookie).count == 2)
        cookie.isSecure = false
        #expect(throws: HeaderError.unsafeName) { try cookie.fieldValue() }
        cookie.name = "s"
        #expect(
            try cookie.fieldValue().text
                == "s=abc_-.~; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
        cookie.path = "/a;b"
        #expect(throws: HeaderError.unsafeValue) { try cookie.fieldValue() }
    }

    @Test(arguments: [";", "\r", "\n", " ", ",", "\"", "\\", "\u{0}", "\u{7F}", "日"])
    func nothingEndsACookieEarly(_ octet: String) {
        #expect(throws: HeaderError.unsafeValue) { try SetCookie("a", "b" + octet).fieldValue() }
        #expect(throws: HeaderError.unsafeName) { try SetCookie("a" + octet, "b").fieldValue() }
    }
}

@Suite struct FieldValueTests {
    @Test(
        arguments: [
            ("text/html", "text/html", nil), ("Text/HTML; Charset=UTF-8", "text/html", "UTF-8"),
            ("text/html;charset=\"utf-8\"", "text/html", "utf-8"),
            ("text/html ; charset=a ;", "text/html", "a"),
            ("text/html; charset=\"a\\\"b\"", "text/html", "a\"b"),
        ] as [(String, String, String?)])
    func aMediaTypeIsRead(_ text: String, _ essence: String, _ charset: String?) throws {
        let type = try #require(MediaType(text))
        #expect(type.essence == essence)
        #expect(type.parameter("charset") == charset)
    }

    @Test(arguments: [
        "", "text", "text/", "/html", "text/html,", "text/html; a", "text/html; a=", "text /html",
        "text/html; a=b; a=c", "text/html; a=\"b", "text/html a=b", "text/html; a=b c",
        "text/html; a=b; A=c",
    ])
    func aMalformedMediaTypeIsNone(_ text: String) { #expect(MediaType(text) == nil) }

    @Test(arguments: [
        ("名簿.xlsx", "attachment; filename=\"__.xlsx\"; filename*=UTF-8''%E5%90%8D%E7%B0%BF.xlsx"),
        ("a b.csv", "attachment; filename=\"a b.csv\"; filename*=UTF-8''a%20b.csv"),
        ("a\"\r\n/\\;.csv", "attachment; filename=\"a_____;.csv\"; filename*=UTF-8''a_____%3B.csv"),
        ("100%.csv", "attachment; filename=\"100_.csv\"; filename*=UTF-8''100%25.csv"),
        ("a\u{202E}gpj.exe", "attachment; filename=\"a_gpj.exe\"; filename*=UTF-8''a_gpj.exe"),
        ("\u{FA19}", "attachment; filename=\"_\"; filename*=UTF-8''%EF%A8%99"),
    ])
    func aFileNameCannotBreakOut(_ name: String, _ value: String) {
        #expect(ContentDisposition.attachment(filename: name).text == value)
    }

    @Test(
        arguments: [
            ("text/html", true), ("application/json", false), ("*/*", true), ("text/*", true),
            (nil, true),
            ("application/json, text/html;q=0.9", false), ("text/html;q=0", false),
            ("application/json;q=0.5, */*;q=0.6", true), ("text/html;q=0.001", true),
            ("image/png", false),
            ("text/html;q=1.001", true), ("text/html;q=x, application/json", false),
            ("text/html;q=0.5,application/json;q=0.50", true),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true),
        ] as [(String?, Bool)])
    func theClientsWishIsRead(_ field: String?, _ wantsPage: Bool) throws {
        var headers = Headers()
        if let field { try headers.append(named: "Accept", field) }
        #expect(
            Accept(headers).prefers("text/html", over: "application/json") == wantsPage)
    }
}
