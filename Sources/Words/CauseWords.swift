public import Enrollment

extension PlanCause {
    /// 郵便番号が6桁：100行.
    public func title(_ names: [ApplicationField: String]) -> String {
        let name = field.map { names[$0] ?? $0.heading } ?? ""
        return "\(code.cause(name))：\(rows.count.grouped)行"
    }
}

extension ProblemCode {
    /// What rows with this problem have in common, of a column called `name`.
    public func cause(_ name: String) -> String {
        switch self {
        case .e111, .e121, .e131, .e135, .e137, .e141, .e151, .e171: "「\(name)」が空"
        case .e110: "「\(name)」が長すぎる"
        case .e112, .e415: "「\(name)」に使えない文字がある"
        case .e114: "「\(name)」が文字化けしている"
        case .e115, .e226: "「\(name)」が計算式のように始まる"
        case .e122: "「\(name)」が全角カタカナでない"
        case .e124: "「\(name)」の印があるのに、カナが入っている"
        case .e125: "「\(name)」の印があるのに、氏と名の両方が入っている"
        case .e132: "郵便番号が7桁でない"
        case .e136: "都道府県が見つからない"
        case .e138: "市区町村が見つからない"
        case .e144: "住所が都道府県から書かれていない"
        case .e142: "町名・番地が日付になっている"
        case .e152, .e153: "メールアドレスの形式が正しくない"
        case .e161: "電話番号に数字でないものがある"
        case .e162: "電話番号の桁数が正しくない"
        case .e172: "「\(name)」が暦にない日付"
        case .e173: "「\(name)」が未来の日付"
        case .e174: "「\(name)」が早すぎる"
        case .e175: "「\(name)」を読み取れない"
        case .e195: "委員番号を確認できない"
        case .e211: "「\(name)」を氏と名に分けられない"
        case .e221: "応募区分として読み取れない"
        case .e222: "本人の同意が確認できない"
        case .e223: "郵便番号が6桁か5桁"
        case .e230: "「\(name)」が表計算ソフトのエラーの表示になっている"
        case .e228: "「\(name)」を、はい・いいえとして読み取れない"
        case .e301: "同じ人が前の行にもある"
        case .e303: "オープンバッジを希望する人と、同じメールアドレスの人がいる"
        case .e412: "列の数が多すぎる"
        case .e413: "使用できない制御文字がある"
        case .w113: "「\(name)」が答えになっていないかもしれない"
        case .w116: "ほかのシステムでは、別の字で扱う字がある"
        case .w117: "ほかのシステムで扱えない字がある"
        case .w118: "「\(name)」に、名前にはない字か語がある"
        case .w119: "「\(name)」に、漢字に似た別の字がある"
        case .w133: "郵便番号と都道府県・市区町村が一致しない"
        case .w134: "郵便番号が一覧にない"
        case .w143: "いまはない区の名前になっている"
        case .w154: "メールアドレスの「@」より後ろの書き誤りかもしれない"
        case .w164: "電話番号の桁数がふつうと違う"
        case .w212: "「\(name)」に空白が2つ以上ある"
        case .w229: "オープンバッジを希望しているが、メールアドレスがない"
        case .w302: "前の行と同じ人かもしれない"
        case .w304: "同じメールアドレスの人がいる"
        case .n308: "部署・店舗名のほかは、登録の内容を変えない"
        case .n309: "任命が年度の途中で終わっている人"
        case .n123: "「\(name)」を全角カタカナに直した"
        case .n139: "市区町村を正式な名前に直した"
        case .n140: "書かれていない都道府県を補った"
        case .n163: "電話番号の先頭の「0」を補った"
        case .n227: "郵便番号の先頭の「0」を補った"
        case .n225: "セル内の改行を空白に置き換えた"
        default: ofForms
        }
    }

    /// What no row of a file is told today; named by its number, should one be told all the same.
    private var ofForms: String { "確認してください（\(rawValue)）" }
}
