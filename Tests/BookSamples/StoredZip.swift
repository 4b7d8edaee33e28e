/// A ZIP file of texts that are not packed.
struct StoredZip {
    private(set) var bytes: [UInt8] = []

    init(_ parts: [(name: String, text: String)]) {
        var directory: [UInt8] = []
        for part in parts {
            let (name, text) = (Array(part.name.utf8), Array(part.text.utf8))
            let facts =
                Self.octets(20, 2) + Self.octets(0x0800, 2) + Self.octets(0, 2)
                + Self.octets(0x0021_0000, 4) + Self.octets(Int(Self.checksum(of: text)), 4)
                + Self.octets(text.count, 4) + Self.octets(text.count, 4)
                + Self.octets(name.count, 2) + Self.octets(0, 2)
            directory += [0x50, 0x4B, 1, 2, 20, 0] + facts + Self.octets(0, 10)
            directory += Self.octets(bytes.count, 4) + name
            bytes += [0x50, 0x4B, 3, 4] + facts + name + text
        }
        let start = bytes.count
        bytes += directory + [0x50, 0x4B, 5, 6] + Self.octets(0, 4)
        bytes += Self.octets(parts.count, 2) + Self.octets(parts.count, 2)
        bytes += Self.octets(directory.count, 4) + Self.octets(start, 4) + Self.octets(0, 2)
    }

    private static func octets(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { $0 < 8 ? UInt8(number >> (8 * $0) & 0xFF) : 0 }
    }

    /// CRC-32 of ISO 3309, bit by bit.
    private static func checksum(of octets: [UInt8]) -> UInt32 {
        ~octets.reduce(~0) { sum, octet in
            (0..<8).reduce(sum ^ UInt32(octet)) { sum, _ in
                sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0)
            }
        }
    }
}
