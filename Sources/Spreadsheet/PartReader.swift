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

    init() {
        guard let parser = XML_ParserCreateNS(nil, 0x7C) else {
            preconditionFailure("no memory for a parser")
        }
        self.parser = parser
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { PartReader.at($0)?.heardBegin($1, $2) }, { PartReader.at($0)?.heardEnd($1) })
        XML_SetCharacterDataHandler(parser) { PartReader.at($0)?.heardText($1, $2) }
        XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
            PartReader.at(context)?.stop(.documentType)
        }
    }

    deinit { XML_ParserFree(parser) }

    func begin(_ name: XMLName, _ attributes: XMLAttributes) {}
    func end(_ name: XMLName) {}
    func text(_ octets: UnsafeBufferPointer<UInt8>) {}

    /// Nothing more is heard; with a fault, reading ends with it.
    func stop(_ fault: BookFault? = nil) {
        self.fault = self.fault ?? fault
        isDone = true
        XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    /// Reads a file of the archive to its end, or until enough was read.
    func read(
        _ name: String, of archive: ZipArchive, within budget: InflationBudget
    ) throws(BookFault) {
        try archive.read(name, within: budget) { octets throws(BookFault) in try take(octets) }
        if !isDone { try check(XML_Parse(parser, nil, 0, 1)) }
    }

    private func take(_ octets: UnsafeBufferPointer<UInt8>) throws(BookFault) -> Bool {
        quiet += octets.count
        let status = octets.withMemoryRebound(to: CChar.self) {
            XML_Parse(parser, $0.baseAddress, Int32($0.count), 0)
        }
        try check(status)
        guard quiet <= Self.quietLimit else { throw .damaged }
        return !isDone
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
        guard let name = XMLName(name), let pairs else { return }
        begin(name, XMLAttributes(pairs))
    }

    private func heardEnd(_ name: UnsafePointer<XML_Char>?) {
        if let name = XMLName(name) { end(name) }
    }

    private func heardText(_ start: UnsafePointer<XML_Char>?, _ count: Int32) {
        let octets = UnsafeRawBufferPointer(start: start, count: Int(count))
        octets.withMemoryRebound(to: UInt8.self) { text($0) }
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
