internal import Enrollment

extension FoundBy {
    /// What is looked for, as a link to it says.
    var word: String {
        switch self {
        case .receipt: "受付番号"
        case .appointment: "任命番号"
        case .member: "委員番号"
        case .mail: "メールアドレス"
        case .mailPart: "メールアドレスのはじめ"
        case .mailDomain: "メールアドレスの@から後ろ"
        case .phone: "電話番号"
        case .postalCode: "郵便番号"
        case .kana: "読み"
        case .name: "氏名"
        case .given: "名"
        case .workplace: "所属先の名称"
        case .organization: "団体"
        case .address: "住所"
        }
    }

    /// Why somebody stands in the list, and in which order.
    func reason(_ typed: String) -> String {
        switch self {
        case .receipt: "受付番号が同じ応募です。"
        case .appointment: "任命番号が同じ応募です。"
        case .member: "委員番号が同じ人の応募です。"
        case .mail: "メールアドレスが同じ応募です。"
        case .mailPart: "メールアドレスが「\(typed)」で始まる応募です。"
        case .mailDomain: "メールアドレスの@から後ろが「\(typed)」で始まる応募です。"
        case .phone: "電話番号が「\(typed)」で始まる応募を、番号の順に示します。"
        case .postalCode: "郵便番号が「\(typed)」で始まる応募を、番号の順に示します。"
        case .kana: "読みが「\(typed)」で始まる人の応募を、読みの順に示します。"
        case .name: "氏名が「\(typed)」で始まる人の応募を、氏名の順に示します。"
        case .given: "名（または名の読み）が「\(typed)」で始まる人の応募を、その順に示します。"
        case .workplace: "所属先の名称が「\(typed)」で始まる応募を、その名称の順に示します。"
        case .organization: "名前に「\(typed)」が入る団体に、この年度に所属する人の応募を、読みの順に示します。"
        case .address: "住所が「\(typed)」で始まる応募を、町と番地の順に示します。"
        }
    }
}
