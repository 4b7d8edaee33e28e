public import Foundation

/// What came out once, was read by somebody and is held to: `Tests/Golden`. `ENROLL_GOLDEN=write`
/// writes it anew; the difference is then read before it is committed.
public enum Golden {
    public static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    public static let isWritten = ProcessInfo.processInfo.environment["ENROLL_GOLDEN"] == "write"

    /// Where a text first differs from the one that is kept under a name; nil where it does not.
    public static func difference(of text: String, from name: String) throws -> String? {
        try difference(of: text, fromFile: root.appending(path: "Tests/Golden/\(name)"))
    }

    /// The same of a file anywhere.
    public static func difference(of text: String, fromFile file: URL) throws -> String? {
        if isWritten {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return firstDifference(text, String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }

    private static func firstDifference(_ text: String, _ kept: String) -> String? {
        if Array(text.utf8) == Array(kept.utf8) { return nil }
        let (new, old) = (text.split(separator: "\n"), kept.split(separator: "\n"))
        let line = zip(new, old).enumerated().first { $1.0 != $1.1 }
        guard let line else { return "has \(new.count) lines and not \(old.count)" }
        return "line \(line.offset + 1): \(line.element.0)\nwas: \(line.element.1)"
    }
}
