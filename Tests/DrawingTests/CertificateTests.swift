import Testing

@testable import Drawing

/// The file as octets; what other people's readers see in it is held by
/// `Tests/Browser/test_certificate.py`.
@Suite struct CertificateSheetTests {
    static let sheet: CertificateSheet = {
        var sheet = CertificateSheet()
        sheet.title = "任命状 R08-P-0000001-K"
        sheet.createdAt = "2026-12-04T00:00:00+09:00"
        sheet.heading = "任命状"
        sheet.name = "青木 みのり"
        sheet.honorific = "殿"
        sheet.paragraphs = ["任命します。"]
        sheet.issuerName = "見本 大臣"
        sheet.picture = Array(
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"9\"/></svg>".utf8)
        return sheet
    }()

    private static func named(_ name: String) throws -> String {
        var sheet = Self.sheet
        sheet.name = name
        return text(try sheet.pdf())
    }

    /// Octet by octet, so that what is no text stays where it is.
    private static func text(_ file: [UInt8]) -> String {
        String(String.UnicodeScalarView(file.map { Unicode.Scalar($0) }))
    }

    @Test func theSameSheetIsTheSameFileWhateverWasDrawnBetween() throws {
        let first = try Self.sheet.pdf()
        #expect(try Self.named("𠮷田 髙﨑") != Self.text(first))
        #expect(try Self.sheet.pdf() == first)
    }

    @Test func sheetsAreDrawnAtOnceByManyAndAreTheSame() async throws {
        let (sheet, first) = (Self.sheet, try Self.sheet.pdf())
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { try sheet.pdf() == first } }
            for try await isSame in group { #expect(isSame) }
        }
    }

    @Test func theLanguageStandsInTheCatalogueThatTheLastTrailerNames() throws {
        let text = Self.text(try Self.sheet.pdf())
        let tail = try #require(text.components(of: "%%EOF").dropLast().last)
        #expect(tail.contains("/Lang (ja-JP)") && tail.contains("/Type /Catalog"))
        #expect(tail.contains("/DisplayDocTitle true") && tail.contains("/Prev "))
    }

    @Test func aFormThatTheFirstFontHasNotIsSetInOneThatHasIt() throws {
        let ofFirst = try Self.named("葛\u{E0100}城 邉\u{E0100}")
        #expect(!ofFirst.contains("IPAmjMincho") && !ofFirst.contains("NotoSerifCJK"))
        // Forms of the same character, by the two collections that register them.
        let ofSecond = try Self.named("邉\u{E0106}")
        #expect(!ofSecond.contains("IPAmjMincho") && ofSecond.contains("NotoSerifCJK"))
        let ofThird = try Self.named("邉\u{E010F}")
        #expect(ofThird.contains("IPAmjMincho") && !ofThird.contains("NotoSerifCJK"))
        #expect(try Self.named("𠮷田").contains("NotoSerifCJK"))
    }

    @Test func aCharacterThatNoFontHasIsRefusedAndNotShownAsABox() {
        #expect(throws: Picture.Fault.self) { try Self.named("\u{E000}") }
    }

    @Test func aFileThatIsNotBuiltAsCairoBuildsIsNotUpdated() {
        #expect(PDFUpdate.adding(language: "ja", to: Array("%PDF-1.4\n%%EOF\n".utf8)) == nil)
        #expect(PDFUpdate.adding(language: "ja", to: []) == nil)
    }

    @Test func aQRCodeHasItsThreeCorners() throws {
        let symbol = try #require(QRSymbol("https://enroll.example/verify/abc"))
        #expect(symbol.side % 4 == 1)
        let first = symbol.strips.filter { $0.row == 0 }
        #expect(first.first?.columns == 0..<7 && first.last?.columns.upperBound == symbol.side)
        #expect(QRSymbol(String(repeating: "x", count: 4000)) == nil)
    }
}

extension String {
    fileprivate func components(of end: String) -> [Substring] {
        split(separator: end, omittingEmptySubsequences: false)
    }
}

@Suite struct CertificateBatchTests {
    private static let batch = CertificateBatch(
        title: "任命状", author: "見本 大臣", createdAt: "2026-12-04T00:00:00+09:00")

    private static func sheets(_ count: Int) -> [CertificateSheet] {
        (0..<count).map { index in
            var sheet = CertificateSheetTests.sheet
            sheet.name = "青木 みのり \(index)"
            sheet.link = "https://enroll.example/w/?c=\(index)"
            return sheet
        }
    }

    private static func file(_ sheets: [CertificateSheet]) throws -> [UInt8] {
        var file: [UInt8] = []
        try batch.draw(sheets) { file += $0 }
        return file
    }

    @Test func eachHasAPageAndWhatTheyShareIsThereOnce() throws {
        let (one, ten) = (try Self.file(Self.sheets(1)), try Self.file(Self.sheets(10)))
        let single = try CertificateSheetTests.sheet.pdf().count
        #expect(one.count(of: "/Type /Page %") == 1 && ten.count(of: "/Type /Page %") == 10)
        #expect(one.count(of: "/Subtype /Form") > 1)
        #expect(ten.count(of: "/Subtype /Form") == one.count(of: "/Subtype /Form"))
        #expect(ten.count < 4 * single)
        #expect(ten.count(of: "/Lang (ja-JP)") == 1 && ten.count(of: "/Prev ") == 1)
    }

    @Test func itIsTheSameFileAgainAndComesInParts() throws {
        var parts = 0
        try Self.batch.draw(Self.sheets(5)) { _ in parts += 1 }
        #expect(parts == 6)
        #expect(try Self.file(Self.sheets(5)) == Self.file(Self.sheets(5)))
    }

    @Test func oneThatCannotBeDrawnIsToldAndTheNextFileIsWhole() throws {
        let first = try Self.file(Self.sheets(3))
        var sheets = Self.sheets(3)
        sheets[1].name = "\u{E000}"
        #expect(throws: Picture.Fault.self) { try Self.file(sheets) }
        #expect(try Self.file(Self.sheets(3)) == first)
    }
}

extension [UInt8] {
    func count(of text: String) -> Int {
        String(String.UnicodeScalarView(map { Unicode.Scalar($0) }))
            .split(separator: text, omittingEmptySubsequences: false).count - 1
    }
}
