internal import Enrollment
internal import Procedures
internal import Synchronization

/// A clock that stands still until it is moved.
final class MovableTime: Sendable {
    private let instant: Mutex<Instant>

    init(_ start: Instant) { instant = Mutex(start) }

    var now: Instant {
        get { instant.withLock { $0 } }
        set { instant.withLock { $0 = newValue } }
    }

    var clock: Clock { Clock { self.now } }
}
