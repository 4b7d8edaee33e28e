internal import CLibpq

/// The servers that a connection string names, each with a string of its own, so that one that
/// hangs takes its own share of time and not the others'. libpq walks several hosts too, but bounds
/// each only when it may block. The one that answered last is asked first. Shared by a pool;
/// confined to its loop.
final class Hosts {
    private let targets: [String]
    private var first = 0
    private var rest: (until: ContinuousClock.Instant, failure: PostgresError)?

    init(_ connection: String) { targets = Hosts.split(connection) }

    /// The strings to try, in order. Throws at once while the last failure is fresh: whoever comes
    /// in meanwhile must not wait for what was just seen to be away.
    func inOrder() throws -> [(number: Int, connection: String)] {
        if let rest, rest.until > .now { throw rest.failure }
        return targets.indices.map { ($0 + first) % targets.count }.map { ($0, targets[$0]) }
    }

    func answered(_ number: Int) {
        first = number
        rest = nil
    }

    /// None answered: the next try is made after a moment.
    func noneAnswered(_ failure: PostgresError) {
        rest = (.now + .milliseconds(150), failure)
    }

    /// One string for each host; the string as it is when it has one host, or cannot be read (libpq
    /// then says why).
    static func split(_ connection: String) -> [String] {
        guard let options = PQconninfoParse(connection, nil) else { return [connection] }
        defer { PQconninfoFree(options) }
        var settings: [(key: String, value: String)] = []
        var option = options
        while let key = option.pointee.keyword {
            if let value = option.pointee.val {
                settings.append((String(cString: key), String(cString: value)))
            }
            option += 1
        }
        func list(_ key: String) -> [String] {
            settings.first { $0.key == key }?.value
                .split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
        }
        let lists = ["host", "hostaddr", "port"].map { ($0, list($0)) }
        let count = max(lists[0].1.count, lists[1].1.count)
        guard count > 1, lists.allSatisfy({ [0, 1, count].contains($0.1.count) }) else {
            return [connection]
        }
        settings.removeAll { setting in lists.contains { $0.0 == setting.key } }
        return (0..<count).map { number in
            let own = lists.filter { !$0.1.isEmpty }.map {
                (key: $0.0, value: $0.1.count == 1 ? $0.1[0] : $0.1[number])
            }
            return (settings + own).map { "\($0.key)=\(quoted($0.value))" }.joined(separator: " ")
        }
    }

    private static func quoted(_ value: String) -> String {
        var text = "'"
        for character in value.unicodeScalars {
            if character == "'" || character == "\\" { text += "\\" }
            text.unicodeScalars.append(character)
        }
        return text + "'"
    }
}
