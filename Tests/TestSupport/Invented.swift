public import Enrollment

/// People, days and files that nobody is.
public enum Invented {
    public static let year = FiscalYear(startYear: 2026)
    public static let today = Day("2026-11-24")!

    private static let families = ["髙橋", "山﨑", "𠮷田", "渡邊", "齋藤", "佐藤"]
    private static let readings = ["タカハシ", "ヤマサキ", "ヨシダ", "ワタナベ", "サイトウ", "サトウ"]
    private static let digits = ["レイ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュウ"]

    private static func given(_ number: Int) -> String {
        String(number).compactMap(\.wholeNumberValue).map { digits[$0] }.joined()
    }

    public static func email(_ number: Int) -> String { "person\(number)@example.jp" }

    /// Answers that are fit, of the person with that number; everybody wants a badge.
    public static func draft(
        _ number: Int, _ change: (inout ApplicationDraft) -> Void = { _ in }
    ) -> ApplicationDraft {
        let index = number % families.count
        var draft = ApplicationDraft()
        for (key, value) in [
            "applicant_kind": "promoter", "eligibility_category": "agency_approved",
            "workplace_name": "見本商店", "activity_note": "公民館で教えています。",
            "family_name": families[index],
            "given_name": given(number), "family_name_kana": readings[index],
            "given_name_kana": given(number), "postal_code": "102-0094", "prefecture": "東京都",
            "city": "千代田区", "street": "紀尾井町1-3", "email": email(number),
            "view_1_on": "2026-09-01", "view_2_on": "令和8年9月1日", "badge_opt_in": "yes",
            "consent_terms": "yes", "consent_privacy": "yes",
        ] { draft[key] = value }
        change(&draft)
        return draft
    }

    /// Where somebody lives, as it stands in a file.
    public struct Place: Sendable {
        public let postalCode, prefecture, city, street: String

        public init(_ postalCode: String, _ prefecture: String, _ city: String, _ street: String) {
            self.postalCode = postalCode
            self.prefecture = prefecture
            self.city = city
            self.street = street
        }

        public static let tokyo = Place("1020094", "東京都", "千代田区", "紀尾井町1-3")
        public static let nara = Place("6308213", "奈良県", "奈良市", "登大路町30")
    }

    /// The same people as rows of an organization's file, in UTF-8 with a mark; who saw both videos
    /// on a day. `change` makes something else of a row, cell by cell.
    public static func groupFile(
        _ numbers: some Sequence<Int>, at place: Place = .tokyo, seenOn seen: String = "2026/9/1",
        unit: String = "", _ change: (inout [String]) -> Void = { _ in }
    ) -> [UInt8] {
        let headings = [
            "No.", "氏", "名", "氏（カナ）", "名（カナ）", "郵便番号", "都道府県", "市区町村", "町字以下",
            "メールアドレス", "視聴日（動画1）", "視聴日（動画2）", "本人同意", "オープンバッジ希望",
            "部署・店舗名",
        ]
        let rows = numbers.map { number in
            let index = number % families.count
            var row = [
                String(number), families[index], given(number), readings[index], given(number),
                place.postalCode, place.prefecture, place.city, place.street, email(number), seen,
                seen, "同意する", "希望する", unit,
            ]
            change(&row)
            return row
        }
        let text = ([headings] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
        return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    }

    /// A file with one heading written otherwise.
    public static func file(
        _ bytes: [UInt8], calling heading: String, _ text: String
    ) -> [UInt8] {
        let whole = String(decoding: bytes, as: UTF8.self)
        return Array(
            whole.replacing(",\(heading),", with: ",\(text),", maxReplacements: 1).utf8)
    }
}

extension ApplicationDraft {
    /// An answer by the name of its field; a name that is none is a mistake of the test.
    public subscript(key: String) -> String {
        get { ApplicationField(key: key).map { self[$0] } ?? "" }
        set {
            guard let field = ApplicationField(key: key) else {
                preconditionFailure("no field \(key)")
            }
            self[field] = newValue
        }
    }
}
