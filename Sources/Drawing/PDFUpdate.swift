/// An incremental update of a PDF (ISO 32000-1, 7.5.6): the catalogue is written once more, behind
/// the file, with what cairo 1.16 cannot say.
enum PDFUpdate {
    /// The file with its language in the catalogue (14.9.2), and with its title, not its file's
    /// name, in the window of whoever reads it (12.2). Nil where it is not built as cairo builds.
    /// `file` may be only the end of one, with its catalogue: `before` octets of it were written
    /// already.
    static func adding(
        language: String, to file: [UInt8], behind before: Int = 0
    ) -> [UInt8]? {
        guard let trailer = PDFTail(file), let catalogue = trailer.catalogue(in: file) else {
            return nil
        }
        var whole = file
        if whole.last != UInt8(ascii: "\n") { whole.append(UInt8(ascii: "\n")) }
        let place = before + whole.count
        let said = "/Lang (\(language)) /ViewerPreferences << /DisplayDocTitle true >>"
        whole += Array("\(trailer.root) 0 obj\n<< \(said)\n".utf8) + catalogue
        whole += Array("\nendobj\n".utf8)
        let table = before + whole.count
        let digits = String(place)
        let offset = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
        whole += Array(
            """
            xref
            0 1
            0000000000 65535 f\u{20}
            \(trailer.root) 1
            \(offset) 00000 n\u{20}
            trailer
            << /Size \(trailer.size) /Root \(trailer.root) 0 R /Info \(trailer.info) 0 R \
            /Prev \(trailer.table) >>
            startxref
            \(table)
            %%EOF

            """.utf8)
        return whole
    }
}

/// What stands at the end of a PDF.
private struct PDFTail {
    let size: Int
    let root: Int
    let info: Int
    /// Where the table of objects begins.
    let table: Int

    init?(_ file: [UInt8]) {
        guard let start = file.lastPlace(of: "trailer") else { return nil }
        let tail = file[start...]
        guard let size = tail.number(after: "/Size "), let root = tail.number(after: "/Root "),
            let info = tail.number(after: "/Info "), let table = tail.number(after: "startxref\n")
        else { return nil }
        (self.size, self.root, self.info, self.table) = (size, root, info, table)
    }

    /// What stands in the catalogue, with the brackets at its end.
    func catalogue(in file: [UInt8]) -> ArraySlice<UInt8>? {
        guard let start = file.lastPlace(of: "\n\(root) 0 obj\n<<") else { return nil }
        let inside = file[(start + "\n\(root) 0 obj\n<<".utf8.count)...]
        guard let end = inside.firstPlace(of: "\nendobj") else { return nil }
        return inside[..<end]
    }
}

extension RandomAccessCollection where Element == UInt8, Index == Int {
    fileprivate func firstPlace(of text: String) -> Int? {
        let wanted = Array(text.utf8)
        return indices.first { self[$0...].starts(with: wanted) }
    }

    fileprivate func lastPlace(of text: String) -> Int? {
        let wanted = Array(text.utf8)
        return indices.last { self[$0] == wanted[0] && self[$0...].starts(with: wanted) }
    }

    fileprivate func number(after text: String) -> Int? {
        guard let place = firstPlace(of: text) else { return nil }
        let digits = self[(place + text.utf8.count)...].prefix { (48...57).contains($0) }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
