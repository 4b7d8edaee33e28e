/// Text of others inside our letters. An organization's file can hold anybody's address and, as a
/// name, anything: what we send in the ministry's name must not lead to where somebody else wants.
extension String {
    /// Without links and mail addresses. A dot that would make a link of two words (`evil.example`,
    /// but also `J.Li`) gets a space behind it, so that a name stays readable.
    var unlinked: String {
        let parts = runs.map { $0.isPlain ? Self.unlinked($0.text) : $0.text }
        return parts.joined().split(separator: " ", omittingEmptySubsequences: true)
            .joined(separator: " ")
    }

    private static func unlinked(_ run: String) -> String {
        let folded = run.narrowed.lowercased()
        if folded.contains("://") || folded.contains("@") || folded.hasPrefix("www.") { return "" }
        let scalars = Array(run.unicodeScalars)
        var result = UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            result.append(scalar)
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            if scalar.narrowed == ".", next.narrowed.properties.isAlphabetic { result.append(" ") }
        }
        return String(result)
    }

    /// Stretches of what a link is written with, and what stands between them.
    private var runs: [(text: String, isPlain: Bool)] {
        unicodeScalars.reduce(into: []) { runs, scalar in
            let isPlain = (0x21...0x7E).contains(scalar.narrowed.value)
            if runs.last?.isPlain != isPlain { runs.append(("", isPlain)) }
            runs[runs.count - 1].text.unicodeScalars.append(scalar)
        }
    }

    private var narrowed: String { String(UnicodeScalarView(unicodeScalars.map(\.narrowed))) }
}

extension Unicode.Scalar {
    /// The same in ASCII, of what is written in full width.
    fileprivate var narrowed: Unicode.Scalar {
        (0xFF01...0xFF5E).contains(value) ? Unicode.Scalar(value - 0xFEE0) ?? self : self
    }
}
