internal import JapaneseText

/// 都道府県と市区町村. Prefecture and name together give the code; a name alone is ambiguous.
public struct Gazetteer: Sendable {
    public struct Prefecture: Equatable, Sendable {
        public let code: String
        public let name: String

        public init(code: String, name: String) {
            self.code = code
            self.name = name
        }
    }

    public struct Municipality: Equatable, Sendable {
        public let code: String
        public let prefectureCode: String
        /// 郡, empty for cities and wards.
        public let county: String
        public let name: String

        public init(code: String, prefectureCode: String, county: String, name: String) {
            self.code = code
            self.prefectureCode = prefectureCode
            self.county = county
            self.name = name
        }
    }

    /// A municipality found in an address, the ward of a designated city, and what was left over.
    public struct Finding: Equatable, Sendable {
        public let municipality: Municipality
        public let ward: String
    }

    public let prefectures: [Prefecture]
    public let municipalities: [Municipality]
    private let byPrefectureName: [String: Prefecture]
    private let byName: [String: Municipality]

    public init(prefectures: [Prefecture], municipalities: [Municipality]) {
        self.prefectures = prefectures
        self.municipalities = municipalities
        var names: [String: Prefecture] = [:]
        for prefecture in prefectures {
            names[prefecture.name] = prefecture
            if prefecture.name != "北海道" { names[String(prefecture.name.dropLast())] = prefecture }
        }
        byPrefectureName = names
        var table: [String: Municipality] = [:]
        for municipality in municipalities {
            let names = [municipality.county + municipality.name, municipality.name]
            for name in names {
                let key = municipality.prefectureCode + MatchKey.placeName(name)
                table[key] = table[key] ?? municipality
            }
        }
        byName = table
    }

    /// 東京都, or 東京 where only one prefecture is called so.
    public func prefecture(named text: String) -> Prefecture? {
        let cleaned = TextTrim.cellCleaned(text)
        return byPrefectureName[cleaned] ?? prefectures.first { $0.code == cleaned }
    }

    /// The municipality of a prefecture; 札幌市中央区 is 札幌市 with its ward; 郡 may be left out.
    public func find(_ text: String, in prefecture: Prefecture) -> Finding? {
        let cleaned = TextTrim.cellCleaned(text)
        if let whole = byName[prefecture.code + MatchKey.placeName(cleaned)] {
            return Finding(municipality: whole, ward: "")
        }
        guard cleaned.hasSuffix("区"), let end = cleaned.firstIndex(of: "市"),
            let city = byName[prefecture.code + MatchKey.placeName(String(cleaned[...end]))]
        else { return nil }
        let ward = String(cleaned[cleaned.index(after: end)...])
        return ward.count <= 8 ? Finding(municipality: city, ward: ward) : nil
    }

    /// Splits an address in one piece: prefecture, municipality with ward, and the rest.
    public func split(_ address: String) -> (prefecture: String, city: String, rest: String)? {
        let text = TextTrim.cellCleaned(address)
        guard let prefecture = prefectures.first(where: { text.hasPrefix($0.name) }) else {
            return nil
        }
        let after = TextTrim.trimmed(String(text.dropFirst(prefecture.name.count)))
        var best: Substring?
        for (index, character) in zip(after.indices, after) where "市区町村".contains(character) {
            let candidate = after[...index]
            if candidate.count > 15 { break }
            if find(String(candidate), in: prefecture) != nil { best = candidate }
        }
        guard let best else { return (prefecture.name, "", after) }
        let rest = String(after[best.endIndex...])
        return (prefecture.name, String(best), TextTrim.trimmed(rest))
    }
}
