/// A ZIP archive that was made by somebody else. It is read by its central directory only, and what
/// that says is held against what is there: no two files share octets, each has its name, size and
/// checksum, and none is packed in a manner that spreadsheets do not use.
struct ZipArchive {
    private let bytes: [UInt8]
    /// By their names in lower case: parts of a book are named in any case.
    private let places: [String: Place]

    /// A file: what is said of it, and where its packed octets are.
    private struct Place {
        let entry: ZipEntry
        let octets: Range<Int>
    }

    /// Throws `.damaged` and `.encrypted`.
    init(_ bytes: [UInt8]) throws(BookFault) {
        self.bytes = bytes
        let directory = ZipDirectory(bytes)
        guard directory.isWhole else { throw .damaged }
        var places: [String: Place] = [:]
        var end = 0
        for entry in directory.entries.sorted(by: { $0.offset < $1.offset }) {
            guard entry.offset >= end else { throw .damaged }
            let octets = try Self.octets(of: entry, in: bytes, before: directory.start)
            end = octets.upperBound
            let old = places.updateValue(
                Place(entry: entry, octets: octets), forKey: entry.name.lowercased())
            guard old == nil else { throw .damaged }
        }
        self.places = places
    }

    /// Where a file's octets are, behind its own head, which must say the same of it.
    private static func octets(
        of entry: ZipEntry, in bytes: [UInt8], before limit: Int
    ) throws(BookFault) -> Range<Int> {
        let head = entry.offset
        guard head + 30 <= limit, limit <= bytes.count, bytes.number(at: head, 4) == 0x0403_4b50
        else { throw .damaged }
        if entry.isEncrypted { throw .encrypted }
        let name = head + 30
        let extra = name + bytes.number(at: head + 26, 2)
        let start = extra + bytes.number(at: head + 28, 2)
        guard start <= limit, entry.packedSize <= limit - start,
            entry.method == 0 || entry.method == 8,
            entry.method == bytes.number(at: head + 8, 2),
            bytes[name..<extra].elementsEqual(entry.name.utf8)
        else { throw .damaged }
        return start..<start + entry.packedSize
    }

    func has(_ name: String) -> Bool { places[name.lowercased()] != nil }

    func hasAny(in folder: String) -> Bool { places.keys.contains { $0.hasPrefix(folder) } }

    /// Hands out the octets of a file piece by piece, until `take` says that it has enough. Throws
    /// `.damaged` when they are others than was said, `.inflated` when they are too many.
    func read(
        _ name: String, within budget: InflationBudget, pieces: Int = Inflater.room,
        _ take: (UnsafeBufferPointer<UInt8>) throws(BookFault) -> Bool
    ) throws(BookFault) {
        guard let place = places[name.lowercased()] else { throw .damaged }
        var sum = Checksum()
        var size = 0
        var wantsMore = true
        let each = { (piece: UnsafeBufferPointer<UInt8>) throws(BookFault) -> Bool in
            sum.add(piece)
            size += piece.count
            guard size <= place.entry.size else { throw .damaged }
            try budget.take(piece.count, of: size, from: place.octets.count)
            wantsMore = try take(piece)
            return wantsMore
        }
        let packed = bytes[place.octets]
        if place.entry.method == 0 {
            try Stored.handOut(packed, pieces, each)
        } else {
            try Inflater().inflate(packed, each)
        }
        guard !wantsMore || size == place.entry.size && sum.value == place.entry.checksum else {
            throw .damaged
        }
    }
}

/// A file that was not packed.
private enum Stored {
    static func handOut(
        _ octets: ArraySlice<UInt8>, _ pieces: Int,
        _ each: (UnsafeBufferPointer<UInt8>) throws(BookFault) -> Bool
    ) throws(BookFault) {
        for start in stride(from: octets.startIndex, to: octets.endIndex, by: pieces) {
            let piece = Array(octets[start..<min(start + pieces, octets.endIndex)])
            // A closure of the standard library tells no types of its errors.
            let result = piece.withUnsafeBufferPointer { piece -> Result<Bool, BookFault> in
                do throws(BookFault) { return .success(try each(piece)) } catch {
                    return .failure(error)
                }
            }
            guard try result.get() else { return }
        }
    }
}

/// How many octets a book may become.
final class InflationBudget {
    private var left: Int
    /// How often its packed size a file may become, once it is larger than any honest small one.
    private let (ratio, small) = (400, 16 << 20)

    init(_ octets: Int) { left = octets }

    fileprivate func take(_ count: Int, of size: Int, from packed: Int) throws(BookFault) {
        left -= count
        guard left >= 0, size <= small || size / ratio <= packed else { throw .inflated }
    }
}
