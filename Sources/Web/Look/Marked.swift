internal import HTML

/// Two texts that are compared by people: what differs is marked in each.
struct Marked {
    let left: HTML
    let right: HTML

    /// From the first character that differs to the last; where nothing is alike, all of it.
    init(_ one: String, _ other: String) {
        let (one, other) = (Array(one), Array(other))
        let shortest = min(one.count, other.count)
        let head = (0..<shortest).prefix { one[$0] == other[$0] }.count
        let tail = (0..<shortest - head).prefix {
            one[one.count - 1 - $0] == other[other.count - 1 - $0]
        }.count
        left = Self.marked(one, head, tail)
        right = Self.marked(other, head, tail)
    }

    private static func marked(_ text: [Character], _ head: Int, _ tail: Int) -> HTML {
        let middle = String(text[head..<text.count - tail])
        let (before, after) = (String(text[..<head]), String(text[(text.count - tail)...]))
        if middle.isEmpty { return "\(before)\(after)" }
        return "\(before)<mark>\(middle)</mark>\(after)"
    }
}
