import Enrollment
import Foundation
import Spreadsheet
import Testing

@testable import enroll

/// The invented population stands in the proportions of the letter of 2024-08-28.
@Suite struct SeedPlanTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path()

    private static let carriers = ["docomo", "kddi", "softbank", "rakuten-mobile"]
    private static let pharmacies = ["nichiyaku", "nippon-hoken-yakkyoku", "jacds"]

    private static func plan(_ people: Int, months: Int = 8) throws -> SeedPlan {
        SeedPlan(try SeedTables(home: root).organizations, people: people, months: months)
    }

    private static func sum(_ organizations: [String], _ plan: SeedPlan) -> Int {
        organizations.reduce(0) { $0 + (plan.shares[$1] ?? 0) }
    }

    @Test func atFullSizeEveryFigureOfTheLetterIsExact() throws {
        let plan = try Self.plan(55_425)
        #expect(Self.sum(Self.carriers, plan) == 21_642)
        #expect(Self.carriers.allSatisfy { plan.shares[$0] ?? 0 > 1_000 })
        #expect(Self.sum(Self.pharmacies, plan) == 9_906)
        #expect(Self.pharmacies.allSatisfy { plan.shares[$0] ?? 0 > 1_000 })
        #expect(plan.shares["jcom"] == 6_741)
        #expect(plan.shares["jr-east"] == 2_330)
        #expect(plan.shares.values.reduce(0, +) == 55_425)
        #expect(plan.files.map(\.people.count).max() == 12_000)
    }

    @Test(arguments: [200, 2_000, 20_000])
    func theProportionsHoldAtASmallerSize(people: Int) throws {
        let plan = try Self.plan(people)
        let expected = [
            (Self.carriers, 21_642), (Self.pharmacies, 9_906), (["jcom"], 6_741),
            (["jr-east"], 2_330),
        ]
        for (organizations, count) in expected {
            let share = Double(count) / 55_425 * Double(people)
            #expect(abs(Double(Self.sum(organizations, plan)) - share) <= 1, "\(organizations)")
        }
        #expect(plan.shares.values.reduce(0, +) == people)
    }

    @Test(arguments: [1, 2, 8, 12])
    func everybodyComesOnceAndSomeAreNamedByASecondOrganization(months: Int) throws {
        let plan = try Self.plan(55_425, months: months)
        let named = plan.files.flatMap { file in Set(file.people).map { ($0, file.organization) } }
        let organizations = Dictionary(grouping: named, by: \.0).mapValues { Set($0.map(\.1)) }
        let alone = plan.individuals.flatMap { $0 }
        #expect(Set(organizations.keys).union(alone) == Set(1...55_425))
        #expect(Set(organizations.keys).isDisjoint(with: alone))
        let twice = organizations.values.filter { $0.count > 1 }
        #expect(twice.count == 145)
        #expect(twice.allSatisfy { $0.count == 2 })
    }

    @Test func thePeopleLiveInAll47PrefecturesAndAreOfBothKinds() throws {
        let tables = try SeedTables(home: Self.root)
        let people = InventedPeople(tables, try Self.gazetteer())
        let plan = try Self.plan(55_425)
        let sample = stride(from: 1, through: 55_425, by: 5)
        let prefectures = Set(
            sample.map { people.draft($0, seen: Day(number: 20_000))[.prefecture] })
        #expect(prefectures.count == 47)
        let callers = plan.individuals.flatMap { $0 }.filter(SeedPlan.isCaller)
        #expect(callers.count == 1_189)
    }

    private static func gazetteer() throws -> Gazetteer {
        let folder = root + "/Migrations/reference/2026/"
        let prefectures = try rows(folder + "prefectures.csv").map {
            Gazetteer.Prefecture(code: $0["code"] ?? "", name: $0["name"] ?? "")
        }
        let municipalities = try rows(folder + "municipalities.csv").map {
            Gazetteer.Municipality(
                code: $0["code"] ?? "", prefectureCode: $0["prefecture_code"] ?? "",
                county: $0["county"] ?? "", name: $0["name"] ?? "")
        }
        return Gazetteer(prefectures: prefectures, municipalities: municipalities)
    }

    private static func rows(_ path: String) throws -> [[String: String]] {
        let data = try Data(contentsOf: URL(filePath: path))
        let records = try CSVFile.read(
            [UInt8](data), limits: CSVLimits(rows: 9_999, bytes: 1 << 20)
        )
        .records.map(\.cells)
        return records.dropFirst().map { cells in
            Dictionary(uniqueKeysWithValues: zip(records[0], cells))
        }
    }
}
