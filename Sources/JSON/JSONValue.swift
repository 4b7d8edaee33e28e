/// A value of JSON (RFC 8259). Members keep the order in which they were given or read, so that the
/// same value is the same octets.
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    /// A number written without fraction and exponent that an `Int` holds: exact.
    case integer(Int)
    /// Every other number, as it is written: nothing is rounded.
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    /// Names are unique in what was read; whoever makes an object answers for it.
    case object([JSONMember])
}

/// A name and its value.
public struct JSONMember: Sendable {
    public let name: String
    public let value: JSONValue

    public init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }
}

/// The text of a number that is no exact `Int`: with a fraction or an exponent, too large, or `-0`.
public struct JSONNumber: Sendable, Hashable {
    public let text: String

    /// Nil where the grammar of RFC 8259, section 6, does not know the text, or where it is an
    /// integer that an `Int` holds: one value has one form.
    public init?(_ text: String) {
        guard case .number(let number) = try? JSONValue(reading: text.utf8) else { return nil }
        guard number.text.utf8.count == text.utf8.count else { return nil }
        self = number
    }

    init(checked text: String) { self.text = text }
}

extension JSONValue {
    /// An object of these members, in this order.
    public static func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(members.map { JSONMember($0.key, $0.value) })
    }

    /// The value of a name of an object; nil where there is none. Names are compared by octets.
    public subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }
}

/// By octets: Swift's `==` calls texts equal that are not written the same.
extension JSONValue: Equatable {
    public static func == (one: JSONValue, other: JSONValue) -> Bool {
        switch (one, other) {
        case (.null, .null): true
        case (.bool(let one), .bool(let other)): one == other
        case (.integer(let one), .integer(let other)): one == other
        case (.number(let one), .number(let other)): one == other
        case (.string(let one), .string(let other)): one.utf8.elementsEqual(other.utf8)
        case (.array(let one), .array(let other)): one == other
        case (.object(let one), .object(let other)): one == other
        default: false
        }
    }
}

extension JSONMember: Equatable {
    public static func == (one: JSONMember, other: JSONMember) -> Bool {
        one.name.utf8.elementsEqual(other.name.utf8) && one.value == other.value
    }
}
