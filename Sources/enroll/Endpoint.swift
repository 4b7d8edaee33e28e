import Foundation

/// Where to listen: a numeric address and a port.
struct Endpoint: CustomStringConvertible {
    let host: String
    let port: UInt16

    /// Reads `HOST:PORT`, an IPv6 address in brackets, of a setting. Throws `Configuration.Fault`.
    init(_ name: String, _ text: String) throws {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...]), text.first != ":"
        else { throw Configuration.Fault(description: "ENROLL_\(name) is not HOST:PORT: \(text)") }
        host = text[..<colon].trimmingCharacters(in: ["[", "]"])
        self.port = port
    }

    init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
