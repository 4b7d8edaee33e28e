/// An entity tag (RFC 9110 8.8.3).
public struct EntityTag: Sendable, Hashable {
    public let opaque: String
    public let isWeak: Bool

    /// Nil where the text holds an octet that a tag may not (quotes, blanks, control bytes,
    /// anything beyond ASCII).
    public init?(_ opaque: String, isWeak: Bool = false) {
        guard opaque.utf8.allSatisfy(EntityTag.isTagOctet) else { return nil }
        self.opaque = opaque
        self.isWeak = isWeak
    }

    /// As a field value: `"x"` or `W/"x"`.
    public var fieldValue: HeaderValue {
        HeaderValue(stringLiteral: (isWeak ? "W/\"" : "\"") + opaque + "\"")
    }

    /// RFC 9110 8.8.3.2: weak comparison looks at the text alone.
    public func matchesWeakly(_ other: EntityTag) -> Bool { opaque == other.opaque }

    public func matchesStrongly(_ other: EntityTag) -> Bool {
        opaque == other.opaque && !isWeak && !other.isWeak
    }

    /// The tags of `If-Match` or `If-None-Match`; nil where the list is malformed.
    static func list(_ text: String) -> [EntityTag]? {
        var tags: [EntityTag] = []
        var rest = Array(text.utf8)[...].trimmingBlanks()
        while !rest.isEmpty {
            let isWeak = rest.starts(with: "W/".utf8)
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == UInt8(ascii: "\"") else { return nil }
            rest = rest.dropFirst()
            guard let end = rest.firstIndex(of: UInt8(ascii: "\"")),
                let tag = EntityTag(
                    String(decoding: rest[..<end], as: UTF8.self), isWeak: isWeak)
            else { return nil }
            tags.append(tag)
            rest = rest[(end + 1)...].trimmingBlanks()
            guard !rest.isEmpty else { break }
            guard rest.first == UInt8(ascii: ",") else { return nil }
            rest = rest.dropFirst().trimmingBlanks()
        }
        return tags
    }

    private static func isTagOctet(_ byte: UInt8) -> Bool {
        byte == 0x21 || (byte >= 0x23 && byte < 0x7F)
    }
}
