/// Ordered pairs of names and values: a query or an `application/x-www-form-urlencoded` body.
public struct Form: Sendable {
    public struct Field: Sendable, Hashable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// In the order they were sent.
    public private(set) var fields: [Field]

    public init(_ fields: [Field] = []) { self.fields = fields }

    /// Decodes `a=b&c=d`: `+` is a space, `%hh` is decoded once, text is strict UTF-8.
    ///
    /// - Throws: `FormError.malformed` for a bad escape, bad UTF-8 or NUL,
    ///   `FormError.tooManyFields` beyond `limit` pairs.
    public init(parsing bytes: some Collection<UInt8>, limit: Int = 1_000) throws(FormError) {
        fields = []
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            guard fields.count < limit else { throw .tooManyFields }
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let rest = equals < pair.endIndex ? pair[equals...].dropFirst() : pair[equals...]
            guard let name = PercentDecoding.text(pair[..<equals], plusIsSpace: true),
                let value = PercentDecoding.text(rest, plusIsSpace: true)
            else { throw .malformed }
            fields.append(Field(name: name, value: value))
        }
    }

    public var isEmpty: Bool { fields.isEmpty }

    /// The value of a field that may stand once only; nil where it is absent.
    ///
    /// - Throws: `FormError.duplicate` where it stands twice, so that nobody can hide a second
    ///   value behind the first (ASVS 15.3.7); the answer is 400.
    public func single(_ name: String) throws(FormError) -> String? {
        var found: String?
        for field in fields where Form.same(field.name, name) {
            guard found == nil else { throw .duplicate(name) }
            found = field.value
        }
        return found
    }

    /// Every value of a field that may be repeated (check boxes), in order.
    public func all(_ name: String) -> [String] {
        fields.filter { Form.same($0.name, name) }.map(\.value)
    }

    public func contains(_ name: String) -> Bool {
        fields.contains { Form.same($0.name, name) }
    }

    public mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Octet equality: `==` of Swift would merge canonically equivalent names.
    private static func same(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8)
    }
}

extension Form: Equatable {
    public static func == (one: Form, other: Form) -> Bool {
        one.fields.elementsEqual(other.fields) {
            same($0.name, $1.name) && same($0.value, $1.value)
        }
    }
}

/// Why a form or a query was refused.
public enum FormError: StatusError, Equatable {
    case malformed, tooManyFields
    case duplicate(String)
    case wrongType

    public var status: Status { self == .wrongType ? .unsupportedMediaType : .badRequest }
}
