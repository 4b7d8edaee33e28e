internal import Enrollment
internal import Words

/// 04 団体別集計, one line per fiscal year, organization and kind.
enum OrganizationsSheet {
    static let sheet = Sheet<TallyLine>(
        SheetTitle("04", "団体別集計", file: "organization_totals"), columns
    ) { context in
        let numbers = context.numbers
        return numbers.lines(numbers.organizations) { year in
            numbers.organizationNames(in: year) + [(individualsCode, TallyWords.individuals)]
        }.map { line in
            var line = line
            line.organization = numbers.countedOrganizations[line.year]?.first {
                $0.code == line.code
            }
            return line
        }
    }

    private typealias Column = SheetColumn<TallyLine>

    private static let columns: [Column] =
        [
            .fiscalYear, Column(.organizationCode) { .text($0.code) },
            Column(.organizationName) { .text($0.name) },
            Column(.corporateNumber) { .text($0.organization?.corporateNumber ?? "") },
            Column(.text("organization_kind_code", "団体の法人種別コード")) {
                .text($0.organization?.kindCode ?? "")
            },
            Column(.organizationGroup) {
                .text($0.organization?.groupName ?? TallyWords.individuals)
            },
            Column(.category) { .text($0.organization?.category?.word ?? "") }, .kind, .active,
            .count(
                .count(
                    "secondary_count", of: .persons, "主たる所属を別の団体とする現任者の数。合計には含めない"),
                \.secondary),
            .appointed,
        ] + Column.histories + [
            .ended, .everPersons,
            Column(.day("last_received_on", "団体からの応募を最後に受け付けた日")) {
                .day($0.organization?.lastReceivedOn)
            },
        ]
}
