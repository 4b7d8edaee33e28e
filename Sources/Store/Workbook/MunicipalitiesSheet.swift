internal import Enrollment
internal import Postgres
internal import Words

/// 07 市区町村別集計, one line per fiscal year, municipality and kind. Of municipalities in which nobody
/// was ever appointed there is no line.
enum MunicipalitiesSheet {
    static let sheet = Sheet<Line>(
        SheetTitle("07", "市区町村別集計", file: "municipality_totals"), columns,
        counting: SheetTally(word, by: "coalesce(v.municipality_code, a.municipality_code)")
    ) { context, _, reading in
        let places = try await places(reading)
        let tallies = context.numbers.sums[word] ?? [:]
        let codes = Set(tallies.keys.map(\.code)).sorted()
        let lines = context.numbers.lines(tallies) { _ in codes.map { ($0, "") } }
        return (try lines.map { Line(counts: $0, place: try place($0.code, in: places)) }, nil)
    }

    private static let word = "市区町村別"

    struct Line: Sendable {
        let counts: TallyLine
        let place: Place
    }

    typealias Place = (prefecture: String, city: String)

    private typealias Column = SheetColumn<Line>

    private static let columns: [Column] = [
        Column(.fiscalYear) { .number($0.counts.year.startYear) },
        Column(.municipalityCode) { .text($0.counts.code) },
        Column(.prefecture) { .text($0.place.prefecture) },
        Column(.city) { .text($0.place.city) },
        Column(.kind) { .text($0.counts.kind.word) },
        Column(.active) { .number($0.counts.tally.active) },
        Column(.appointed) { .number($0.counts.tally.appointed) },
    ]

    private static func places(_ reading: ReadStore) async throws -> [String: Place] {
        let rows = try await reading.longRows(
            """
            SELECT m.code, pr.name AS prefecture, m.county || m.name AS city
            FROM municipalities m JOIN prefectures pr ON pr.code = m.prefecture_code
            """)
        return try Dictionary(
            uniqueKeysWithValues: rows.map {
                (try $0.string("code"), (try $0.string("prefecture"), try $0.string("city")))
            })
    }

    private static func place(_ code: String, in places: [String: Place]) throws -> Place {
        guard let place = places[code] else { throw CorruptRow(column: "municipality_code") }
        return place
    }
}
