extension JSONValue {
    /// Reads a text of UTF-8 that holds one value. Throws `JSONFault`.
    public init(reading octets: some Collection<UInt8>, limits: JSONLimits = JSONLimits()) throws {
        guard octets.count <= limits.size else {
            throw JSONFault(reason: .size, offset: limits.size)
        }
        self = try Array(octets).withUnsafeBufferPointer { octets in
            var reader = JSONReader(octets, limits)
            return try reader.text()
        }
    }
}

/// The grammar of RFC 8259, as a descent: a function for each of its rules.
struct JSONReader {
    let octets: UnsafeBufferPointer<UInt8>
    let limits: JSONLimits
    var place = 0
    private var depth = 0
    private var count = 0

    init(_ octets: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits) {
        self.octets = octets
        self.limits = limits
    }

    /// The octet that comes next; nil at the end.
    var next: UInt8? { place < octets.count ? octets[place] : nil }

    func fault(_ reason: JSONFault.Reason) -> JSONFault {
        JSONFault(reason: place < octets.count || reason != .octet ? reason : .end, offset: place)
    }

    mutating func text() throws -> JSONValue {
        skipSpace()
        let value = try value()
        skipSpace()
        guard next == nil else { throw fault(.trailing) }
        return value
    }

    private mutating func value() throws -> JSONValue {
        count += 1
        guard count <= limits.count else { throw fault(.count) }
        guard let octet = next else { throw fault(.end) }
        switch octet {
        case UInt8(ascii: "{"): return try nested { .object(try $0.members()) }
        case UInt8(ascii: "["): return try nested { .array(try $0.elements()) }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw fault(.octet)
        }
    }

    private mutating func nested(
        _ read: (inout JSONReader) throws -> JSONValue
    ) throws -> JSONValue {
        guard depth < limits.depth else { throw fault(.depth) }
        depth += 1
        place += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func elements() throws -> [JSONValue] {
        var values: [JSONValue] = []
        skipSpace()
        if takes("]") { return values }
        while true {
            skipSpace()
            values.append(try value())
            guard try goesOn(until: "]") else { return values }
        }
    }

    private mutating func members() throws -> [JSONMember] {
        var members: [JSONMember] = []
        var names: Set<[UInt8]> = []
        skipSpace()
        if takes("}") { return members }
        while true {
            skipSpace()
            let start = place
            guard next == UInt8(ascii: "\"") else { throw fault(.octet) }
            let name = try string()
            guard names.insert(Array(name.utf8)).inserted else {
                throw JSONFault(reason: .duplicate, offset: start)
            }
            skipSpace()
            guard takes(":") else { throw fault(.octet) }
            skipSpace()
            members.append(JSONMember(name, try value()))
            guard try goesOn(until: "}") else { return members }
        }
    }

    /// Behind an element: a comma, and true, or the end of its list.
    private mutating func goesOn(until closing: Unicode.Scalar) throws -> Bool {
        skipSpace()
        if takes(",") { return true }
        guard takes(closing) else { throw fault(.octet) }
        return false
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard next == word.utf8Start[index] else { throw fault(.octet) }
            place += 1
        }
        return value
    }

    mutating func takes(_ scalar: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: scalar) else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while let octet = next, octet == 0x20 || (0x09...0x0A).contains(octet) || octet == 0x0D {
            place += 1
        }
    }
}
