public import Enrollment
public import JSON
internal import Synchronization

/// One line of the security log: who did what to what. Nobody's particulars: a typed address is a
/// keyed digest, what was typed into a search is left out.
public struct SecurityEvent: Sendable, Equatable {
    public let act: EventKind
    public let actor: Actor
    public let subject: String
    /// As in the journal.
    public let detail: JSONValue
    /// When it happened, where it is told later; nil for the moment of telling.
    let happenedAt: Instant?

    init(
        _ act: EventKind, by actor: Actor, on subject: String, detail: JSONValue = .object([:]),
        happenedAt: Instant? = nil
    ) {
        self.act = act
        self.actor = actor
        self.subject = subject
        self.detail = detail
        self.happenedAt = happenedAt
    }

    func line(at now: Instant) -> String {
        "\(happenedAt ?? now) security act=\(act.rawValue) by=\(actor.code) on=\(subject) detail="
            + detail.text
    }
}

/// Tells each event as it happens, and counts those that come in floods: the first of a minute is
/// told at once, all that follow it together when the minute is over. One for all workers of a
/// process.
public final class SecurityLog: Sendable {
    /// Beyond so many at a time, clients are counted as one; so a flood does not fill the memory.
    static let actorsCounted = 10_000
    /// So many subjects of one actor's minute are named.
    static let subjectsNamed = 20

    private struct Flood: Hashable {
        let act: EventKind
        let actor: Actor
    }

    private struct Count {
        var further = 0
        var subjects: [String] = []
        /// When the last of them came.
        var last = Instant(microseconds: 0)
    }

    private struct Minutes {
        var current: Int64 = 0
        var counts: [Flood: Count] = [:]
        var ended: [(Flood, Count)] = []
    }

    private let write: @Sendable (String) -> Void
    private let minutes = Mutex(Minutes())
    /// The minute in which somebody looked last and found nothing due: asked for every request, so
    /// that workers do not wait for each other.
    private let quietMinute = Atomic<Int64>(-1)

    /// `write` gets a line without its end.
    public init(write: @escaping @Sendable (String) -> Void = { _ in }) { self.write = write }

    func tell(_ event: SecurityEvent, at now: Instant) { write(event.line(at: now)) }

    /// Counts one; gives what is to be told at once, nil for one of many.
    func count(
        _ act: EventKind, by actor: Actor, on subject: String, at now: Instant
    ) -> SecurityEvent? {
        minutes.withLock { minutes in
            Self.turn(&minutes, to: now)
            var flood = Flood(act: act, actor: actor)
            if minutes.counts[flood] == nil, minutes.counts.count >= Self.actorsCounted {
                flood = Flood(act: act, actor: .client("others"))
            }
            guard var count = minutes.counts[flood] else {
                minutes.counts[flood] = Count()
                return SecurityEvent(
                    act, by: flood.actor, on: subject, detail: .object(["count": .integer(1)]))
            }
            count.further += 1
            count.last = now
            if count.subjects.count < Self.subjectsNamed, !count.subjects.contains(subject) {
                count.subjects.append(subject)
            }
            minutes.counts[flood] = count
            return nil
        }
    }

    /// Whether there is something of a minute that is over.
    func isDue(at now: Instant) -> Bool {
        let minute = now.microseconds / 60_000_000
        guard quietMinute.load(ordering: .relaxed) != minute else { return false }
        return minutes.withLock { minutes in
            Self.turn(&minutes, to: now)
            let isQuiet = minutes.ended.isEmpty
            if isQuiet { quietMinute.store(minute, ordering: .relaxed) }
            return !isQuiet
        }
    }

    /// What came after the first of each minute that is over, each as of the last of its minute; at
    /// the end, of this one too.
    func takeCounted(at now: Instant, withThisMinute isEnd: Bool) -> [SecurityEvent] {
        let ended = minutes.withLock { minutes in
            Self.turn(&minutes, to: now, isEnd: isEnd)
            defer { minutes.ended = [] }
            return minutes.ended
        }
        return ended.map { flood, count in
            SecurityEvent(
                flood.act, by: flood.actor, on: count.subjects.first ?? flood.actor.code,
                detail: .object([
                    "count": .integer(count.further),
                    "of": .array(count.subjects.map(JSONValue.string)),
                ]), happenedAt: count.last)
        }
    }

    private static func turn(_ minutes: inout Minutes, to now: Instant, isEnd: Bool = false) {
        let minute = now.microseconds / 60_000_000
        guard minute != minutes.current || isEnd else { return }
        minutes.ended += minutes.counts.filter { $0.value.further > 0 }
            .sorted {
                ($0.key.act.rawValue, $0.key.actor.code) < ($1.key.act.rawValue, $1.key.actor.code)
            }
            .map { ($0.key, $0.value) }
        minutes.counts = [:]
        minutes.current = minute
    }
}
