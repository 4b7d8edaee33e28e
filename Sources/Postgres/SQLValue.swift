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
public protocol SQLValue {
    var parameter: SQLParameter { get }
}

extension String: SQLValue {
    public var parameter: SQLParameter { .text(self) }
}

extension SQLValue where Self: BinaryInteger {
    public var parameter: SQLParameter { .text(String(self)) }
}

extension Int: SQLValue {}
extension Int16: SQLValue {}
extension Int32: SQLValue {}
extension Int64: SQLValue {}

extension Bool: SQLValue {
    public var parameter: SQLParameter { .text(self ? "t" : "f") }
}

extension Double: SQLValue {
    public var parameter: SQLParameter { .text(String(self)) }
}

extension Optional: SQLValue where Wrapped: SQLValue {
    public var parameter: SQLParameter { map(\.parameter) ?? .null }
}

/// Bytes are `bytea`; an array of anything else is an array literal for `unnest($1::type[])`.
extension Array: SQLValue where Element: SQLValue {
    public var parameter: SQLParameter {
        // Asked of the type: an empty array of anything can be cast to an array of bytes.
        if Element.self == UInt8.self, let bytes = self as? [UInt8] { return .bytes(bytes) }
        var literal: [UInt8] = [UInt8(ascii: "{")]
        for (index, element) in enumerated() {
            if index > 0 { literal.append(UInt8(ascii: ",")) }
            ArrayElement.append(element.parameter, to: &literal)
        }
        literal.append(UInt8(ascii: "}"))
        return .text(String(decoding: literal, as: UTF8.self))
    }
}

extension UInt8: SQLValue {}

/// Written byte by byte: the arrays of a bulk insert hold megabytes.
private enum ArrayElement {
    private static let quote = UInt8(ascii: "\""), escape = UInt8(ascii: "\\")

    static func append(_ parameter: SQLParameter, to literal: inout [UInt8]) {
        switch parameter {
        case .null: literal.append(contentsOf: "NULL".utf8)
        case .text(let text): append(quoted: text.utf8, to: &literal)
        case .bytes(let bytes):
            append(quoted: ("\\x" + bytes.map(hex).joined()).utf8, to: &literal)
        }
    }

    private static func append(quoted text: String.UTF8View, to literal: inout [UInt8]) {
        literal.append(quote)
        for byte in text {
            if byte == quote || byte == escape { literal.append(escape) }
            literal.append(byte)
        }
        literal.append(quote)
    }

    private static func hex(_ byte: UInt8) -> String {
        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
}
