/// The fields that say where a request ends and what becomes of its connection.
struct FramingFields {
    private var host: Range<UInt32>?
    private var length: Range<UInt32>?
    private var coding: Range<UInt32>?
    private var expect: Range<UInt32>?
    private var asksToClose = false
    private var asksToKeepAlive = false

    /// Notes a field; two of a kind that must stand once are refused.
    mutating func take(_ entry: Headers.Entry, _ headers: Headers) throws(Rejection) {
        switch entry.name.count {
        case 4 where headers.isNamed(entry, .host):
            guard host == nil else { throw Rejection(.badRequest, "two Host fields") }
            host = entry.value
        case 14 where headers.isNamed(entry, .contentLength):
            guard length == nil else { throw Rejection(.badRequest, "two Content-Lengths") }
            length = entry.value
        case 17 where headers.isNamed(entry, .transferEncoding):
            guard coding == nil else { throw Rejection(.badRequest, "two Transfer-Encodings") }
            coding = entry.value
        case 6 where headers.isNamed(entry, .expect):
            guard expect == nil else { throw Rejection(.expectationFailed, "two Expects") }
            expect = entry.value
        case 10 where headers.isNamed(entry, .connection):
            takeConnection(headers.bytes(entry.value))
        default: break
        }
    }

    /// Exactly one valid `Host` in HTTP/1.1, at most one in 1.0 (RFC 9112 3.2).
    func checkedHost(_ headers: Headers, _ version: Version) throws(Rejection) -> String? {
        guard let host else {
            guard version == .http10 else { throw Rejection(.badRequest, "no Host") }
            return nil
        }
        let value = headers.bytes(host)
        guard Authority.isValid(value) else { throw Rejection(.badRequest, "malformed Host") }
        return String(decoding: value, as: UTF8.self)
    }

    /// RFC 9112 6.1 to 6.3, with every ambiguity refused.
    func framing(_ headers: Headers, _ version: Version) throws(Rejection) -> Framing {
        guard let coding else {
            guard let length else { return .none }
            return .length(try FramingFields.length(headers.bytes(length)))
        }
        guard length == nil else { throw Rejection(.badRequest, "length and coding") }
        guard version == .http11 else { throw Rejection(.badRequest, "coding in HTTP/1.0") }
        let value = headers.bytes(coding)
        if value.matches("chunked") { return .chunked }
        throw FramingFields.refusal(ofCoding: value)
    }

    /// One run of at most 18 digits: no sign, no list, no overflow.
    private static func length(_ digits: ArraySlice<UInt8>) throws(Rejection) -> Int {
        guard (1...18).contains(digits.count), digits.allSatisfy(ByteClass.isDigit) else {
            throw Rejection(.badRequest, "malformed Content-Length")
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// 501 where a coding we do not know stands before a final `chunked`; else the end of the
    /// message cannot be told, which is 400.
    private static func refusal(ofCoding value: ArraySlice<UInt8>) -> Rejection {
        let codings = value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map { $0.trimmingBlanks() }
        let areTokens = codings.allSatisfy { !$0.isEmpty && $0.allSatisfy(ByteClass.isToken) }
        let endsChunked = codings.last?.matches("chunked") ?? false
        let isRepeated = codings.dropLast().contains { $0.matches("chunked") }
        guard areTokens, endsChunked, !isRepeated else {
            return Rejection(.badRequest, "malformed Transfer-Encoding")
        }
        return Rejection(.notImplemented, "unknown transfer coding")
    }

    /// RFC 9112 9.3: open by default in 1.1, closed by default in 1.0; `close` wins.
    func keepsAlive(_ version: Version) -> Bool {
        !asksToClose && (asksToKeepAlive || version == .http11)
    }

    private mutating func takeConnection(_ value: ArraySlice<UInt8>) {
        if value.matches("keep-alive") {
            asksToKeepAlive = true
            return
        }
        for option in value.split(separator: UInt8(ascii: ",")) {
            let option = option.trimmingBlanks()
            if option.matches("close") { asksToClose = true }
            if option.matches("keep-alive") { asksToKeepAlive = true }
        }
    }

    /// RFC 9110 10.1.1: only `100-continue` is known; it means nothing in 1.0 or without a body.
    func expectsContinue(
        _ headers: Headers, _ version: Version, _ framing: Framing
    ) throws(Rejection) -> Bool {
        guard let expect, version == .http11 else { return false }
        guard headers.bytes(expect).matches("100-continue") else {
            throw Rejection(.expectationFailed, "unknown expectation")
        }
        return !framing.isEmpty
    }
}
