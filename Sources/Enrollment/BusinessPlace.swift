/// 事業所. A hospital, a shop, a department: below its organization, or below another 事業所 of the
/// same.
public struct BusinessPlace: Equatable, Sendable {
    public let id: Int
    public let path: BusinessPlacePath
    public let name: String
    public let opensOn: Day
    /// The first day on which it is there no more; nil while it goes on.
    public let endsOn: Day?

    public init(id: Int, path: BusinessPlacePath, name: String, opensOn: Day, endsOn: Day? = nil) {
        self.id = id
        self.path = path
        self.name = name
        self.opensOn = opensOn
        self.endsOn = endsOn
    }

    public func isOpen(on day: Day) -> Bool {
        day >= opensOn && (endsOn.map { day < $0 } ?? true)
    }
}

/// Where a 事業所 stands: the codes from the top of its organization down, as `east/ward-2`.
public struct BusinessPlacePath: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// Nil unless every code has 1 to 63 of a to z, 0 to 9 and -, and does not begin with -.
    public init?(_ text: String) {
        let codes = text.split(separator: "/", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.limit, codes.allSatisfy(Self.isPlain) else { return nil }
        description = text
    }

    /// In octets; `business_places_path_is_short` holds the same.
    public static let limit = 400

    /// Its own code, the last.
    public var code: String { String(description.split(separator: "/").last ?? "") }

    /// The 事業所 above it; nil right below the organization.
    public var parent: BusinessPlacePath? {
        description.lastIndex(of: "/").flatMap { BusinessPlacePath(String(description[..<$0])) }
    }

    /// Whether another is this one, or stands below it.
    public func contains(_ other: BusinessPlacePath) -> Bool {
        other == self || other.description.hasPrefix(description + "/")
    }

    private static func isPlain(_ code: Substring) -> Bool {
        (1...63).contains(code.utf8.count) && code.utf8.first != UInt8(ascii: "-")
            && code.utf8.allSatisfy { octet in
                switch octet {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

extension [BusinessPlace] {
    /// The names from the top down of each, itself the last; of one that is not among them its
    /// code.
    public var namesFromTop: [BusinessPlacePath: [String]] {
        let own = Dictionary(map { ($0.path, $0.name) }, uniquingKeysWith: { $1 })
        return Dictionary(
            map { place in
                let above = sequence(first: place.path, next: \.parent).map { own[$0] ?? $0.code }
                return (place.path, above.reversed())
            }, uniquingKeysWith: { $1 })
    }
}
