internal import Enrollment
internal import Words

/// 05 団体グループ別集計, one line per fiscal year, group of organizations and kind.
enum GroupsSheet {
    static let sheet = Sheet<Line>(
        SheetTitle("05", "団体グループ別集計", file: "group_totals"), columns
    ) { context in
        let numbers = context.numbers
        return numbers.lines(numbers.groups) { _ in
            numbers.groupNames + [(individualsCode, TallyWords.individuals)]
        }.map { line in
            Line(
                counts: line,
                organizations: (numbers.countedOrganizations[line.year] ?? []).count {
                    $0.groupCode == line.code
                })
        }
    }

    struct Line: Sendable {
        let counts: TallyLine
        let organizations: Int
    }

    private typealias Column = SheetColumn<Line>

    private static let columns: [Column] = [
        Column(.fiscalYear) { .number($0.counts.year.startYear) },
        Column(.organizationGroup) { .text($0.counts.name) },
        Column(.count("organization_count", of: .organizations, "グループに属する団体の数")) {
            .number($0.organizations)
        },
        Column(.kind) { .text($0.counts.kind.word) },
        Column(.active) { .number($0.counts.tally.active) },
        Column(.appointed) { .number($0.counts.tally.appointed) },
        Column(.everPersons) { .number($0.counts.tally.everPersons) },
    ]
}
