import Foundation
import TestSupport

/// What `Store` offers, read from its source.
enum PublicFunctions {
    /// `Type.name(labels:)`, as often as there are functions of that name.
    static func all() throws -> [String] {
        try files("Sources/Store").flatMap { functions(in: $0.text) }
    }

    static func files(_ folder: String) throws -> [(name: String, text: String)] {
        let place = Golden.root.appending(path: folder)
        let names = try FileManager.default.subpathsOfDirectory(atPath: place.path())
        return try names.filter { $0.hasSuffix(".swift") }.sorted().map {
            ($0, try String(contentsOf: place.appending(path: $0), encoding: .utf8))
        }
    }

    private static func functions(in text: String) -> [String] {
        var (owner, found) = ("", [String]())
        let pattern =
            /(?:public )?(?:extension|struct|enum|final class) ([^\s:{<]+)|\s+public (?:static |mutating )*func (\w+)(?:<[^(]*>)?\(/
        for line in text.matches(of: pattern.anchorsMatchLineEndings()) {
            let start = line.range.lowerBound
            guard
                start == text.startIndex || text[text.index(before: start)] == "\n"
                    || text[start] == "\n"
            else { continue }
            if let name = line.output.1 { owner = String(name) }
            if let name = line.output.2 {
                found.append("\(owner).\(name)(\(labels(text[line.range.upperBound...])))")
            }
        }
        return found
    }

    /// Of the parameters before the bracket that closes.
    private static func labels(_ text: Substring) -> String {
        var (depth, part, labels) = (1, "", "")
        func take() {
            let words = part.split(whereSeparator: \.isWhitespace)
            if let first = words.first { labels += first.prefix { $0 != ":" } + ":" }
            part = ""
        }
        for character in text {
            if "([{".contains(character) { depth += 1 }
            if ")]}".contains(character) { depth -= 1 }
            if depth == 0 { break }
            if depth == 1, character == "," { take() } else { part.append(character) }
        }
        take()
        return labels
    }
}
