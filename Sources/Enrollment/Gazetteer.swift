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

        /// A town or village of the islands that belong to Tokyo (13361 to 13421).
        var isIsland: Bool { prefectureCode == "13" && code.dropFirst(2) >= "361" }
    }

    /// 行政区 of a designated city.
    public struct Ward: Equatable, Sendable {
        /// Five digits of JIS X 0402.
        public let code: String
        public let municipalityCode: String
        public let name: String
        /// The first day on which it was no more; nil while it is.
        public let endedOn: Day?

        public init(code: String, municipalityCode: String, name: String, endedOn: Day?) {
            self.code = code
            self.municipalityCode = municipalityCode
            self.name = name
            self.endedOn = endedOn
        }
    }

    /// A municipality found in an address, and the ward of a designated city.
    public struct Finding: Equatable, Sendable {
        public let municipality: Municipality
        public let ward: String
        /// The ward as the list has it; nil where there is none, or no list.
        public let listed: Ward?

        init(_ municipality: Municipality, ward: String = "", listed: Ward? = nil) {
            self.municipality = municipality
            self.ward = ward
            self.listed = listed
        }
    }

    public let prefectures: [Prefecture]
    public let municipalities: [Municipality]
    public let postalCodes: PostalCodes
    private let byPrefectureName: [String: Prefecture]
    private let byName: [String: Municipality]
    /// Cities and Tokyo's wards by name, towns and villages with their 郡, in the whole country. A
    /// town's name alone is mostly that of a quarter somewhere else.
    let everywhere: [String: [Municipality]]
    /// By the city's code and the ward's name.
    private let wards: [String: [String: Ward]]
    /// Five digits of a municipality or ward to the municipality's six.
    private let codes: [Int: String]

    public init(
        prefectures: [Prefecture], municipalities: [Municipality], wards: [Ward] = [],
        postalCodes: PostalCodes = .none
    ) {
        self.prefectures = prefectures
        self.municipalities = municipalities
        self.postalCodes = postalCodes
        byPrefectureName = Self.byName(prefectures)
        (byName, everywhere) = Self.byName(municipalities)
        self.wards = Self.byCity(wards)
        var codes: [Int: String] = [:]
        for place in municipalities { codes[Int(place.code.prefix(5)) ?? 0] = place.code }
        for ward in wards { codes[Int(ward.code) ?? 0] = ward.municipalityCode }
        self.codes = codes
    }

    private static func byName(_ prefectures: [Prefecture]) -> [String: Prefecture] {
        var names: [String: Prefecture] = [:]
        for prefecture in prefectures {
            names[MatchKey.placeName(prefecture.name)] = prefecture
            guard prefecture.name != "北海道" else { continue }
            names[MatchKey.placeName(String(prefecture.name.dropLast()))] = prefecture
        }
        return names
    }

    private static func byName(
        _ municipalities: [Municipality]
    ) -> ([String: Municipality], [String: [Municipality]]) {
        var table: [String: Municipality] = [:]
        var everywhere: [String: [Municipality]] = [:]
        for municipality in municipalities {
            let short = MatchKey.placeName(municipality.name)
            let long = MatchKey.placeName(municipality.county) + short
            for name in [long, short] {
                let key = municipality.prefectureCode + name
                table[key] = table[key] ?? municipality
            }
            if !municipality.isIsland { everywhere[long, default: []].append(municipality) }
        }
        return (table, everywhere)
    }

    /// A name that a ward has now goes before the same name of one that ended.
    private static func byCity(_ wards: [Ward]) -> [String: [String: Ward]] {
        var table: [String: [String: Ward]] = [:]
        for ward in wards {
            let name = MatchKey.placeName(ward.name)
            if table[ward.municipalityCode]?[name]?.endedOn == nil,
                table[ward.municipalityCode]?[name] != nil
            {
                continue
            }
            table[ward.municipalityCode, default: [:]][name] = ward
        }
        return table
    }

    /// 東京都, or 東京 where only one prefecture is called so.
    public func prefecture(named text: String) -> Prefecture? {
        let cleaned = TextTrim.cellCleaned(text)
        return byPrefectureName[MatchKey.placeName(cleaned)]
            ?? prefectures.first { $0.code == cleaned }
    }

    /// The municipality of a prefecture; 札幌市中央区 is 札幌市 with its ward; 郡 may be left out, and
    /// the island may stand before its town (八丈島八丈町). A ward that a designated city does not
    /// have is not found.
    public func find(_ text: String, in prefecture: Prefecture) -> Finding? {
        let cleaned = TextTrim.cellCleaned(text)
        if let whole = byName[prefecture.code + MatchKey.placeName(cleaned)] {
            return Finding(whole)
        }
        if let town = townOfIsland(cleaned, prefecture) { return Finding(town) }
        guard let end = cleaned.firstIndex(of: "市"),
            let city = byName[prefecture.code + MatchKey.placeName(String(cleaned[...end]))]
        else { return nil }
        let ward = TextTrim.trimmed(String(cleaned[cleaned.index(after: end)...]))
        guard ward.count > 1, ward.firstIndex(of: "区") == ward.indices.last else { return nil }
        guard let listed = wards[city.code] else { return Finding(city, ward: ward) }
        return listed[MatchKey.placeName(ward)].map { Finding(city, ward: $0.name, listed: $0) }
    }

    /// Whether any designated city has a ward of that name, so that the name alone says nothing.
    func isWard(_ name: String) -> Bool {
        wards.isEmpty || wards.values.contains { $0[name] != nil }
    }

    /// Japan Post's own list has 東京都八丈島八丈町; people write 伊豆大島大島町 as well.
    private func townOfIsland(_ text: String, _ prefecture: Prefecture) -> Municipality? {
        guard prefecture.code == "13" else { return nil }
        for index in text.indices where text[index] == "島" || text[index] == "庁" {
            let town = MatchKey.placeName(String(text[text.index(after: index)...]))
            if let found = byName["13" + town], found.isIsland { return found }
        }
        return nil
    }

    /// All postal codes of each municipality (six digits), with those of its wards; for inventing
    /// people.
    public func postalCodesByMunicipality() -> [String: [Int]] {
        var all: [String: [Int]] = [:]
        for (place, numbers) in postalCodes.byPlace().sorted(by: { $0.key < $1.key }) {
            guard let code = codes[place] else { continue }
            all[code, default: []] += numbers
        }
        return all
    }

    /// Whether a postal code is one of the place, and, with `andWard`, of its ward.
    func hasPostalCode(_ code: String, _ place: Finding, andWard: Bool) -> Bool {
        postalCodes.places(of: code).contains { number in
            guard codes[number] == place.municipality.code else { return false }
            guard andWard, let ward = place.listed, ward.endedOn == nil else { return true }
            return Int(ward.code) == number
        }
    }
}
