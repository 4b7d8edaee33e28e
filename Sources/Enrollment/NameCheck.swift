internal import JapaneseText

extension ApplicationCheck {
    mutating func name() -> PersonName? {
        let isSingle = isTicked(.singleName)
        let hasNoKana = isTicked(.noKana)
        let family = part(.familyName)
        let given = part(.givenName)
        checkPresence(family, given, isSingle, (.familyName, .givenName))
        let familyKana = kana(.familyNameKana)
        let givenKana = kana(.givenNameKana)
        if isSingle, !family.isEmpty, !given.isEmpty {
            problems.add(.bothNamesGivenAlthoughOne, .singleName)
        }
        if hasNoKana {
            if !familyKana.isEmpty || !givenKana.isEmpty {
                problems.add(.kanaGivenAlthoughNone, .noKana)
            }
        } else {
            let fields = (ApplicationField.familyNameKana, ApplicationField.givenNameKana)
            checkPresence(familyKana, givenKana, isSingle, fields)
        }
        guard !family.isEmpty || !given.isEmpty else { return nil }
        return PersonName(
            family: family, given: given, familyKana: familyKana, givenKana: givenKana,
            family0213: substitute(family, .familyName), given0213: substitute(given, .givenName),
            hasNoKana: hasNoKana, isSingle: isSingle)
    }

    /// ○ or nothing; what is neither is told (E228), because it decides what may be left empty.
    private mutating func isTicked(_ field: ApplicationField) -> Bool {
        let answer = Ticks.read(cleaned(field), of: field)
        if answer == .unclear { problems.add(.answerUnreadable, field, [.value: cleaned(field)]) }
        return answer == .yes
    }

    private mutating func checkPresence(
        _ first: String, _ second: String, _ oneIsEnough: Bool,
        _ fields: (ApplicationField, ApplicationField)
    ) {
        if oneIsEnough {
            if first.isEmpty && second.isEmpty { tellMissing(fields.0) }
            return
        }
        if first.isEmpty { tellMissing(fields.0) }
        if second.isEmpty { tellMissing(fields.1) }
    }

    private mutating func tellMissing(_ field: ApplicationField) {
        if let missing = TextQuestion.of(field)?.missing { problems.add(missing, field) }
    }

    /// 氏 or 名, as typed but for spaces; half-width kana are widened.
    private mutating func part(_ field: ApplicationField) -> String {
        let typed = singleSpaced(field)
        guard !typed.isEmpty else { return "" }
        checkLength(typed, field)
        if Mojibake.looksBroken(typed) {
            problems.add(.garbled, field, [.value: typed])
            return typed
        }
        let text = Kana.fullWidth(typed)
        checkStart(text, field)
        // What may not stand there at all is no question, too.
        if checkCharacters(text, field) { askAboutName(text, field) }
        return text
    }

    /// E115; in a file it is E226, told of every text.
    private mutating func checkStart(_ text: String, _ field: ApplicationField) {
        guard door.isOfPerson, let first = text.unicodeScalars.first, FormulaStart.isSign(first)
        else { return }
        problems.add(.firstCharacterNotAllowed, field, [.character: String(first)])
    }

    /// Gives whether all may stand in a name.
    private mutating func checkCharacters(_ text: String, _ field: ApplicationField) -> Bool {
        for (index, scalar) in text.unicodeScalars.enumerated() where !isPlain(scalar) {
            if Repertoire.isPrivateUse(scalar), case .groupFile = door {
                problems.add(.privateUseCharacter, field)
            } else {
                problems.add(
                    .characterNotAllowed, field,
                    [.character: Forbidden.shown(scalar), .position: String(index + 1)])
            }
            return false
        }
        return true
    }

    private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if (0x3040...0x3096).contains(scalar.value) || (0x3400...0x9FFF).contains(scalar.value) {
            return true
        }
        return !Forbidden.includes(scalar) && !Repertoire.isEmoji(scalar)
            && !Kana.isHalfWidth(scalar)
    }

    private mutating func kana(_ field: ApplicationField) -> String {
        let typed = singleSpaced(field)
        guard !typed.isEmpty else { return "" }
        let kept = Kana.isKana(typed) ? typed : Kana.asKept(typed)
        checkLength(kept, field)
        guard Kana.isKana(kept) else {
            problems.add(.kanaNotKatakana, field)
            return kept
        }
        if !kept.unicodeScalars.elementsEqual(typed.unicodeScalars) {
            problems.add(.kanaConverted, field, [.value: kept])
        }
        return kept
    }

    /// 代替文字. What has no substitute stays as it is and is told.
    private mutating func substitute(_ text: String, _ field: ApplicationField) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == " " || !isPlain(scalar) || !Variants.needsSubstitute(scalar) {
                result.append(scalar)
            } else if let kanji = Variants.kanji(ofRadical: scalar) {
                // W119 asks about it.
                result.append(kanji)
            } else if let plain = Variants.substitute0213(scalar) {
                problems.add(
                    .characterIsSubstituted, field,
                    [.character: String(scalar), .substitute: String(plain)])
                result.append(plain)
            } else {
                problems.add(.characterHasNoSubstitute, field, [.character: String(scalar)])
                result.append(scalar)
            }
        }
        return String(result)
    }
}
