/// The XML of some rows on its way into the archive. Whoever writes asks for room first, a cell at
/// a time, so that no byte is checked for it.
struct XMLBuffer: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        start = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit { start.deallocate() }

    private var end: UnsafeMutablePointer<UInt8> { start + count }

    /// Makes room for so many bytes more.
    @inline(__always)
    mutating func reserve(_ extra: Int) {
        if count + extra > capacity { grow(extra) }
    }

    private mutating func grow(_ extra: Int) {
        let wider = max(capacity * 2, count + extra)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: wider)
        moved.update(from: start, count: count)
        start.deallocate()
        (start, capacity) = (moved, wider)
    }

    /// Gives away what was written and is empty again.
    mutating func empty(into take: (UnsafeBufferPointer<UInt8>) -> Void) {
        take(UnsafeBufferPointer(start: start, count: count))
        count = 0
    }

    // MARK: into room that is there

    /// Inlined, so that the length is known and the copy becomes a few stores.
    @inline(__always)
    mutating func put(_ text: StaticString) {
        end.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        count += text.utf8CodeUnitCount
    }

    @inline(__always)
    mutating func put(_ text: ShortText) {
        UnsafeMutableRawPointer(end).storeBytes(of: text.packed.littleEndian, as: UInt64.self)
        count += text.length
    }

    mutating func put(_ number: Int) {
        if number < 0 { put("-") }
        var (rest, first) = (number.magnitude, count)
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            end.pointee = 0x30 + UInt8(truncatingIfNeeded: digit)
            count += 1
            rest = quotient
        } while rest > 0
        var last = count - 1
        while first < last {
            (start[first], start[last]) = (start[last], start[first])
            (first, last) = (first + 1, last - 1)
        }
    }

    // MARK: making room

    /// Text of the package's own, which needs no escaping.
    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    /// Text of a cell, escaped.
    mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
        guard XMLText.needsEscaping(text) else { return append(text) }
        var escaped: [UInt8] = []
        XMLText.append(text, to: &escaped)
        escaped.withUnsafeBufferPointer { append($0) }
    }

    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let base = bytes.baseAddress else { return }
        reserve(bytes.count)
        end.update(from: base, count: bytes.count)
        count += bytes.count
    }
}

/// At most eight bytes of ASCII, packed so that writing them is one store: the name of a column,
/// the number of a row.
struct ShortText {
    fileprivate let packed: UInt64
    fileprivate let length: Int

    init(_ text: String) {
        packed = text.utf8.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        length = text.utf8.count
    }
}
