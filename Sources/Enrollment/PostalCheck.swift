internal import JapaneseText

/// 郵便番号 as somebody typed it.
private enum PostalCodeText {
    case missing
    case whole(String)
    /// The last digits of a code: zeros at its start are lost.
    case withoutZeros(String)
    case unreadable

    init(_ typed: String) {
        let text = Width.hyphensUnified(Width.narrowed(typed)).filter { $0 != "〒" && $0 != " " }
        let digits = text.filter { $0 != "-" }
        guard !digits.isEmpty else {
            self = .missing
            return
        }
        guard Digits.areAll(digits) else {
            self = .unreadable
            return
        }
        // A hyphen stands before the last four digits, or it is not zeros that are missing.
        let isEven = !text.contains("-") || (text.dropLast(4).last == "-" && !text.hasPrefix("-"))
        switch digits.count {
        case 7: self = .whole(digits)
        case 5, 6: self = isEven ? .withoutZeros(digits) : .unreadable
        default: self = .unreadable
        }
    }
}

extension ApplicationCheck {
    /// Seven digits. Zeros that a spreadsheet ate are given back (N227) where that makes a code of
    /// the place that stands beside it.
    mutating func postalCode(of place: Gazetteer.Finding?) -> String? {
        switch PostalCodeText(cleaned(.postalCode)) {
        case .missing: problems.add(.postalCodeMissing, .postalCode)
        case .unreadable: problems.add(.postalCodeNotSevenDigits, .postalCode)
        case .whole(let code):
            askAbout(code, of: place)
            return code
        case .withoutZeros(let digits):
            let code = String(repeating: "0", count: 7 - digits.count) + digits
            if let place, rules.gazetteer.hasPostalCode(code, place, andWard: false) {
                let shown = code.prefix(3) + "-" + code.suffix(4)
                problems.add(.postalCodeZeroSupplied, .postalCode, [.official: String(shown)])
                return code
            }
            tellShort(digits)
        }
        return nil
    }

    private mutating func tellShort(_ digits: String) {
        switch door {
        case .form, .correction: problems.add(.postalCodeNotSevenDigits, .postalCode)
        case .groupFile:
            problems.add(
                .postalCodeTooShort, .postalCode, [.value: digits, .count: String(digits.count)])
        }
    }

    /// W133 and W134: the code and the place are two answers to one question.
    private mutating func askAbout(_ code: String, of place: Gazetteer.Finding?) {
        let codes = rules.gazetteer.postalCodes
        guard let place, !codes.isEmpty else { return }
        if codes.places(of: code).isEmpty {
            problems.add(.postalCodeNotListed, .postalCode)
        } else if !rules.gazetteer.hasPostalCode(code, place, andWard: true) {
            problems.add(.postalCodeOfAnotherPlace, .postalCode)
        }
    }
}
