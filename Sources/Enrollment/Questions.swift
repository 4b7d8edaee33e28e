internal import JapaneseText

/// Questions (誤りではありませんか): what is most likely a slip, and might be right all the same. None of
/// them stops an application.
extension ApplicationCheck {
    /// W113: 。 or － alone, or what a formula said.
    mutating func askAboutNothing(_ text: String, _ field: ApplicationField) {
        guard !text.isEmpty, field != .note else { return }
        if !text.unicodeScalars.contains(where: Plain.saysSomething) || Plain.isOfFormula(text) {
            problems.add(.valueLooksMistyped, field, [.value: text])
        }
    }

    /// W119 for radicals, W113 for a word that is no name, W118 for what is in no name.
    mutating func askAboutName(_ text: String, _ field: ApplicationField) {
        for scalar in text.unicodeScalars {
            guard let kanji = Variants.kanji(ofRadical: scalar) else { continue }
            problems.add(
                .characterLooksLikeAnother, field,
                [.character: String(scalar), .substitute: String(kanji)])
        }
        if NameShape.isNoName(text) {
            problems.add(.valueLooksMistyped, field, [.value: text])
        } else if let odd = NameShape.odd(text, isGiven: field == .givenName) {
            problems.add(.partLooksMistyped, field, [.value: odd])
        }
    }

    /// W154: gmail.con.
    mutating func askAboutDomain(of address: EmailAddress) {
        let domain = String(address.text.drop { $0 != "@" }.dropFirst())
        if let likely = MailDomain.likelier(than: domain) {
            problems.add(.emailDomainLooksMistyped, .email, [.value: domain, .substitute: likely])
        }
    }
}

/// A text that may hold anything.
private enum Plain {
    static func saysSomething(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value) || Repertoire.isLetter(scalar)
            || Repertoire.isNumber(scalar)
    }

    static func isOfFormula(_ text: String) -> Bool {
        let plain = Width.narrowed(text).uppercased()
        return plain == "FALSE" || plain == "TRUE"
    }
}

/// What is in names and what is not.
private enum NameShape {
    /// What people write into the cell of a name that they do not have.
    private static let words: Set<String> = [
        "同上", "同前", "上に同じ", "不明", "未定", "未記入", "空欄", "該当なし", "なし", "無し", "氏名", "テスト",
    ]

    static func isNoName(_ text: String) -> Bool {
        words.contains(text) || Plain.isOfFormula(text)
            || !text.unicodeScalars.contains { Repertoire.isLetter($0) || isRadical($0) }
    }

    /// The first character, or the title at the end, that no name has. 殿 ends family names.
    static func odd(_ text: String, isGiven: Bool) -> String? {
        if let scalar = text.unicodeScalars.first(where: { !isOfNames($0) }) {
            return String(scalar)
        }
        let titles = isGiven ? ["様", "さま", "殿", "先生"] : ["様", "先生"]
        return titles.first { text.hasSuffix($0) }
    }

    private static func isOfNames(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "・", "-", "‐", "'", "’", ".", "＝", "=": true
        default: Repertoire.isLetter(scalar) || isRadical(scalar)
        }
    }

    private static func isRadical(_ scalar: Unicode.Scalar) -> Bool {
        Variants.kanji(ofRadical: scalar) != nil
    }
}

/// Domains of mail addresses that most people in Japan have, and slips for them.
enum MailDomain {
    private static let common = [
        "gmail.com", "yahoo.co.jp", "docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp",
        "i.softbank.jp", "icloud.com", "outlook.jp", "outlook.com", "hotmail.com",
        "hotmail.co.jp", "nifty.com", "biglobe.ne.jp",
    ].map { Array($0.utf8) }

    /// Domains that exist and look like one of those.
    private static let others: Set<String> = [
        "ymail.com", "email.com", "mail.com", "yahoo.com", "yahoo.ne.jp",
    ]

    /// Last labels that no domain has.
    private static let endings = [
        ("con", "com"), ("cmo", "com"), ("ocm", "com"), ("vom", "com"), ("xom", "com"),
        ("comm", "com"), ("cim", "com"), ("cpm", "com"), ("clm", "com"), ("jpp", "jp"),
        ("cojp", "co.jp"), ("nejp", "ne.jp"), ("orjp", "or.jp"),
    ]

    /// The domain that was most likely meant; nil when this one may well be right.
    static func likelier(than domain: String) -> String? {
        let bytes = Array(domain.utf8)
        if common.contains(bytes) || others.contains(domain) { return nil }
        if let meant = common.first(where: { isOneSlip(from: $0, to: bytes) }) {
            return String(decoding: meant, as: UTF8.self)
        }
        let label = domain.split(separator: ".").last.map(String.init) ?? ""
        guard let ending = endings.first(where: { $0.0 == label }) else { return nil }
        return String(domain.dropLast(label.count)) + ending.1
    }

    /// One character too much, missing, wrong, or two swapped.
    private static func isOneSlip(from right: [UInt8], to wrong: [UInt8]) -> Bool {
        var (one, other) = (right[...], wrong[...])
        guard abs(one.count - other.count) <= 1 else { return false }
        while let first = one.first, first == other.first {
            one.removeFirst()
            other.removeFirst()
        }
        while let last = one.last, last == other.last {
            one.removeLast()
            other.removeLast()
        }
        if one.count == 2, other.count == 2 { return Array(one.reversed()) == Array(other) }
        return one.count <= 1 && other.count <= 1
    }
}
