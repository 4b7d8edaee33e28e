internal import Enrollment
internal import Words

/// 09 月次推移, one line per month and kind.
enum MonthsSheet {
    static let sheet = Sheet<MonthTally>(
        SheetTitle("09", "月次推移", file: "months"), columns
    ) { $0.numbers.months }

    private typealias Column = SheetColumn<MonthTally>

    private static let columns: [Column] = [
        Column(.month) { .text($0.month) },
        Column(.fiscalYear) { .number($0.year.startYear) },
        Column(.kind) { .text($0.kind.word) },
        Column(
            .count(
                "month_applied_count", of: .applications,
                "その月に受け付けた応募の数。年度更新と、ほかの応募にまとめたものを除く")
        ) {
            .number($0.applied)
        },
        Column(.count("month_appointed_count", of: .persons, "任命開始日がその月にある任命の数")) {
            .number($0.appointed)
        },
        Column(
            .count("month_ended_count", of: .persons, "その月に辞任・解任・区分変更で終了した任命の数")
        ) { .number($0.ended) },
        Column(.count("month_end_active_count", of: .persons, "月末の日の現任者数")) {
            .number($0.active)
        },
        Column(.count("month_end_ever_persons", of: .persons, "月末の日の通算実人数")) {
            .number($0.everPersons)
        },
    ]
}
