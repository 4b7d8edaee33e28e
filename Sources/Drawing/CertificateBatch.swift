/// Many certificates as one PDF, a page each; or their 名札, ten to a page.
public struct CertificateBatch: Sendable {
    /// What the file says of itself.
    public let title: String
    public let author: String
    /// ISO 8601.
    public let createdAt: String

    public init(title: String, author: String, createdAt: String) {
        self.title = title
        self.author = author
        self.createdAt = createdAt
    }

    /// Draws them in their order and hands the file over as it grows. What they share is drawn
    /// once, and is one object of the file. The lock is held a page at a time, so that whoever
    /// wants a single one need not wait. Off the loop. Throws `Picture.Fault` where one cannot be
    /// drawn, and whatever `write` throws; what was written by then is no file.
    public func draw(
        _ sheets: some Sequence<CertificateSheet>, to write: ([UInt8]) throws -> Void
    ) throws {
        try pages(sheets, to: write) { try $0.draw(on: $1) }
    }

    /// The same of sheets of 名札.
    public func draw(
        _ sheets: some Sequence<NametagSheet>, to write: ([UInt8]) throws -> Void
    ) throws {
        try pages(sheets, to: write) { try $0.draw(on: $1) }
    }

    private func pages<Sheets: Sequence>(
        _ sheets: Sheets, to write: ([UInt8]) throws -> Void,
        _ draw: (Sheets.Element, PDFPage) throws -> Void
    ) throws {
        let page = try DrawingLock.held {
            try PDFPage(
                PDFHead(title: title, author: author, createdAt: createdAt, language: "ja-JP"),
                ofMany: true)
        }
        // Whatever is left of a file that cannot be ended needs the fonts, too.
        defer { DrawingLock.held { page.close() } }
        for sheet in sheets {
            try DrawingLock.held {
                try draw(sheet, page)
                page.turn()
            }
            try write(page.takeWritten())
        }
        try write(DrawingLock.held { try page.finished() })
    }
}
