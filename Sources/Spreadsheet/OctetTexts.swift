internal import Glibc

/// Texts one behind the other in one room, each known by its number: nothing is allocated for each.
struct OctetTexts: ~Copyable {
    private var room: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// Octets of all texts, and of what was put behind the last.
    private(set) var filled = 0
    private(set) var ends: [Int] = []

    /// Short texts are copied eight octets at a time, of which fewer may count.
    private static let margin = 32

    init() {
        capacity = 1 << 12
        room = Self.moved(nil, to: capacity)
    }

    deinit { free(room) }

    var count: Int { ends.count }

    var text: UnsafePointer<UInt8> { UnsafePointer(room) }

    subscript(_ number: Int) -> UnsafeBufferPointer<UInt8> {
        let start = number == 0 ? 0 : ends[number - 1]
        return UnsafeBufferPointer(start: room + start, count: ends[number] - start)
    }

    func withEnds(_ body: (UnsafePointer<UInt8>, UnsafeBufferPointer<Int>) -> Void) {
        ends.withUnsafeBufferPointer { body(text, $0) }
    }

    mutating func removeAll() {
        filled = 0
        ends.removeAll(keepingCapacity: true)
    }

    /// Ends a text where the last octet was put.
    mutating func endText() { ends.append(filled) }

    /// Ends a text where the one before ended; what was put behind that belongs to the next.
    mutating func addEmpty(at end: Int) { ends.append(end) }

    mutating func put(octet: UInt8) {
        reserve(1)
        room[filled] = octet
        filled += 1
    }

    @inline(__always)
    mutating func put(_ octets: UnsafeBufferPointer<UInt8>) {
        guard let start = octets.baseAddress else { return }
        reserve(octets.count)
        (room + filled).update(from: start, count: octets.count)
        filled += octets.count
    }

    /// Puts octets behind which as many as the margin may be read, whatever they are.
    @inline(__always)
    mutating func put(withMargin octets: UnsafeBufferPointer<UInt8>) {
        guard octets.count <= Self.margin, let start = octets.baseAddress else {
            return put(octets)
        }
        reserve(octets.count)
        let (from, to) = (UnsafeRawPointer(start), UnsafeMutableRawPointer(room + filled))
        var place = 0
        repeat {
            to.storeBytes(
                of: from.loadUnaligned(fromByteOffset: place, as: UInt64.self),
                toByteOffset: place, as: UInt64.self)
            place += 8
        } while place < octets.count
        filled += octets.count
    }

    mutating func put(_ text: String) {
        var text = text
        text.withUTF8 { put($0) }
    }

    /// Puts a number that is not negative, with zeros before it up to so many digits.
    mutating func put(_ number: Int, digits least: Int = 1) {
        var (count, power) = (1, 10)
        while number >= power, count < 18 { (count, power) = (count + 1, power * 10) }
        count = max(count, least)
        reserve(count)
        var rest = number
        for place in stride(from: filled + count - 1, through: filled, by: -1) {
            room[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        filled += count
    }

    @inline(__always)
    private mutating func reserve(_ octets: Int) {
        if filled + octets > capacity { grow(octets) }
    }

    private mutating func grow(_ octets: Int) {
        capacity = max(capacity + capacity / 2, filled + octets)
        room = Self.moved(room, to: capacity)
    }

    private static func moved(
        _ room: UnsafeMutablePointer<UInt8>?, to capacity: Int
    ) -> UnsafeMutablePointer<UInt8> {
        guard let moved = realloc(room, capacity + margin) else {
            preconditionFailure("no memory for texts")
        }
        return moved.assumingMemoryBound(to: UInt8.self)
    }
}

/// The texts that the cells of a book share.
final class SharedTexts {
    /// Without their kana.
    var texts = OctetTexts()
    private var readings: [Int: String] = [:]

    var count: Int { texts.count }

    func reading(of number: Int) -> String? { readings.isEmpty ? nil : readings[number] }

    func append(_ text: SharedText) {
        if let reading = text.reading { readings[texts.count] = reading }
        texts.put(text.text)
        texts.endText()
    }
}
