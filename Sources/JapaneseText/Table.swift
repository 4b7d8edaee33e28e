/// Reads the generated literals once, into dictionaries over scalars.
enum Table {
    static func scalars(_ literal: StaticString) -> [Unicode.Scalar] {
        let bytes = UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
        return Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    }

    /// Pairs: key, value, key, value, …
    static func pairs(_ literal: StaticString) -> [Unicode.Scalar: Unicode.Scalar] {
        let all = scalars(literal)
        var table = [Unicode.Scalar: Unicode.Scalar](minimumCapacity: all.count / 2)
        for index in stride(from: 0, to: all.count - 1, by: 2) {
            table[all[index]] = all[index + 1]
        }
        return table
    }

    /// Lines: a key, then the scalars it stands for.
    static func lines(_ literal: StaticString) -> [Unicode.Scalar: [Unicode.Scalar]] {
        var table: [Unicode.Scalar: [Unicode.Scalar]] = [:]
        for line in scalars(literal).split(separator: "\n") {
            if let key = line.first { table[key] = Array(line.dropFirst()) }
        }
        return table
    }
}

extension String {
    /// A string of exactly these scalars; nothing is normalised.
    init(scalars: some Sequence<Unicode.Scalar>) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}
