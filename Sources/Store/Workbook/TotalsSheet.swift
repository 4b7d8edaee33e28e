internal import Enrollment
internal import Words

/// 03 全体集計, one line per fiscal year and kind.
enum TotalsSheet {
    static let sheet = Sheet<TallyLine>(
        SheetTitle("03", "全体集計", file: "totals"), columns
    ) { context in context.numbers.lines(context.numbers.totals) { _ in [("", "")] } }

    private typealias Column = SheetColumn<TallyLine>

    private static let columns: [Column] =
        [
            .fiscalYear, Column(.fiscalYearEra) { .text($0.year.word) },
            Column(.kindCode) { .text($0.kind.code) }, .kind, .active, .appointed,
        ] + Column.histories + [
            .ended, .everPersons,
            .count(
                .count("ever_appointments", of: .appointments, "集計基準日までの全年度の任命の数"),
                \.everAppointments),
        ]
}
