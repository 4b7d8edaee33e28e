internal import Synchronization

/// Keeps letters, for tests and rehearsals.
public final class MemoryTransport: Transport {
    private let kept = Mutex<[Letter]>([])

    public init() {}

    public var letters: [Letter] { kept.withLock { $0 } }

    public func deliver(_ letter: Letter) async throws(MailFailure) {
        kept.withLock { $0.append(letter) }
    }
}
