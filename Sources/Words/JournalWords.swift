public import Enrollment

extension EventKind {
    /// What was done, in a few words.
    public var word: String {
        officeWord ?? personWord ?? planWord ?? keptWord ?? materialWord ?? accountWord
            ?? watchedWord ?? triedWord ?? rawValue
    }

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
        case .discardGroup: "名簿の取りやめ"
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

    private var planWord: String? {
        switch self {
        case .askSecondOfficer: "実行の確認を頼んだ"
        case .confirmAsSecondOfficer: "二人目として確認した"
        case .declineAsSecondOfficer: "実行しないと答えた"
        case .withdrawSecondOfficer: "確認を頼むのをやめた"
        case .planAppointmentUndo: "任命の下見の取消し（下見）"
        case .applyAppointmentUndo: "任命の取消し（下見の全員）"
        case .planUndo: "名簿の送信の取消しの下見"
        case .applyUndo: "名簿の送信の取消し"
        case .planAppointments: "任命の下見"
        case .applyAppointments: "任命の実行"
        case .planRenewal: "年度更新の予行"
        case .applyRenewal: "年度更新の実行"
        case .confirmPlan: "実行の指示"
        case .giveUpJob: "失敗した仕事をやめた"
        case .retryMail: "届かなかったメールの再送"
        case .exportMinistry: "書き出し"
        default: nil
        }
    }

    private var keptWord: String? {
        switch self {
        case .signCertificate: "任命状の署名"
        case .signBadges: "オープンバッジの署名"
        case .makeSigningKey: "署名の鍵を作った"
        case .retireSigningKey: "署名の鍵を使うのをやめた"
        case .distrustSigningKey: "署名の鍵の失効"
        case .trustSigningKey: "署名の鍵の失効の取消し"
        case .openYear: "年度の準備"
        case .openOrganization: "団体の登録"
        case .renameOrganization: "団体の改称"
        case .changeOrganization: "団体の法人番号・グループの変更"
        case .closeOrganization: "団体をとじる"
        case .reopenOrganization: "団体をとじるのをやめた"
        case .addBusinessPlace: "事業所の追加"
        case .renameBusinessPlace: "事業所の改称"
        case .closeBusinessPlace: "事業所をなくす・もどす"
        case .withdrawVideo: "動画を必要としないことにした"
        case .restoreVideo: "動画をまた必要にした"
        default: nil
        }
    }

    private var materialWord: String? {
        switch self {
        case .askMaterials: "資材の依頼"
        case .correctMaterials: "資材の依頼の訂正"
        case .withdrawMaterials: "資材の依頼の取りやめ"
        case .resumeMaterials: "取りやめた資材をまた頼んだ"
        case .sendMaterials: "資材の発送"
        case .takeBackSending: "資材の発送の取消し"
        case .returnMaterials: "資材が戻ってきた"
        case .takeBackReturn: "資材が戻ってきたことの取消し"
        case .sendMaterialsAgain: "戻ってきた資材をまた送る"
        default: nil
        }
    }

    private var accountWord: String? {
        switch self {
        case .addAccount: "アカウントの登録"
        case .changeAccount: "アカウントの変更"
        case .enableAccount: "アカウントの再開"
        case .disableAccount: "アカウントの停止"
        case .changeRights: "権限の変更"
        case .inviteAccount: "招待"
        case .resendInvitation: "招待の再送"
        case .withdrawInvitation: "招待の取消し"
        case .acceptInvitation: "招待を受けた"
        case .changePassword: "パスワードの変更"
        case .endSessions: "ログイン中の画面を終わらせた"
        case .setUpSecondFactor: "二段階の確認の設定"
        case .removeSecondFactor: "二段階の確認をやめた"
        case .resetSecondFactor: "二段階の確認の取消し"
        case .renewRecoveryCodes: "予備のコードの作り直し"
        default: nil
        }
    }

    private var triedWord: String? {
        switch self {
        case .proveSecondFactor: "確認コードの入力"
        case .useRecoveryCode: "予備のコードの使用"
        case .signInFailed: "ログインの失敗"
        case .signInRefused: "ログインを受け付けなかった"
        case .codeFailed: "確認番号のまちがい"
        case .slowedDown: "回数の上限"
        case .accessRefused: "見られない画面を開こうとした"
        case .forged: "当サービスの画面からではない送信"
        case .unnamedProxy: "設定にない中継サーバー"
        default: nil
        }
    }

