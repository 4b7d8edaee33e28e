internal import JapaneseText

extension GroupRow {
    /// 住所 in one cell becomes prefecture, municipality and the rest.
    mutating func splitAddress() {
        let whole = Gazetteer.withoutPostalCode(draft[.fullAddress])
        if whole.isEmpty { return tellMissing(.fullAddress) }
        let parts = parts(of: whole)
        draft[.prefecture] = parts.prefecture
        draft[.city] = parts.city
        draft[.street] = parts.rest
        if let problem = trouble(parts, whole) {
            settled.formUnion(ApplicationField.fullAddress.parts)
            if !isNoAnswer(whole, .fullAddress) { problems.append(problem) }
        }
    }

    private typealias Parts = (prefecture: String, city: String, rest: String)

    /// Where the prefecture is left out, the municipality says it, if there is one of its name.
    private mutating func parts(of whole: String) -> Parts {
        if let parts = rules.gazetteer.split(whole) { return parts }
        guard let parts = rules.gazetteer.splitWithoutPrefecture(whole) else { return ("", "", "") }
        problems.append(Problem(.prefectureSupplied, .fullAddress, [.prefecture: parts.prefecture]))
        return parts
    }

    private func trouble(_ parts: Parts, _ whole: String) -> Problem? {
        guard let prefecture = rules.gazetteer.prefecture(named: parts.prefecture) else {
            return Problem(.addressWithoutPrefecture, .fullAddress)
        }
        guard !parts.city.isEmpty, rules.gazetteer.find(parts.city, in: prefecture) != nil else {
            let value = parts.city.isEmpty ? parts.rest : parts.city
            return Problem(
                .cityUnknown, .fullAddress, [.prefecture: parts.prefecture, .value: value])
        }
        return parts.rest.isEmpty ? Problem(.streetMissing, .fullAddress) : nil
    }
}
