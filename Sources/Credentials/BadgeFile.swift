public import Enrollment
public import JSON

/// A badge as somebody has it in a file: in a PNG or an SVG that carries it, or by itself as JSON
/// or JWT. Says nothing of who made it.
public struct BadgeFile: Sendable, Equatable {
    /// No file with a badge of ours comes near it, in octets.
    public static let most = 2 << 20
    /// Nor does any badge come near this, in octets; what says that it is longer is not read.
    static let longest = 64 << 10
    private static let longestDrawing = 512 << 10

    /// Open Badges 3.0: JSON, or a compact JWS.
    public let credential: String?
    /// Open Badges 2.0: JSON.
    public let assertion: String?

    /// As they are put into pictures.
    public init(credential: JSONValue?, assertion: JSONValue?) {
        self.credential = credential?.ascii
        self.assertion = assertion?.ascii
    }

    private init(credential: String?, assertion: String?) {
        self.credential = credential
        self.assertion = assertion
    }

    /// Reads a file of any of these kinds.
    public init(reading octets: [UInt8]) throws(BadgeFileFault) {
        guard octets.count <= Self.most else { throw .tooLarge }
        if octets.starts(with: PNGChunks.signature.prefix(4)) {
            try self.init(png: octets)
            return
        }
        guard var text = String(validating: octets, as: UTF8.self) else { throw .otherKind }
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        text = text.trimmed
        switch text.utf8.first {
        case UInt8(ascii: "<"): try self.init(svg: text)
        case UInt8(ascii: "{"): try self.init(json: text)
        default:
            guard text.hasPrefix("eyJ"), text.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2
            else { throw .otherKind }
            self.init(credential: text, assertion: nil)
        }
    }

    private init(png octets: [UInt8]) throws(BadgeFileFault) {
        guard let png = PNGChunks(octets) else { throw .broken }
        let (assertion, credential) = (
            try Self.text(BadgePicture.assertionKeyword, in: png),
            try Self.text(BadgePicture.credentialKeyword, in: png)
        )
        guard assertion != nil || credential != nil else { throw .noBadge }
        self.init(credential: credential, assertion: assertion)
    }

    /// Of one keyword at most one text is unfolded: a small file could hold thousands that unfold
    /// to much.
    private static func text(
        _ keyword: StaticString, in png: PNGChunks
    ) throws(BadgeFileFault) -> String? {
        let chunks = png.chunks.filter { PNGText.isOf(keyword, $0) }
        guard let chunk = chunks.first else { return nil }
        guard chunks.count == 1, let text = PNGText(chunk)?.text else { throw .broken }
        return text
    }

    private init(svg text: String) throws(BadgeFileFault) {
        // Ours has some tens of thousand; what is larger would be searched for long.
        guard text.utf8.count <= Self.longestDrawing else { throw .tooLarge }
        // No drawing of ours defines letters of its own, and nobody should have to unfold them.
        guard !text.contains("<!ENTITY"), let drawing = SVGForm.drawing(text) else {
            throw .otherKind
        }
        let (credential, assertion) = (
            SVGForm.credential.text(in: drawing), SVGForm.assertion.text(in: drawing)
        )
        guard credential != nil || assertion != nil else { throw .noBadge }
        guard credential != "", assertion != "" else { throw .broken }
        let isShort = [credential, assertion].allSatisfy { ($0?.utf8.count ?? 0) <= Self.longest }
        guard isShort else { throw .tooLarge }
        self.init(credential: credential, assertion: assertion)
    }

    private init(json text: String) throws(BadgeFileFault) {
        guard text.utf8.count <= Self.longest else { throw .tooLarge }
        guard let value = try? JSONValue(reading: text.utf8) else { throw .broken }
        if let types = ReadCredential.strings(value["type"]),
            types.contains("OpenBadgeCredential")
        {
            self.init(credential: text, assertion: nil)
        } else if ReadCredential.string(value["type"]) == "Assertion" {
            self.init(credential: nil, assertion: text)
        } else {
            throw .noBadge
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        let scalars = unicodeScalars
        let isBlank: (Unicode.Scalar) -> Bool = { [" ", "\t", "\r", "\n"].contains($0) }
        guard let first = scalars.firstIndex(where: { !isBlank($0) }),
            let last = scalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(scalars[first...last])
    }
}
