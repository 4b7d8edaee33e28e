internal import JapaneseText

extension GroupRow {
    /// 東京都 | 千代田区 | 東京都千代田区紀尾井町1-3: the place stands in columns of its own, and once more
    /// in front of the street.
    mutating func leaveOutPlace() {
        let (prefecture, city) = (cleaned(.prefecture), cleaned(.city))
        let street = cleaned(.street)
        guard !prefecture.isEmpty, !city.isEmpty else { return }
        for place in [prefecture + city, city] where street.hasPrefix(place) {
            let rest = TextTrim.trimmed(String(street.dropFirst(place.count)))
            if !rest.isEmpty { draft[.street] = rest }
            return
        }
    }

    private func cleaned(_ field: ApplicationField) -> String {
        TextTrim.cellCleaned(draft[field])
    }
}
