/// Which machine the address of a mail server names.
enum MailServer {
    /// Whether letters stay on this machine, so that they may go without TLS: the whole host is
    /// compared, without user and port. `localhost.example` and `localhost@mail.example` are
    /// elsewhere.
    static func isLocal(_ url: String) -> Bool {
        guard url.hasPrefix("smtp://") else { return false }
        let rest = url.dropFirst("smtp://".count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return ["127.0.0.1", "localhost", "[::1]"].contains { isHost($0, of: place) }
    }

    /// The host itself, or the host and a port.
    private static func isHost(_ host: String, of place: Substring) -> Bool {
        guard place.hasPrefix(host) else { return false }
        let port = place.dropFirst(host.count)
        return port.isEmpty || (port.first == ":" && port.dropFirst().allSatisfy(\.isNumber))
    }
}
