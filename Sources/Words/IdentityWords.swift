public import Enrollment

/// Why a row may speak of somebody, in words: 氏名、住所が同じ.
public enum IdentityWords {
    /// Of `IdentityReason.code`; empty of two rows of a file, about which nothing is kept.
    public static func reason(_ code: String) -> String {
        let parts = code.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let names = NameLikeness(rawValue: parts[0]) else { return "" }
        let same = parts[1].split(separator: ",").compactMap { items[String($0)] }
        let sentence = names.word
        if same.isEmpty { return sentence + "。ほかに同じものはありません" }
        return sentence + "。" + same.joined(separator: "、") + "が同じ"
    }

    /// What a question is about, by how alike the names are (`NameLikeness`); empty of two rows of
    /// one file.
    public static func kind(_ likeness: String) -> String {
        switch NameLikeness(rawValue: likeness) {
        case nil: "同じ名簿の中"
        case .same: "同じ名前"
        case .kanaDiffers: "カナの違い"
        case .lookAlike, .near: "にた字・打ちまちがい"
        case .kanjiDiffers: "漢字の違い"
        case .familyDiffers: "氏の変更"
        case .different: "名前の違い"
        }
    }

    /// What is known of somebody, in one text; what is not known is left out.
    public static func facts(_ facts: [String]) -> String {
        facts.filter { !$0.isEmpty }.joined(separator: "、")
    }

    private static let items = [
        "member_number": "委員番号", "employee_number": "社員番号", "mail": "メールアドレス",
        "phone": "電話番号", "home": "住所",
    ]
}

extension NameLikeness {
    fileprivate var word: String {
        switch self {
        case .same: "氏名が同じ"
        case .kanaDiffers: "漢字が同じで、カナが違う"
        case .lookAlike: "氏名が、似た字の1字だけ違う"
        case .kanjiDiffers: "カナが同じで、漢字が違う"
        case .familyDiffers: "名が同じで、氏が違う"
        case .near: "氏名が少しだけ違う"
        case .different: "氏名が違う"
        }
    }
}
