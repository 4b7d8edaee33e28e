/// What a file is that holds no plain text, whatever it is called: by its first octets, and a ZIP
/// file by the names of what is in it.
public enum ForeignFile: String, CaseIterable, Sendable {
    case workbook, oldWorkbook, numbers, openDocument, otherOffice, zip
    case pdf, png, jpeg, gif, heic, richText, webPage, archive

    /// Nil for what may be text.
    static func of(_ bytes: [UInt8]) -> ForeignFile? {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return ofZip(bytes) }
        for (start, kind) in starts where bytes.starts(with: start) { return kind }
        let brand = bytes.dropFirst(4).prefix(8)
        if brand.starts(with: "ftyphei".utf8) || brand.starts(with: "ftypmif1".utf8) {
            return .heic
        }
        return isWebPage(bytes) ? .webPage : nil
    }

    private static let starts: [([UInt8], ForeignFile)] = [
        ([0x50, 0x4B, 0x05, 0x06], .zip), ([0xD0, 0xCF, 0x11, 0xE0], .oldWorkbook),
        (Array("%PDF".utf8), .pdf), ([0x89, 0x50, 0x4E, 0x47], .png), ([0xFF, 0xD8, 0xFF], .jpeg),
        (Array("GIF8".utf8), .gif), (Array("{\\rtf".utf8), .richText), ([0x1F, 0x8B], .archive),
        ([0x37, 0x7A, 0xBC, 0xAF], .archive), (Array("Rar!".utf8), .archive),
    ]

    /// What some systems save under the name of a spreadsheet.
    private static func isWebPage(_ bytes: [UInt8]) -> Bool {
        let head = String(decoding: bytes.prefix(64), as: UTF8.self).lowercased()
            .drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        return ["<html", "<!doctype", "<table", "<?xml"].contains { head.hasPrefix($0) }
    }

    private static func ofZip(_ bytes: [UInt8]) -> ForeignFile {
        let names = ZipNames.of(bytes)
        func has(_ start: String) -> Bool { names.contains { $0.hasPrefix(start) } }
        if has("xl/") { return .workbook }
        if has("Index/") || has("Index.zip") { return .numbers }
        if names.contains("mimetype"), has("content.xml") { return .openDocument }
        return has("[Content_Types].xml") ? .otherOffice : .zip
    }
}

/// The names of what is in a ZIP file, from its central directory (APPNOTE 4.3.12), nothing
/// unpacked.
private enum ZipNames {
    static func of(_ bytes: [UInt8]) -> [String] {
        guard let end = end(of: bytes) else { return [] }
        var names: [String] = []
        var place = number(bytes, end + 16, 4)
        while names.count < 1_000, place + 46 <= bytes.count,
            bytes[place..<place + 4].elementsEqual([0x50, 0x4B, 0x01, 0x02])
        {
            let name = number(bytes, place + 28, 2)
            guard place + 46 + name <= bytes.count else { break }
            names.append(String(decoding: bytes[place + 46..<place + 46 + name], as: UTF8.self))
            place += 46 + name + number(bytes, place + 30, 2) + number(bytes, place + 32, 2)
        }
        return names
    }

    /// Where the record at the end begins; a remark of up to 64 KiB may follow it.
    private static func end(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        let first = max(0, bytes.count - 22 - 0xFFFF)
        return (first...bytes.count - 22).reversed().first {
            bytes[$0..<$0 + 4].elementsEqual([0x50, 0x4B, 0x05, 0x06])
        }
    }

    private static func number(_ bytes: [UInt8], _ place: Int, _ width: Int) -> Int {
        (0..<width).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
}
