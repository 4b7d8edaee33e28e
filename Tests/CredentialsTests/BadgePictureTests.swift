import Compression
import Enrollment
import JSON
import Testing

@testable import Credentials

/// Pictures that carry a badge, and what becomes of those that somebody took apart.
@Suite struct BadgePictureTests {
    private static let head: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]
    private static let png =
        PNGChunks.signature + PNGChunks.chunk("IHDR", head) + PNGChunks.chunk("IDAT", [1, 2, 3])
        + PNGChunks.chunk("IEND", [])
    private static let svg = Array("<svg xmlns=\"x\" width=\"1\">\n<path d=\"M0 0\"/></svg>".utf8)
    private static let assertion = JSONValue.object([
        "type": .string("Assertion"), "name": .string("デ𠮷\u{7F}\"\\]]>"),
    ])

    private static func badge() throws -> BadgeFile {
        BadgeFile(credential: try SampleCredential.signed(), assertion: assertion)
    }

    private static func fault(_ octets: [UInt8]) -> BadgeFileFault? {
        do { _ = try BadgeFile(reading: octets) } catch { return error }
        return nil
    }

    @Test func aPNGCarriesBothFormsAndGivesThemBackOctetByOctet() throws {
        let badge = try Self.badge()
        let baked = try #require(BadgePicture.png(Self.png, carrying: badge))
        #expect(try BadgeFile(reading: baked) == badge)
        let chunks = try #require(PNGChunks(baked)).chunks
        #expect(chunks.map(\.name) == ["IHDR", "iTXt", "iTXt", "IDAT", "IEND"])
        #expect(chunks.filter { $0.name == "iTXt" }.flatMap(\.content).allSatisfy { $0 < 0x80 })
        let credential = try #require(badge.credential)
        #expect(try JSONValue(reading: credential.utf8) == SampleCredential.signed())
        #expect(try JSONValue(reading: #require(badge.assertion).utf8) == Self.assertion)
        #expect(BadgePicture.png([1], carrying: badge) == nil)
    }

    @Test func anSVGCarriesOneForm() throws {
        let badge = try Self.badge()
        let baked = try #require(BadgePicture.svg(Self.svg, carrying: badge))
        let read = try BadgeFile(reading: baked)
        #expect(read.credential == badge.credential && read.assertion == nil)
        let text = String(decoding: baked, as: UTF8.self)
        #expect(text.hasPrefix("<svg xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\" "))
        let old = BadgeFile(credential: nil, assertion: Self.assertion)
        let other = try #require(BadgePicture.svg(Self.svg, carrying: old))
        #expect(try BadgeFile(reading: other) == old)
        #expect(String(decoding: other, as: UTF8.self).contains("\"http://openbadges.org\""))
        let nothing = BadgeFile(credential: nil, assertion: nil)
        #expect(BadgePicture.svg(Self.svg, carrying: nothing) == nil)
    }

    @Test func aBadgeByItselfIsReadToo() throws {
        let json = try SampleCredential.signed().text
        for text in [json, "\u{FEFF} \r\n" + json + "\n"] {
            #expect(try BadgeFile(reading: Array(text.utf8)).credential == json)
        }
        #expect(try BadgeFile(reading: Array("eyJ.a.b\n".utf8)).credential == "eyJ.a.b")
        let assertion = Self.assertion.text
        #expect(try BadgeFile(reading: Array(assertion.utf8)).assertion == assertion)
        let signed = #"<svg><openbadges:credential verify="eyJ.a.b"></openbadges:credential></svg>"#
        #expect(try BadgeFile(reading: Array(signed.utf8)).credential == "eyJ.a.b")
    }

    private static func packed(_ text: String, _ method: UInt8 = 0) -> [UInt8]? {
        // gzip's body in zlib's frame: its head and tail are other octets around the same stream.
        guard let gzip = gzip(Array(text.utf8)) else { return nil }
        var (a, b): (UInt32, UInt32) = (1, 0)
        for octet in text.utf8 {
            a = (a + UInt32(octet)) % 65_521
            b = (b + a) % 65_521
        }
        let sum = (0..<4).map { UInt8(truncatingIfNeeded: (b << 16 | a) >> (24 - 8 * UInt32($0))) }
        let stream = [0x78, 0xDA] + gzip[10..<gzip.count - 8] + sum
        return PNGChunks.chunk("iTXt", Array("openbadges".utf8) + [0, 1, method, 0, 0] + stream)
    }

    private static func with(_ chunks: [UInt8]) -> [UInt8] {
        Array(png[..<33]) + chunks + Array(png[33...])
    }

    @Test func aCompressedTextIsReadAndABombIsNot() throws {
        let small = try #require(Self.packed(Self.assertion.text))
        #expect(try BadgeFile(reading: Self.with(small)).assertion == Self.assertion.text)
        let bomb = try #require(Self.packed(String(repeating: "0", count: 8 << 20)))
        #expect(bomb.count < 20_000)
        #expect(Self.fault(Self.with(bomb)) == .broken)
        #expect(Self.fault(Self.with(try #require(Self.packed("{}", 1)))) == .broken)
        let cut = Array(small[8..<small.count - 8])
        #expect(Self.fault(Self.with(PNGChunks.chunk("iTXt", cut))) == .broken)
        let plain = PNGText.chunk("openbadges", String(repeating: "0", count: (64 << 10) + 1))
        #expect(Self.fault(Self.with(plain)) == .broken)
    }

    @Test func aPictureThatIsSpoiledIsNone() throws {
        let baked = try #require(BadgePicture.png(Self.png, carrying: Self.badge()))
        for place in [8, 11, 12, 20, 30, 34, 40, 60, 500, baked.count - 1] {
            var spoiled = baked
            spoiled[place] ^= 0x40
            #expect(Self.fault(spoiled) == .broken, "\(place)")
        }
        for count in [4, 8, 9, 33, 40, 100, baked.count - 12, baked.count - 1] {
            #expect(Self.fault(Array(baked.prefix(count))) == .broken, "\(count)")
        }
        #expect(Self.fault(baked + [0]) == .broken && Self.fault(baked + baked) == .broken)
        let long = [UInt8](repeating: 0xFF, count: 4) + Array("iTXt".utf8)
        #expect(Self.fault(Self.with(long)) == .broken)
        let many = (0..<5_000).flatMap { _ in PNGChunks.chunk("tEXt", []) }
        #expect(Self.fault(Self.with(many)) == .broken)
        let twice = PNGText.chunk("openbadges", "{}") + PNGText.chunk("openbadges", "{}")
        #expect(Self.fault(Self.with(twice)) == .broken)
        let latin = Array("openbadges".utf8) + [0, 0, 0, 0, 0, 0xFF]
        #expect(Self.fault(Self.with(PNGChunks.chunk("iTXt", latin))) == .broken)
    }

    /// Nothing of thousands of texts is unfolded: of ours there is one.
    @Test func textsOfOtherKeywordsAreLeftAsTheyAre() throws {
        let packed = try #require(Self.packed(String(repeating: "0", count: 8 << 20)))
        let other = PNGChunks.chunk(
            "iTXt", Array("Comment".utf8) + packed[18..<packed.count - 4])
        let many = (0..<50).flatMap { _ in other }
        #expect(Self.fault(Self.with(many)) == .noBadge)
        let ours = many + PNGText.chunk("openbadges", Self.assertion.text)
        #expect(try BadgeFile(reading: Self.with(ours)).assertion == Self.assertion.text)
        let two = packed + PNGText.chunk("openbadges", "{}")
        #expect(Self.fault(Self.with(two)) == .broken)
    }

    @Test func whatStandsInACommentOrInAnotherDocumentIsNoBadge() {
        let badge = "<openbadges:credential><![CDATA[{}]]></openbadges:credential>"
        #expect(Self.fault(Array("<svg><!-- \(badge) --></svg>".utf8)) == .noBadge)
        #expect(Self.fault(Array("<svg><!-- \(badge)</svg>".utf8)) == .otherKind)
        #expect(Self.fault(Array("<html><svg>\(badge)</svg></html>".utf8)) == .otherKind)
        let plain = "<?xml version=\"1.0\"?>\n<!-- a --><svg>\(badge)</svg>"
        #expect((try? BadgeFile(reading: Array(plain.utf8)))?.credential == "{}")
        let large = "<svg>" + String(repeating: " ", count: 600_000) + "</svg>"
        #expect(Self.fault(Array(large.utf8)) == .tooLarge)
    }

    @Test func whatCarriesNothingIsToldApart() {
        #expect(Self.fault(Self.png) == .noBadge && Self.fault(Self.svg) == .noBadge)
        let other = PNGText.chunk("Comment", "{}") + PNGChunks.chunk("iTXt", [0])
        #expect(Self.fault(Self.with(other)) == .noBadge)
        for text in ["", "x", "[]", "<html></html>", "GIF89a", "eyJ.a", "\u{0}"] {
            #expect(Self.fault(Array(text.utf8)) == .otherKind, "\(text)")
        }
        #expect(Self.fault([0xFF, 0xD8, 0xFF, 0xE0]) == .otherKind)
        #expect(Self.fault(Array("{\"type\":\"Badge\"}".utf8)) == .noBadge)
        #expect(Self.fault(Array("{\"type\":".utf8)) == .broken)
        #expect(Self.fault([UInt8](repeating: 0x20, count: BadgeFile.most + 1)) == .tooLarge)
        let long =
            "{\"type\":\"Assertion\",\"x\":\"" + String(repeating: "0", count: 65_536) + "\"}"
        #expect(Self.fault(Array(long.utf8)) == .tooLarge)
        let within = "<svg><openbadges:assertion><![CDATA[\(long)]]></openbadges:assertion></svg>"
        #expect(Self.fault(Array(within.utf8)) == .tooLarge)
        #expect(Self.fault(Array("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>".utf8)) == .otherKind)
    }

    @Test(arguments: [
        "<openbadges:credential>", "<openbadges:credential/>", "<openbadges:credential",
        "<openbadges:credential>{}</openbadges:credential>",
        "<openbadges:credential><![CDATA[{}]]></openbadges:credential><openbadges:credential>",
        "<openbadges:credential><![CDATA[{}]]>x</openbadges:credential>",
        "<openbadges:credential>" + String(repeating: "<![CDATA[]]>", count: 20_000)
            + "</openbadges:credential>",
        "<openbadges:assertion verify=\"https://x.example\"></openbadges:assertion>",
    ])
    func anSVGThatCannotBeReadIsBroken(_ part: String) {
        #expect(Self.fault(Array("<svg>\(part)</svg>".utf8)) == .broken)
    }
}
