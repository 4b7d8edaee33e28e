/// XML as spreadsheets write it: elements by the names that are expected, attributes in quotation
/// marks, texts of UTF-8 with the five entities. Whatever else there may be, nothing is said of it
/// but that it is not plain: expat decides then. What is called plain, expat reads as the same.
struct PlainXML {
    /// Octets that may be read behind those that are to be read, whatever they are.
    static let margin = 64

    private(set) var place: UnsafePointer<UInt8>
    private let kinds: UnsafePointer<UInt8>

    /// The octets must end with a mark.
    init(_ start: UnsafePointer<UInt8>, _ kinds: borrowing OctetKinds) {
        place = start
        self.kinds = UnsafePointer(kinds.table)
    }

    /// A text as it stands there.
    struct Text {
        let octets: UnsafeBufferPointer<UInt8>
        let hasEntities: Bool
    }

    struct Attribute {
        let name, value: UnsafeBufferPointer<UInt8>
    }

    var octet: UInt8 {
        @inline(__always) get { place.pointee }
    }

    @inline(__always)
    func isAt(_ literal: StaticString) -> Bool {
        let expected = literal.utf8Start
        for index in 0..<literal.utf8CodeUnitCount where place[index] != expected[index] {
            return false
        }
        return true
    }

    @inline(__always)
    mutating func take(_ literal: StaticString) -> Bool {
        guard isAt(literal) else { return false }
        place += literal.utf8CodeUnitCount
        return true
    }

    @inline(__always)
    mutating func advance(_ octets: Int = 1) { place += octets }

    @inline(__always)
    mutating func skipSpace() {
        while octet == 0x20 || octet == 0x0A || octet == 0x0D || octet == 0x09 { place += 1 }
    }

    /// Up to the next mark; nil where that is not plain.
    @inline(__always)
    mutating func text() -> Text? {
        let start = place
        var hasEntities = false
        while true {
            switch kinds[Int(octet)] {
            case OctetKinds.plain: place += 1
            case OctetKinds.mark:
                return Text(
                    octets: UnsafeBufferPointer(start: start, count: place - start),
                    hasEntities: hasEntities)
            case OctetKinds.entity:
                hasEntities = true
                guard let entity = Entity(place) else { return nil }
                place += entity.length
            case OctetKinds.lead:
                let length = Self.lengthOfCharacter(place)
                guard length > 0 else { return nil }
                place += length
            default: return nil
            }
        }
    }

    /// A space, a name and its value; nil where that is not plain.
    mutating func attribute() -> Attribute? {
        guard octet == 0x20 else { return nil }
        let name = place + 1
        place = name
        while (0x61...0x7A).contains(octet | 0x20) || octet == 0x3A || (0x30...0x39).contains(octet)
        {
            place += 1
        }
        let length = place - name
        guard take("=\""), length > 0 else { return nil }
        let value = place
        while kinds[Int(octet)] == OctetKinds.plain, octet != 0x22, octet >= 0x20 { place += 1 }
        guard octet == 0x22 else { return nil }
        place += 1
        return Attribute(
            name: UnsafeBufferPointer(start: name, count: length),
            value: UnsafeBufferPointer(start: value, count: place - 1 - value))
    }

    /// Digits up to a quotation mark, which is taken, too.
    @inline(__always)
    mutating func quotedNumber() -> Int? {
        let start = place
        var number = 0
        while (0x30...0x39).contains(octet) {
            number = number &* 10 &+ Int(octet &- 0x30)
            place += 1
        }
        guard octet == 0x22, place > start, place - start <= 9 else { return nil }
        place += 1
        return number
    }

    /// Of UTF-8 as RFC 3629 has it, without what XML 1.0 does not hold; 0 where it is none.
    private static func lengthOfCharacter(_ start: UnsafePointer<UInt8>) -> Int {
        func follows(_ index: Int) -> Bool { start[index] & 0xC0 == 0x80 }
        switch (start[0], start[1]) {
        case (0xC2...0xDF, 0x80...0xBF): return 2
        case (0xE0, 0xA0...0xBF), (0xE1...0xEC, 0x80...0xBF), (0xED, 0x80...0x9F),
            (0xEE, 0x80...0xBF), (0xEF, 0x80...0xBE):
            return follows(2) ? 3 : 0
        case (0xEF, 0xBF): return follows(2) && start[2] < 0xBE ? 3 : 0
        case (0xF0, 0x90...0xBF), (0xF1...0xF3, 0x80...0xBF), (0xF4, 0x80...0x8F):
            return follows(2) && follows(3) ? 4 : 0
        default: return 0
        }
    }
}

/// One of the five entities that XML has by itself.
struct Entity {
    let character: UInt8
    let length: Int

    /// Nil for any other, and for a number of a character.
    init?(_ start: UnsafePointer<UInt8>) {
        func isAt(_ literal: StaticString) -> Bool {
            (0..<literal.utf8CodeUnitCount).allSatisfy { start[$0] == literal.utf8Start[$0] }
        }
        if isAt("&amp;") {
            (character, length) = (0x26, 5)
        } else if isAt("&lt;") {
            (character, length) = (0x3C, 4)
        } else if isAt("&gt;") {
            (character, length) = (0x3E, 4)
        } else if isAt("&quot;") {
            (character, length) = (0x22, 6)
        } else if isAt("&apos;") {
            (character, length) = (0x27, 6)
        } else {
            return nil
        }
    }
}

extension PlainXML.Text {
    /// Gives the octets with a character in place of each entity.
    func decoded(into room: inout [UInt8]) {
        room.removeAll(keepingCapacity: true)
        guard let start = octets.baseAddress else { return }
        var index = 0
        while index < octets.count {
            if octets[index] == 0x26, let entity = Entity(start + index) {
                room.append(entity.character)
                index += entity.length
            } else {
                room.append(octets[index])
                index += 1
            }
        }
    }
}

/// What an octet is in a plain text.
struct OctetKinds: ~Copyable {
    static let plain: UInt8 = 0
    static let mark: UInt8 = 1
    static let entity: UInt8 = 2
    /// The first of a character of several.
    static let lead: UInt8 = 3
    /// Controls; CR, which becomes LF; `>`, which may end what was not begun.
    static let other: UInt8 = 4

    let table: UnsafeMutablePointer<UInt8>

    init() {
        table = .allocate(capacity: 256)
        for octet in 0..<256 {
            table[octet] =
                switch octet {
                case 0x3C: Self.mark
                case 0x26: Self.entity
                case 0x3E: Self.other
                case 0x09, 0x0A, 0x20..<0x7F: Self.plain
                case 0xC2...0xF4: Self.lead
                default: Self.other
                }
        }
    }

    deinit { table.deallocate() }
}
