internal import Glibc

/// Japanese Windows' Shift_JIS by table. The table is asked of the C library, once, so that it is
/// the same by which text is written; reading by it takes no call a character.
struct CP932: Sendable {
    static let shared = CP932()

    /// By the octet, or by both: the UTF-8 of the character, lowest octet first, and above it how
    /// many there are; 0 where there is no such character.
    let ofOne: [UInt32]
    let ofTwo: [UInt32]

    private init() {
        ofOne = Self.table(of: (0..<0x100).map { [UInt8($0)] }).map(\.1)
        var two = [UInt32](repeating: 0, count: 1 << 16)
        for (code, packed) in Self.table(of: Self.pairs) {
            two[Int(code[0]) << 8 | Int(code[1])] = packed
        }
        ofTwo = two
    }

    private static let pairs: [[UInt8]] = (0x81...0xFC).flatMap { lead in
        (0xA0...0xDF).contains(lead) ? [] : (0x40...0xFC).map { [UInt8(lead), UInt8($0)] }
    }

    /// What the C library makes of each code by itself.
    private static func table(of codes: [[UInt8]]) -> [([UInt8], UInt32)] {
        guard let descriptor = iconv_open("UTF-8", "CP932") else { return [] }
        defer { iconv_close(descriptor) }
        return codes.map { ($0, packed($0, descriptor)) }
    }

    private static func packed(_ code: [UInt8], _ descriptor: iconv_t) -> UInt32 {
        var input = code.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: 8)
        var (inputLeft, outputLeft) = (input.count, output.count)
        let done = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var (from, to) = (source.baseAddress, target.baseAddress)
                return Glibc.iconv(descriptor, &from, &inputLeft, &to, &outputLeft)
            }
        }
        let made = 8 - outputLeft
        guard done != -1, inputLeft == 0, (1...3).contains(made) else {
            Glibc.iconv(descriptor, nil, nil, nil, nil)
            return 0
        }
        let octets = output.prefix(made).reversed().reduce(UInt32(0)) {
            $0 << 8 | UInt32(UInt8(bitPattern: $1))
        }
        return UInt32(made) << 24 | octets
    }
}
