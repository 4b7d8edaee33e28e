/// Base58 with Bitcoin's alphabet (W3C Controlled Identifiers 1.0, section 2.4: `base58btc`), as
/// keys and proofs are written. For some dozens of octets: its time grows with their square.
public enum Base58 {
    private static let alphabet = Array(
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

    public static func encode(_ octets: [UInt8]) -> String {
        // The number's digits, the last first.
        var digits: [UInt8] = []
        for octet in octets {
            var carry = Int(octet)
            for place in digits.indices {
                carry += Int(digits[place]) << 8
                digits[place] = UInt8(carry % 58)
                carry /= 58
            }
            while carry > 0 {
                digits.append(UInt8(carry % 58))
                carry /= 58
            }
        }
        let zeros = octets.prefix { $0 == 0 }.map { _ in alphabet[0] }
        return String(
            decoding: zeros + digits.reversed().map { alphabet[Int($0)] }, as: UTF8.self)
    }

    /// Nil for another alphabet, and for more than 128 letters.
    public static func decode(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 128 else { return nil }
        var octets: [UInt8] = []
        for letter in text.utf8 {
            guard var carry = alphabet.firstIndex(of: letter) else { return nil }
            for place in octets.indices {
                carry += Int(octets[place]) * 58
                octets[place] = UInt8(carry & 255)
                carry >>= 8
            }
            while carry > 0 {
                octets.append(UInt8(carry & 255))
                carry >>= 8
            }
        }
        let zeros = text.utf8.prefix { $0 == alphabet[0] }.map { _ in UInt8(0) }
        return zeros + octets.reversed()
    }
}
