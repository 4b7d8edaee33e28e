internal import Enrollment
internal import Postgres
internal import Words

/// 08 区分別集計, one line per fiscal year, 募集対象区分 and, inside it, 事業 or 団体.
enum CategoriesSheet {
    static let sheet = Sheet<Line>(
        SheetTitle("08", "区分別集計", file: "category_totals"), columns,
        counting: SheetTally(
            word, by: "a.category || ':' || coalesce(a.programme_id, o.code, \(individualsCode))")
    ) { context, _, reading in
        let programmes = try await programmes(reading)
        let numbers = context.numbers
        let found = numbers.sums[word] ?? [:]
        return (
            numbers.years.flatMap { year in
                offers(in: year, programmes, numbers, found.keys).map { offer in
                    Line(year: year, offer: offer, tally: sum(found, year, offer))
                }
            }, nil
        )
    }

    private static let word = "区分別"

    struct Line: Sendable {
        let year: FiscalYear
        let offer: Offer
        let tally: Tally
    }

    /// What people of a category are appointed for.
    struct Offer: Hashable, Sendable {
        let category: EligibilityCategory
        let code: String
        var ministry = ""
        var name = ""

        var key: String { "\(category.rawValue):\(code)" }
    }

    private typealias Column = SheetColumn<Line>

    private static let columns: [Column] = [
        Column(.fiscalYear) { .number($0.year.startYear) },
        Column(.categoryCode) { .text($0.offer.category.code) },
        Column(.category) { .text($0.offer.category.word) },
        Column(.text("ministry", "事業を所管する府省庁等。事業によらない区分では空欄")) {
            .text($0.offer.ministry)
        },
        Column(
            .text("programme_name", "事業の名称。事業によらない区分では、応募した団体の名称。どちらにもよらない人は個人")
        ) { .text($0.offer.name) },
        Column(.active) { .number($0.tally.active) },
        Column(.appointed) { .number($0.tally.appointed) },
    ]

    /// Both kinds together: a category is of one kind.
    private static func sum(
        _ tallies: [TallyKey: Tally], _ year: FiscalYear, _ offer: Offer
    ) -> Tally {
        Kind.allCases.reduce(into: Tally()) { sum, kind in
            let tally = tallies[TallyKey(year, offer.key, kind)] ?? Tally()
            sum.active += tally.active
            sum.appointed += tally.appointed
        }
    }

    /// Everything that a year offers, and what else people were appointed for, by category: first
    /// programmes, then organizations, then those who come alone.
    private static func offers(
        in year: FiscalYear, _ programmes: [(year: FiscalYear, offer: Offer)],
        _ numbers: MinistryNumbers, _ found: some Sequence<TallyKey>
    ) -> [Offer] {
        let ofYear = programmes.filter { $0.year == year }.map(\.offer)
        let organizations = numbers.countedOrganizations[year] ?? []
        let keys = Set(found.filter { $0.year == year }.map(\.code))
        return EligibilityCategory.allCases.flatMap { category -> [Offer] in
            let own = ofYear.filter { $0.category == category }
            let theirs = organizations.map {
                (offer: Offer(category: category, code: $0.code, name: $0.name), year: $0)
            }.filter {
                $0.year.category == category && own.isEmpty || keys.contains($0.offer.key)
            }.map(\.offer)
            let alone = Offer(
                category: category, code: individualsCode, name: TallyWords.individuals)
            let others = own + theirs
            return others + (others.isEmpty || keys.contains(alone.key) ? [alone] : [])
        }
    }

    private static func programmes(
        _ reading: ReadStore
    ) async throws -> [(year: FiscalYear, offer: Offer)] {
        try await reading.longRows(
            """
            SELECT fiscal_year, category, id, ministry, name FROM programmes
            ORDER BY fiscal_year, position
            """
        ).map {
            (
                try $0.year("fiscal_year"),
                Offer(
                    category: try $0.code("category"), code: try $0.string("id"),
                    ministry: try $0.string("ministry"), name: try $0.string("name"))
            )
        }
    }
}
