public import Enrollment
public import Store

/// What can be wrong with the journal.
public enum JournalFault: CaseIterable, Sendable {
    /// An event says otherwise than when it was marked or sealed.
    case changedEvent
    /// A seal is there, its event is not.
    case removedEvent
    /// An event that whoever wrote it had no key to mark.
    case addedEvent
    /// The same event once more.
    case copiedEvent
    /// It has waited for its seal for longer than sealing takes.
    case unsealedEvent
    /// Places of the chain without a seal.
    case removedSeal
    /// A seal that does not follow from the one before it and its event.
    case changedSeal
    /// A head that was made without the key, or is not of its seal; or seals beyond the last head.
    case wrongHead
    case changedDetails
    case removedDetails
    case addedDetails
    /// Details went before their lifetime had passed, or under a rule that there never was.
    case forgottenTooEarly
    /// More details went than the journal says were forgotten.
    case forgottenUntold
}

/// Numbers of events or places, of which the first few are named: there may be millions.
public struct NamedNumbers: Sendable, Equatable {
    static let named = 20
    public private(set) var count = 0
    public private(set) var first: [Int] = []

    mutating func add(_ number: Int) {
        count += 1
        if first.count < Self.named { first.append(number) }
    }
}

/// What `verifyJournal` found.
public struct JournalReport: Sendable {
    /// Whether the chain goes through a head that was kept elsewhere.
    public enum GivenHead: Sendable, Equatable {
        case none, fits
        /// Another chain stands at its place.
        case differs
        /// The chain ends before its place.
        case missing
    }

    public internal(set) var eventCount = 0
    public internal(set) var sealedCount = 0
    /// The newest head, and when it was made.
    public internal(set) var head: (text: String, sealedAt: Instant)?
    /// Without a seal, and not for long.
    public internal(set) var waiting = NamedNumbers()
    public internal(set) var faults: [JournalFault: NamedNumbers] = [:]
    /// Of how many events the details were forgotten, by the rule.
    public internal(set) var forgotten: [String: Int] = [:]
    public internal(set) var givenHead = GivenHead.none

    public var isWell: Bool {
        faults.isEmpty && givenHead != .differs && givenHead != .missing
    }

    mutating func add(_ fault: JournalFault, _ number: Int) {
        faults[fault, default: NamedNumbers()].add(number)
    }
}

/// A head as somebody has kept it.
public struct KeptHead: Sendable, Equatable {
    public let position: Int
    /// Lower-case hexadecimal.
    public let digest: String

    /// `1234:9f…` as it was logged; nil for what is none.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let position = Int(parts[0]), position > 0,
            parts[1].utf8.count == 64, parts[1].allSatisfy(\.isHexDigit)
        else { return nil }
        self.position = position
        digest = parts[1].lowercased()
    }
}
