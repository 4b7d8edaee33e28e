extension Row {
    /// The elements of a column that is an array of one dimension, each as `parse` makes it of its
    /// text. Throws `CorruptRow` with the column's name where it is NULL, holds NULL, or holds what
    /// does not parse: nothing is left out in silence.
    public func array<Element>(
        _ column: String, _ parse: (String) -> Element?
    ) throws -> [Element] {
        let position = try answer.position(of: column)
        guard let bytes = answer.bytes(index, position) else { throw CorruptRow(column: column) }
        var text = ArrayText(bytes)
        var elements: [Element] = []
        do {
            while let element = try text.next() {
                guard let value = parse(element) else { throw CorruptRow(column: column) }
                elements.append(value)
            }
        } catch is ArrayText.Malformed { throw CorruptRow(column: column) }
        return elements
    }

    public func ints(_ column: String) throws -> [Int] { try array(column) { Int($0) } }

    public func strings(_ column: String) throws -> [String] { try array(column) { $0 } }
}

/// An array as the server writes it, `{1,"a \"b\"",NULL}`; what `ArrayLiteral` is for the other
/// way. A result of libpq has one format for all its columns, and ours is text.
struct ArrayText {
    /// No array of one dimension, or one that holds NULL.
    struct Malformed: Error {}

    private static let open = UInt8(ascii: "{"), close = UInt8(ascii: "}")
    private static let comma = UInt8(ascii: ","), quote = UInt8(ascii: "\"")
    private static let escape = UInt8(ascii: "\\")

    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The next element; nil behind the last.
    mutating func next() throws(Malformed) -> String? {
        switch try take() {
        case Self.open where place == 1:
            if peek == Self.close { return try end() }
        case Self.comma where place > 1: break
        case Self.close where place > 2: return try over()
        default: throw Malformed()
        }
        return peek == Self.quote ? try quoted() : try plain()
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func take() throws(Malformed) -> UInt8 {
        guard let byte = peek else { throw Malformed() }
        place += 1
        return byte
    }

    /// Of an array without elements.
    private mutating func end() throws(Malformed) -> String? {
        _ = try take()
        return try over()
    }

    private func over() throws(Malformed) -> String? {
        guard place == bytes.count else { throw Malformed() }
        return nil
    }

    private mutating func plain() throws(Malformed) -> String {
        let start = place
        while let byte = peek, byte != Self.comma, byte != Self.close {
            if byte == Self.open || byte == Self.quote || byte == Self.escape { throw Malformed() }
            place += 1
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        if text.isEmpty || text == "NULL" { throw Malformed() }
        return text
    }

    private mutating func quoted() throws(Malformed) -> String {
        _ = try take()
        var text: [UInt8] = []
        while true {
            switch try take() {
            case Self.quote: return String(decoding: text, as: UTF8.self)
            case Self.escape: text.append(try take())
            case let byte: text.append(byte)
            }
        }
    }
}
