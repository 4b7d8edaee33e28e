internal import CQrencode

/// A QR code (ISO/IEC 18004) as squares, without the quiet zone around it.
struct QRSymbol {
    /// Squares on a side.
    let side: Int
    /// Row by row, whether a square is dark.
    private let squares: [Bool]

    /// Of a text in UTF-8, readable while 15 % of it are spoiled (level M); nil where it is too
    /// long.
    init?(_ text: String) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let (width, data) = (Int(code.pointee.width), code.pointee.data)
        guard let data else { return nil }
        side = width
        squares = (0..<width * width).map { data[$0] & 1 == 1 }
    }

    /// The dark squares of each row that touch, as one strip: fewer shapes, and no hairline
    /// between them.
    var strips: [(row: Int, columns: Range<Int>)] {
        (0..<side).flatMap { row in
            var strips: [(row: Int, columns: Range<Int>)] = []
            for column in 0..<side where squares[row * side + column] {
                if let last = strips.last, last.columns.upperBound == column {
                    strips[strips.count - 1].columns = last.columns.lowerBound..<column + 1
                } else {
                    strips.append((row, column..<column + 1))
                }
            }
            return strips
        }
    }
}
