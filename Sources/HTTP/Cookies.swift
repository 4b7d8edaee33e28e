/// The cookies of a request (RFC 6265 5.4).
public struct Cookies: Sendable {
    private let pairs: [Form.Field]

    /// Reads every `Cookie` field; a pair without a name or with an odd octet is left out.
    public init(_ headers: Headers) {
        pairs = headers.all(.cookie).flatMap { Cookies.pairs($0.utf8) }
    }

    /// The value of a cookie; nil where it is absent or sent with two different values, since
    /// then a neighbouring site may have planted one of them.
    public subscript(_ name: String) -> String? {
        let found = pairs.filter { $0.name == name }
        guard let first = found.first, found.allSatisfy({ $0.value == first.value }) else {
            return nil
        }
        return first.value
    }

    private static func pairs(_ field: String.UTF8View) -> [Form.Field] {
        field.split(separator: UInt8(ascii: ";")).compactMap { pair in
            let pair = pair.trimmingBlanks()
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let name = pair[..<equals]
            let value = pair[pair.index(after: equals)...]
            guard !name.isEmpty, name.allSatisfy(ByteClass.isToken),
                value.allSatisfy(isCookieOctet)
            else { return nil }
            return Form.Field(name: String(Substring(name)), value: String(Substring(value)))
        }
    }

    /// `cookie-octet` of RFC 6265 4.1.1.
    static func isCookieOctet(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: ",")
            && byte != UInt8(ascii: ";") && byte != UInt8(ascii: "\\")
    }
}

/// A cookie to set (RFC 6265 4.1).
public struct SetCookie: Sendable, Hashable {
    public enum SameSite: String, Sendable {
        case lax = "Lax"
        case strict = "Strict"
    }

    public var name: String
    public var value: String
    public var path = "/"
    /// In seconds; nil until the browser closes, 0 to remove it.
    public var maxAge: Int?
    public var isSecure = true
    public var isHTTPOnly = true
    public var sameSite = SameSite.lax

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// The field's value.
    ///
    /// - Throws: `HeaderError` where name, value or path hold an octet that could end them, or
    ///   where a `__Host-` cookie is not Secure with path `/`.
    public func fieldValue() throws(HeaderError) -> HeaderValue {
        let isBound = isSecure && path == "/"
        guard !name.isEmpty, name.utf8.allSatisfy(ByteClass.isToken),
            isBound || !name.hasPrefix("__Host-"), isSecure || !name.hasPrefix("__Secure-")
        else { throw .unsafeName }
        guard value.utf8.allSatisfy(Cookies.isCookieOctet), path.hasPrefix("/"),
            path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ";") })
        else { throw .unsafeValue }
        var text = "\(name)=\(value); Path=\(path)"
        if let maxAge { text += "; Max-Age=\(maxAge)" }
        if isSecure { text += "; Secure" }
        if isHTTPOnly { text += "; HttpOnly" }
        return try HeaderValue(text + "; SameSite=\(sameSite.rawValue)")
    }
}

extension Response {
    /// Adds a `Set-Cookie` field.
    public mutating func set(_ cookie: SetCookie) throws(HeaderError) {
        headers.append(.setCookie, try cookie.fieldValue())
    }
}
