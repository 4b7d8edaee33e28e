public import Enrollment

/// What a badge says.
public enum BadgeWords {
    public static func name(_ kind: Kind, _ year: FiscalYear) -> String {
        "\(kind.word)（\(year.word)）"
    }

    public static func description(_ kind: Kind, _ year: FiscalYear) -> String {
        "\(year.word)に\(kind.word)として任命されたことを証明します。"
    }

    public static func criteria(_ kind: Kind) -> String {
        switch kind {
        case .promoter: "必要な動画を視聴し、募集対象の区分に当てはまり、デジタル推進委員に任命された人に発行します。"
        case .caller: "地域で参加を呼びかける人として、デジタル推進よびかけ員に任命された人に発行します。"
        }
    }

    /// What the drawing of a badge is called.
    public static func pictureTitle(_ kind: Kind, _ year: FiscalYear) -> String {
        "\(name(kind, year))のバッジ"
    }
}
