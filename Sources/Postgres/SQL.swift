/// A statement whose text is written in this program and whose values are bound.
///
/// A literal segment is a `StaticString`: a `String` variable does not fit, so no text from outside
/// becomes SQL. `\(value)` becomes `$1`, `$2`, …; `\(sql)` of another `SQL` is spliced in and its
/// parameters are numbered anew.
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// The literals, by where they lie in the program, and between them the places of the
    /// parameters. Two statements of the same shape have the same text; the text itself is written
    /// only to be prepared.
    struct Shape: Hashable, Sendable {
        fileprivate var pieces: [Piece] = []
    }

    fileprivate struct Piece: Hashable, Sendable {
        static let parameter = Piece(address: 0, count: 0)
        let address: UInt
        let count: Int

        init(address: UInt, count: Int) {
            self.address = address
            self.count = count
        }

        init(_ literal: StaticString) {
            precondition(literal.hasPointerRepresentation, "a literal of SQL is a string literal")
            address = UInt(bitPattern: literal.utf8Start)
            count = literal.utf8CodeUnitCount
        }
    }

    private(set) var shape: Shape
    private(set) var parameters: [SQLParameter]

    public init(stringLiteral value: StaticString) {
        shape = Shape(pieces: [Piece(value)])
        parameters = []
    }

    public init(stringInterpolation: StringInterpolation) {
        shape = stringInterpolation.shape
        parameters = stringInterpolation.parameters
    }

    /// Parts with a comma between each two.
    public static func list(_ parts: [SQL]) -> SQL {
        var whole = StringInterpolation(literalCapacity: 0, interpolationCount: 2 * parts.count)
        for (index, part) in parts.enumerated() {
            if index > 0 { whole.appendLiteral(", ") }
            whole.appendInterpolation(part)
        }
        return SQL(stringInterpolation: whole)
    }

    /// The text as the server sees it.
    var text: String {
        var text = ""
        var count = 0
        for piece in shape.pieces {
            if piece == .parameter {
                count += 1
                text += "$\(count)"
            } else if let start = UnsafePointer<UInt8>(bitPattern: piece.address) {
                text += String(
                    decoding: UnsafeBufferPointer(start: start, count: piece.count), as: UTF8.self)
            }
        }
        return text
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        public typealias StringLiteralType = StaticString
        fileprivate var shape = Shape()
        fileprivate var parameters: [SQLParameter] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            parameters.reserveCapacity(interpolationCount)
            shape.pieces.reserveCapacity(2 * interpolationCount + 1)
        }

        public mutating func appendLiteral(_ literal: StaticString) {
            if literal.utf8CodeUnitCount > 0 { shape.pieces.append(Piece(literal)) }
        }

        @inlinable public mutating func appendInterpolation(_ value: some SQLValue) {
            append(value.parameter)
        }

        @inlinable public mutating func appendInterpolation(_ value: (some SQLValue)?) {
            append(value.parameter)
        }

        @usableFromInline mutating func append(_ parameter: SQLParameter) {
            parameters.append(parameter)
            shape.pieces.append(.parameter)
        }

        public mutating func appendInterpolation(_ sql: SQL) {
            shape.pieces.append(contentsOf: sql.shape.pieces)
            parameters.append(contentsOf: sql.parameters)
        }
    }
}
