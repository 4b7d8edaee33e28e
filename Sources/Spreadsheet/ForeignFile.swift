/// What a file is that holds no plain text, whatever it is called: by its first octets, and a ZIP
/// file by the names of what is in it.
public enum ForeignFile: String, CaseIterable, Sendable {
    /// A book as `Book` reads it; of the others, one in octets of its own (.xlsb), one of before
    /// 2007 (.xls), one that a password keeps.
    case workbook, binaryWorkbook, oldWorkbook, protectedWorkbook
    case numbers, openDocument, otherOffice, zip
    case pdf, png, jpeg, gif, heic, richText, webPage, archive

    /// Nil for what may be text.
    public static func of(_ bytes: [UInt8]) -> ForeignFile? {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return ofZip(bytes) }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return ofCompound(bytes) }
        for (start, kind) in starts where bytes.starts(with: start) { return kind }
        let brand = bytes.dropFirst(4).prefix(8)
        if brand.starts(with: "ftyphei".utf8) || brand.starts(with: "ftypmif1".utf8) {
            return .heic
        }
        return isWebPage(bytes) ? .webPage : nil
    }

    private static let starts: [([UInt8], ForeignFile)] = [
        ([0x50, 0x4B, 0x05, 0x06], .zip), (Array("%PDF".utf8), .pdf),
        ([0x89, 0x50, 0x4E, 0x47], .png), ([0xFF, 0xD8, 0xFF], .jpeg),
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
        let names = ZipDirectory(bytes).names.map { $0.lowercased() }
        if names.isEmpty { return isCutBook(bytes) ? .workbook : .zip }
        func has(_ start: String) -> Bool { names.contains { $0.hasPrefix(start) } }
        if has("xl/workbook.bin") { return .binaryWorkbook }
        if has("xl/") { return .workbook }
        if has("index/") || has("index.zip") { return .numbers }
        if names.contains("mimetype"), has("content.xml") { return .openDocument }
        return has("[content_types].xml") ? .otherOffice : .zip
    }

    /// Whether a ZIP file without its end, as an upload that broke off, begins as books do; `Book`
    /// says of it that it is damaged.
    private static func isCutBook(_ bytes: [UInt8]) -> Bool {
        ["[Content_Types].xml", "_rels/", "docProps/", "xl/"].contains {
            bytes.dropFirst(30).starts(with: $0.utf8)
        }
    }

    /// A file of files as Office made them before 2007 ([MS-CFB]), by the names in its directory:
    /// they begin where 128 divides the place.
    private static func ofCompound(_ bytes: [UInt8]) -> ForeignFile {
        func has(_ name: String) -> Bool {
            let octets: [UInt8] = name.utf8.flatMap { [$0, 0] } + [0, 0]
            return stride(from: 512, to: bytes.count, by: 128).contains {
                bytes[$0] == octets[0] && bytes[$0...].starts(with: octets)
            }
        }
        if has("EncryptedPackage") { return .protectedWorkbook }
        return has("WordDocument") || has("PowerPoint Document") ? .otherOffice : .oldWorkbook
    }
}
