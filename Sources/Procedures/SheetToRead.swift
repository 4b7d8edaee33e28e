public import Enrollment
internal import Spreadsheet

/// Which sheet of a book is read.
public enum SheetChoice: Hashable, Sendable {
    /// Nobody has said so: the one that looks like a list of people.
    case likeliest
    case named(String)
    /// By its place among those that people see, from 1.
    case numbered(Int)

    /// What somebody typed; an empty name leaves it to us.
    public init(typed name: String) {
        let name = FileSheets.typed(name)
        self = name.isEmpty ? .likeliest : .named(name)
    }

    init(of sheets: FileSheets?) { self = sheets.map { SheetChoice.named($0.read) } ?? .likeliest }

    /// As it was typed; nil where it was not.
    var name: String? { if case .named(let name) = self { name } else { nil } }

    /// The one that is meant of those that people see; nil where there is none of it.
    func sheet(of all: [Book.Sheet]) -> Book.Sheet? {
        switch self {
        case .likeliest: return nil
        case .numbered(let place): return place > 0 && place <= all.count ? all[place - 1] : nil
        case .named(let name):
            return FileSheets.place(of: name, in: all.map(\.name)).map { all[$0] }
        }
    }
}

/// A group's file as it came, and which sheet of it is meant.
struct SheetToRead: Sendable {
    let bytes: [UInt8]
    var sheet = SheetChoice.likeliest
}
