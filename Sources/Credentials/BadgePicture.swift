/// 焼き込み: pictures that carry their badge (1EdTech, Open Badges baking of 2.0 and 3.0).
public enum BadgePicture {
    static let assertionKeyword: StaticString = "openbadges"
    static let credentialKeyword: StaticString = "openbadgecredential"

    /// The PNG with both forms, each once and uncompressed, in front of its pixels. Nil for what is
    /// no PNG.
    public static func png(_ picture: [UInt8], carrying badge: BadgeFile) -> [UInt8]? {
        guard let head = PNGChunks(picture)?.chunks.first else { return nil }
        let texts =
            [
                badge.assertion.map { PNGText.chunk(assertionKeyword, $0) },
                badge.credential.map { PNGText.chunk(credentialKeyword, $0) },
            ].compactMap(\.self)
        return picture[..<head.end] + texts.flatMap(\.self) + picture[head.end...]
    }

    /// The SVG with one form, which is all that an SVG has room for: the credential, which proves
    /// itself, where there is one. Nil for what is no SVG, and where there is nothing to carry.
    public static func svg(_ picture: [UInt8], carrying badge: BadgeFile) -> [UInt8]? {
        let drawing = String(decoding: picture, as: UTF8.self)
        guard let (form, text) = SVGForm.carried(badge), drawing.hasPrefix("<svg "),
            let end = drawing.firstIndex(of: ">")
        else { return nil }
        let body = text.replacing("]]>", with: "]]]]><![CDATA[>")
        let tag = drawing[drawing.index(drawing.startIndex, offsetBy: 4)..<end]
        return Array(
            """
            <svg xmlns:openbadges="\(form.namespace)"\(tag)>\
            <openbadges:\(form.rawValue)><![CDATA[\(body)]]></openbadges:\(form.rawValue)>\
            \(drawing[drawing.index(after: end)...])
            """.utf8)
    }
}

/// The element that carries a badge in an SVG. Readers look for its name as it is spelled here.
enum SVGForm: String, CaseIterable {
    case assertion, credential

    var namespace: String {
        switch self {
        case .assertion: "http://openbadges.org"
        case .credential: "https://purl.imsglobal.org/ob/v3p0"
        }
    }

    static func carried(_ badge: BadgeFile) -> (SVGForm, String)? {
        badge.credential.map { (.credential, $0) } ?? badge.assertion.map { (.assertion, $0) }
    }

    /// A drawing without its comments, in which anybody may write anything; nil for what is none.
    static func drawing(_ text: String) -> String? {
        var (rest, kept) = (text.utf8[...], [UInt8]())
        while let open = rest.firstRange(of: "<!--".utf8) {
            kept += rest[..<open.lowerBound]
            guard let close = rest[open.upperBound...].firstRange(of: "-->".utf8) else {
                return nil
            }
            rest = rest[close.upperBound...]
        }
        let drawing = String(decoding: kept + rest, as: UTF8.self)
        let root = /\s*(<\?[^>]*>\s*)*(<!DOCTYPE[^>]*>\s*)?<svg[\s>\/]/
        return drawing.prefixMatch(of: root) == nil ? nil : drawing
    }

    /// What the element of a drawing carries: text between its tags, or a JWS in `verify`. Nil
    /// where there is no such element; an empty one where it cannot be read.
    func text(in drawing: String) -> String? {
        let name = "<openbadges:\(rawValue)"
        let found = drawing.ranges(of: name)
        guard let start = found.first else { return nil }
        guard found.count == 1, let end = drawing[start.upperBound...].firstIndex(of: ">") else {
            return ""
        }
        let attributes = drawing[start.upperBound..<end]
        if let signed = attributes.firstMatch(of: /\sverify\s*=\s*["'](eyJ[\w.\-]+)["']/) {
            return String(signed.output.1)
        }
        guard !attributes.hasSuffix("/"),
            let close = drawing[end...].firstRange(of: "</openbadges:\(rawValue)")
        else { return "" }
        let body = drawing[drawing.index(after: end)..<close.lowerBound]
        // With room for what is around it: a million empty sections would be taken apart for long.
        guard body.utf8.count <= 2 * BadgeFile.longest else { return "" }
        return Self.unwrapped(body)
    }

    /// Of CDATA sections, of which there may be several, its text; nothing else is taken.
    private static func unwrapped(_ body: Substring) -> String {
        var (rest, text) = (body[...], "")
        while let open = rest.firstRange(of: "<![CDATA["),
            let close = rest[open.upperBound...].firstRange(of: "]]>")
        {
            guard rest[..<open.lowerBound].allSatisfy(\.isWhitespace) else { return "" }
            text += rest[open.upperBound..<close.lowerBound]
            rest = rest[close.upperBound...]
        }
        return rest.allSatisfy(\.isWhitespace) ? text : ""
    }
}
