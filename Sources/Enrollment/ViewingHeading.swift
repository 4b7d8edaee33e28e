/// Headings of the days on which videos were watched.
enum ViewingHeading {
    /// 視聴日（動画1）, 動画①視聴日, 視聴日1; without a number it is the first slot, for all.
    static func slot(_ key: String) -> ApplicationField? {
        if isForAll(key) { return .viewedOn(slot: 1) }
        guard key.contains("視聴日") else { return nil }
        let digits = key.filter(\.isNumber)
        return Int(digits).flatMap { (1...99).contains($0) ? .viewedOn(slot: $0) : nil }
    }

    /// 視聴日 without a number stands for every video.
    static func isForAll(_ key: String) -> Bool {
        ["視聴日", "動画視聴日", "視聴年月日", "動画視聴年月日", "視聴した日", "研修動画視聴日"].contains(key)
    }
}
