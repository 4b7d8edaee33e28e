/// Reads the generated literals once, into tables over scalars.
enum Table {
    static func scalars(_ literal: StaticString) -> [Unicode.Scalar] {
        let bytes = UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
        return Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    }

    /// Pairs: key, value, key, value, …
    static func pairs(_ literal: StaticString) -> ScalarTable<Unicode.Scalar> {
        let all = scalars(literal)
        var table = ScalarTable<Unicode.Scalar>()
        for index in stride(from: 0, to: all.count - 1, by: 2) {
            table[all[index]] = all[index + 1]
        }
        return table
    }

    /// Lines: a key, then the scalars it stands for.
    static func lines(_ literal: StaticString) -> ScalarTable<[Unicode.Scalar]> {
        var table = ScalarTable<[Unicode.Scalar]>()
        for line in scalars(literal).split(separator: "\n") {
            if let key = line.first { table[key] = Array(line.dropFirst()) }
        }
        return table
    }
}

/// Values by scalar, found without hashing: a page for each 256 scalars of which one has a value.
struct ScalarTable<Value> {
    /// Where the page of a scalar begins; 0 for those without.
    private var pages = [UInt32](repeating: 0, count: 0x1100)
    /// The place of each scalar's value, plus one.
    private var places = [UInt16](repeating: 0, count: 256)
    private var values: [Value] = []

    subscript(scalar: Unicode.Scalar) -> Value? {
        get {
            let place = places[Int(pages[Int(scalar.value >> 8)] + scalar.value & 0xFF)]
            return place == 0 ? nil : values[Int(place) - 1]
        }
        set {
            guard let newValue else { return }
            let page = Int(scalar.value >> 8)
            if pages[page] == 0 {
                pages[page] = UInt32(places.count)
                places += [UInt16](repeating: 0, count: 256)
            }
            let slot = Int(pages[page] + scalar.value & 0xFF)
            if places[slot] == 0 {
                values.append(newValue)
                places[slot] = UInt16(values.count)
            } else {
                values[Int(places[slot]) - 1] = newValue
            }
        }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        places[Int(pages[Int(scalar.value >> 8)] + scalar.value & 0xFF)] != 0
    }
}

extension ScalarTable: Sendable where Value: Sendable {}
