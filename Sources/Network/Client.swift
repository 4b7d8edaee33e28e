internal import Glibc

/// Who asks, as far as the network tells. The server makes it once of each request, after a proxy
/// that is trusted has been believed; limits and logs know no other word of it.
public struct Client: Sendable, Hashable {
    /// The numeric address; an IPv4 one as what it is, also where it is written as an IPv6 one.
    public let address: String
    /// About where it is: an IPv4 address without its last number, the first 48 bits of an IPv6
    /// one; empty for this machine.
    public let roughAddress: String
    /// What one client has at hand: an IPv4 address, or the /64 of an IPv6 one.
    public let rateLimitKey: String

    /// Of a numeric address; any other text is a key of its own.
    public init(_ text: String) {
        guard text.contains(":"), let bytes = Self.octets(of: text) else {
            address = text
            rateLimitKey = text
            roughAddress = Self.rough(text)
            return
        }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10...11] == [255, 255]
        let four = bytes[12...].map(String.init).joined(separator: ".")
        let network = bytes[..<8].map { String($0, radix: 16) }.joined(separator: ".") + "/64"
        let isLoopback = bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
        address = isMapped ? four : text
        let near = bytes[..<6].chunked.joined(separator: ":") + "::/48"
        roughAddress = isMapped ? Self.rough(four) : isLoopback ? "" : near
        rateLimitKey = isMapped ? four : isLoopback ? "::1" : network
    }

    /// This machine: a command, a probe, or a proxy that is not named as trusted.
    public static let here = Client("127.0.0.1")

    /// Whether no limit by client holds, because it may stand for everybody.
    public var isHere: Bool { rateLimitKey == Self.here.rateLimitKey || rateLimitKey == "::1" }

    /// Whether it is an address of this machine's own, of which there are many.
    public var isLoopback: Bool { rateLimitKey.hasPrefix("127.") || rateLimitKey == "::1" }

    private static func rough(_ four: String) -> String {
        let numbers = four.split(separator: ".")
        guard numbers.count == 4, numbers[0] != "127" else { return "" }
        return numbers[..<3].joined(separator: ".") + ".*"
    }

    private static func octets(of text: String) -> [UInt8]? {
        var address = in6_addr()
        guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
        return withUnsafeBytes(of: address) { Array($0) }
    }
}

extension ArraySlice<UInt8> {
    /// Two octets at a time, as an IPv6 address writes them.
    fileprivate var chunked: [String] {
        stride(from: startIndex, to: endIndex, by: 2).map {
            String(UInt16(self[$0]) << 8 | UInt16(self[$0 + 1]), radix: 16)
        }
    }
}
