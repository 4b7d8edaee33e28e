// Compiled into one module with Sources/Spreadsheet by ops/fuzz.

/// The same reading, told as plainly as can be: the whole text first, then character by character.
private struct PlainReading {
    private var rest: Substring.UnicodeScalarView
    private let delimiter: Unicode.Scalar
    private(set) var rows: [[String]] = []

    init(_ text: String, _ delimiter: Unicode.Scalar) {
        rest = Substring(text).unicodeScalars
        self.delimiter = delimiter
    }

    /// Whether every quotation mark was closed.
    mutating func read() -> Bool {
        while !rest.isEmpty {
            var cells: [String] = []
            repeat {
                guard let cell = cell() else { return false }
                cells.append(cell)
            } while take(delimiter)
            if !take("\r") { _ = take("\n") } else { _ = take("\n") }
            rows.append(cells)
        }
        return true
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func cell() -> String? {
        guard take("\"") else { return plain() }
        var text = ""
        while let next = rest.popFirst() {
            if next != "\"" { text.unicodeScalars.append(next) } else if take("\"") {
                text += "\""
            } else { return text + plain() }
        }
        return nil
    }

    private mutating func plain() -> String {
        let run = rest.prefix { $0 != delimiter && $0 != "\r" && $0 != "\n" }
        rest = rest[run.endIndex...]
        return String(run)
    }
}

/// Whatever the octets are, they are refused or read as the plain reading reads them; what was read is
/// written and read again as the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let octets = Array(UnsafeBufferPointer(start: start, count: count))
    let limits = CSVLimits(rows: 4096, bytes: 1 << 20)
    do throws(CSVFault) {
        let file = try CSVFile.read(octets, limits: limits)
        let text = String(decoding: utf8(octets, file.format), as: UTF8.self)
        let delimiter = Unicode.Scalar(file.format.delimiter.byte)
        var plain = PlainReading(text, delimiter)
        precondition(plain.read(), "a quotation mark that is open was read")
        precondition(plain.rows == file.records.map(\.cells), "read otherwise")
        var format = CSVFormat.template
        format.delimiter = file.format.delimiter
        let again = CSVWriter.write(file.records.map(\.cells), as: format)
        let back = try CSVFile.read(again, limits: CSVLimits(rows: 4096, bytes: 8 << 20))
        // Of few cells another delimiter may look likelier once they are written otherwise.
        let isSameKind = back.format.delimiter == format.delimiter
        precondition(!isSameKind || back.records == file.records, "written otherwise")
    } catch {
        precondition(!octets.isEmpty || error == .empty, "another fault of nothing")
    }
    return 0
}

/// The text of the file by the C library, without its mark.
private func utf8(_ octets: [UInt8], _ format: CSVFormat) -> [UInt8] {
    let names: [TextEncoding: String] = [
        .utf16LE: "UTF-16LE", .utf16BE: "UTF-16BE", .cp932: "CP932",
    ]
    let marks = format.hasByteOrderMark ? (format.encoding == .utf8 ? 3 : 2) : 0
    let body = octets[marks...]
    guard let name = names[format.encoding] else { return Array(body) }
    return TextDecoding.iconv(body, from: name, to: "UTF-8").bytes
}
