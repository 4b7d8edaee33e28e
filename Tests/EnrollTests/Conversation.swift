import Foundation
import TestSupport

/// What is said to the program and what it answers, as it stands in a file: a line `$ enroll …`
/// that a shell runs, what comes out of it, and `[0]`, its status. A file may begin with a line
/// `# from nothing`, for an empty database; else it begins with a demo of 2026.
struct Conversation {
    let lines: [String]
    let beginsEmpty: Bool

    init(_ text: String) {
        let all = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines = all.filter { $0.hasPrefix("$ ") || $0.hasPrefix("# ") }
        beginsEmpty = lines.contains("# from nothing")
    }

    /// The same conversation with what is answered now. Numbers that are drawn are called by names,
    /// `{G-1}`, by which later lines may call them.
    func held(in place: ConversationPlace) throws -> String {
        var (names, text) = (DrawnNames(), "")
        for line in lines {
            text += line + "\n"
            guard line.hasPrefix("$ ") else { continue }
            let (output, status) = try place.run(names.actual(String(line.dropFirst(2))))
            let said = names.named(output)
            text += said + (said.isEmpty || said.hasSuffix("\n") ? "" : "\n") + "[\(status)]\n"
        }
        return text
    }
}

/// What is another each time, by names that are not.
struct DrawnNames {
    private var names: [(actual: String, name: String)] = []

    private static var drawn: [(kind: String, pattern: Regex<Substring>)] {
        [
            ("plan", /\b[A-Z]-[A-Za-z0-9]{10}\b/),
            ("receipt", /\b2[0-9]-[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]\b/),
            ("digest", /\b[0-9a-f]{64}\b/),
        ]
    }

    mutating func named(_ output: String) -> String {
        for (kind, pattern) in Self.drawn {
            for found in output.matches(of: pattern).map({ String($0.output) })
            where !names.contains(where: { $0.actual == found }) {
                let count = names.count { $0.name.hasPrefix("{" + kind) } + 1
                names.append((found, "{\(kind) \(count)}"))
            }
        }
        let called = names.reduce(output) { $0.replacing($1.actual, with: $1.name) }
        // A clock goes on while a command runs, and what is packed is as long as it comes out.
        return called.replacing(/(T[0-9]{2}:[0-9]{2}):[0-9]{2}/) { "\($0.output.1):.." }
            .replacing(/(@example\.jp\t)[A-Za-z0-9_-]{20}\n/) { "\($0.output.1){password}\n" }
            .replacing(/[0-9]+ bytes/, with: ".. bytes")
            .replacing(/oldest [0-9]+ s/, with: "oldest .. s")
    }

    func actual(_ line: String) -> String {
        names.reduce(line) { $0.replacing($1.name, with: $1.actual) }
    }
}
