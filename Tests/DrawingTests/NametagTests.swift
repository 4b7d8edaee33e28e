import Testing

@testable import Drawing

/// 名札 as octets; what other people's readers see is held by `Tests/Browser/test_certificate.py`.
@Suite struct NametagTests {
    private static let batch = CertificateBatch(
        title: "名札", author: "見本 大臣", createdAt: "2026-12-04T00:00:00+09:00")

    private static func tag(_ index: Int) -> Nametag {
        var tag = Nametag()
        (tag.kind, tag.name, tag.kana) = ("デジタル推進委員", "青木 みのり \(index)", "アオキ ミノリ")
        (tag.organization, tag.year) = ("みどり市 はじめてのスマホ教室", "令和8年度")
        tag.number = "R08-P-000000\(index)-K"
        tag.link = "https://enroll.example/w/?c=\(index)"
        tag.picture = BadgeArtwork.promoter.svg(year: 8, title: "バッジ")
        return tag
    }

    private static func file(_ tags: [Nametag]) throws -> [UInt8] {
        var file: [UInt8] = []
        let sheets = stride(from: 0, to: tags.count, by: NametagSheet.places)
            .map { NametagSheet(tags[$0...]) }
        try batch.draw(sheets) { file += $0 }
        return file
    }

    @Test(arguments: [(1, 1), (10, 1), (11, 2), (23, 3)])
    func tenStandOnAPageAndTheRestOnTheLast(_ count: Int, _ pages: Int) throws {
        let file = try Self.file((0..<count).map(Self.tag))
        #expect(file.count(of: "/Type /Page %") == pages)
        // A code each.
        #expect(file.count(of: "/Subtype /Image") == count)
    }

    @Test func theSameAreTheSameFileAndWhatTheyShareIsThereOncePerPlace() throws {
        let ten = try Self.file((0..<10).map(Self.tag))
        let forty = try Self.file((0..<40).map { Self.tag($0 % 10) })
        #expect(try Self.file((0..<10).map(Self.tag)) == ten)
        #expect(forty.count(of: "/Subtype /Form") == ten.count(of: "/Subtype /Form"))
    }

    @Test func whatHasNoLinkOrOrganizationHasNoCodeAndNoBlank() throws {
        var tag = Self.tag(0)
        (tag.link, tag.organization) = (nil, "")
        #expect(try Self.file([tag]).count(of: "/Subtype /Image") == 0)
    }

    @Test func whateverNoFontHasIsSaidRatherThanLeftOut() {
        var tag = Self.tag(0)
        tag.name = "\u{10FFFD}"
        #expect(throws: Picture.Fault.self) { try Self.file([tag]) }
    }
}
