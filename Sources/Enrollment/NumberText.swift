internal import JapaneseText

/// A number as a person types it.
enum NumberText {
    /// Upper-case ASCII letters and digits of `typed`, whatever width, without hyphens and spaces.
    static func plain(_ typed: String) -> String {
        let narrow = Width.hyphensUnified(Width.narrowed(TextTrim.cellCleaned(typed)))
        return narrow.uppercased().filter { $0 != "-" && $0 != " " }
    }
}
