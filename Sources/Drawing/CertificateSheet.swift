/// A certificate of A4 as it is printed: what stands where. Its words come from whoever makes one.
public struct CertificateSheet: Sendable, Equatable {
    /// A day as the sheet says it: in one calendar, and smaller in another.
    public struct DayLine: Sendable, Equatable {
        public let text: String
        public let beside: String

        public init(_ text: String, beside: String) {
            self.text = text
            self.beside = beside
        }
    }

    /// What the file says of itself.
    public var title = ""
    /// ISO 8601; the file is the same octets whenever it is made.
    public var createdAt = ""
    public var heading = ""
    /// In the upper right corner.
    public var numbers: [String] = []
    /// In the upper left corner, in a frame; empty for none.
    public var mark = ""
    public var name = ""
    public var honorific = ""
    /// A line end in one begins a new line of it.
    public var paragraphs: [String] = []
    /// Below the paragraphs, small.
    public var note = ""
    public var termLabel = ""
    public var term: [DayLine] = []
    public var day = ""
    public var issuerTitle = ""
    public var issuerName = ""
    /// Where the seal goes; empty for none.
    public var sealPlace = ""
    /// What the QR code leads to; nil for none.
    public var link: String?
    /// Beside the QR code.
    public var linkWords: [String] = []
    /// SVG, above the heading.
    public var picture: [UInt8] = []

    public init() {}

    /// The sheet as PDF: one page, fonts embedded. Takes some milliseconds: off the loop. Throws
    /// `Picture.Fault` where it cannot be drawn.
    public func pdf() throws -> [UInt8] {
        try DrawingLock.held {
            let page = try PDFPage(
                PDFHead(title: title, author: issuer, createdAt: createdAt, language: "ja-JP"))
            try draw(on: page)
            page.turn()
            return try page.finished()
        }
    }

    func draw(on page: PDFPage) throws {
        try page.draw(svg: CertificateFrame.svg, .millimetres(9, 9, 192, 279))
        try page.tagged("Document") { try drawWords(on: page) }
    }

    private var issuer: String { "\(issuerTitle) \(issuerName)" }

    /// In the order in which somebody reads them.
    private func drawWords(on page: PDFPage) throws {
        try drawCorners(on: page)
        try page.draw(svg: picture, .millimetres(86, 33, 38, 38))
        try page.tagged("H1") {
            try set(
                TextBlock(runs: [.init(heading)], size: 21, side: .centre, spacing: 0.09), page,
                .millimetres(30, 76, 150, 26))
        }
        try paragraph(
            TextBlock(
                runs: [.init(name), .init(" \(honorific)", scale: 0.7)], size: 10.5,
                side: .centre),
            page, .millimetres(30, 108, 150, 19), least: 6, isOwn: true)
        try drawParagraphs(on: page)
        try drawTerm(on: page)
        try drawIssuer(on: page)
        try drawLink(on: page)
    }

    private func drawCorners(on page: PDFPage) throws {
        for (index, line) in numbers.enumerated() {
            try paragraph(
                TextBlock(runs: [.init(line)], size: index == 0 ? 4 : 3.4, side: .right), page,
                .millimetres(92, 24 + 5.5 * Double(index), 90, 6), isOwn: true)
        }
        guard !mark.isEmpty else { return }
        let box = Box.millimetres(28, 24, 56, 8)
        page.frame(box)
        try paragraph(TextBlock(runs: [.init(mark)], size: 3.8, side: .centre), page, box)
    }

    private func drawParagraphs(on page: PDFPage) throws {
        let height = 42 / Double(max(2, paragraphs.count))
        for (index, text) in paragraphs.enumerated() {
            try paragraph(
                TextBlock(runs: [.init(Self.lines(text))], size: 6.2, lineHeight: 1.75, indent: 1),
                page,
                .millimetres(36, 131 + height * Double(index), 140, height))
        }
        guard !note.isEmpty else { return }
        try paragraph(
            TextBlock(runs: [.init(note)], size: 3.3, side: .right, shade: 0.3), page,
            .millimetres(36, 173, 138, 6))
    }

    /// Lines of one paragraph, which is indented once.
    private static func lines(_ text: String) -> String {
        text.split(separator: "\n").joined(separator: "\u{2028}")
    }

    private func drawTerm(on page: PDFPage) throws {
        try paragraph(
            TextBlock(runs: [.init(termLabel)], size: 5.4), page, .millimetres(36, 182, 16, 9))
        for (index, line) in term.enumerated() {
            try paragraph(
                TextBlock(runs: [.init(line.text), .init(line.beside, scale: 0.78)], size: 5.4),
                page, .millimetres(55, 182 + 9 * Double(index), 120, 9))
        }
    }

    private func drawIssuer(on page: PDFPage) throws {
        try paragraph(
            TextBlock(runs: [.init(day)], size: 5.4), page, .millimetres(36, 206, 100, 10))
        try paragraph(
            TextBlock(
                runs: [.init("\(issuerTitle)　", scale: 0.76), .init(issuerName)], size: 7.4,
                spacing: 0.06),
            page, .millimetres(56, 220, 86, 14))
        guard !sealPlace.isEmpty else { return }
        let box = Box.millimetres(146, 213, 26, 26)
        page.frame(box, isDashed: true)
        try paragraph(
            TextBlock(runs: [.init(sealPlace)], size: 3.4, side: .centre, shade: 0.35), page, box)
    }

    private func drawLink(on page: PDFPage) throws {
        guard let link, let symbol = QRSymbol(link) else { return }
        for (index, line) in linkWords.enumerated() {
            try paragraph(
                TextBlock(runs: [.init(line)], families: .gothic, size: 3.3, side: .right), page,
                .millimetres(36, 251 + 6 * Double(index), 104, 6), least: 2)
        }
        page.draw(symbol, .millimetres(146, 245, 26, 26))
    }

    /// `isOwn` of what stands on this sheet alone.
    private func paragraph(
        _ block: TextBlock, _ page: PDFPage, _ box: Box, least: Double? = nil, isOwn: Bool = false
    ) throws {
        try page.tagged("P") {
            if isOwn { return try block.draw(on: page, box, least: least) }
            try set(block, page, box, least: least)
        }
    }

    private func set(
        _ block: TextBlock, _ page: PDFPage, _ box: Box, least: Double? = nil
    ) throws {
        try page.show(.text(block, box, least: least), in: box) {
            try block.draw(on: page, box, least: least)
        }
    }
}
