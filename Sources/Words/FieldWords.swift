public import Enrollment

extension ApplicationField {
    /// 画面ラベル: how a page calls the question.
    public var label: String {
        switch self {
        case .badgeOptIn: "オープンバッジの発行"
        case .memberNumber: "委員番号（継続の方）"
        case .street: "町字以下（町名・番地）"
        case .reuseOptIn: "次の年度の更新に、入力した内容を使う"
        default: heading
        }
    }

    /// What is said of a text question on the form, beside what is wrong with the answer.
    public var hint: String {
        switch self {
        case .workplaceName:
            "勤めている会社や、活動している団体の名前です。「デジタル庁が認める者」を選び、「所属団体」を選ばない方は、必ず入力してください。"
        case .activityNote: "どの事業で、どこで、どのような支援をしているか。400文字まで。"
        default: ""
        }
    }

    /// 見出し（正）: the right heading in a group's file, by which its rows are spoken of.
    public var heading: String {
        switch self {
        case .kind: "応募区分"
        case .category: "募集対象の区分"
        case .programme: "取組を行っている事業"
        case .organization: "所属団体"
        case .workplaceName: "所属先の名称"
        case .unit: "部署・店舗名"
        case .activityNote: "活動内容"
        case .familyName: "氏"
        case .givenName: "名"
        case .familyNameKana: "氏（カナ）"
        case .givenNameKana: "名（カナ）"
        case .postalCode: "郵便番号"
        case .prefecture: "都道府県"
        case .city: "市区町村"
        case .street: "町字以下"
        case .building: "建物名等"
        case .email: "メールアドレス"
        case .phone: "電話番号"
        case .viewedOn(let slot): "視聴日（動画\(slot)）"
        case .badgeOptIn: "オープンバッジ希望"
        case .consentTerms: "募集要項への同意"
        case .consentPrivacy: "個人情報の取扱いへの同意"
        case .consentShare: "所属団体への共有の同意"
        case .consentPublic: "公開の同意"
        case .newsOptIn: "お知らせメール"
        case .reuseOptIn: "次年度の手続で入力内容を再利用する"
        case .memberNumber: "委員番号"
        case .rowNumber: "No."
        case .fullName: "氏名"
        case .fullNameKana: "フリガナ"
        case .fullAddress: "住所"
        case .consent: "本人同意"
        case .noKana: "読みなし"
        case .singleName: "氏名1語"
        case .employeeNumber: "社員番号"
        case .note: "備考"
        case .businessPlace: "事業所"
        }
    }

    /// An answer to show in a hint or a sample row; empty where an example would mislead.
    public var example: String {
        switch self {
        case .kind: Kind.promoter.word
        case .familyName: "山田"
        case .givenName: "太郎"
        case .familyNameKana: "ヤマダ"
        case .givenNameKana: "タロウ"
        case .fullName: "山田　太郎"
        case .fullNameKana: "ヤマダ　タロウ"
        case .postalCode: "102-0094"
        case .prefecture: "東京都"
        case .city: "千代田区"
        case .street: "紀尾井町1-3"
        case .fullAddress: "東京都千代田区紀尾井町1-3"
        case .email: "taro@example.jp"
        case .phone: "090-1234-5678"
        case .workplaceName: "見本商店"
        case .unit: "総務課"
        case .activityNote: "地域の集まりで、使い方を教えている。"
        case .viewedOn: "2026-09-01"
        case .consent: "同意する"
        case .badgeOptIn: "希望する"
        default: ""
        }
    }
}
