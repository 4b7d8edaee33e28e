import Testing

@testable import Drawing

@Suite struct BadgeArtworkTests {
    private static let both: [BadgeArtwork] = [.promoter, .caller]

    @Test(arguments: both, [4, 8, 12, 99]) func aPictureNeedsNoFont(
        _ artwork: BadgeArtwork, _ year: Int
    ) throws {
        let svg = artwork.svg(year: year, title: "A & <B>")
        let text = String(decoding: svg, as: UTF8.self)
        #expect(!text.contains("<text") && !text.contains("font-family"))
        #expect(text.contains(">A &amp; &lt;B></title>") && !text.contains("{"))
        let png = try Picture.png(svg: svg, side: 600)
        #expect(Array(png[16..<24]) == [0, 0, 2, 88, 0, 0, 2, 88])
        #expect(try Picture.png(svg: svg, side: 600) == png)
    }

    @Test(arguments: both) func everyYearIsAnotherPicture(_ artwork: BadgeArtwork) throws {
        let pictures = try (1...20).map {
            try Picture.png(svg: artwork.svg(year: $0, title: ""), side: 96)
        }
        #expect(Set(pictures).count == 20)
    }
}
