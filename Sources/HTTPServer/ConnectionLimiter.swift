internal import Network
internal import Synchronization

/// How many connections there are, in all and of each address.
final class ConnectionLimiter: Sendable {
    private struct Counts {
        var all = 0
        var refused = 0
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

    var isFull: Bool { all >= limit }
    var all: Int { counts.withLock { $0.all } }
    var refused: Int { counts.withLock { $0.refused } }

    /// Counts a connection in, unless its address has enough.
    func mayEnter(_ address: String) -> Bool {
        let client = Client(address)
        let isExempt = client.isLoopback || exempt.contains(address)
        let rateLimitKey = client.rateLimitKey
        return counts.withLock { counts in
            if !isExempt, counts.byAddress[rateLimitKey, default: 0] >= limitPerAddress {
                counts.refused += 1
                return false
            }
            counts.all += 1
            counts.byAddress[rateLimitKey, default: 0] += 1
            return true
        }
    }

    func left(_ address: String) {
        let rateLimitKey = Client(address).rateLimitKey
        counts.withLock { counts in
            counts.all -= 1
            counts.byAddress[rateLimitKey, default: 1] -= 1
            if counts.byAddress[rateLimitKey] == 0 { counts.byAddress[rateLimitKey] = nil }
        }
    }
}
