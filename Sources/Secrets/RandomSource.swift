internal import Crypto
internal import Synchronization

/// Chance, as an argument: the system's, or a seeded one whose course can be played again.
public final class RandomSource: Sendable {
    private struct Seeded {
        let seed: UInt64
        var counter: UInt64 = 0
    }

    private let seeded: Mutex<Seeded?>

    private init(_ seeded: Seeded?) { self.seeded = Mutex(seeded) }

    /// The operating system's generator.
    public static let system = RandomSource(nil)

    /// The same bytes for the same seed; for tests and invented people only.
    public static func seeded(_ seed: UInt64) -> RandomSource { RandomSource(Seeded(seed: seed)) }

    public func bytes(_ count: Int) -> [UInt8] {
        seeded.withLock { state in
            guard state != nil else { return Self.systemBytes(count) }
            var bytes: [UInt8] = []
            while bytes.count < count {
                state?.counter += 1
                let text = "\(state?.seed ?? 0)/\(state?.counter ?? 0)"
                bytes += Digest.sha256(text.utf8)
            }
            return Array(bytes.prefix(count))
        }
    }

    /// Eight at a time: each word is a call of the system.
    private static func systemBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// A UUID of version 4 (RFC 9562, section 5.4).
    public func uuid() -> String {
        var octets = bytes(16)
        octets[6] = octets[6] & 0x0F | 0x40
        octets[8] = octets[8] & 0x3F | 0x80
        let digits = Array(Digest.hex(octets).utf8)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
            .map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
    }

    /// A number from 0 to `bound` - 1, evenly.
    public func number(below bound: Int) -> Int {
        let limit = UInt64.max - UInt64.max % UInt64(bound)
        while true {
            let value = bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            if value < limit { return Int(value % UInt64(bound)) }
        }
    }
}
