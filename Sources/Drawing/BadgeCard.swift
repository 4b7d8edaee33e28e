/// A picture for a business card: a badge and the QR code of its page, side by side. Without
/// letters of its own, because it stands beside those of the card.
public struct BadgeCard: Sendable {
    private let svg: [UInt8]

    /// `drawing` is what `BadgeArtwork` gives. Nil for an address that no code can hold.
    public init?(drawing: [UInt8], address: String) {
        guard let code = QRPicture(address) else { return nil }
        let drawing = String(decoding: drawing, as: UTF8.self)
        svg = Array(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1240 600" width="1240" \
            height="600">\
            <rect width="1240" height="600" fill="#fff"/>\(drawing)\
            <svg x="640" width="600" height="600" viewBox="0 0 \(code.side) \(code.side)" \
            shape-rendering="crispEdges"><path d="\(code.path)"/></svg></svg>
            """.utf8)
    }

    /// 1,240 × 600 pixels. Takes some milliseconds: off the loop.
    public func png() throws -> [UInt8] { try Picture.png(svg: svg, width: 1_240, height: 600) }
}
