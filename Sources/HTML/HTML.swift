/// Markup that escapes by construction.
///
/// A literal segment is a `StaticString`, so no `String` becomes markup: what is interpolated is
/// escaped, unless it is `HTML` itself.
///
/// A literal of several lines is written as a tree: a line end and the indentation behind it are no
/// part of the markup, but for one blank between the attributes of a tag. So nothing is seen of
/// where a line was broken, in a text neither; a blank that is to be seen stands before the line
/// end.
public struct HTML: ExpressibleByStringInterpolation, Sendable {
    public private(set) var bytes: [UInt8]

    public init(stringLiteral value: StaticString) {
        bytes = []
        bytes.append(tree: value)
    }

    public init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    /// Nothing.
    public static let none: HTML = ""

    /// A text, escaped.
    public static func text(_ text: String) -> HTML { "\(text)" }

    /// A text with its line ends kept.
    public static func lines(_ text: String) -> HTML {
        let parts = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return joined(parts.map { HTML.text(String($0)) }, by: "<br>")
    }

    public static func joined(_ parts: [HTML], by separator: HTML = "") -> HTML {
        var whole = HTML.none
        for (index, part) in parts.enumerated() {
            if index > 0 { whole += separator }
            whole += part
        }
        return whole
    }

    public static func += (left: inout HTML, right: HTML) { left.bytes += right.bytes }

    public static func + (left: HTML, right: HTML) -> HTML {
        var whole = left
        whole += right
        return whole
    }

    public var isEmpty: Bool { bytes.isEmpty }

    /// For tests and files.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    public struct StringInterpolation: StringInterpolationProtocol {
        public typealias StringLiteralType = StaticString
        fileprivate var bytes: [UInt8] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        public mutating func appendLiteral(_ literal: StaticString) {
            bytes.append(tree: literal)
        }

        public mutating func appendInterpolation(_ html: HTML) { bytes += html.bytes }

        public mutating func appendInterpolation(_ html: HTML?) {
            if let html { bytes += html.bytes }
        }

        public mutating func appendInterpolation(_ text: some StringProtocol) {
            var text = String(text)
            text.withUTF8 { append(escaped: $0) }
        }

        /// What needs no escape goes in one piece.
        private mutating func append(escaped octets: UnsafeBufferPointer<UInt8>) {
            var start = 0
            for (place, octet) in octets.enumerated() {
                guard let escape = Self.escape(octet) else { continue }
                bytes.append(contentsOf: octets[start..<place])
                bytes.append(contentsOf: escape.utf8)
                start = place + 1
            }
            bytes.append(contentsOf: octets[start...])
        }

        private static func escape(_ octet: UInt8) -> String? {
            switch octet {
            case UInt8(ascii: "&"): "&amp;"
            case UInt8(ascii: "<"): "&lt;"
            case UInt8(ascii: ">"): "&gt;"
            case UInt8(ascii: "\""): "&quot;"
            case UInt8(ascii: "'"): "&#39;"
            default: nil
            }
        }

        public mutating func appendInterpolation(_ number: Int) {
            bytes += Array(String(number).utf8)
        }
    }
}

extension [UInt8] {
    /// A literal without the line ends of the tree as which it is written.
    fileprivate mutating func append(tree literal: StaticString) {
        var rest = UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)[
            ...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            append(contentsOf: rest[..<end])
            if isInsideTag { append(UInt8(ascii: " ")) }
            rest = rest[(end + 1)...].drop { $0 == UInt8(ascii: " ") }
        }
        append(contentsOf: rest)
    }

    /// What was interpolated has no such signs of its own but in pairs.
    private var isInsideTag: Bool {
        let sign = last { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }
        return sign == UInt8(ascii: "<")
    }
}

/// Each item's markup, one after another.
public func each<Item>(_ items: some Sequence<Item>, _ markup: (Item) -> HTML) -> HTML {
    items.reduce(into: HTML.none) { $0 += markup($1) }
}

/// The markup, or nothing.
public func when(_ condition: Bool, _ markup: @autoclosure () -> HTML) -> HTML {
    condition ? markup() : .none
}

/// A link or form target: only a path of our own or an https, mailto or tel address; anything else
/// becomes `#`, so that no value can smuggle a script in. Read by octets, as a browser does: a
/// slash with a combining mark behind it is another Character than a slash.
public func href(_ target: String) -> HTML {
    let octets = target.utf8
    let isOwn =
        octets.starts(with: "/".utf8) && !octets.starts(with: "//".utf8)
        && !octets.contains(UInt8(ascii: "\\"))
    let isKnown = ["https://", "mailto:", "tel:", "#", "?"].contains {
        octets.starts(with: $0.utf8)
    }
    return isOwn || isKnown ? "\(target)" : "#"
}
