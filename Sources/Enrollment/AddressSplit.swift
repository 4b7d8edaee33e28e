internal import JapaneseText

extension Gazetteer {
    /// Splits an address in one piece: prefecture, municipality with ward, and the rest. The
    /// municipality is empty when none is found; nil without a prefecture.
    public func split(_ address: String) -> (prefecture: String, city: String, rest: String)? {
        let text = TextTrim.cellCleaned(address).unicodeScalars
        guard
            let prefecture = prefectures.first(where: { text.starts(with: $0.name.unicodeScalars) })
        else { return nil }
        let after = text.dropFirst(prefecture.name.unicodeScalars.count)
            .drop(while: TextTrim.isSpace)
        let (city, rest) = splitCity(after, in: prefecture)
        return (prefecture.name, city, rest)
    }

    /// The same of an address that begins with a municipality, where the country has one of that
    /// name.
    func splitWithoutPrefecture(
        _ address: String
    ) -> (prefecture: String, city: String, rest: String)? {
        let text = TextTrim.cellCleaned(address).unicodeScalars[...]
        for index in text.indices.prefix(Self.longestName) where Self.endsName(text[index]) {
            guard let prefecture = onlyPrefecture(of: String(text[...index])) else { continue }
            let (city, rest) = splitCity(text, in: prefecture)
            return (prefecture.name, city, rest)
        }
        return nil
    }

    /// The prefecture of a municipality, with its ward or without, when no other place in the
    /// country is called so; 北区 is a ward of Tokyo and of several cities.
    func onlyPrefecture(of text: String) -> Prefecture? {
        let cleaned = TextTrim.cellCleaned(text)
        if let found = onlyOne(cleaned) { return found }
        guard let end = cleaned.firstIndex(of: "市"), cleaned.hasSuffix("区"),
            let found = onlyOne(String(cleaned[...end]))
        else { return nil }
        return find(cleaned, in: found) == nil ? nil : found
    }

    private func onlyOne(_ name: String) -> Prefecture? {
        let key = MatchKey.placeName(name)
        guard let all = everywhere[key], all.count == 1, !(key.hasSuffix("区") && isWard(key))
        else { return nil }
        return prefectures.first { $0.code == all[0].prefectureCode }
    }

    /// A postal code before an address is passed over: 〒760-8571 香川県….
    static func withoutPostalCode(_ address: String) -> String {
        let text = TextTrim.cellCleaned(address)
        let head = text.unicodeScalars.prefix { scalar in
            let plain = Width.hyphensUnified(Width.narrowed(String(scalar)))
            return scalar == "〒" || plain == "-" || plain == " " || Digits.areAll(plain)
        }
        let digits = Width.narrowed(String(head)).filter { $0.isASCII && $0.isNumber }
        return digits.count == 7 ? String(text.unicodeScalars.dropFirst(head.count)) : text
    }

    /// The longest beginning that is a municipality. Where a designated city is followed by a ward
    /// that it does not have, the two are the municipality, which then is not found.
    private func splitCity(
        _ text: Substring.UnicodeScalarView, in prefecture: Prefecture
    ) -> (city: String, rest: String) {
        var best = text.startIndex
        for index in text.indices.prefix(Self.longestName) where Self.endsName(text[index]) {
            let end = text.index(after: index)
            guard let found = find(String(text[..<end]), in: prefecture) else { continue }
            // 区 of other cities (上越市大潟区) are names inside the town, not 行政区.
            if found.ward.isEmpty || found.municipality.isDesignated { best = end }
        }
        best = unknownWard(text, after: best, in: prefecture) ?? best
        return (String(text[..<best]), TextTrim.trimmed(String(text[best...])))
    }

    private func unknownWard(
        _ text: Substring.UnicodeScalarView, after end: Substring.UnicodeScalarView.Index,
        in prefecture: Prefecture
    ) -> Substring.UnicodeScalarView.Index? {
        guard let found = find(String(text[..<end]), in: prefecture), found.ward.isEmpty,
            found.municipality.isDesignated,
            let index = text[end...].prefix(Self.longestWard).firstIndex(of: "区"), index > end
        else { return nil }
        let after = text.index(after: index)
        return find(String(text[..<after]), in: prefecture) == nil ? after : nil
    }

    /// More than the longest name with its 郡 and 町, or its 区, in scalars.
    private static let longestName = 16

    /// 保土ケ谷区 has five characters.
    private static let longestWard = 5

    private static func endsName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "市", "区", "町", "村": true
        default: false
        }
    }
}
