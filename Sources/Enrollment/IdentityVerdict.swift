/// What two records have in common besides the name.
public struct IdentityEvidence: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let memberNumber = IdentityEvidence(rawValue: 1)
    public static let employeeNumber = IdentityEvidence(rawValue: 2)
    public static let mail = IdentityEvidence(rawValue: 4)
    public static let phone = IdentityEvidence(rawValue: 8)
    public static let home = IdentityEvidence(rawValue: 16)

    public var count: Int { rawValue.nonzeroBitCount }
}

/// Why two records are of one person, or may be, or are not.
public struct IdentityReason: Hashable, Sendable {
    public let names: NameLikeness
    /// What agrees and is one person's, or that of those who live together.
    public let agreeing: IdentityEvidence
    /// Of what agrees, that which is nobody else's.
    public let personal: IdentityEvidence
    /// What agrees, but is many people's, and is no evidence.
    public let shared: IdentityEvidence

    public init(
        names: NameLikeness, agreeing: IdentityEvidence = [], personal: IdentityEvidence = [],
        shared: IdentityEvidence = []
    ) {
        self.names = names
        self.agreeing = agreeing
        self.personal = personal
        self.shared = shared
    }

    /// Whether nothing but the name is alike.
    public var isOfNameAlone: Bool { agreeing.isEmpty && shared.isEmpty }

    /// Whether it says at least as much as another in everything, and more in something.
    public func outweighs(_ other: IdentityReason) -> Bool {
        guard names <= other.names, agreeing.count >= other.agreeing.count,
            personal.count >= other.personal.count
        else { return false }
        return names < other.names || agreeing.count > other.agreeing.count
            || personal.count > other.personal.count
    }
}

/// Whether two records are of one person.
public enum IdentityVerdict: Hashable, Sendable {
    case same(IdentityReason)
    /// Nobody but people can say.
    case ask(IdentityReason)
    case different(IdentityReason)
}

extension IdentityVerdict {
    /// The table of rules, line by line as `ops/decisions/0034` has it.
    init(_ reason: IdentityReason) {
        let (count, isPersonal) = (reason.agreeing.count, !reason.personal.isEmpty)
        switch reason.names {
        case .same:
            self = count > 0 ? .same(reason) : .ask(reason)
        case .kanaDiffers:
            self = count > 0 ? .same(reason) : .different(reason)
        case .lookAlike:
            self = Self.joining(isPersonal || count > 1, count, reason)
        case .kanjiDiffers:
            self = Self.joining(isPersonal && count > 1, count, reason)
        case .familyDiffers:
            self = Self.joining(count > 1, count, reason)
        case .near:
            let isEmployee = reason.agreeing.contains(.employeeNumber)
            self = Self.joining(isEmployee && count > 1, count, reason)
        case .different:
            // A 委員番号 is not typed by chance: somebody else's is a slip, or they changed the name.
            let isStrange = reason.personal.contains(.memberNumber) || isPersonal && count > 1
            self = isStrange ? .ask(reason) : .different(reason)
        }
    }

    /// Any evidence that does not join is a question.
    private static func joining(
        _ joins: Bool, _ count: Int, _ reason: IdentityReason
    ) -> IdentityVerdict {
        joins ? .same(reason) : count > 0 ? .ask(reason) : .different(reason)
    }
}
