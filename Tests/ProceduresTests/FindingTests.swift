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
            let page = try await desk.office.reading.find(query, after: last, limit: 1)
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
}
