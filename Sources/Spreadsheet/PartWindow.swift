/// The octets of a part that were not read yet, with room behind them that may be read.
struct PartWindow: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init() {
        capacity = 0
        start = .allocate(capacity: capacity + PlainXML.margin)
        start.initialize(repeating: 0, count: capacity + PlainXML.margin)
    }

    deinit { start.deallocate() }

    mutating func append(_ octets: UnsafeBufferPointer<UInt8>) {
        guard let first = octets.baseAddress else { return }
        if count + octets.count > capacity { grow(count + octets.count) }
        (start + count).update(from: first, count: octets.count)
        count += octets.count
    }

    private mutating func grow(_ needed: Int) {
        capacity = max(2 * capacity, needed)
        let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + PlainXML.margin)
        wider.initialize(repeating: 0, count: capacity + PlainXML.margin)
        wider.update(from: start, count: count)
        start.deallocate()
        start = wider
    }

    /// Forgets those before a place.
    mutating func drop(before place: Int) {
        start.update(from: start + place, count: count - place)
        count -= place
    }

    func octets(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: start + range.lowerBound, count: range.count)
    }

    /// Behind the first mark from a place on.
    func end(ofFirst mark: StaticString, from place: Int) -> Int? {
        let last = count - mark.utf8CodeUnitCount
        var place = place
        while place <= last {
            if isAt(place, mark) { return place + mark.utf8CodeUnitCount }
            place += 1
        }
        return nil
    }

    /// Behind the last mark from a place on.
    func end(ofLast mark: StaticString, from first: Int) -> Int? {
        var place = count - mark.utf8CodeUnitCount
        while place >= first {
            if isAt(place, mark) { return place + mark.utf8CodeUnitCount }
            place -= 1
        }
        return nil
    }

    private func isAt(_ place: Int, _ mark: StaticString) -> Bool {
        guard start[place] == mark.utf8Start[0] else { return false }
        return (1..<mark.utf8CodeUnitCount).allSatisfy { start[place + $0] == mark.utf8Start[$0] }
    }
}
