/// An address of the site, spelled once: in the file that declares the endpoints there.
struct Route: Sendable, Equatable {
    let path: String

    init(_ path: StaticString) { self.path = "\(path)" }

    /// Of what is served under a name that is computed.
    init(computed path: String) { self.path = path }

    /// The same with one thing said in the query; `value` is a number of ours, not somebody's word.
    func with(_ name: String, _ value: String) -> String { "\(path)?\(name)=\(value)" }
}

/// An address with one part that says of what: `/verify/{token}`.
struct RoutePattern: Sendable, Equatable {
    private let before: String
    private let after: String
    private let segments: [String]
    /// Which of the segments is the part.
    private let place: Int

    /// `pattern` has one part in braces, which is a whole segment.
    init(_ pattern: StaticString) {
        let parts = "\(pattern)".split(separator: "/").map(String.init)
        segments = parts
        place = parts.firstIndex { $0.hasPrefix("{") } ?? parts.endIndex
        before = parts[..<place].map { "/" + $0 }.joined() + "/"
        after = parts[place...].dropFirst().map { "/" + $0 }.joined()
    }

    /// As it is declared, and as the log of what was refused calls it.
    var text: String { "/" + segments.joined(separator: "/") }

    /// The address of one.
    func path(_ part: String) -> String { before + part + after }

    /// The part in the braces, if the segments are of this pattern.
    func part(of asked: [String]) -> String? {
        guard asked.count == segments.count, place < asked.count else { return nil }
        for index in segments.indices where index != place && segments[index] != asked[index] {
            return nil
        }
        return asked[place]
    }
}
