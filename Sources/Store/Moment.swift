public import Enrollment

/// What a row of the tables said when it was written.
public struct WriteStamp: Sendable {
    public let now: Instant
    public let actor: Actor
    public var day: Day { now.day }

    public init(now: Instant, actor: Actor) {
        self.now = now
        self.actor = actor
    }
}
