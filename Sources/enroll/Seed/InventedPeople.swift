import Enrollment

/// People who do not exist, by number: the same number is always the same person, and no two have
/// the same name and reading.
struct InventedPeople {
    struct Name { let text: String, kana: String }

    private let families: [Name]
    private let givens: [Name]
    private let prefectures: [(code: String, upTo: Int)]
    private let municipalities: [String: [Gazetteer.Municipality]]
    private let names: [String: String]
    /// Of each municipality's code, those of its wards with it.
    private let postalCodes: [String: [Int]]

    init(_ tables: SeedTables, _ gazetteer: Gazetteer) {
        families = tables.families
        givens = tables.givens
        var sum = 0
        prefectures = tables.prefectureWeights.map { code, weight in
            sum += weight
            return (code, sum)
        }
        municipalities = Dictionary(grouping: gazetteer.municipalities, by: \.prefectureCode)
        names = Dictionary(
            uniqueKeysWithValues: gazetteer.prefectures.map { ($0.code, $0.name) })
        postalCodes = gazetteer.postalCodesByMunicipality()
    }

    /// Answers of the form as the person types them, having watched the videos by `seen`.
    func draft(_ number: Int, seen: Day) -> ApplicationDraft {
        var draft = ApplicationDraft()
        let (family, given, place) = (family(number), given(number), place(number))
        draft[.familyName] = family.text
        draft[.givenName] = given.text
        draft[.familyNameKana] = family.kana
        draft[.givenNameKana] = given.kana
        draft[.postalCode] = postalCode(number, place)
        draft[.prefecture] = names[place.prefectureCode] ?? ""
        draft[.city] = place.county + place.name
        draft[.street] = "見本町\(number % 9 + 1)-\(number % 31 + 1)"
        draft[.email] = "person\(number)@people.demo.example"
        draft[.viewedOn(slot: 1)] = seen.adding(days: -(number % 14)).description
        draft[.viewedOn(slot: 2)] = seen.adding(days: -(number % 5)).description
        draft[.badgeOptIn] = number % 4 == 0 ? "no" : "yes"
        return draft
    }

    private func family(_ number: Int) -> Name { families[number % families.count] }

    /// Runs through the given names once for each family name, so that nobody is there twice.
    private func given(_ number: Int) -> Name {
        givens[(number / families.count + number) % givens.count]
    }

    private func place(_ number: Int) -> Gazetteer.Municipality {
        let total = prefectures.last?.upTo ?? 1
        let drawn = mixed(number) % total
        let code = prefectures.first { drawn < $0.upTo }?.code ?? "13"
        let list = municipalities[code] ?? []
        return list[mixed(number / 7 + 13) % list.count]
    }

    /// A number that looks drawn and is always the same (SplitMix64).
    private func mixed(_ number: Int) -> Int {
        var z = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) >> 33)
    }

    /// One of the place; of the villages that have none, one that nobody has.
    private func postalCode(_ number: Int, _ place: Gazetteer.Municipality) -> String {
        let codes = postalCodes[place.code] ?? [number % 10_000]
        let digits = String(codes[number % codes.count])
        let code = String(repeating: "0", count: 7 - digits.count) + digits
        return code.prefix(3) + "-" + code.suffix(4)
    }
}
