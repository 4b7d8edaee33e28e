/// A 名札 as it is printed, 91 × 55 mm: what stands where. Its words come from whoever makes one.
public struct Nametag: Sendable, Equatable {
    /// Of the band at the top; white letters are read on either.
    public enum Band: String, Sendable {
        case blue = "#0017c1"
        case green = "#115a36"
    }

    public var band = Band.blue
    /// In the band.
    public var kind = ""
    public var kana = ""
    public var name = ""
    /// Empty for none.
    public var organization = ""
    public var year = ""
    public var number = ""
    /// What the QR code leads to; nil for none.
    public var link: String?
    /// SVG, at the left.
    public var picture: [UInt8] = []

    public init() {}

    static let (width, height) = (91.0, 55.0)

    /// In the order in which somebody reads it. `x` and `y` are millimetres of the page.
    func draw(on page: PDFPage, _ x: Double, _ y: Double) throws {
        func box(_ left: Double, _ top: Double, _ width: Double, _ height: Double) -> Box {
            .millimetres(x + left, y + top, width, height)
        }
        try page.draw(svg: bandPicture, box(0, 0, Self.width, Self.height))
        try page.draw(svg: picture, box(3.5, 5, 27, 27))
        try page.tagged("Sect") {
            let title = TextBlock(runs: [.init(kind)], families: .gothic, size: 4.6, shade: 1)
            try page.tagged("P") {
                let place = box(33, 2.5, 54, 10.2)
                try page.show(.text(title, place, least: 2), in: place) {
                    try title.draw(on: page, place, least: 2)
                }
            }
            try line(kana, page, box(33, 14.2, 55, 4.4), size: 3.4, least: 2)
            try line(name, page, box(33, 18.4, 55, 11.4), size: 9, least: 4.4)
            try line(organization, page, box(4.5, 33, 58.5, 9.6), size: 3.4, least: 2.8)
            try line(year, page, box(4.5, 43.2, 58.5, 4.4), size: 3.4)
            try line(number, page, box(4.5, 47.8, 58.5, 4.4), size: 3.2)
        }
        guard let link, let symbol = QRSymbol(link) else { return }
        page.draw(symbol, box(65.5, 30.5, 22, 22))
    }

    /// In one line down to the size `least`, then in more; smaller still rather than cut.
    private func line(
        _ text: String, _ page: PDFPage, _ box: Box, size: Double, least: Double? = nil
    ) throws {
        guard !text.isEmpty else { return }
        try page.tagged("P") {
            try TextBlock(runs: [.init(text)], families: .gothic, size: size)
                .draw(on: page, box, least: least)
        }
    }

    private var bandPicture: [UInt8] {
        Array(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 91 55">\
            <path fill="\(band.rawValue)" d="M2.5 13.5v-9a2 2 0 0 1 2-2h82a2 2 0 0 1 2 2v9z"/>\
            <path fill="#ffd43d" d="M2.5 12.7h86v.8h-86z"/></svg>
            """.utf8)
    }
}

/// Ten 名札 on one page of A4, as sheets of ten business cards are cut: two columns, five rows.
public struct NametagSheet: Sendable, Equatable {
    public static let places = 10

    private let tags: [Nametag]

    /// The first ten of them; row by row. A page that has fewer keeps its other places empty.
    public init(_ tags: some Sequence<Nametag>) { self.tags = Array(tags.prefix(Self.places)) }

    private static let (left, top) = (14.0, 11.0)

    func draw(on page: PDFPage) throws {
        try page.draw(svg: Self.marks, .millimetres(0, 0, 210, 297))
        try page.tagged("Document") {
            for (index, tag) in tags.enumerated() {
                try tag.draw(
                    on: page, Self.left + Nametag.width * Double(index % 2),
                    Self.top + Nametag.height * Double(index / 2))
            }
        }
    }

    /// トンボ: where to cut, in the margins for a machine, and as small crosses for scissors.
    private static let marks: [UInt8] = {
        let columns = (0...2).map { left + Nametag.width * Double($0) }
        let rows = (0...5).map { top + Nametag.height * Double($0) }
        let (right, bottom) = (columns[2], rows[5])
        var path = ""
        for x in columns { path += "M\(x) \(top - 7)v5M\(x) \(bottom + 2)v5" }
        for y in rows { path += "M\(left - 7) \(y)h5M\(right + 2) \(y)h5" }
        for x in columns {
            for y in rows { path += "M\(x - 1) \(y)h2M\(x) \(y - 1)v2" }
        }
        return Array(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297">\
            <path fill="none" stroke="#767676" stroke-width=".15" d="\(path)"/></svg>
            """.utf8)
    }()
}
