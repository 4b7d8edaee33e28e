import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 人を探す, page by page.
@Suite struct FindingTests {
    /// How each of some pages of one was found, and whom it shows.
    private static func pages(
        _ typed: String, _ count: Int, _ desk: isolated OfficeDesk
    ) async throws -> [String] {
        let query = try #require(PersonQuery(typed))
        var (last, told) = (0, [String]())
        for _ in 0..<count {
            let hints = PersonHints(
                typed, in: desk.office.year, under: try await desk.office.currentRules())
            let page = try await desk.office.reading.find(
                query, hinted: hints, after: last, limit: 1)
            told.append(([page.by.rawValue] + page.found.map(\.email)).joined(separator: " "))
            last = page.found.last?.id ?? last
        }
        return told
    }

    @Test func namesInKanaThatAreNobodysReadingHaveASecondPage() async throws {
        try await withOffice { desk in
            for number in 1...2 {
                try await desk.apply(number) { $0[.familyName] = "みほん" }
            }
            #expect(
                try await Self.pages("みほん", 3, desk)
                    == ["name person1@example.jp", "name person2@example.jp", "name"])
            #expect(
                try await Self.pages("ヤマサキ", 2, desk) == ["kana person1@example.jp", "kana"])
        }
    }

    @Test(arguments: [
        ("ハナコ", "given"), ("ﾊﾅ", "given"), ("花󠄀子", "given"), ("090-8765", "phone"),
        ("０９０８７６５４３２１", "phone"), ("〒060-0001", "postal_code"), ("060-", "postal_code"),
        ("北一条西２丁", "address"), ("札幌市中央区北1条西", "address"), ("北海道札幌市", "address"),
        ("hana.k", "mail_part"), ("@mail.sapporo", "mail_domain"),
        ("mail.sapporo.ex", "mail_domain"),
    ])
    func somebodyIsFoundByAPartOfThem(typed: String, by: String) async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            try await desk.apply(2) {
                $0[.familyName] = "北野"
                $0[.givenName] = "花子"
                $0[.familyNameKana] = "キタノ"
                $0[.givenNameKana] = "ハナコ"
                $0[.phone] = "090-8765-4321"
                $0[.postalCode] = "060-0001"
                $0[.prefecture] = "北海道"
                $0[.city] = "札幌市中央区"
                $0[.street] = "北一条西2丁目"
                $0[.email] = "Hana.K@mail.sapporo.example"
            }
            let found = try await Self.pages(typed, 2, desk)
            #expect(found == ["\(by) Hana.K@mail.sapporo.example", by])
        }
    }

    @Test func anOrganizationsPeopleAreFoundByAPartOfItsName() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            _ = try await desk.enter(3...4)
            let found = try await Self.pages("本病院", 3, desk)
            // By kana.
            let people = [4, 3].map { "organization person\($0)@example.jp" }
            #expect(found == people + ["organization"])
        }
    }

    @Test(arguments: ["紀尾井町1－3", "一丁目２番 ３号", "ニュータウン〇−ー―", "袖ヶ浦が丘", "龍\u{E0100}ヶ崎"])
    func streetsAreFoldedAlikeOnBothSides(street: String) async throws {
        try await withOffice { desk in
            let folded = try await desk.texts("SELECT street_key(\(street)) AS text")
            #expect(folded == [StreetKey.folded(street)])
        }
    }
}
