internal import JapaneseText

/// What is held of somebody: one record of a person, who may have several.
public struct HeldRecord: Sendable {
    public let personID: Int
    public let says: IdentityRecord

    public init(personID: Int, says: IdentityRecord) {
        self.personID = personID
        self.says = says
    }
}

/// What people have said already of rows and persons; it is not asked again.
public struct IdentityAnswers: Sendable {
    /// Of a row, by its place: the person whom it speaks of.
    public var same: [Int: Int] = [:]
    /// Of a row: persons of whom it does not speak.
    public var different: [Int: Set<Int>] = [:]

    public init() {}
}

/// Somebody of whom a row may speak.
public struct IdentityCandidate: Hashable, Sendable {
    public let personID: Int
    public let reason: IdentityReason

    public init(personID: Int, reason: IdentityReason) {
        self.personID = personID
        self.reason = reason
    }
}

/// Of whom a row speaks.
public enum IdentityMatch: Hashable, Sendable {
    /// Of nobody who is known.
    case nobody
    case same(IdentityCandidate)
    /// Perhaps of one of these.
    case ask([IdentityCandidate])
}

/// How many people are expected to bear a name, from how often each half of it is borne.
public struct NameFrequencies: Sendable {
    private var families: [String: Int] = [:]
    private var givens: [String: Int] = [:]
    private let count: Int

    /// Names as they are written, each with how many of `count` people bear it.
    public init(families: [String: Int], givens: [String: Int], of count: Int) {
        self.count = count
        for (name, people) in families { self.families[MatchKey.name(name), default: 0] += people }
        for (name, people) in givens { self.givens[MatchKey.name(name), default: 0] += people }
    }

    /// Besides one who bears it.
    func expectedNamesakes(of name: FoldedName) -> Double {
        let (family, given) = (families[name.family] ?? 0, givens[name.given] ?? 0)
        guard family > 1, given > 1 else { return 0 }
        return Double(family - 1) * Double(given - 1) / Double(count)
    }
}