    private var watchedWord: String? {
        switch self {
        case .openQueue: "応募の一覧を見た"
        case .openProposals: "訂正の申し出を見た"
        case .openDoubts: "重複の確認を見た"
        case .openPeople: "人をまとめる画面を見た"
        case .openPlan: "下見を見た"
        case .openMembers: "名簿を見た"
        case .openAccounts: "アカウントを見た"
        case .openJournal: "記録を見た"
        case .openGroupFile: "送られた名簿を見た"
        case .searchPeople: "人を探した"
        case .searchMembers: "名簿の中を探した"
        case .downloadMembers: "名簿を受け取った"
        case .downloadErrors: "名簿のまちがいの一覧を受け取った"
        case .downloadExport: "書き出したファイルを受け取った"
        case .openApplication: "応募の内容を見た"
        case .openPerson: "この人のページを見た"
        case .openMember: "団体がこの人のページを見た"
        case .downloadCertificate: "任命状をひらいた"
        case .downloadLabels: "資材のあて名の一覧を受け取った"
        case .downloadNametags: "名札を受け取った"
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
    /// Of what something was said by an act.
    public static func label(_ key: String, in act: EventKind) -> String {
        switch (act, key) {
        case (.closeOrganization, "ends_on"), (.reopenOrganization, "ends_on"): "団体がなくなる日"
        default: label(key)
        }
    }

    /// Of what something was said.
    public static func label(_ key: String) -> String {
        labels[key] ?? ApplicationField(key: key)?.label ?? key
    }

    /// What was said of it.
    public static func text(_ text: String, of key: String) -> String {
        if let word = code(text, of: key) { return word }
        if let day = Day(text) { return day.word }
        if let moment = Instant(text) { return moment.word }
        if ["fields", "what"].contains(key) {
            return text.split(separator: ", ").map { role(String($0)) ?? label(String($0)) }
                .joined(separator: "、")
        }
        return ApplicationField(key: key).map {
            ApplicationDraft.Answer(field: $0, text: text).word
        } ?? text
    }

    private static func code(_ text: String, of key: String) -> String? {
        switch key {
        case "state": ApplicationState(rawValue: text)?.word
        case "material_state": MaterialState(rawValue: text)?.word
        case "kind": Kind(rawValue: text)?.word
        case "route": ApplicationRoute(rawValue: text)?.word
        case "category": EligibilityCategory(rawValue: text)?.word
        case "rights":
            OfficeRights(
                text.split(separator: ", ").compactMap { OfficeRight(rawValue: String($0)) }
            )
            .word
        case "role": role(text)
        case "by" where text == "handed_over": "引き継ぎ"
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

    private static func role(_ code: String) -> String? {
        switch code {
        case "office": "事務局"
        case "organization": "団体の担当"
        case "ministry": "府省"
        default: nil
        }
    }

    private static let labels: [String: String] = [
        "state": "状態", "kind": "応募区分", "category": "募集対象の区分", "programme_id": "事業",
        "organization_id": "団体", "business_place_id": "事業所", "unit": "部署・店舗名",
        "last_day": "所属の最後の日", "due_on": "補正の期限", "left_because": "離脱の理由",
        "workplace_name": "所属先の名称", "prefecture_code": "都道府県",
        "municipality_code": "市区町村", "ward": "区", "route": "経路",
        "share_consent": "共有の同意", "public_consent": "名前の表示",
        "reuse_answer": "次の年度の更新に、入力した内容を使う", "answer": "答え", "from": "任命の最初の日",
        "ends_on": "任命が効かなくなる日", "application": "応募", "fields": "項目", "note": "メモの番号",
        "shown": "本人に見せる", "corrects": "書き直したメモの番号", "letter": "メールの番号",
        "rights": "権限", "role": "役割", "organization": "団体コード", "since": "いつから",
        "corporate_number": "法人番号", "group": "団体グループ", "business_place": "事業所",
        "email": "メールアドレス", "name": "名前", "what": "対象", "password": "パスワード", "rule": "決まり",
        "invitation": "招待の番号",
        "sessions_ended": "終わった画面の数", "count": "件数", "purpose": "目的",
        "client": "接続元", "programme": "事業", "activity_note": "活動内容", "opens_on": "最初の日",
        "closes_on": "最後の日",
        "employee_number": "社員番号", "applications": "見た応募", "by": "きっかけ",
        "material_state": "資材の状態", "sticker": "ステッカー", "nametag": "名札", "material": "資料",
        "ship_to_name": "宛名・部署", "sent_on": "発送した日", "numbers": "依頼番号",
    ]
}

extension JournalSubject {
    /// What it is, in a word; `name` is what it is called today.
    public func word(named name: String?) -> String {
        switch kind {
        case .application: "応募　\(name ?? key)"
        case .receipt: "応募　\(key)"
        case .person: "人　\(name ?? key)"
        case .appointment: "任命　\(key)"
        case .account: "アカウント　\(name ?? key)"
        case .invitation: "招待　\(key)"
        case .organization: "団体　\(name ?? key)"
        case .plan: "下見　\(key)"
        case .groupFile: "団体の名簿　\(key)"
        case .signingKey: "署名の鍵　\(key)"
        case .export: "書き出し　\(key)"
        case .year: Int(key).map { FiscalYear(startYear: $0).word } ?? key
        case .page: "画面　\(key)"
        case .address: "アドレスのしるし　\(key)"
        case .mail: "メール　\(key)通"
        case .job: "仕事　\(key)"
        case .lifetime: "保存期間　\(key)"
        case .materials: "資材の依頼　\(key)"
        case .other: Self.places[key] ?? key
        }
    }

    private static let places = [
        "queue": "応募の一覧", "people": "人を探す", "doubts": "重複の確認", "proposals": "訂正の申し出",
        "accounts": "アカウントの一覧", "journal": "記録",
        "materials": "資材",
    ]
}
