/// A QR code for a page: how many squares a side has with the quiet zone, and its dark squares as
/// the path of an SVG in that grid.
public struct QRPicture: Sendable {
    /// ISO/IEC 18004 asks for four light squares on each side.
    private static let quiet = 4

    public let side: Int
    public let path: String

    /// Nil for a text that is too long.
    public init?(_ text: String) {
        guard let symbol = QRSymbol(text) else { return nil }
        side = symbol.side + 2 * Self.quiet
        path = symbol.strips.map { row, columns in
            let (x, y) = (columns.lowerBound + Self.quiet, row + Self.quiet)
            return "M\(x) \(y)h\(columns.count)v1h-\(columns.count)z"
        }.joined()
    }
}
