internal import CExpat
internal import Glibc

/// Reads a part of a book by expat as its octets come, in flat memory. Who inherits from it hears
/// of the elements of SpreadsheetML and of packages, whatever their prefixes, in the namespaces of
/// the first and of the strict standard (ECMA-376, ISO/IEC 29500); of all others nothing.
class PartReader {
    private let parser: XML_Parser
    private var fault: BookFault?
    /// Whether enough was read.
    private(set) var isDone = false
    /// Octets since the last that something was made of.
    private var quiet = 0

    /// A mark that begins and never ends is looked at again with each piece; nothing honest is so
    /// long.
    private static let quietLimit = 1 << 20

    /// What ends a unit of the part that may be read without expat; nil where there is none.
    private let unit: StaticString?
    private var window = PartWindow()
    /// Whether expat knows everything up to here, where units stand one behind the other.
    private var isBetweenUnits = false
    /// Octets that expat was given, and where the last unit ended among them.
    private var given = 0
    private var unitEnd = -1
    private var scope = PlainScope()

    init(unit: StaticString? = nil) {
        guard let parser = XML_ParserCreateNS(nil, 0x7C) else {
            preconditionFailure("no memory for a parser")
        }
        self.parser = parser
        self.unit = unit
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { PartReader.at($0)?.heardBegin($1, $2) }, { PartReader.at($0)?.heardEnd($1) })
        XML_SetCharacterDataHandler(parser) { PartReader.at($0)?.heardText($1, $2) }
        XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
            PartReader.at(context)?.stop(.documentType)
        }
        if unit == nil { return }
        XML_SetXmlDeclHandler(parser) { context, _, encoding, _ in
            PartReader.at(context)?.scope.declare(encoding: encoding)
        }
        XML_SetStartNamespaceDeclHandler(parser) { PartReader.at($0)?.scope.declare($1, $2) }
    }

    deinit { XML_ParserFree(parser) }

    func begin(_ name: XMLName, _ attributes: XMLAttributes) {}
    func end(_ name: XMLName) {}
    func text(_ octets: UnsafeBufferPointer<UInt8>) {}

    /// Reads units without expat; gives how many octets those were. The octets end with one.
    func readUnits(_ octets: UnsafeBufferPointer<UInt8>) -> Int { 0 }

    /// To be said where expat has read a unit that stands in no other and in no text.
    final func unitEnded() {
        unitEnd = XML_GetCurrentByteIndex(parser) + Int(XML_GetCurrentByteCount(parser))
    }

    /// Whether units may say how far lines stand apart (`x14ac:dyDescent`).
    final var declaresSpacing: Bool { scope.declaresSpacing }

    /// Nothing more is heard; with a fault, reading ends with it.
    final func stop(_ fault: BookFault? = nil) {
        self.fault = self.fault ?? fault
        isDone = true
        XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    /// Reads a file of the archive to its end, or until enough was read.
    final func read(
        _ name: String, of archive: ZipArchive, within budget: InflationBudget,
        by manner: ReadingManner = .quick
    ) throws(BookFault) {
        let unit = manner.isByExpatOnly ? nil : unit
        try archive.read(name, within: budget, pieces: manner.pieces) { octets throws(BookFault) in
            if let unit { try take(octets, of: unit) } else { try take(octets) }
            return !isDone
        }
        if !isDone { try take(window.octets(0..<window.count)) }
        if !isDone { try check(XML_Parse(parser, nil, 0, 1)) }
    }

    /// Units that are plain are read by whoever knows them, all else by expat: in turn, so that
    /// each goes on where the other has stopped.
    private func take(
        _ octets: UnsafeBufferPointer<UInt8>, of unit: StaticString
    ) throws(BookFault) {
        window.append(octets)
        var place = 0
        let last = window.end(ofLast: unit, from: 0) ?? 0
        while place < last {
            if isBetweenUnits {
                place += readUnits(window.octets(place..<last))
                try check(XML_STATUS_OK)
                if isDone { return }
            }
            guard place < last, let end = window.end(ofFirst: unit, from: place) else { break }
            try take(window.octets(place..<end))
            if isDone { return }
            place = end
            // What looks like the end of a unit may stand in a comment behind one.
            isBetweenUnits = unitEnd == given && scope.isPlain
        }
        // What is longer than a piece, expat keeps better.
        if !isBetweenUnits || window.count - place > Inflater.room {
            isBetweenUnits = false
            try take(window.octets(place..<window.count))
            place = window.count
        }
        window.drop(before: place)
    }

    private func take(_ octets: UnsafeBufferPointer<UInt8>) throws(BookFault) {
        quiet += octets.count
        given += octets.count
        let status = octets.withMemoryRebound(to: CChar.self) {
            XML_Parse(parser, $0.baseAddress, Int32($0.count), 0)
        }
        try check(status)
        guard quiet <= Self.quietLimit else { throw .damaged }
    }

    private func check(_ status: XML_Status) throws(BookFault) {
        if let fault { throw fault }
        guard isDone || status == XML_STATUS_OK else { throw .damaged }
    }

    // MARK: what expat calls

    private static func at(_ context: UnsafeMutableRawPointer?) -> PartReader? {
        guard let context else { return nil }
        let reader = Unmanaged<PartReader>.fromOpaque(context).takeUnretainedValue()
        reader.quiet = 0
        return reader.isDone ? nil : reader
    }

    private func heardBegin(
        _ name: UnsafePointer<XML_Char>?, _ pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
    ) {
        scope.depth += 1
        guard let name = XMLName(name), let pairs else { return }
        begin(name, XMLAttributes(pairs))
    }

    private func heardEnd(_ name: UnsafePointer<XML_Char>?) {
        scope.depth -= 1
        if let name = XMLName(name) { end(name) }
    }

    private func heardText(_ start: UnsafePointer<XML_Char>?, _ count: Int32) {
        let octets = UnsafeRawBufferPointer(start: start, count: Int(count))
        octets.withMemoryRebound(to: UInt8.self) { text($0) }
    }
}

