internal import Enrollment

/// The texts of sheet 91_項目定義, by physical name.
enum ColumnDefinitions {
    static let texts: [String: String] = roster.merging(counts) { first, _ in first }

    private static let roster: [String: String] = [
        "appointment_number": "任命ごとの番号。元号の年、区分、年度と区分ごとの通し番号、検査文字からなる",
        "member_number": "人ごとの番号。年度と区分が変わっても変わらない",
        "fiscal_year": "年度の4月1日が属する西暦の年",
        "fiscal_year_era": "年度の和暦による表記",
        "kind_code": "応募区分のコード", "kind": "応募区分の名称",
        "category_code": "募集対象の区分のコード", "category": "募集対象の区分の名称",
        "family_name": "氏。本人の入力どおり", "given_name": "名。本人の入力どおり",
        "family_name_kana": "氏の読み。全角カタカナ", "given_name_kana": "名の読み。全角カタカナ",
        "family_name_0213": "氏。JIS X 0213の範囲外の文字を代替文字に置き換えたもの",
        "given_name_0213": "名。JIS X 0213の範囲外の文字を代替文字に置き換えたもの",
        "postal_code": "自宅の郵便番号。ハイフンなしの7桁",
        "prefecture_code": "都道府県コード（JIS X 0401）。2桁。99は不明", "prefecture": "都道府県の名称",
        "municipality_code": "全国地方公共団体コード。検査数字を含む6桁。政令指定都市は市のコード",
        "city": "市区町村の名称", "ward": "政令指定都市の行政区", "street": "町字以下", "building": "建物名等",
        "email": "連絡先のメールアドレス", "phone": "連絡先の電話番号。ハイフンなし",
        "organization_code": "主たる所属団体のコード。団体に所属しない人は individual", "organization_name": "主たる所属団体の名称",
        "corporate_number": "団体の法人番号。13桁", "organization_kind_code": "団体の法人種別コード",
        "organization_group": "団体グループの名称", "affiliation_unit": "所属する部署・店舗の名称",
        "route": "応募経路", "receipt": "応募の受付番号", "received_on": "応募を受け付けた日",
        "decided_on": "任命の決裁日", "decision_number": "任命の決裁番号", "valid_from": "任命の最初の日",
        "valid_until": "任命の最後の日。辞任・解任・区分変更があればその日",
        "state_code": "集計基準日の任命の状態のコード", "state": "集計基準日の任命の状態",
        "state_changed_on": "状態が変わった日", "standing": "人と応募区分の履歴による新規・継続・再任の別",
        "view_{n}_on": "動画{n}を視聴した日", "view_{n}_evidence": "動画{n}の視聴の根拠",
        "badge_wanted": "オープンバッジの発行の希望", "badge_issued_on": "オープンバッジを発行した日",
        "badge_url": "オープンバッジを確かめるページのURL",
        "last_received_on": "団体からの応募を最後に受け付けた日", "month": "年月（YYYY-MM）",
    ]

    private static let counts: [String: String] = [
        "active_count": "任命の期間に集計基準日を含む人の数。両端の日を含む。応募区分ごとに1人を1回数える",
        "secondary_count": "主たる所属を別の団体とする現任者の数。合計には含めない",
        "fy_appointed_count": "年度の任命のうち、任命開始日が集計基準日以前のものの数。その後に終了したものを含む",
        "fy_new": "当年度任命数のうち、応募区分で初めて任命された人の数",
        "fy_renewed": "当年度任命数のうち、前年度にも同じ応募区分で任命されていた人の数",
        "fy_reappointed": "当年度任命数のうち、1年度以上の間をおいて再び任命された人の数",
        "fy_ended_count": "年度の任命のうち、集計基準日までに辞任・解任・区分変更で終了したものの数",
        "ever_persons": "集計基準日までに1回以上任命された人の数。同じ人は1回だけ数える",
        "ever_appointments": "集計基準日までの全年度の任命の数", "organization_count": "グループに属する団体の数",
        "month_applied_count": "その月に受け付けた応募の数", "month_appointed_count": "任命開始日がその月にある任命の数",
        "month_ended_count": "その月に辞任・解任・区分変更で終了した任命の数",
        "month_end_active_count": "月末の日の現任者数", "month_end_ever_persons": "月末の日の通算実人数",
    ]

    static func values(of name: String) -> String {
        switch name {
        case "kind_code": listed(Kind.allCases.map { "\($0.code)：\($0.word)" })
        case "kind": listed(Kind.allCases.map(\.word))
        case "category_code": listed(EligibilityCategory.allCases.map { "\($0.code)：\($0.word)" })
        case "category": listed(EligibilityCategory.allCases.map(\.word))
        case "route": listed(ApplicationRoute.allCases.map(\.word))
        case "state": listed(AppointmentState.allCases.map(\.word))
        case "state_code": listed(AppointmentState.allCases.map { "\($0.rawValue)：\($0.word)" })
        case "standing": listed(AppointmentHistory.allCases.map(\.word))
        case "view_{n}_evidence": listed(EvidenceGrade.allCases.map(\.word))
        case "badge_wanted": "希望する、希望しない"
        case "prefecture_code": "01から47、99"
        default: ""
        }
    }

    private static func listed(_ words: [String]) -> String { words.joined(separator: "、") }
}
