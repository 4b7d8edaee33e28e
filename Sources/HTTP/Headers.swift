/// Fields of a request or a response: in order, names without regard to case, repeats kept.
///
/// All names and values lie in one run of bytes, so a parsed head costs two allocations however
/// many fields it has. Strings are made when a field is asked for.
public struct Headers: Sendable {
    struct Entry: Sendable {
        var name: Range<UInt32>
        var value: Range<UInt32>
    }

    private(set) var storage: [UInt8]
    private(set) var entries: [Entry]
    /// Whether `storage` is, as it stands, the lines of all `entries`.
    private(set) var isGapless: Bool

    public init() {
        storage = []
        entries = []
        isGapless = true
    }

    /// Fields written in the source.
    public init(_ fields: [(HeaderName, HeaderValue)]) {
        self.init()
        for (name, value) in fields { append(name, value) }
    }

    /// Fields the parser found in `storage`.
    init(storage: [UInt8], entries: [Entry]) {
        self.storage = storage
        self.entries = entries
        isGapless = false
    }

    public var count: Int { entries.count }
    public var isEmpty: Bool { entries.isEmpty }

    /// The first value of a field, octets beyond ASCII read as UTF-8; nil where it is absent.
    public subscript(_ name: HeaderName) -> String? {
        for entry in entries where isNamed(entry, name) { return text(entry.value) }
        return nil
    }

    /// Every value of a field, in order.
    public func all(_ name: HeaderName) -> [String] {
        entries.filter { isNamed($0, name) }.map { text($0.value) }
    }

    /// The value of a field that may stand once only: nil where it is absent or repeated.
    public func single(_ name: HeaderName) -> String? {
        let found = entries.filter { isNamed($0, name) }
        return found.count == 1 ? text(found[0].value) : nil
    }

    /// The values of a field under a name known only at run time, in order.
    public func all(named name: String) -> [String] {
        entries.filter { sameName($0, name) }.map { text($0.value) }
    }

    /// Whether the field stands once and is these octets, which no text is made for.
    public func isJust(_ name: HeaderName, _ value: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount)
        var found = false
        for entry in entries where isNamed(entry, name) {
            guard !found, bytes(entry.value).elementsEqual(wanted) else { return false }
            found = true
        }
        return found
    }

    public func contains(_ name: HeaderName) -> Bool {
        entries.contains { isNamed($0, name) }
    }

    /// All fields in order, names as they were sent.
    public var fields: [(name: String, value: String)] {
        entries.map { (text($0.name), text($0.value)) }
    }

    /// Adds a field behind the others.
    public mutating func append(_ name: HeaderName, _ value: HeaderValue) {
        name.literal.withUTF8Buffer { append($0, value) }
    }

    /// Replaces every field of this name by one.
    public mutating func set(_ name: HeaderName, _ value: HeaderValue) {
        remove(name)
        append(name, value)
    }

    /// Adds every field of `others` that is not there yet, as the lines they were stored as.
    public mutating func appendMissing(from others: Headers) {
        storage.reserveCapacity(storage.count + others.storage.count)
        entries.reserveCapacity(entries.count + others.entries.count)
        for entry in others.entries where !containsName(of: entry, in: others) {
            let shift = UInt32(storage.count) &- entry.name.lowerBound
            storage.append(
                contentsOf: others.storage[
                    Int(entry.name.lowerBound)..<Int(entry.value.upperBound) + 2])
            entries.append(
                Entry(
                    name: entry.name.lowerBound &+ shift..<entry.name.upperBound &+ shift,
                    value: entry.value.lowerBound &+ shift..<entry.value.upperBound &+ shift))
        }
    }

    private func containsName(of entry: Entry, in others: Headers) -> Bool {
        entries.contains { own in
            own.name.count == entry.name.count
                && bytes(own.name).lazy.map(ByteClass.lowercased)
                    .elementsEqual(others.bytes(entry.name).lazy.map(ByteClass.lowercased))
        }
    }

    /// Adds a field whose name and value are known only at run time.
    public mutating func append(named name: String, _ value: String) throws(HeaderError) {
        guard !name.isEmpty, name.utf8.allSatisfy(ByteClass.isToken) else { throw .unsafeName }
        append(Array(name.utf8), try HeaderValue(value))
    }

    /// Stores the field as the line it will be written as.
    private mutating func append(_ name: some Collection<UInt8>, _ value: HeaderValue) {
        if entries.isEmpty {
            storage.reserveCapacity(256)
            entries.reserveCapacity(8)
        }
        let start = UInt32(storage.count)
        storage.append(contentsOf: name)
        let colon = UInt32(storage.count)
        storage.append(literal: ": ")
        storage.append(contentsOf: value.text.utf8)
        let end = UInt32(storage.count)
        storage.append(literal: "\r\n")
        entries.append(Entry(name: start..<colon, value: (colon + 2)..<end))
    }

    public mutating func remove(_ name: HeaderName) {
        guard contains(name) else { return }
        entries = entries.filter { !isNamed($0, name) }
        isGapless = false
    }

    func isNamed(_ entry: Entry, _ name: HeaderName) -> Bool {
        guard entry.name.count == name.literal.utf8CodeUnitCount else { return false }
        let wanted = name.literal.utf8Start
        var index = Int(entry.name.lowerBound)
        for offset in 0..<entry.name.count {
            guard
                ByteClass.lowercased(storage[index]) == ByteClass.lowercased(wanted[offset])
            else { return false }
            index += 1
        }
        return true
    }

    private func sameName(_ entry: Entry, _ name: String) -> Bool {
        bytes(entry.name).lazy.map(ByteClass.lowercased)
            .elementsEqual(name.utf8.lazy.map(ByteClass.lowercased))
    }

    func bytes(_ range: Range<UInt32>) -> ArraySlice<UInt8> {
        storage[Int(range.lowerBound)..<Int(range.upperBound)]
    }

    private func text(_ range: Range<UInt32>) -> String {
        String(decoding: bytes(range), as: UTF8.self)
    }
}

extension Headers: Equatable {
    /// Same fields in the same order, names without regard to case.
    public static func == (one: Headers, other: Headers) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one.entries, other.entries).allSatisfy { left, right in
            one.bytes(left.value) == other.bytes(right.value)
                && one.bytes(left.name).lazy.map(ByteClass.lowercased)
                    .elementsEqual(other.bytes(right.name).lazy.map(ByteClass.lowercased))
        }
    }
}
