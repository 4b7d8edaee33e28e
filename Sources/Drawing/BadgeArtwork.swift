/// 記章: our own drawings of the two kinds, with the fiscal year filled in. The kinds differ by
/// their outline too, so that they are told apart without colour. All letters are outlines: the
/// same on every machine, whatever fonts it has.
public enum BadgeArtwork: Sendable {
    /// A hexagon: two people with a telephone.
    case promoter
    /// A speech bubble: somebody with a megaphone.
    case caller

    /// As SVG, 600 × 600, fit for `Picture.png` and for a page of a PDF. `year` is the fiscal
    /// year's number in 令和; `title` is said to whoever cannot see the drawing.
    public func svg(year: Int, title: String) -> [UInt8] {
        let drawing = String(decoding: source, as: UTF8.self)
        let title = title.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        return Array(
            drawing.replacing("{year}", with: Self.outlines(of: year))
                .replacing("{title}", with: title).utf8)
    }

    private var source: [UInt8] {
        switch self {
        case .promoter: PackageResources.badge_promoter_svg
        case .caller: PackageResources.badge_caller_svg
        }
    }

    /// 令和N年度 around the middle of the ribbon, as wide as the ribbon has room for.
    private static func outlines(of year: Int) -> String {
        let digits = String(year).map { (name: "n\($0)", width: 50) }
        let signs =
            [(name: "rei", width: 100), (name: "wa", width: 100)] + digits + [
                (name: "nen", width: 100), (name: "do", width: 100),
            ]
        let width = signs.reduce(0) { $0 + $1.width }
        var (place, uses) = (0, "")
        for sign in signs {
            uses += "<use href=\"#\(sign.name)\" x=\"\(place)\"/>"
            place += sign.width
        }
        let room = 452
        return """
            <g transform="translate(-\(room / 2) 0) scale(\(Double(room) / Double(width)) .98)">\
            \(uses)</g>
            """
    }
}
