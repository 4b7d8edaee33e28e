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

    /// Our own drawing, as SVG.
    public static func artwork(_ kind: Kind, _ year: FiscalYear) -> String {
        let lines = kind == .promoter ? ("デジタル", "推進委員") : ("デジタル推進", "よびかけ員")
        let size = kind == .promoter ? 60 : 46
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 512 512">\
            <circle cx="256" cy="256" r="248" fill="#0017c1"/><circle cx="256" cy="256" r="226" fill="#fff"/>\
            <circle cx="214" cy="120" r="40" fill="#0017c1"/><circle cx="286" cy="124" r="34" fill="#7096f8"/>\
            <path d="M150 200c40-52 172-52 212 0" fill="none" stroke="#259d63" stroke-width="18" stroke-linecap="round"/>\
            <g font-family="BIZ UDPGothic, Noto Sans CJK JP, sans-serif" font-weight="700" text-anchor="middle" fill="#1a1a1a">\
            <text x="256" y="286" font-size="\(size)">\(lines.0)</text>\
            <text x="256" y="\(296 + size)" font-size="\(size)">\(lines.1)</text>\
            <text x="256" y="420" font-size="30" fill="#0017c1">\(year.word)</text></g></svg>
            """
    }
}