/// How a book is read: tests compare.
struct ReadingManner {
    /// Octets that are handed on at a time.
    var pieces = Inflater.room
    var isByExpatOnly = false

    static let quick = ReadingManner()
}

/// Whether names without a prefix are what they look like.
private struct PlainScope {
    var depth = 0
    private var isUTF8 = true
    private var isOfSpreadsheets = false
    private(set) var declaresSpacing = false

    var isPlain: Bool { isUTF8 && isOfSpreadsheets }

    mutating func declare(encoding: UnsafePointer<CChar>?) {
        isUTF8 = encoding.map { strcasecmp($0, "UTF-8") == 0 } ?? true
    }

    /// At the root; whoever declares another namespace further down is not read quickly.
    mutating func declare(_ prefix: UnsafePointer<CChar>?, _ namespace: UnsafePointer<CChar>?) {
        guard let prefix else {
            isOfSpreadsheets = depth == 0 && XMLName.isOfSpreadsheets(namespace)
            if depth > 0 { isUTF8 = false }
            return
        }
        if depth == 0, strcmp(prefix, "x14ac") == 0 { declaresSpacing = true }
    }
}

/// The name of an element without its namespace, while expat holds it.
struct XMLName {
    private let start: UnsafePointer<CChar>
    private let count: Int

    private static let namespaces: [StaticString] = [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    ]

    /// Nil outside of the namespaces.
    fileprivate init?(_ full: UnsafePointer<CChar>?) {
        guard let full else { return nil }
        for namespace in Self.namespaces {
            let length = namespace.utf8CodeUnitCount
            guard strncmp(full, namespace.utf8Start.asCharacters, length) == 0,
                full[length] == 0x7C
            else { continue }
            start = full + length + 1
            count = strlen(start)
            return
        }
        return nil
    }

    static func isOfSpreadsheets(_ namespace: UnsafePointer<CChar>?) -> Bool {
        guard let namespace else { return false }
        return namespaces.prefix(2).contains { strcmp(namespace, $0.utf8Start.asCharacters) == 0 }
    }

    static func ~= (text: StaticString, name: XMLName) -> Bool {
        name.count == text.utf8CodeUnitCount && memcmp(name.start, text.utf8Start, name.count) == 0
    }
}

extension UnsafePointer<UInt8> {
    fileprivate var asCharacters: UnsafePointer<CChar> {
        UnsafeRawPointer(self).assumingMemoryBound(to: CChar.self)
    }
}

/// The attributes of an element, while expat holds them.
struct XMLAttributes {
    private let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>

    fileprivate init(_ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>) { self.pairs = pairs }

    /// By its name, in whatever namespace.
    subscript(name: StaticString) -> String? { value(name).map { String(cString: $0) } }

    func number(_ name: StaticString) -> Int? {
        value(name).flatMap { Self.number($0) }
    }

    private static func number(_ text: UnsafePointer<CChar>) -> Int? {
        var (place, number) = (text, 0)
        while place.pointee != 0 {
            guard (0x30...0x39).contains(place.pointee), number < 1 << 40 else { return nil }
            number = number * 10 + Int(place.pointee - 0x30)
            place += 1
        }
        return place == text ? nil : number
    }

    func isTrue(_ name: StaticString) -> Bool {
        guard let text = value(name) else { return false }
        return strcmp(text, "1") == 0 || strcmp(text, "true") == 0
    }

    /// What a cell says of itself (`r`, `t`, `s`), in one pass: there are millions.
    var ofCell: (place: UnsafePointer<CChar>?, kind: UnsafePointer<CChar>?, style: Int) {
        var found: (UnsafePointer<CChar>?, UnsafePointer<CChar>?, Int) = (nil, nil, 0)
        var place = pairs
        while let key = place.pointee {
            if key[1] == 0, let value = place[1] {
                switch key[0] {
                case 0x72: found.0 = value
                case 0x74: found.1 = value
                case 0x73: found.2 = Self.number(value) ?? 0
                default: break
                }
            }
            place += 2
        }
        return found
    }

    func value(_ name: StaticString) -> UnsafePointer<CChar>? {
        var place = pairs
        while let key = place.pointee {
            let local = strrchr(key, 0x7C).map { UnsafePointer($0) + 1 } ?? key
            if strlen(local) == name.utf8CodeUnitCount,
                memcmp(local, name.utf8Start, name.utf8CodeUnitCount) == 0
            {
                return place[1]
            }
            place += 2
        }
        return nil
    }
}
