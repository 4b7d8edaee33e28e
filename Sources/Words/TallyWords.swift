public import Enrollment

/// Words of counts.
public enum TallyWords {
    /// Of a day or moment before anything was recorded: nobody knows how many people there were.
    public static func recordsBegin(_ first: Day) -> String { "記録は\(first.word)からです。" }

    /// Those who belong to no organization.
    public static let individuals = "個人（団体に所属しない）"

    /// Where somebody's prefecture is not known.
    public static let unknownPlace = (code: "99", name: "不明")
}

/// 地方: where a list of prefectures by code is entered.
public struct PrefectureRegion: Sendable {
    public let name: String
    /// The code of the first prefecture.
    public let first: String

    public static let all = [
        ("北海道・東北", "01"), ("関東", "08"), ("中部", "15"), ("近畿", "24"), ("中国・四国", "31"),
        ("九州・沖縄", "40"),
    ].map { PrefectureRegion(name: $0.0, first: $0.1) }
}
