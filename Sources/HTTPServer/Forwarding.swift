internal import HTTP

/// What a proxy in front says of the client; believed only of the proxies in the settings.
enum Forwarding {
    /// The client's address: the rightmost one that is not a proxy of ours. What is no address is
    /// not passed on: it would be counted and logged under a name that the client chose.
    static func client(of head: RequestHead, _ peer: String, _ settings: ServerSettings) -> String {
        guard !settings.trustedProxies.isEmpty, settings.trustedProxies.contains(peer) else {
            return peer
        }
        let hops = head.headers.all(.forwardedFor).joined(separator: ",").split(separator: ",")
        let addresses = hops.map { hop in hop.filter { $0 != " " && $0 != "\t" } }
        guard let client = addresses.last(where: { !settings.trustedProxies.contains($0) }),
            SocketAddress.isNumeric(client)
        else { return peer }
        return client
    }

    static func isSecure(_ head: RequestHead, _ peer: String, _ settings: ServerSettings) -> Bool {
        !settings.trustedProxies.isEmpty && settings.trustedProxies.contains(peer)
            && head.headers.single(.forwardedProto) == "https"
    }
}
