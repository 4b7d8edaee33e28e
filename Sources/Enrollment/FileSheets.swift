internal import JapaneseText

/// シート. Of a file that is a spreadsheet's book: which sheet was read, and which there are to choose
/// from.
public struct FileSheets: Equatable, Sendable {
    public let read: String
    /// Those that people see, in the order of the book.
    public let all: [String]

    /// More sheets than anybody would go through are not offered.
    private static let most = 100

    /// A name as somebody typed it.
    public static func typed(_ name: String) -> String { GroupHeadings.shown(name) }

    /// Where a sheet stands among some, by its name: as it is, else without width and spaces, where
    /// that is one's alone.
    public static func place(of name: String, in all: [String]) -> Int? {
        if let exact = all.firstIndex(of: name) { return exact }
        let key = MatchKey.heading(name)
        let alike = all.indices.filter { MatchKey.heading(all[$0]) == key }
        return alike.count == 1 ? alike[0] : nil
    }

    public init(read: String, all: [String]) {
        self.read = read
        self.all = Array(all.prefix(Self.most))
    }
}
