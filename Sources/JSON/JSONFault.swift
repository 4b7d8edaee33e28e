/// Why octets are no JSON that is read here, and where. Nothing of what they say.
public struct JSONFault: Error, Equatable {
    public enum Reason: Sendable {
        /// They end before the value does.
        case end
        /// An octet that the grammar does not know here; also a byte order mark.
        case octet
        /// No UTF-8 (RFC 3629): cut off, overlong, a surrogate, beyond U+10FFFF.
        case encoding
        /// A control character in a string that is not escaped.
        case control
        case escape
        /// Half of a surrogate pair.
        case surrogate
        case number
        /// A name that its object has already.
        case duplicate
        /// Something behind the value.
        case trailing
        case depth, size, count
    }

    public let reason: Reason
    /// How many octets stand before it.
    public let offset: Int

    public init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

/// How much is read. The ceilings bound what a client can make the process hold.
public struct JSONLimits: Sendable {
    /// Octets of the whole text.
    public var size: Int
    /// Arrays and objects within each other.
    public let depth: Int
    /// Values, those within others counted too.
    public var count: Int

    /// The reader descends by calls: no more than 512 deep, whatever is asked for.
    public static let mostDepth = 512

    public init(size: Int = 1 << 20, depth: Int = 32, count: Int = 100_000) {
        self.size = size
        self.depth = min(depth, Self.mostDepth)
        self.count = count
    }
}
