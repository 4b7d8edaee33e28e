/// A row of a file while it is read. Its cells stand in room that the next row takes: what is to
/// stay is taken out before.
public struct TextRow {
    /// From 1, as a spreadsheet shows it.
    public let number: Int
    private let text: UnsafePointer<UInt8>
    private let ends: UnsafeBufferPointer<Int>

    /// The texts of the cells one behind the other, and where each of them ends.
    init(number: Int, text: UnsafePointer<UInt8>, ends: UnsafeBufferPointer<Int>) {
        self.number = number
        self.text = text
        self.ends = ends
    }

    public var count: Int { ends.count }

    public func isEmpty(_ cell: Int) -> Bool { start(of: cell) == ends[cell] }

    public subscript(_ cell: Int) -> String {
        let start = start(of: cell)
        return String(
            decoding: UnsafeBufferPointer(start: text + start, count: ends[cell] - start),
            as: UTF8.self)
    }

    var cells: [String] { (0..<count).map { self[$0] } }

    private func start(of cell: Int) -> Int { cell == 0 ? 0 : ends[cell - 1] }
}
