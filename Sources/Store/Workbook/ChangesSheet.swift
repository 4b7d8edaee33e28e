internal import Enrollment
internal import Words

/// 99 対応表, one line per change of a layout: what `changes.md` beside the layouts says.
enum ChangesSheet {
    static let sheet = Sheet<LayoutChange>(
        SheetTitle("99", "対応表", file: "changes"), columns
    ) { $0.layouts.changes }

    private typealias Column = SheetColumn<LayoutChange>

    private static let columns: [Column] = [
        Column(.text("layout_version", "様式の版。年度の西暦の年")) { .text($0.version) },
        Column(.day("changed_on", "様式を変えた日")) { .day($0.day) },
        Column(.text("changed_sheet", "変えたシートの名。「すべて」はすべてのシート")) { .text($0.sheet) },
        Column(.text("change", "変えた内容")) { .text($0.text) },
    ]
}
