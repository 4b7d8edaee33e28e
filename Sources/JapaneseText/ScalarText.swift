/// A text as it is put together, scalar by scalar; nothing is normalised. Every cell of a file goes
/// through some of these, so they hold octets and no views of a `String`.
struct ScalarText {
    private var utf8: [UInt8] = []
    private(set) var last: Unicode.Scalar?

    /// With room for what another text takes.
    init(like text: String) { utf8.reserveCapacity(text.utf8.count + 4) }

    var string: String { String(decoding: utf8, as: UTF8.self) }

    mutating func append(_ scalar: Unicode.Scalar) {
        last = scalar
        let value = scalar.value
        switch value {
        case 0..<0x80: utf8.append(UInt8(value))
        case 0..<0x800:
            utf8.append(0xC0 | UInt8(value >> 6))
            continuation(value)
        case 0..<0x10000:
            utf8.append(0xE0 | UInt8(value >> 12))
            continuation(value >> 6)
            continuation(value)
        default:
            utf8.append(0xF0 | UInt8(value >> 18))
            continuation(value >> 12)
            continuation(value >> 6)
            continuation(value)
        }
    }

    /// Puts a scalar where the last one stood.
    mutating func replaceLast(with scalar: Unicode.Scalar) {
        if let last { utf8.removeLast(UTF8.width(last)) }
        append(scalar)
    }

    private mutating func continuation(_ value: UInt32) {
        utf8.append(0x80 | UInt8(truncatingIfNeeded: value & 0x3F))
    }
}

extension String {
    /// A string of exactly these scalars; nothing is normalised.
    init(scalars: some Sequence<Unicode.Scalar>) {
        var text = ScalarText(like: "")
        for scalar in scalars { text.append(scalar) }
        self = text.string
    }

    /// The text with each scalar replaced; the same string where none of them is to be.
    func mapped(
        where isMeant: (Unicode.Scalar) -> Bool, _ replace: (Unicode.Scalar) -> Unicode.Scalar
    ) -> String {
        guard unicodeScalars.contains(where: isMeant) else { return self }
        var text = ScalarText(like: self)
        for scalar in unicodeScalars { text.append(isMeant(scalar) ? replace(scalar) : scalar) }
        return text.string
    }
}
