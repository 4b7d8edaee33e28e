internal import Synchronization

/// How many connections there are, in all and of each address.
final class Census: Sendable {
    private struct Counts {
        var all = 0
        var byAddress: [String: Int] = [:]
    }

    private let counts = Mutex(Counts())
    private let limit: Int
    private let limitPerAddress: Int
    private let exempt: Set<String>

    init(_ settings: ServerSettings) {
        limit = settings.connectionLimit
        limitPerAddress = settings.connectionLimitPerAddress
        exempt = settings.trustedProxies
    }

    var isFull: Bool { counts.withLock { $0.all >= limit } }

    /// Counts a connection in, unless its address has enough.
    func mayEnter(_ address: String) -> Bool {
        counts.withLock { counts in
            let isExempt =
                address.hasPrefix("127.") || address == "::1" || exempt.contains(address)
            if !isExempt, counts.byAddress[address, default: 0] >= limitPerAddress { return false }
            counts.all += 1
            counts.byAddress[address, default: 0] += 1
            return true
        }
    }

    func left(_ address: String) {
        counts.withLock { counts in
            counts.all -= 1
            counts.byAddress[address, default: 1] -= 1
            if counts.byAddress[address] == 0 { counts.byAddress[address] = nil }
        }
    }
}
