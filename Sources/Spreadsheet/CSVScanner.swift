/// Reads CSV (RFC 4180; CR LF, LF and CR alike) in one pass over the octets of UTF-8 or CP932. In
/// both a mark, a comma or the end of a line is never part of another character.
struct CSVScanner: ~Copyable {
    /// What stands at an octet outside of quotation marks, and inside: 0 a character of its own, 1
    /// where the run ends, 2 the beginning of a character that the table knows.
    private let plain = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    private let quoted = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    private let table = CP932.shared
    private var room = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 16)
    private var capacity = (1 << 16) - Self.margin
    private var filled = 0
    private var ends: [Int] = []
    private let delimiter: UInt8
    private(set) var lineEnd = CSVFormat.LineEnd.crlf

    /// A character is written as four octets, of which fewer may count.
    private static let margin = 4
    private static let mark: UInt8 = 0x22

    init(isCP932: Bool, delimiter: UInt8) {
        self.delimiter = delimiter
        for octet in 0..<256 {
            let isOfTable: UInt8 = isCP932 && octet >= 0x80 ? 2 : 0
            plain[octet] = [Int(delimiter), 0x0A, 0x0D].contains(octet) ? 1 : isOfTable
            quoted[octet] = octet == Self.mark ? 1 : isOfTable
        }
    }

    deinit {
        plain.deallocate()
        quoted.deallocate()
        room.deallocate()
    }

    /// Gives each record in turn. Throws `CSVFault.unclosedQuote` and, of CP932, `undecodable`.
    mutating func scan(
        _ octets: UnsafeBufferPointer<UInt8>, each: (TextRow) -> Void
    ) throws(CSVFault) {
        var (place, row) = (0, 0)
        while place < octets.count {
            row += 1
            filled = 0
            ends.removeAll(keepingCapacity: true)
            try record(octets, &place, row)
            ends.withUnsafeBufferPointer {
                each(TextRow(number: row, text: UnsafePointer(room), ends: $0))
            }
        }
    }

    private mutating func record(
        _ octets: UnsafeBufferPointer<UInt8>, _ place: inout Int, _ row: Int
    ) throws(CSVFault) {
        while true {
            try cell(octets, &place, row)
            ends.append(filled)
            guard place < octets.count else { return }
            let octet = octets[place]
            place += 1
            guard octet == delimiter else { return finishLine(octet, octets, &place, row) }
            if place == octets.count { return ends.append(filled) }
        }
    }

    private mutating func finishLine(
        _ octet: UInt8, _ octets: UnsafeBufferPointer<UInt8>, _ place: inout Int, _ row: Int
    ) {
        var found = octet == 0x0A ? CSVFormat.LineEnd.lf : .cr
        if found == .cr, place < octets.count, octets[place] == 0x0A {
            place += 1
            found = .crlf
        }
        if row == 1 { lineEnd = found }
    }

    private mutating func cell(
        _ octets: UnsafeBufferPointer<UInt8>, _ place: inout Int, _ row: Int
    ) throws(CSVFault) {
        guard place < octets.count, octets[place] == Self.mark else {
            return try run(octets, &place, by: plain)
        }
        place += 1
        while true {
            try run(octets, &place, by: quoted)
            guard place < octets.count else { throw .unclosedQuote(row: row) }
            place += 1
            // What stands behind the closing mark belongs to the cell, as spreadsheets take it.
            guard place < octets.count, octets[place] == Self.mark else {
                return try run(octets, &place, by: plain)
            }
            reserve(1)
            room[filled] = Self.mark
            filled += 1
            place += 1
        }
    }

    /// Copies up to where the run ends.
    private mutating func run(
        _ octets: UnsafeBufferPointer<UInt8>, _ place: inout Int,
        by kinds: UnsafeMutablePointer<UInt8>
    ) throws(CSVFault) {
        while place < octets.count {
            reserve(1)
            // An octet becomes three at most.
            let limit = min(octets.count, place + max(1, (capacity - filled) / 3))
            while place < limit {
                let octet = octets[place]
                switch kinds[Int(octet)] {
                case 0:
                    room[filled] = octet
                    filled += 1
                    place += 1
                case 1: return
                default: try character(octets, &place)
                }
            }
        }
    }

    private mutating func character(
        _ octets: UnsafeBufferPointer<UInt8>, _ place: inout Int
    ) throws(CSVFault) {
        let lead = Int(octets[place])
        var packed = table.ofOne[lead]
        var length = 1
        if packed == 0, place + 1 < octets.count {
            packed = table.ofTwo[lead << 8 | Int(octets[place + 1])]
            length = 2
        }
        guard packed != 0 else {
            throw .undecodable(row: octets[..<place].count { $0 == 0x0A } + 1)
        }
        UnsafeMutableRawPointer(room + filled).storeBytes(
            of: packed.littleEndian, as: UInt32.self)
        filled += Int(packed >> 24)
        place += length
    }

    /// Makes room for so many octets, three at least.
    private mutating func reserve(_ octets: Int) {
        guard capacity - filled < octets * 3 else { return }
        let larger = (capacity + Self.margin) * 2
        let next = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        next.update(from: room, count: filled)
        room.deallocate()
        (room, capacity) = (next, larger - Self.margin)
    }
}
