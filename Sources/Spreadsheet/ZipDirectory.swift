/// What a ZIP file says of a file in it, in its central directory (APPNOTE 4.3.12). Any of it may
/// be a lie.
struct ZipEntry {
    let name: String
    let flags, method: Int
    let checksum: UInt32
    private(set) var packedSize, size: Int
    /// Where the file's own head begins.
    private(set) var offset: Int

    var isEncrypted: Bool { flags & 1 != 0 }

    fileprivate init(_ bytes: [UInt8], at place: Int, name: String) {
        self.name = name
        flags = bytes.number(at: place + 8, 2)
        method = bytes.number(at: place + 10, 2)
        checksum = UInt32(bytes.number(at: place + 16, 4))
        packedSize = bytes.number(at: place + 20, 4)
        size = bytes.number(at: place + 24, 4)
        offset = bytes.number(at: place + 42, 4)
    }

    /// Takes from the extra fields what has no room in four octets (4.5.3); some writers put it
    /// there whatever the size.
    fileprivate mutating func widen(_ bytes: [UInt8], _ extra: Range<Int>) {
        var place = extra.lowerBound
        while place + 4 <= extra.upperBound {
            let end = place + 4 + bytes.number(at: place + 2, 2)
            guard end <= extra.upperBound else { return }
            if bytes.number(at: place, 2) == 1 { take(bytes, place + 4..<end) }
            place = end
        }
    }

    private mutating func take(_ bytes: [UInt8], _ wide: Range<Int>) {
        var place = wide.lowerBound
        for path in [\ZipEntry.size, \.packedSize, \.offset] where self[keyPath: path] == Self.wide
        {
            guard place + 8 <= wide.upperBound else { return }
            // Nothing here is as large as the upper half says.
            let isSmall = bytes.number(at: place + 4, 4) == 0
            self[keyPath: path] = isSmall ? bytes.number(at: place, 4) : Int.max >> 1
            place += 8
        }
    }

    private static let wide = 0xFFFF_FFFF
}

/// The central directory of a ZIP file, as far as it can be read; nothing is unpacked.
struct ZipDirectory {
    private(set) var entries: [ZipEntry] = []
    /// Where it begins.
    let start: Int
    /// Whether it holds as many entries as its end says.
    private(set) var isWhole = false

    /// More names than that nobody needs to know what a file is.
    static let entryLimit = 1_000

    init(_ bytes: [UInt8]) {
        guard let end = Self.end(of: bytes) else {
            start = 0
            return
        }
        start = bytes.number(at: end + 16, 4)
        var place = start
        while entries.count < Self.entryLimit, let next = add(bytes, place) { place = next }
        isWhole =
            bytes.number(at: end + 10, 2) == entries.count && place <= end
            && bytes.number(at: end + 4, 4) == 0
    }

    var names: [String] { entries.map(\.name) }

    /// Adds the entry there; gives the place behind it.
    private mutating func add(_ bytes: [UInt8], _ place: Int) -> Int? {
        guard place + 46 <= bytes.count, bytes.number(at: place, 4) == 0x0201_4b50 else {
            return nil
        }
        let name = place + 46
        let extra = name + bytes.number(at: place + 28, 2)
        let remark = extra + bytes.number(at: place + 30, 2)
        let end = remark + bytes.number(at: place + 32, 2)
        guard end <= bytes.count else { return nil }
        let text = String(decoding: bytes[name..<extra], as: UTF8.self)
        var entry = ZipEntry(bytes, at: place, name: text)
        entry.widen(bytes, extra..<remark)
        entries.append(entry)
        return end
    }

    /// Where the record at the end begins; a remark of up to 64 KiB may follow it.
    private static func end(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        let first = max(0, bytes.count - 22 - 0xFFFF)
        return (first...bytes.count - 22).reversed().first {
            bytes[$0] == 0x50 && bytes.number(at: $0, 4) == 0x0605_4b50
        }
    }
}

extension [UInt8] {
    /// A number of up to four octets, little endian.
    func number(at place: Int, _ width: Int) -> Int {
        (0..<width).reduce(0) { $0 | Int(self[place + $1]) << (8 * $1) }
    }
}
