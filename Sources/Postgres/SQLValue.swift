/// What is bound to `$n`: text, bytes (bytea, sent in binary), or NULL.
public enum SQLParameter: Sendable, Equatable {
    case null
    case text(String)
    case bytes([UInt8])

    var byteCount: Int {
        switch self {
        case .null: 0
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        }
    }
}

/// A value that can be bound. Its text is what PostgreSQL reads for the parameter's type.
///
/// What makes the parameters is inlinable: statements are written in another target, and an array's
/// elements looked up one by one would cost more than writing them.
public protocol SQLValue {
    var parameter: SQLParameter { get }
}

extension String: SQLValue {
    @inlinable public var parameter: SQLParameter { .text(self) }
}

extension SQLValue where Self: BinaryInteger {
    @inlinable public var parameter: SQLParameter { .text(String(self)) }
}

extension Int: SQLValue {}
extension Int16: SQLValue {}
extension Int32: SQLValue {}
extension Int64: SQLValue {}

extension Bool: SQLValue {
    @inlinable public var parameter: SQLParameter { .text(self ? "t" : "f") }
}

extension Double: SQLValue {
    @inlinable public var parameter: SQLParameter { .text(String(self)) }
}

extension Optional: SQLValue where Wrapped: SQLValue {
    @inlinable public var parameter: SQLParameter {
        if let self { self.parameter } else { .null }
    }
}

/// Bytes are `bytea`; an array of anything else is an array literal for `unnest($1::type[])`.
extension Array: SQLValue where Element: SQLValue {
    @inlinable public var parameter: SQLParameter {
        // Asked of the type: an empty array of anything can be cast to an array of bytes.
        if Element.self == UInt8.self, let bytes = self as? [UInt8] { return .bytes(bytes) }
        var literal = ArrayLiteral(count: count)
        for element in self { literal.append(element.parameter) }
        return literal.close()
    }
}

extension UInt8: SQLValue {}

/// Written byte by byte: the arrays of a bulk insert hold megabytes.
@usableFromInline struct ArrayLiteral {
    private static let quote = UInt8(ascii: "\""), escape = UInt8(ascii: "\\")

    private var bytes = [UInt8(ascii: "{")]

    @usableFromInline init(count: Int) { bytes.reserveCapacity(24 * count + 2) }

    @usableFromInline mutating func close() -> SQLParameter {
        bytes.append(UInt8(ascii: "}"))
        return .text(String(decoding: bytes, as: UTF8.self))
    }

    @usableFromInline mutating func append(_ parameter: SQLParameter) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        switch parameter {
        case .null: bytes.append(contentsOf: "NULL".utf8)
        case .text(let text): append(quoted: text)
        case .bytes(let octets): append(octets)
        }
    }

    private mutating func append(quoted text: String) {
        bytes.append(Self.quote)
        var text = text
        text.withUTF8 { text in
            guard text.contains(where: { $0 == Self.quote || $0 == Self.escape }) else {
                return bytes.append(contentsOf: text)
            }
            for byte in text {
                if byte == Self.quote || byte == Self.escape { bytes.append(Self.escape) }
                bytes.append(byte)
            }
        }
        bytes.append(Self.quote)
    }

    /// `"\\x…"`: the array's own quoting takes one of the two away.
    private mutating func append(_ octets: [UInt8]) {
        bytes.append(contentsOf: #""\\x"#.utf8)
        for octet in octets {
            bytes.append(Self.digit(octet >> 4))
            bytes.append(Self.digit(octet & 15))
        }
        bytes.append(Self.quote)
    }

    private static func digit(_ half: UInt8) -> UInt8 { half < 10 ? half + 0x30 : half + 0x57 }
}
