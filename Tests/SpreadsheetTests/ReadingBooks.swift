import BookSamples

@testable import Spreadsheet

extension ByteBuiltBook {
    static let limits = BookLimits(rows: 1_000, cells: 20_000, text: 1 << 20, inflated: 8 << 20)

    /// As a file in which all is packed.
    var packed: [UInt8] {
        get throws {
            var zip = ZipWriter()
            for part in parts { zip.add(part.name, part.text) }
            try zip.finish()
            return zip.drain()
        }
    }

    func table(_ limits: BookLimits = limits) throws -> SheetTable {
        let book = try Book(bytes, limits: limits)
        return try book.table(of: book.sheets[0])
    }

    /// What is read by expat alone.
    var slowTable: SheetTable {
        get throws {
            let manner = ReadingManner(isByExpatOnly: true)
            let book = try Book(bytes, limits: Self.limits, by: manner)
            return try book.table(of: book.sheets[0])
        }
    }

    /// The texts of the first row.
    static func cells(
        _ cells: String, shared: String = "", styles: String = "", properties: String = "",
        isStrict: Bool = false
    ) throws -> [String] {
        try ByteBuiltBook(
            "<row r=\"1\">\(cells)</row>", shared: shared, styles: styles, properties: properties,
            isStrict: isStrict
        ).table().records.first?.cells ?? []
    }
}
