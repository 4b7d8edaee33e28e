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

        /// 政令指定都市: JIS X 0402 gives them, with their wards, the numbers from 100 to 199; so it
        /// does the 23 wards of Tokyo.
        var isDesignated: Bool { prefectureCode != "13" && code.dropFirst(2).first == "1" }
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
            names[MatchKey.placeName(prefecture.name)] = prefecture
            guard prefecture.name != "北海道" else { continue }
            names[MatchKey.placeName(String(prefecture.name.dropLast()))] = prefecture
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
        return byPrefectureName[MatchKey.placeName(cleaned)]
            ?? prefectures.first { $0.code == cleaned }
    }

    /// The municipality of a prefecture; 札幌市中央区 is 札幌市 with its ward; 郡 may be left out.
    public func find(_ text: String, in prefecture: Prefecture) -> Finding? {
        let cleaned = TextTrim.cellCleaned(text)
        if let whole = byName[prefecture.code + MatchKey.placeName(cleaned)] {
            return Finding(municipality: whole, ward: "")
        }
        guard let end = cleaned.firstIndex(of: "市"),
            let city = byName[prefecture.code + MatchKey.placeName(String(cleaned[...end]))]
        else { return nil }
        let ward = TextTrim.trimmed(String(cleaned[cleaned.index(after: end)...]))
        guard ward.count > 1, ward.firstIndex(of: "区") == ward.indices.last else { return nil }
        return Finding(municipality: city, ward: ward)
    }

    /// Splits an address in one piece: prefecture, municipality with ward, and the rest. The
    /// municipality is empty when none is found; nil without a prefecture.
    public func split(_ address: String) -> (prefecture: String, city: String, rest: String)? {
        let text = TextTrim.cellCleaned(address).unicodeScalars
        guard
            let prefecture = prefectures.first(where: { text.starts(with: $0.name.unicodeScalars) })
        else { return nil }
        let after = text.dropFirst(prefecture.name.unicodeScalars.count)
            .drop(while: TextTrim.isSpace)
        var best = after.startIndex
        for index in after.indices.prefix(Self.longestName) where Self.endsName(after[index]) {
            let end = after.index(after: index)
            guard let found = find(String(after[..<end]), in: prefecture) else { continue }
            // 区 of other cities (上越市大潟区) are names inside the town, not 行政区.
            if found.ward.isEmpty || found.municipality.isDesignated { best = end }
        }
        let city = String(after[..<best])
        return (prefecture.name, city, TextTrim.trimmed(String(after[best...])))
    }

    /// More than the longest name with its 郡 and 町, or its 区, in scalars.
    private static let longestName = 16

    private static func endsName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "市", "区", "町", "村": true
        default: false
        }
    }
}
