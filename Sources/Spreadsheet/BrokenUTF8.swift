/// UTF-8 in which something is spoilt. Strict decoding has refused it; CP932 would take some of it
/// for text that nobody wrote.
enum BrokenUTF8 {
    /// Japanese in CP932 is hardly ever eight characters of three octets, one after the other,
    /// before the first octet that UTF-8 does not allow there.
    static func isLikely(_ bytes: ArraySlice<UInt8>) -> Bool {
        var (characters, place) = (0, bytes.startIndex)
        while place < bytes.endIndex, characters < 8 {
            let length = length(in: bytes, at: place)
            guard length > 0 else { return false }
            if length == 3 { characters += 1 }
            place += length
        }
        return characters == 8
    }

    /// Where the first spoilt character is. Excel writes ・ (81 45) or ? for what it could not read.
    static func fault(of bytes: ArraySlice<UInt8>) -> CSVFault {
        var row = 1
        var place = bytes.startIndex
        while place < bytes.endIndex {
            if bytes[place] == 0x0A { row += 1 }
            let length = length(in: bytes, at: place)
            guard length > 0 else { break }
            place += length
        }
        let around = bytes[place...].prefix(4)
        let isSaved = zip(around, around.dropFirst()).contains { $0 == (0x81, 0x45) }
        return isSaved ? .savedGarbled : .brokenCharacter(row: row)
    }

    /// Octets of the character that begins there; 0 where none does.
    private static func length(in bytes: ArraySlice<UInt8>, at place: Int) -> Int {
        let length =
            switch bytes[place] {
            case 0..<0x80: 1
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard length > 1 else { return length }
        let rest = bytes[place...].dropFirst().prefix(length - 1)
        return rest.count == length - 1 && rest.allSatisfy { $0 & 0xC0 == 0x80 } ? length : 0
    }
}
