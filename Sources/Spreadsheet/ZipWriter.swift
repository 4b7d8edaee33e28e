/// Writes a ZIP archive (APPNOTE 6.3) from front to back: sizes follow each entry in a data
/// descriptor, so that nothing already handed out has to be changed. No clock: every entry is dated
/// 1980-01-01, and the same contents give the same bytes. No zip64, which some readers refuse where
/// it is not needed; an archive beyond 4 GiB throws.
struct ZipWriter {
    private struct Entry {
        let name: [UInt8]
        let offset: Int
        var checksum = Checksum()
        var size = 0
        var packedSize = 0
    }

    /// Bytes that are ready.
    private(set) var output: [UInt8] = []
    private var handedOut = 0
    private var entries: [Entry] = []
    private var deflater = Deflater()
    private let tell: (PartOctets) -> Void

    init(tell: @escaping (PartOctets) -> Void = { _ in }) { self.tell = tell }

    private var position: Int { handedOut + output.count }

    mutating func drain() -> [UInt8] {
        handedOut += output.count
        defer { output = [] }
        return output
    }

    mutating func begin(_ name: String) {
        deflater = Deflater()
        let entry = Entry(name: Array(name.utf8), offset: position)
        entries.append(entry)
        output.appendNumber(0x0403_4b50 as UInt32)
        appendCommon(of: entry)
        output.appendNumber(UInt16(0))
        output.append(contentsOf: entry.name)
        tell(.begin(name))
    }

    mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) { pack(bytes, false) }

    mutating func end() {
        pack(UnsafeBufferPointer(start: nil, count: 0), true)
        tell(.end)
        output.appendNumber(0x0807_4b50 as UInt32)
        appendSizes(of: entries[entries.count - 1])
    }

    mutating func add(_ name: String, _ text: String) {
        begin(name)
        var text = text
        text.withUTF8 { write($0) }
        end()
    }

    /// The central directory. Throws when the archive is too large for a plain ZIP.
    mutating func finish() throws(WorkbookFault) {
        let start = position
        guard start < 0xFFFF_0000, entries.allSatisfy({ $0.size <= 0xFFFF_FFFE }) else {
            throw .tooLarge
        }
        for entry in entries {
            output.appendNumber(0x0201_4b50 as UInt32)
            output.appendNumber(UInt16(20))
            appendCommon(of: entry)
            output.appendNumber(UInt16(0))
            output.appendNumber(UInt16(0))
            output.appendNumber(UInt16(0))
            output.appendNumber(UInt16(0))
            output.appendNumber(UInt32(0))
            output.appendNumber(UInt32(entry.offset))
            output.append(contentsOf: entry.name)
        }
        let size = position - start
        output.appendNumber(0x0605_4b50 as UInt32)
        output.appendNumber(UInt32(0))
        output.appendNumber(UInt16(entries.count))
        output.appendNumber(UInt16(entries.count))
        output.appendNumber(UInt32(size))
        output.appendNumber(UInt32(start))
        output.appendNumber(UInt16(0))
    }

    private mutating func pack(_ bytes: UnsafeBufferPointer<UInt8>, _ isLast: Bool) {
        let last = entries.count - 1
        tell(.octets(UnsafeRawBufferPointer(bytes)))
        let before = output.count
        entries[last].checksum.add(bytes)
        entries[last].size += bytes.count
        deflater.compress(bytes, isLast: isLast, into: &output)
        entries[last].packedSize += output.count - before
    }

    /// What the local and the central header share: version, flags (sizes follow, names in UTF-8),
    /// deflate, date, sizes and the length of the name.
    private mutating func appendCommon(of entry: Entry) {
        output.appendNumber(UInt16(20))
        output.appendNumber(UInt16(0x0808))
        output.appendNumber(UInt16(8))
        output.appendNumber(UInt16(0))
        output.appendNumber(UInt16(0x0021))
        appendSizes(of: entry)
        output.appendNumber(UInt16(entry.name.count))
    }

    private mutating func appendSizes(of entry: Entry) {
        output.appendNumber(entry.checksum.value)
        output.appendNumber(UInt32(truncatingIfNeeded: entry.packedSize))
        output.appendNumber(UInt32(truncatingIfNeeded: entry.size))
    }
}

extension [UInt8] {
    /// Little endian, as ZIP writes numbers. Not called `append`, which would take bare literals
    /// from Array's own.
    mutating func appendNumber<Number: FixedWidthInteger>(_ number: Number) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}

/// A part of a package on its way in, before it is packed; for whoever sums up what it holds.
public enum PartOctets {
    case begin(String)
    case octets(UnsafeRawBufferPointer)
    case end
}
