/// What is bound to `$n`: text, bytes (bytea, sent in binary), or NULL.
public enum SQLParameter: Sendable, Equatable {
    case null
    case text(String)
    case bytes([UInt8])
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
        var literal = "{"
        for (index, element) in enumerated() {
            if index > 0 { literal += "," }
            literal += ArrayElement.literal(element.parameter)
        }
        return .text(literal + "}")
    }
}

extension UInt8: SQLValue {}

private enum ArrayElement {
    static func literal(_ parameter: SQLParameter) -> String {
        switch parameter {
        case .null: "NULL"
        case .text(let text): quoted(text)
        case .bytes(let bytes): quoted("\\x" + bytes.map(hex).joined())
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
