internal import Enrollment
internal import Words

/// One line of a sheet of counts.
struct TallyLine: Sendable {
    let year: FiscalYear
    let kind: Kind
    let tally: Tally
    var code = ""
    var name = ""
    var organization: CountedOrganization?
}

extension MinistryNumbers {
    /// Every year and kind under each name, also where there is nobody: 0 is written.
    func lines(
        _ tallies: [TallyKey: Tally], _ names: (FiscalYear) -> [(code: String, name: String)]
    ) -> [TallyLine] {
        years.flatMap { year in
            names(year).flatMap { code, name in
                Kind.allCases.map { kind in
                    TallyLine(
                        year: year, kind: kind,
                        tally: tallies[TallyKey(year, code, kind)] ?? Tally(), code: code,
                        name: name)
                }
            }
        }
    }

    func organizationNames(in year: FiscalYear) -> [(code: String, name: String)] {
        (countedOrganizations[year] ?? []).map { ($0.code, $0.name) }
    }
}

/// What counts are of.
extension SheetColumn where Line == TallyLine {
    static var fiscalYear: Self { Self(.fiscalYear) { .number($0.year.startYear) } }
    static var kind: Self { Self(.kind) { .text($0.kind.word) } }

    /// A measure of the tally.
    static func count(
        _ meaning: ColumnMeaning, _ measure: KeyPath<Tally, Int> & Sendable
    ) -> Self { Self(meaning) { .number($0.tally[keyPath: measure]) } }

    static var active: Self { count(.active, \.active) }
    static var appointed: Self { count(.appointed, \.appointed) }
    static var histories: [Self] {
        [count(.new, \.new), count(.renewed, \.renewed), count(.reappointed, \.reappointed)]
    }
    static var ended: Self { count(.ended, \.ended) }
    static var everPersons: Self { count(.everPersons, \.everPersons) }
}
