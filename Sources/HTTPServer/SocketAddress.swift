internal import Foundation

/// A numeric address and port, IPv4 or IPv6.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private let length: socklen_t
    let family: Int32

    init(_ host: String, _ port: UInt16) throws {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let found else {
            throw ListenError(description: "\(host):\(port) is no numeric address")
        }
        defer { freeaddrinfo(found) }
        family = found.pointee.ai_family
        length = found.pointee.ai_addrlen
        memcpy(&storage, found.pointee.ai_addr, Int(length))
    }

    func bind(_ descriptor: Int32) -> Bool {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.bind(descriptor, $0, length) == 0
            }
        }
    }

    /// Whether this is an address and not a name.
    static func isNumeric(_ text: String) -> Bool {
        var (four, six) = (in_addr(), in6_addr())
        return inet_pton(AF_INET, text, &four) == 1 || inet_pton(AF_INET6, text, &six) == 1
    }

    /// The same of `host:port`, `host` or `[host]:port`.
    static func isNumeric(host authority: String) -> Bool {
        if authority.hasPrefix("[") {
            return isNumeric(String(authority.dropFirst().prefix { $0 != "]" }))
        }
        return isNumeric(String(authority.prefix { $0 != ":" }))
    }

    /// The numeric host of a peer; an IPv4 one that came over IPv6 as what it is.
    static func text(of address: inout sockaddr_storage, _ length: socklen_t) -> String {
        var host = [CChar](repeating: 0, count: 64)
        let failed = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getnameinfo($0, length, &host, 64, nil, 0, NI_NUMERICHOST)
            }
        }
        guard failed == 0 else { return "" }
        let text = String(
            decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return text.hasPrefix("::ffff:") ? String(text.dropFirst(7)) : text
    }

    static func port(of descriptor: Int32) -> UInt16 {
        var address = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length)
            }
        }
        return UInt16(bigEndian: address.sin6_port)  // at the same place as in sockaddr_in
    }
}
