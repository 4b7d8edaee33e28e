public import Enrollment

/// What stands in a cell.
public enum CellValue: Equatable, Sendable {
    case text(String)
    case number(Int)
    /// A number with one digit after the point.
    case decimal(Double)
    case day(Day?)
    /// Nothing is known, or nothing is meant.
    case blank
}
