public import Enrollment

/// 団体応募様式. The file that an organization downloads and fills in.
public enum GroupTemplate {
    /// The name it is saved under: 団体応募様式_令和8年度.csv, or .xlsx.
    public static func fileName(_ year: FiscalYear, isBook: Bool) -> String {
        "団体応募様式_\(year.word).\(isBook ? "xlsx" : "csv")"
    }

    /// The sheet of a book in which people are written.
    public static let sheet = "名簿"

    /// The sheet that says for whom and for which year a book was made.
    public static let sheetAbout = "この様式について"

    /// The hidden sheet with the 事業所 that the column of that name offers.
    public static let sheetOfPlaces = "事業所の一覧"

    /// The sheet of the rows to correct, where they are given back as a book.
    public static let sheetToCorrect = "直す行"

    /// The columns, in their order. One for each video that the year asks for; 事業所 where the
    /// organization has any.
    public static func fields(_ videos: [Video], withPlaces: Bool = false) -> [ApplicationField] {
        let asked = TextQuestion.ofWorkInFiles.map(\.field)
        return [
            .rowNumber, .kind, .familyName, .givenName, .familyNameKana, .givenNameKana,
            .postalCode, .prefecture, .city, .street, .building, .email, .phone,
        ] + asked + (withPlaces ? [.businessPlace] : [])
            + videos.map { .viewedOn(slot: $0.slot) } + [
                .consent, .badgeOptIn, .memberNumber, .noKana, .singleName, .employeeNumber, .note,
            ]
    }

    public static func headings(_ videos: [Video]) -> [String] {
        fields(videos).map(\.heading)
    }

    /// A row that shows how to fill in the others; it is not taken in when it is left.
    public static func example(_ videos: [Video], places: [String] = []) -> [String] {
        fields(videos, withPlaces: !places.isEmpty).map { field in
            switch field {
            case .rowNumber: "記入例"
            case .businessPlace: places[0]
            case .viewedOn(let slot):
                videos.first { $0.slot == slot }?.viewValidFrom.description ?? ""
            default: field.example
            }
        }
    }
}
