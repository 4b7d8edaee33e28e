internal import JapaneseText

extension ApplicationCheck {
    mutating func address() -> Address? {
        let place = place()
        let postalCode = postalCode(of: place)
        let street = street()
        guard let postalCode, let place, let street else { return nil }
        return Address(
            postalCode: postalCode, prefectureCode: place.municipality.prefectureCode,
            municipalityCode: place.municipality.code, ward: place.ward, street: street)
    }

    private mutating func place() -> Gazetteer.Finding? {
        let city = cleaned(.city)
        let prefecture = prefecture(of: city)
        guard !city.isEmpty else {
            problems.add(.cityMissing, .city)
            return nil
        }
        guard let prefecture else { return nil }
        guard let found = rules.gazetteer.find(city, in: prefecture) else {
            problems.add(.cityUnknown, .city, [.prefecture: prefecture.name, .value: city])
            return nil
        }
        tellOfficialName(found, typed: city)
        askAboutEndedWard(found)
        return found
    }

    /// As typed; in a file it may be left out where the municipality says it.
    private mutating func prefecture(of city: String) -> Gazetteer.Prefecture? {
        let typed = cleaned(.prefecture)
        guard typed.isEmpty else {
            let found = rules.gazetteer.prefecture(named: typed)
            if found == nil { problems.add(.prefectureUnknown, .prefecture, [.value: typed]) }
            return found
        }
        if case .groupFile = door, let only = rules.gazetteer.onlyPrefecture(of: city) {
            problems.add(.prefectureSupplied, .prefecture, [.prefecture: only.name])
            return only
        }
        problems.add(.prefectureMissing, .prefecture)
        return nil
    }

    /// W143: people go on writing the ward that they lived in.
    private mutating func askAboutEndedWard(_ place: Gazetteer.Finding) {
        guard let ward = place.listed, let ended = ward.endedOn else { return }
        problems.add(
            .wardNotYetThere, .city,
            [.official: place.municipality.name + ward.name, .day: ended.description])
    }

    private mutating func tellOfficialName(_ found: Gazetteer.Finding, typed: String) {
        let name = found.municipality.name + found.ward
        let known = [name, found.municipality.county + name]
        // 葛 with a selector is how 葛城市 writes itself.
        let plain = typed.unicodeScalars.filter { !Variants.isVariationSelector($0) }
        if !known.contains(where: { $0.unicodeScalars.elementsEqual(plain) }) {
            problems.add(.cityCorrected, .city, [.official: name])
        }
    }

    private mutating func street() -> String? {
        let text = Street.narrowed(cleaned(.street))
        guard !text.isEmpty else {
            problems.add(.streetMissing, .street)
            return nil
        }
        if Street.looksLikeDate(text) { problems.add(.streetIsADate, .street, [.value: text]) }
        checkLength(text, .street)
        checkPlain(text, .street)
        askAboutNothing(text, .street)
        return text
    }
}

/// 町字以下.
enum Street {
    /// Digits, and the hyphens between them, to half width; the rest as typed.
    static func narrowed(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if (0xFF10...0xFF19).contains(scalar.value) {
                result.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            } else if let last = result.last, ("0"..."9").contains(last),
                "‐‑‒–—―−－ー".unicodeScalars.contains(scalar)
            {
                result.append("-")
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// What a spreadsheet makes of 1-2: 1月2日, 2026/1/2, 2-Jan.
    static func looksLikeDate(_ text: String) -> Bool {
        let shape = String(
            text.map { character in
                character.isASCII && character.isNumber
                    ? "9" : character.isASCII && character.isLetter ? "a" : character
            })
        var short = ""
        for character in shape where character != short.last || !"9a".contains(character) {
            short.append(character)
        }
        if short == "9/9/9" || short == "9年9月9日" || short == "9月9日" { return true }
        return (short == "9-a" || short == "a-9") && shape.filter { $0 == "a" }.count == 3
    }
}
