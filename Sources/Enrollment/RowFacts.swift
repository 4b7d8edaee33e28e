internal import JapaneseText

/// What a fit row of an organization's file says of its person, each fact once. A file may give a
/// name or an address whole: the row holds the whole beside the parts that were made of it, and the
/// parts are what is filed.
extension ApplicationDraft {
    public var fullName: String { parts(.familyName, .givenName) ?? self[.fullName] }

    public var fullKana: String {
        parts(.familyNameKana, .givenNameKana) ?? self[.fullNameKana]
    }

    /// 住所 without the postal code, in one line.
    public var wholeAddress: String {
        let place = parts(.prefecture, .city, .street, by: "") ?? self[.fullAddress]
        return [place, self[.building]].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Seven digits, with the zeros that a spreadsheet ate.
    public var plainPostalCode: String {
        let digits = Width.narrowed(self[.postalCode]).filter { $0.isASCII && $0.isNumber }
        guard (5...7).contains(digits.utf8.count) else { return self[.postalCode] }
        return String(repeating: "0", count: 7 - digits.utf8.count) + digits
    }

    /// The digits, as they are kept.
    public var plainPhone: String {
        let digits = Telephone.digits(self[.phone])
        return Telephone.withLostZero(digits) ?? digits
    }

    /// Those that there are; nil where there is none.
    private func parts(_ fields: ApplicationField..., by separator: String = " ") -> String? {
        let texts = fields.map { self[$0] }.filter { !$0.isEmpty }
        return texts.isEmpty ? nil : texts.joined(separator: separator)
    }
}
