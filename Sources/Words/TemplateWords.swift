public import Enrollment

/// 団体応募様式. The file that an organization downloads and fills in.
public enum GroupTemplate {
    /// The name it is saved under: 団体応募様式_令和8年度.csv.
    public static func fileName(_ year: FiscalYear) -> String {
        "団体応募様式_\(year.word).csv"
    }

    /// The columns, in their order. One for each video that the year asks for.
    public static func fields(_ videos: [Video]) -> [ApplicationField] {
        [
            .rowNumber, .kind, .familyName, .givenName, .familyNameKana, .givenNameKana,
            .postalCode, .prefecture, .city, .street, .building, .email, .phone, .unit,
        ] + videos.map { .viewedOn(slot: $0.slot) } + [
            .consent, .badgeOptIn, .memberNumber, .noKana, .singleName, .employeeNumber, .note,
        ]
    }

    public static func headings(_ videos: [Video]) -> [String] {
        fields(videos).map(\.heading)
    }

    /// A row that shows how to fill in the others; it is not taken in when it is left.
    public static func example(_ videos: [Video]) -> [String] {
        fields(videos).map { field in
            switch field {
            case .rowNumber: "記入例"
            case .viewedOn(let slot):
                videos.first { $0.slot == slot }?.viewValidFrom.description ?? ""
            default: field.example
            }
        }
    }
}

extension ApplicationField {
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
        case .unit: "総務課"
        case .viewedOn: "2026-09-01"
        case .consent: "同意する"
        case .badgeOptIn: "希望する"
        default: ""
        }
    }
}
