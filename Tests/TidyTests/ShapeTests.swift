import Foundation
import Testing

/// The shape of the code: how wide, how long, how many parameters; where Japanese stands, and
/// paths.
@Suite struct ShapeTests {
    /// What is wider, with how many lines, and why. Nothing may be added.
    static let wide: [String: Int] = [
        // Parts of a file format, a line an element.
        "Sources/Spreadsheet/WorkbookParts.swift": 11, "Sources/Words/BadgeWords.swift": 4,
    ]

    /// Files outside `Words` and `Web` in which Japanese stands as a literal. `Enrollment` and
    /// `JapaneseText` read it: what they name is what people type.
    static let japanese: Set<String> = [
        // What sheets and files are headed with.
        "Sources/Procedures/GroupTable.swift", "Sources/Procedures/MembersFile.swift",
        "Sources/Procedures/ReferenceSheets.swift", "Sources/Store/MinistryNumbers.swift",
        "Sources/Store/Workbook/", "Sources/Spreadsheet/WorkbookParts.swift",
        // What a format of cells is called.
        "Sources/Spreadsheet/CellFormat.swift",
        // A sentence each.
        "Sources/Procedures/Badges.swift", "Sources/Procedures/ConfirmMail.swift",
        // What the operator reads, and invented people.
        "Sources/enroll/",
    ]

    private static func sources() throws -> [(path: String, text: String)] {
        try TidyTests.files("Sources", ".swift").filter { !$0.path.contains("/Generated/") }
    }

    /// Without what is only said to whoever reads the code.
    private static func withoutComment(_ line: Substring) -> Substring {
        if line.trimmingPrefix(while: \.isWhitespace).hasPrefix("//") { return "" }
        return line.range(of: " // ").map { line[..<$0.lowerBound] } ?? line
    }

    @Test func noLineIsWiderThanAHundredColumns() throws {
        for (path, text) in try Self.sources() {
            let count = TidyTests.lines(text).count { $0.count > 100 }
            #expect(count <= Self.wide[path] ?? 0, "\(path) has \(count) lines of more than 100")
        }
    }

    @Test func noFunctionIsLongerThanSixtyLines() throws {
        let start = try Regex(
            "^( *)(?:@\\w+ )*(?:(?:public|private|fileprivate|static|final|mutating|override|"
                + "nonisolated|convenience) )*(?:func|init|subscript|var|deinit)\\b")
        for (path, text) in try Self.sources() {
            let lines = TidyTests.lines(text)
            for (index, line) in lines.enumerated() {
                guard let found = line.firstMatch(of: start), let indent = found[1].substring,
                    line.hasSuffix("{") || line.hasSuffix("(")
                else { continue }
                let end = lines[index...].firstIndex { $0 == indent + "}" } ?? index
                #expect(end - index < 60, "\(path):\(index + 1) has \(end - index + 1) lines")
            }
        }
    }

    @Test func noFunctionTakesMoreThanFiveParameters() throws {
        for (path, text) in try Self.sources() {
            for found in text.matches(of: /func (\w+)(?:<[^>(]*>)?\(/) {
                let name = String(found.output.1)
                let count = Self.parameters(text[found.range.upperBound...])
                #expect(count <= 5, "\(path): \(name) takes \(count)")
            }
        }
    }

    /// How many stand before the bracket that closes.
    private static func parameters(_ text: Substring) -> Int {
        var (depth, commas, isEmpty) = (1, 0, true)
        for character in text {
            switch character {
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            case ",": commas += depth == 1 ? 1 : 0
            default: break
            }
            if depth == 0 { break }
            isEmpty = isEmpty && character.isWhitespace
        }
        return isEmpty ? 0 : commas + 1
    }

    /// What the database gives without an order comes in another one on another day.
    @Test func aListOfTheStoreSaysItsOrder() throws {
        let function = try Regex("(?ms)^( *)(?:public )?func (\\w+)([^{]*)\\{\\n(.*?)^\\1\\}")
        let list = try Regex("-> (?:\\(.*)?\\[(?!UInt8)[^\\[\\]:]+(?:\\(.*\\))?[^\\[\\]]*\\]")
        var lists = 0
        for (path, text) in try TidyTests.files("Sources/Store", ".swift") {
            for found in text.matches(of: function) {
                guard let signature = found[3].substring, let body = found[4].substring,
                    signature.firstMatch(of: list) != nil,
                    body.contains("SELECT"), body.contains("rows("), body.contains(".map"),
                    !body.contains("FROM (\\(")  // what is put together elsewhere
                else { continue }
                lists += 1
                let isOrdered = body.contains("ORDER BY") || body.contains("RETURNING")
                #expect(isOrdered, "\(path): \(found[2].substring ?? "") gives a list in no order")
            }
        }
        #expect(lists > 60)
    }

    @Test func japaneseIsSaidInTheWordsAndOnThePages() throws {
        let japanese = try Regex("\"[^\"]*[\\u3040-\\u30FF\\u4E00-\\u9FFF]")
        let reads = ["Words/", "Web/", "Enrollment/", "JapaneseText/"].map { "Sources/" + $0 }
        for (path, text) in try Self.sources()
        where !reads.contains(where: { path.hasPrefix($0) })
            && !Self.japanese.contains(where: { path.hasPrefix($0) })
        {
            for line in TidyTests.lines(text) {
                let found = Self.withoutComment(line).firstMatch(of: japanese) != nil
                #expect(!found, "\(path) says \(line)")
            }
        }
    }

    @Test func aPathIsSpelledOnlyWhereItsEndpointIsDeclared() throws {
        let path = try Regex("\"/[a-z]|\\)/[a-z]")
        for folder in ["Web", "Words", "Procedures", "Store", "Credentials", "Enrollment"] {
            for (file, text) in try TidyTests.files("Sources/\(folder)", ".swift")
            where !file.hasSuffix("Endpoints.swift") {
                for line in TidyTests.lines(text) {
                    let found = Self.withoutComment(line).firstMatch(of: path) != nil
                    #expect(!found, "\(file) spells a path: \(line)")
                }
            }
        }
    }
}
