/// How wide the columns of a sheet must be for what stands in them, in characters of the default
/// font: a Japanese character takes two.
struct ColumnWidths {
    /// Wider than that, a text is read in its cell and no longer across the sheet.
    private static let limit = 80
    /// What a spreadsheet leaves free at the sides of a cell, and the arrow of the filter.
    private static let (margin, arrow) = (2, 2)

    private var widest: [Int] = []
    /// Whether the widths are still being found.
    private(set) var isOpen = false

    init() {}

    init(headings: [String]) {
        widest = headings.map { heading in
            var heading = heading
            return heading.withUTF8(Self.of) + Self.arrow
        }
        isOpen = true
    }

    mutating func note(_ column: Int, _ width: Int) {
        if isOpen, column < widest.count, width > widest[column] { widest[column] = width }
    }

    /// The widths as they were found; what comes later changes them no more.
    mutating func close() -> [Int] {
        isOpen = false
        return widest.map { min($0 + Self.margin, Self.limit) }
    }

    /// The longest line of a text: one for what is written in one or two octets, two for the rest.
    static func of(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var (line, longest) = (0, 0)
        for octet in text {
            switch octet {
            case 0x0A: line = 0
            case 0x80...0xBF: continue
            default: line += octet < 0xE0 ? 1 : 2
            }
            longest = max(longest, line)
        }
        return longest
    }
}
