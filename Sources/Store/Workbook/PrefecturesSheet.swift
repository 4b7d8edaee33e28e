internal import Enrollment
internal import Words

/// 06 都道府県別集計, one line per fiscal year, prefecture (99 不明 among them) and kind.
enum PrefecturesSheet {
    static let sheet = Sheet<TallyLine>(
        SheetTitle("06", "都道府県別集計", file: "prefecture_totals"), columns
    ) { context in
        context.numbers.lines(context.numbers.prefectures) { _ in
            context.numbers.prefectureNames + [TallyWords.unknownPlace]
        }
    }

    private typealias Column = SheetColumn<TallyLine>

    private static let columns: [Column] =
        [
            .fiscalYear, Column(.prefectureCode) { .text($0.code) },
            Column(.prefecture) { .text($0.name) }, .kind, .active, .appointed,
        ] + Column.histories + [.ended]
}
