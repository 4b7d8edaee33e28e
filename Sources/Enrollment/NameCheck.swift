internal import JapaneseText

extension ApplicationCheck {
    mutating func name() -> PersonName? {
        let isSingle = isTicked(.singleName)
        let hasNoReading = isTicked(.noReading)
        let family = part(.familyName)
        let given = part(.givenName)
        checkPresence(family, given, isSingle, code: .e111, (.familyName, .givenName))
        let familyKana = reading(.familyNameKana)
        let givenKana = reading(.givenNameKana)
        if isSingle, !family.isEmpty, !given.isEmpty { problems.add(.e125, .singleName) }
        if hasNoReading {
            if !familyKana.isEmpty || !givenKana.isEmpty { problems.add(.e124, .noReading) }
        } else {
            let fields = (ApplicationField.familyNameKana, ApplicationField.givenNameKana)
            checkPresence(familyKana, givenKana, isSingle, code: .e121, fields)
        }
        guard !family.isEmpty || !given.isEmpty else { return nil }
        return PersonName(
            family: family, given: given, familyKana: familyKana, givenKana: givenKana,
            family0213: substitute(family, .familyName), given0213: substitute(given, .givenName),
            hasNoReading: hasNoReading, isSingle: isSingle)
    }

    /// ○ or nothing; what is neither is told (E228), because it decides what may be left empty.
    private mutating func isTicked(_ field: ApplicationField) -> Bool {
        let answer = Ticks.read(cleaned(field), of: field)
        if answer == .unclear { problems.add(.e228, field, [.value: cleaned(field)]) }
        return answer == .yes
    }

    private mutating func checkPresence(
        _ first: String, _ second: String, _ oneIsEnough: Bool, code: ProblemCode,
        _ fields: (ApplicationField, ApplicationField)
    ) {
        if oneIsEnough {
            if first.isEmpty && second.isEmpty { problems.add(code, fields.0) }
            return
        }
        if first.isEmpty { problems.add(code, fields.0) }
        if second.isEmpty { problems.add(code, fields.1) }
    }

    /// 氏 or 名, as typed but for spaces; half-width kana are widened.
    private mutating func part(_ field: ApplicationField) -> String {
        let typed = singleSpaced(field)
        guard !typed.isEmpty else { return "" }
        checkLength(typed, field, 50)
        if Mojibake.looksBroken(typed) {
            problems.add(.e114, field, [.value: typed])
            return typed
        }
        let text = Kana.fullWidth(typed)
        checkStart(text, field)
        checkCharacters(text, field)
        askAboutName(text, field)
        return text
    }

    /// E115; in a file it is E226, told of every text.
    private mutating func checkStart(_ text: String, _ field: ApplicationField) {
        guard case .form = door, let first = text.unicodeScalars.first, FormulaStart.isSign(first)
        else { return }
        problems.add(.e115, field, [.character: String(first)])
    }

    private mutating func checkCharacters(_ text: String, _ field: ApplicationField) {
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if isPlain(scalar) { continue }
            if Repertoire.isPrivateUse(scalar), case .groupFile = door {
                return problems.add(.e415, field)
            }
            return problems.add(
                .e112, field, [.character: Forbidden.shown(scalar), .position: String(index + 1)])
        }
    }

    private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if (0x3040...0x3096).contains(scalar.value) || (0x3400...0x9FFF).contains(scalar.value) {
            return true
        }
        return !Forbidden.includes(scalar) && !Repertoire.isEmoji(scalar)
            && !Kana.isHalfWidth(scalar)
    }

    private mutating func reading(_ field: ApplicationField) -> String {
        let typed = singleSpaced(field)
        guard !typed.isEmpty else { return "" }
        let kept = Kana.isReading(typed) ? typed : Kana.reading(typed)
        checkLength(kept, field, 80)
        guard Kana.isReading(kept) else {
            problems.add(.e122, field)
            return kept
        }
        if !kept.unicodeScalars.elementsEqual(typed.unicodeScalars) {
            problems.add(.n123, field, [.value: kept])
        }
        return kept
    }

    /// 代替文字. What has no substitute stays as it is and is told.
    private mutating func substitute(_ text: String, _ field: ApplicationField) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == " " || !Variants.needsSubstitute(scalar) {
                result.append(scalar)
            } else if let kanji = Variants.kanji(ofRadical: scalar) {
                // W119 asks about it.
                result.append(kanji)
            } else if let plain = Variants.substitute0213(scalar) {
                problems.add(
                    .w116, field, [.character: String(scalar), .substitute: String(plain)])
                result.append(plain)
            } else {
                problems.add(.w117, field, [.character: String(scalar)])
                result.append(scalar)
            }
        }
        return String(result)
    }
}
