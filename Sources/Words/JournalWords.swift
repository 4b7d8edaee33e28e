public import Enrollment

extension EventKind {
    /// What was done, in a few words.
    public var word: String { officeWord ?? personWord ?? watchedWord ?? rawValue }

    private var personWord: String? {
        switch self {
        case .submit: "応募"
        case .merge: "先の応募への統合"
        case .withdraw: "取下げ"
        case .correct: "訂正"
        case .changeAffiliation: "団体が届けた所属"
        case .answerAmendment: "補正"
        case .agreeListing: "団体の名簿に同意"
        case .objectListing: "団体の名簿での申込みを希望しない"
        case .proposeCorrection: "団体からの訂正の申し出"
        case .leaveOrganization: "団体が届けた離脱"
        case .rejoinOrganization: "離脱の届け出の取消し"
        case .askCorrection: "訂正の申し出"
        case .takeBackCorrection: "訂正の申し出の取下げ"
        case .changeMail: "メールアドレスの変更"
        case .tellViewings: "来年度の動画を見た日"
        case .answerReuse: "更新についての答え"
        case .resign: "辞任"
        case .receiveGroup: "名簿の受け取り"
        case .planGroup: "名簿の下見"
        case .confirmGroup: "名簿の送信"
        case .applyGroup: "名簿の反映"
        default: nil
        }
    }

    private var officeWord: String? {
        switch self {
        case .approve: "承認"
        case .reject: "不承認"
        case .reopen: "審査にもどす"
        case .expire: "期限切れ"
        case .askAmendment: "補正の求め"
        case .setConsentRule: "団体の同意の決まり"
        case .takeBackAmendment: "補正の求めの取消し"
        case .acceptCorrection: "訂正の申し出のとおりに直した"
        case .refuseCorrection: "訂正の申し出のとおりに直さない"
        case .doubtSame: "同じ人と答えた"
        case .doubtDifferent: "別人と答えた"
        case .takeBackDoubt: "同じ人・別人の答えを元にもどした"
        case .putOffDoubt: "同じ人かどうかをあとにした"
        case .part: "統合を元にもどした"
        case .mergePeople: "人をまとめた"
        case .separatePeople: "まとめを解いた"
        case .appoint: "任命"
        case .endAppointment: "任命の終わり"
        case .resumeAppointment: "任命にもどす"
        case .supersede: "区分変更"
        case .reissueCertificate: "任命状の再発行"
        case .resendLetter: "メールの再送"
        case .writeNote: "メモ"
        case .strikeNote: "メモの取消"
        case .forget: "消去"
        default: nil
        }
    }

    private var watchedWord: String? {
        switch self {
        case .openApplication: "応募の内容を見た"
        case .openPerson: "この人のページを見た"
        case .openMember: "団体がこの人のページを見た"
        case .downloadCertificate: "任命状をひらいた"
        case .downloadOwn: "自分のデータを受け取った"
        case .openStatus: "本人の画面をひらいた"
        case .signIn: "ログイン"
        case .signOut: "ログアウト"
        default: nil
        }
    }
}

/// What the journal calls things, and what it says of them.
public enum JournalWords {
    /// Of what something was said.
    public static func label(_ key: String) -> String {
        labels[key] ?? ApplicationField(key: key)?.label ?? key
    }

    /// What was said of it.
    public static func text(_ text: String, of key: String) -> String {
        if let word = code(text, of: key) { return word }
        if let day = Day(text) { return day.word }
        if key == "fields" {
            return text.split(separator: ", ").map { label(String($0)) }.joined(separator: "、")
        }
        return ApplicationField(key: key).map {
            ApplicationDraft.Answer(field: $0, text: text).word
        } ?? text
    }

    private static func code(_ text: String, of key: String) -> String? {
        switch key {
        case "state": ApplicationState(rawValue: text)?.word
        case "kind": Kind(rawValue: text)?.word
        case "route": ApplicationRoute(rawValue: text)?.word
        case "category": EligibilityCategory(rawValue: text)?.word
        case "left_because": Leaving.Reason(rawValue: text)?.word ?? "在籍"
        case "answer", "reuse_answer": ReuseAnswer(rawValue: text)?.word
        case "shown", "no_reading", "single_name": text == "yes" ? "はい" : "いいえ"
        case "badge_opt_in": ApplicationField.badgeOptIn.word(isYes: text == "yes")
        case "share_consent": ApplicationField.consentShare.word(isYes: text == "yes")
        case "public_consent": ApplicationField.consentPublic.word(isYes: text == "yes")
        case "news_opt_in": ApplicationField.newsOptIn.word(isYes: text == "yes")
        default: nil
        }
    }

    private static let labels = [
        "state": "状態", "kind": "応募区分", "category": "募集対象の区分", "programme_id": "事業",
        "organization_id": "団体", "business_place_id": "事業所", "unit": "部署・店舗名",
        "last_day": "所属の最後の日", "due_on": "補正の期限", "left_because": "離脱の理由",
        "workplace_name": "所属先の名称", "prefecture_code": "都道府県",
        "municipality_code": "市区町村", "ward": "区", "route": "経路",
        "share_consent": "共有の同意", "public_consent": "名前の表示",
        "reuse_answer": "次の年度の更新に、入力した内容を使う", "answer": "答え", "from": "任命の最初の日",
        "ends_on": "任命が効かなくなる日", "application": "応募", "fields": "項目", "note": "メモの番号",
        "shown": "本人に見せる", "corrects": "書き直したメモの番号", "letter": "メールの番号",
        "employee_number": "社員番号", "applications": "見た応募", "by": "きっかけ",
    ]
}
