/// A value of CBOR (RFC 8949): those kinds of which a signed certificate is made, and no others.
/// Written in one way only (deterministic encoding, section 4.2.1): the same value is the same
/// octets.
enum CBORValue: Sendable {
    case integer(Int64)
    case octets([UInt8])
    case text(String)
    case array([CBORValue])
    case map([CBOREntry])
    indirect case tagged(UInt64, CBORValue)
}

/// A key of a map and its value.
struct CBOREntry: Sendable {
    let key: CBORValue
    let value: CBORValue

    init(_ key: CBORValue, _ value: CBORValue) {
        self.key = key
        self.value = value
    }
}

extension CBORValue {
    /// Whole, in the one way in which it is written.
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    /// The value of a key of a map; nil where there is none.
    subscript(_ key: CBORValue) -> CBORValue? {
        guard case .map(let entries) = self else { return nil }
        let wanted = key.encoded
        return entries.first { $0.key.encoded == wanted }?.value
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .integer(let number) where number < 0:
            Self.head(1, UInt64(bitPattern: ~number), to: &bytes)
        case .integer(let number): Self.head(0, UInt64(number), to: &bytes)
        case .octets(let octets):
            Self.head(2, UInt64(octets.count), to: &bytes)
            bytes += octets
        case .text(let text):
            Self.head(3, UInt64(text.utf8.count), to: &bytes)
            bytes += text.utf8
        case .array(let values):
            Self.head(4, UInt64(values.count), to: &bytes)
            for value in values { value.write(to: &bytes) }
        case .map(let entries):
            Self.head(5, UInt64(entries.count), to: &bytes)
            for entry in Self.inOrder(entries) { bytes += entry }
        case .tagged(let tag, let value):
            Self.head(6, tag, to: &bytes)
            value.write(to: &bytes)
        }
    }

    /// By the octets of the keys.
    private static func inOrder(_ entries: [CBOREntry]) -> [[UInt8]] {
        entries.map { (key: $0.key.encoded, value: $0.value.encoded) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { $0.key + $0.value }
    }

    /// In as few octets as hold the number.
    private static func head(_ kind: UInt8, _ number: UInt64, to bytes: inout [UInt8]) {
        let start = kind << 5
        switch number {
        case 0..<24: bytes.append(start | UInt8(number))
        case ...0xff: bytes += [start | 24, UInt8(number)]
        case ...0xffff: append(start | 25, UInt16(number), to: &bytes)
        case ...0xffff_ffff: append(start | 26, UInt32(number), to: &bytes)
        default: append(start | 27, number, to: &bytes)
        }
    }

    private static func append(
        _ start: UInt8, _ number: some FixedWidthInteger, to bytes: inout [UInt8]
    ) {
        bytes.append(start)
        withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    }
}
