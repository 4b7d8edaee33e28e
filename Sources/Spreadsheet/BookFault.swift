/// Why a spreadsheet's book is not read.
public enum BookFault: Error, Equatable, Sendable {
    /// It is not as its own parts say, or not as the standard wants it.
    case damaged
    /// A password is needed.
    case encrypted
    /// It holds a program (.xlsm).
    case macros
    /// It takes values from other books.
    case externalLinks
    /// Its XML declares a document type, which no spreadsheet writes.
    case documentType
    /// It becomes too large when it is unpacked.
    case inflated
    /// More rows hold something than are taken.
    case tooManyRows(Int)
}

/// How much of a book is read.
public struct BookLimits: Sendable {
    /// Rows that hold something.
    public let rows: Int
    /// Cells up to the last that holds something of each row.
    public let cells: Int
    /// Octets of all texts of the cells, and of all parts that are read.
    public let text, inflated: Int

    public init(rows: Int, cells: Int, text: Int, inflated: Int) {
        self.rows = rows
        self.cells = cells
        self.text = text
        self.inflated = inflated
    }
}
