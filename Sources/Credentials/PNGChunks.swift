internal import Compression

/// A PNG as its chunks (W3C PNG, third edition, section 5). Only what is whole is read: a picture
/// that was cut off or spoiled on its way is none.
struct PNGChunks {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    /// Pictures of people have some dozens.
    private static let most = 4_096

    struct Chunk {
        let name: String
        let content: ArraySlice<UInt8>
        /// Where the next one starts.
        let end: Int
    }

    private(set) var chunks: [Chunk] = []

    init?(_ octets: [UInt8]) {
        guard octets.starts(with: Self.signature) else { return nil }
        var place = Self.signature.count
        while place < octets.count {
            guard chunks.count < Self.most, chunks.last?.name != "IEND",
                let chunk = Self.chunk(in: octets, at: place)
            else { return nil }
            chunks.append(chunk)
            place = chunk.end
        }
        guard let first = chunks.first, first.name == "IHDR", first.content.count == 13,
            chunks.last?.name == "IEND"
        else { return nil }
    }

    private static func chunk(in octets: [UInt8], at place: Int) -> Chunk? {
        guard octets.count - place >= 12 else { return nil }
        let length = Int(number(octets[place..<place + 4]))
        guard length <= octets.count - place - 12 else { return nil }
        let (start, end) = (place + 8, place + 8 + length)
        guard number(octets[end..<end + 4]) == checksum(octets[place + 4..<end]) else { return nil }
        return Chunk(
            name: String(decoding: octets[place + 4..<start], as: UTF8.self),
            content: octets[start..<end], end: end + 4)
    }

    private static func number(_ octets: ArraySlice<UInt8>) -> UInt32 {
        octets.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// A chunk as it stands in a file.
    static func chunk(_ name: StaticString, _ content: [UInt8]) -> [UInt8] {
        let body = Array("\(name)".utf8) + content
        return big(UInt32(content.count)) + body + big(checksum(body))
    }

    private static func big(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0))) }
    }
}

/// A text in a PNG (`iTXt`, section 11.3.3.4).
struct PNGText {
    /// Nil where it is damaged, or too long.
    let text: String?

    /// Whether a chunk is such a text of a keyword; nothing of it is unfolded for that.
    static func isOf(_ keyword: StaticString, _ chunk: PNGChunks.Chunk) -> Bool {
        chunk.name == "iTXt" && chunk.content.starts(with: Array("\(keyword)".utf8) + [0])
    }

    /// Nil for what is no such text.
    init?(_ chunk: PNGChunks.Chunk) {
        guard chunk.name == "iTXt" else { return nil }
        let parts = chunk.content.split(
            separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count >= 2 else { return nil }
        let (isPacked, method) = (parts[1][parts[1].startIndex], parts[1].dropFirst().first)
        // Two names more, each with a zero behind: the language, and the keyword in it.
        let rest = parts[1].dropFirst(2)
            .split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
        guard rest.count == 3, method == 0, isPacked <= 1 else {
            text = nil
            return
        }
        let octets =
            isPacked == 1 ? inflate(Array(rest[2]), upTo: BadgeFile.longest) : Array(rest[2])
        text = octets.flatMap {
            $0.count <= BadgeFile.longest ? String(validating: $0, as: UTF8.self) : nil
        }
    }

    /// Uncompressed, as the specification of badges asks; without languages.
    static func chunk(_ keyword: StaticString, _ text: String) -> [UInt8] {
        PNGChunks.chunk("iTXt", Array("\(keyword)".utf8) + [0, 0, 0, 0, 0] + Array(text.utf8))
    }
}
