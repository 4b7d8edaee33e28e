/// What a client would rather have (RFC 9110 12.5.1), as far as choosing a page or JSON needs.
public struct Accept: Sendable {
    private struct MediaRange: Sendable {
        let essence: String
        let quality: Int
    }

    private let ranges: [MediaRange]
    /// Of all entries, malformed ones too.
    private let count: Int

    /// Malformed entries are left out; without the field everything is welcome.
    public init(_ headers: Headers) {
        let entries = headers.all(.accept).flatMap(Accept.list)
        ranges = entries.compactMap(Accept.range)
        count = entries.count
    }

    /// True where this type is named by itself, and welcome.
    public func names(_ essence: String) -> Bool {
        ranges.contains { $0.essence == essence && $0.quality > 0 }
    }

    /// True where this type is named and nothing else.
    public func isJust(_ essence: String) -> Bool { count == 1 && names(essence) }

    /// True where the first is wanted, and at least as much as the second.
    public func prefers(_ one: String, over other: String? = nil) -> Bool {
        let quality = quality(one)
        return quality > 0 && quality >= (other.map(self.quality) ?? 0)
    }

    /// Whether a content coding is welcome by name or by `*` (RFC 9110 12.5.3); without the field
    /// none is. Parameters of a media type and weights of a coding read alike.
    static func welcomes(coding: String, _ headers: Headers) -> Bool {
        let offers = headers.all(.acceptEncoding).flatMap(list).compactMap { text in
            range("coding/\(Substring(text.trimmingBlanks()))".utf8[...])
        }
        let named = offers.first { $0.essence == "coding/\(coding)" }
        let any = offers.first { $0.essence == "coding/*" }
        return (named ?? any).map { $0.quality > 0 } ?? false
    }

    /// In thousandths; the most specific range counts.
    func quality(_ essence: String) -> Int {
        guard !ranges.isEmpty else { return 1_000 }
        let type = Substring(essence.utf8.prefix { $0 != UInt8(ascii: "/") })
        for candidate in [essence, "\(type)/*", "*/*"] {
            if let found = ranges.first(where: { $0.essence == candidate }) {
                return found.quality
            }
        }
        return 0
    }

    /// By octets: commas are found without asking what a character is.
    private static func list(_ text: String) -> [Substring.UTF8View] {
        text.utf8.split(separator: UInt8(ascii: ","))
    }

    private static func range(_ text: Substring.UTF8View) -> MediaRange? {
        guard let type = MediaType(String(Substring(text.trimmingBlanks()))) else { return nil }
        guard let weight = type.parameter("q") else {
            return MediaRange(essence: type.essence, quality: 1_000)
        }
        return thousandths(Array(weight.utf8)).map {
            MediaRange(essence: type.essence, quality: $0)
        }
    }

    /// `qvalue` of RFC 9110 12.4.2.
    private static func thousandths(_ text: [UInt8]) -> Int? {
        guard let first = text.first, first == 0x30 || first == 0x31, text.count <= 5,
            text.count == 1 || text[1] == UInt8(ascii: "."),
            text.dropFirst(2).allSatisfy(ByteClass.isDigit)
        else { return nil }
        var value = Int(first - 0x30)
        for place in 2..<5 {
            value = value * 10 + (place < text.count ? Int(text[place] - 0x30) : 0)
        }
        return value <= 1_000 ? value : nil
    }
}

extension Request {
    /// True where the client takes gzip.
    public var takesGzip: Bool { Accept.welcomes(coding: "gzip", headers) }

    /// True where the client wants this type, and at least as much as the other.
    public func prefers(_ one: String, over other: String? = nil) -> Bool {
        Accept(headers).prefers(one, over: other)
    }
}
