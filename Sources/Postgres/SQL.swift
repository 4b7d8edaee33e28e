/// A statement whose text is written in this program and whose values are bound.
///
/// A literal segment is a `StaticString`: a `String` variable does not fit, so no text from outside
/// becomes SQL. `\(value)` becomes `$1`, `$2`, …; `\(sql)` of another `SQL` is spliced in and its
/// parameters are numbered anew.
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// Text before, between and after the parameters: always one more than there are parameters.
    private var segments: [String]
    let parameters: [SQLParameter]

    public init(stringLiteral value: StaticString) {
        segments = [value.description]
        parameters = []
    }

    public init(stringInterpolation: StringInterpolation) {
        segments = stringInterpolation.segments
        parameters = stringInterpolation.parameters
    }

    /// The text as the server sees it.
    var text: String {
        guard segments.count > 1 else { return segments[0] }
        var text = segments[0]
        for (index, segment) in segments.dropFirst().enumerated() {
            text += "$\(index + 1)"
            text += segment
        }
        return text
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        public typealias StringLiteralType = StaticString
        fileprivate var segments = [""]
        fileprivate var parameters: [SQLParameter] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            parameters.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: StaticString) {
            segments[segments.count - 1] += literal.description
        }

        public mutating func appendInterpolation(_ value: some SQLValue) {
            parameters.append(value.parameter)
            segments.append("")
        }

        public mutating func appendInterpolation(_ value: (some SQLValue)?) {
            parameters.append(value.parameter)
            segments.append("")
        }

        public mutating func appendInterpolation(_ sql: SQL) {
            segments[segments.count - 1] += sql.segments[0]
            segments.append(contentsOf: sql.segments.dropFirst())
            parameters.append(contentsOf: sql.parameters)
        }
    }
}
