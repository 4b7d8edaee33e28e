import Foundation
import Testing

/// The house itself: what ARCHITECTURE.md and CONTRIBUTING.md promise of the files.
@Suite struct TidyTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func files(_ folder: String, _ ending: String) throws -> [(path: String, text: String)] {
        let base = root.appending(path: folder)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: base.path())
        return try paths.filter { $0.hasSuffix(ending) && !$0.contains(".venv") }.sorted().map {
            (
                "\(folder)/\($0)",
                try String(contentsOf: base.appending(path: $0), encoding: .utf8)
            )
        }
    }

    static func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The table of section 4 of ARCHITECTURE.md.
    static func allowedImports() throws -> [String: Set<String>] {
        let text = try String(contentsOf: root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
        var table: [String: Set<String>] = [:]
        let section = text.components(separatedBy: "## 4. Code map")[1]
            .components(separatedBy: "Invariants")[0]
        for line in lines(section) where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 2, cells[0] != "target", !cells[0].hasPrefix("-") else { continue }
            let names = cells[1].components(separatedBy: ", ").filter { $0 != "–" }
            table[cells[0]] = Set(names)
        }
        return table
    }

    @Test func noFileImportsWhatItsTargetMayNot() throws {
        let allowed = try Self.allowedImports()
        for (path, text) in try Self.files("Sources", ".swift") {
            let target = String(path.split(separator: "/")[1])
            let mayImport = try #require(allowed[target], "\(target) is not in ARCHITECTURE.md")
            for line in Self.lines(text) {
                let words = line.split(separator: " ")
                guard let index = words.firstIndex(of: "import"), index <= 1,
                    words.count > index + 1
                else { continue }
                let module = String(words[index + 1])
                #expect(mayImport.contains(module), "\(path) imports \(module)")
            }
        }
    }

    /// A list comes out of the database as an array: joined into a text, an element that is empty or
    /// holds the sign between them would be another's.
    @Test func noFileOfTheStoreSplitsAListThatItJoined() throws {
        let joining = try Regex("string_agg\\(|array_to_string\\(|separator: \",\"")
        // What a column holds as one word.
        let words = ["Sources/Store/PlanOutcome.swift"]
        for (path, text) in try Self.files("Sources/Store", ".swift") where !words.contains(path) {
            let found = text.firstMatch(of: joining)?.range.lowerBound
            #expect(found == nil, "\(path) reads a list as a text")
        }
    }

    @Test func filesAndLinesAreSmall() throws {
        for (path, text) in try Self.files("Sources", ".swift") + Self.files("Tests", ".swift")
        where !path.contains("/Generated/") {
            let lines = Self.lines(text)
            let limit = path.hasPrefix("Tests") ? 500 : 400
            #expect(lines.count <= limit, "\(path) has \(lines.count) lines")
        }
    }

    @Test(arguments: [
        ("Sources", "TODO"), ("Sources", "FIXME"), ("Sources", "fatalError("), ("Sources", "try!"),
        ("Sources", " as! "), ("Sources/Enrollment", "Bool.random"),
        ("Sources/Enrollment", "ContinuousClock"), ("Sources/Store", "now()"),
        ("Sources/Store", "current_date"), ("Sources/Store", "CURRENT_TIMESTAMP"),
        ("Sources/Web", ".write {"),
    ])
    func aBannedWordStandsNowhere(folder: String, word: String) throws {
        for (path, text) in try Self.files(folder, ".swift") {
            #expect(!text.contains(word), "\(path) says \(word)")
        }
    }

    @Test func concurrentStandsOnlyInTheLoop() throws {
        for (path, text) in try Self.files("Sources", ".swift")
        where !path.hasPrefix("Sources/EventLoop") {
            #expect(!Self.lines(text).contains { $0.hasPrefix("@concurrent") }, "\(path)")
        }
    }

    @Test func sqlStandsOnlyInTheStore() throws {
        let marks = ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"]
        for (path, text) in try Self.files("Sources", ".swift")
        where !path.hasPrefix("Sources/Store") && !path.hasPrefix("Sources/Postgres") {
            #expect(!marks.contains { text.contains($0) }, "\(path) holds SQL")
        }
    }

    /// What broke in the database is told to others by `StoreTrouble` and `StoreConflict`.
    @Test func errorsOfTheDatabaseAreNamedOnlyInTheStore() throws {
        for (path, text) in try Self.files("Sources", ".swift")
        where !path.hasPrefix("Sources/Store") && !path.hasPrefix("Sources/Postgres") {
            let code = Self.lines(text).filter { !$0.contains("///") }
            #expect(!code.contains { $0.contains("PostgresError") }, "\(path) names PostgresError")
        }
    }

    @Test func migrationsHaveNoGapAndSayWhy() throws {
        let files = try Self.files("Migrations", ".sql").filter {
            !$0.path.hasSuffix("/SCHEMA.sql") && !$0.path.hasSuffix("/GRANTS.sql")
        }
        for (index, file) in files.enumerated() {
            let name = file.path.split(separator: "/")[1]
            #expect(Int(name.prefix(4)) == index + 1, "\(name)")
            for mark in ["-- Why:", "Locks:", "Old code:", "Back:", "-- Retention:"] {
                #expect(file.text.contains(mark), "\(name) does not say \(mark)")
            }
            #expect(!file.text.contains("now()"), "\(name) reads the clock")
        }
    }
}
