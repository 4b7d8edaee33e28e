extension CBORValue {
    /// Reads what is exactly one value, written in the one way in which we write it; nil for
    /// everything else: other kinds, lengths that are not said first, a number longer than it need
    /// be, keys out of order or twice, more than four levels, octets left over.
    init?(reading octets: [UInt8]) {
        var reader = CBORReader(octets)
        guard let value = reader.value(levels: 4), reader.isAtEnd, value.encoded == octets,
            value.hasEachKeyOnce
        else { return nil }
        self = value
    }

    private var hasEachKeyOnce: Bool {
        switch self {
        case .map(let entries):
            Set(entries.map(\.key.encoded)).count == entries.count
                && entries.allSatisfy { $0.key.hasEachKeyOnce && $0.value.hasEachKeyOnce }
        case .array(let values): values.allSatisfy(\.hasEachKeyOnce)
        case .tagged(_, let value): value.hasEachKeyOnce
        case .integer, .octets, .text: true
        }
    }
}

/// Takes lengths as they come and never asks for more room than there are octets.
private struct CBORReader {
    private var rest: ArraySlice<UInt8>

    init(_ octets: [UInt8]) { rest = octets[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func value(levels: Int) -> CBORValue? {
        guard levels > 0, let (kind, number) = head() else { return nil }
        switch kind {
        case 0: return Int64(exactly: number).map(CBORValue.integer)
        case 1: return Int64(exactly: number).map { .integer(~$0) }
        case 2: return take(number).map { .octets(Array($0)) }
        case 3:
            return take(number).flatMap { String(validating: $0, as: UTF8.self) }.map(
                CBORValue.text)
        case 4: return items(number) { $0.value(levels: levels - 1) }.map(CBORValue.array)
        case 5: return items(number) { $0.entry(levels: levels - 1) }.map(CBORValue.map)
        case 6: return value(levels: levels - 1).map { .tagged(number, $0) }
        default: return nil
        }
    }

    private mutating func entry(levels: Int) -> CBOREntry? {
        guard let key = value(levels: levels), let value = value(levels: levels) else { return nil }
        return CBOREntry(key, value)
    }

    private mutating func items<Item>(
        _ count: UInt64, _ next: (inout CBORReader) -> Item?
    ) -> [Item]? {
        // Each takes an octet at least.
        guard count <= UInt64(rest.count) else { return nil }
        var items: [Item] = []
        for _ in 0..<count {
            guard let item = next(&self) else { return nil }
            items.append(item)
        }
        return items
    }

    private mutating func head() -> (kind: UInt8, number: UInt64)? {
        guard let first = rest.popFirst() else { return nil }
        let (kind, short) = (first >> 5, first & 31)
        switch short {
        case 0..<24: return (kind, UInt64(short))
        case 24...27:
            guard let octets = take(1 << UInt64(short - 24)) else { return nil }
            return (kind, octets.reduce(0) { $0 << 8 | UInt64($1) })
        default: return nil
        }
    }

    private mutating func take(_ count: UInt64) -> ArraySlice<UInt8>? {
        guard count <= UInt64(rest.count) else { return nil }
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }
}
