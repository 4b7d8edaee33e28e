internal import JapaneseText

/// What else a text may mean that somebody typed to find a person: an organization of the year, a
/// place with the beginning of a street, a part of a mail address.
public struct PersonHints: Sendable {
    /// Of which year the organizations are.
    public let year: FiscalYear
    public let organizationIDs: [Int]
    /// Those that the text begins with; none where it names no municipality.
    public let municipalityCodes: [String]
    /// The rest of it, folded; empty for all of a municipality.
    public let street: String
    /// The beginning of an address; empty where it cannot be one.
    public let mail: String
    /// Behind the @.
    public let domain: String

    /// `rules` name the organizations of the year, and the municipalities.
    public init(_ typed: String, in year: FiscalYear, under rules: FiscalYearRules?) {
        self.year = year
        let name = MatchKey.name(typed)
        organizationIDs =
            name.unicodeScalars.count < 2
            ? []
            : (rules?.organizations ?? []).filter { organization in
                ([organization.name] + organization.formerNames).contains {
                    MatchKey.name($0).contains(name)
                }
            }.map(\.id)
        let place = Place(typed, rules?.gazetteer)
        municipalityCodes = place.codes
        street = place.street
        (mail, domain) = Self.mail(typed)
    }

    private static func mail(_ typed: String) -> (String, String) {
        let text = MatchKey.mail(TextTrim.cellCleaned(typed))
        let isPlain = text.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 0x20 }
        guard isPlain, text.count >= 3 else { return ("", "") }
        if text.hasPrefix("@") { return ("", String(text.dropFirst())) }
        return (text, text.contains("@") ? "" : text)
    }

    /// A text that begins with a municipality, with its prefecture or without.
    private struct Place {
        private(set) var codes: [String] = []
        private(set) var street: String

        init(_ typed: String, _ gazetteer: Gazetteer?) {
            let whole = MatchKey.placeName(typed)
            street = StreetKey.folded(whole)
            guard let gazetteer else { return }
            let prefecture = gazetteer.prefectures.first {
                whole.hasPrefix(MatchKey.placeName($0.name))
            }
            let before = prefecture.map { MatchKey.placeName($0.name).count } ?? 0
            let rest = whole.dropFirst(before)
            var longest = 0
            for city in gazetteer.municipalities
            where prefecture == nil || city.prefectureCode == prefecture?.code {
                for name in [city.county + city.name, city.name].map(MatchKey.placeName)
                where name.count >= longest && rest.hasPrefix(name) {
                    if name.count > longest { codes = [] }
                    longest = name.count
                    if !codes.contains(city.code) { codes.append(city.code) }
                }
            }
            guard prefecture != nil || longest > 0 else { return }
            street = StreetKey.folded(Self.withoutWard(rest.dropFirst(longest), gazetteer))
        }

        /// 行政区 of a designated city stands in no street.
        private static func withoutWard(_ text: Substring, _ gazetteer: Gazetteer) -> String {
            guard let end = text.prefix(6).firstIndex(of: "区"),
                gazetteer.isWard(String(text[...end]))
            else { return String(text) }
            return String(text[text.index(after: end)...])
        }
    }
}

extension PersonQuery {
    /// Where what was typed is looked for, what it most probably is first.
    public func ways(hinted hints: PersonHints) -> [FoundBy] {
        switch self {
        case .receipt: [.receipt]
        case .appointment: [.appointment]
        case .member: [.member]
        case .mail: [.mail]
        case .phone: [.phone]
        // Seven digits may be the beginning of a telephone number, too.
        case .postalCode(let digits): digits.count == 7 ? [.postalCode, .phone] : [.postalCode]
        case .name: [.name, .given, .workplace] + hints.ways
        case .kana: [.kana, .given, .name, .workplace] + hints.ways
        }
    }
}

extension PersonHints {
    fileprivate var ways: [FoundBy] {
        (organizationIDs.isEmpty ? [] : [.organization])
            + (mail.isEmpty ? [] : [.mailPart]) + (domain.isEmpty ? [] : [.mailDomain])
            + (municipalityCodes.isEmpty && street.isEmpty ? [] : [.address])
    }
}
