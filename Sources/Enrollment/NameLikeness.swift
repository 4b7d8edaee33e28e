internal import JapaneseText

/// How two names are alike, the likest first.
public enum NameLikeness: String, CaseIterable, Comparable, Sendable {
    /// Kanji and kana are the same, or stand in each other's column, or one has no kana.
    case same
    /// The kanji are the same, the kana is another.
    case kanaDiffers = "kana_differs"
    /// One kanji is another that is taken for it: 一郎, 一朗.
    case lookAlike = "look_alike"
    /// The kana is the same, the kanji are others.
    case kanjiDiffers = "kanji_differs"
    /// The given name is the same, the family name is another, as after a marriage.
    case familyDiffers = "family_differs"
    /// A slip of the pen, a name in the middle, a twin.
    case near
    case different

    public static func < (one: Self, other: Self) -> Bool { one.place < other.place }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    static func of(_ one: FoldedName, _ other: FoldedName, under rules: IdentityRules) -> Self {
        let kanji = KanjiRelation(one, other)
        let kana = KanaRelation(one, other, within: rules.kanaEdits)
        switch (kanji, kana) {
        case (.same, .same), (.same, .unknown): return .same
        case (.same, _): return .kanaDiffers
        case (.lookAlike, .same), (.lookAlike, .near), (.lookAlike, .unknown): return .lookAlike
        case (_, .same): return .kanjiDiffers
        default: break
        }
        if hasSameGivenName(one, other) { return .familyDiffers }
        return isNear(one, other, kana, rules) ? .near : .different
    }

    private static func hasSameGivenName(_ one: FoldedName, _ other: FoldedName) -> Bool {
        guard !one.given.isEmpty, one.given == other.given else { return false }
        return one.givenKana == other.givenKana || one.givenKana.isEmpty || other.givenKana.isEmpty
    }

    private static func isNear(
        _ one: FoldedName, _ other: FoldedName, _ kana: KanaRelation, _ rules: IdentityRules
    ) -> Bool {
        if hasMiddleName(one, other) || hasMiddleName(other, one) { return true }
        guard kana != .far else { return false }
        return Edits.count(one.whole, other.whole, within: rules.kanjiEdits) != nil
    }

    /// Of one family, and the given name of one goes on where the other's ends.
    private static func hasMiddleName(_ long: FoldedName, _ short: FoldedName) -> Bool {
        long.family == short.family && !short.given.isEmpty && long.given.hasPrefix(short.given)
    }
}

private enum KanjiRelation {
    case same, lookAlike, other

    init(_ one: FoldedName, _ other: FoldedName) {
        if one.whole == other.whole || one.whole == other.swapped {
            self = .same
        } else {
            self = Self.differsByALookAlike(one.whole, other.whole) ? .lookAlike : .other
        }
    }

    private static func differsByALookAlike(_ one: String, _ other: String) -> Bool {
        let (left, right) = (Array(one.unicodeScalars), Array(other.unicodeScalars))
        guard left.count == right.count else { return false }
        let differing = zip(left, right).filter { $0 != $1 }
        return differing.count == 1 && LookAlikes.areAlike(differing[0].0, differing[0].1)
    }
}

private enum KanaRelation {
    case same, near, far
    /// One of them has none.
    case unknown

    init(_ one: FoldedName, _ other: FoldedName, within edits: Int) {
        if one.kana.isEmpty || other.kana.isEmpty {
            self = .unknown
        } else if one.kana == other.kana || one.kana == other.swappedKana {
            self = .same
        } else {
            let isNear = Edits.count(
                Self.plain(one.kana), Self.plain(other.kana), within: edits)
            self = isNear == nil ? .far : .near
        }
    }

    /// Without long marks, ッ (folded to ツ it stays) and sound marks: ヤマザキ as ヤマサキ.
    private static func plain(_ kana: String) -> String { Kana.withoutMarks(kana) }
}

/// How many characters are to be put in, taken out or changed to make one text of another.
enum Edits {
    /// Nil when they are more than `limit`.
    static func count(_ one: String, _ other: String, within limit: Int) -> Int? {
        let (left, right) = (Array(one.unicodeScalars), Array(other.unicodeScalars))
        guard abs(left.count - right.count) <= limit else { return nil }
        var row = Array(0...right.count)
        for (index, scalar) in left.enumerated() {
            var corner = row[0]
            row[0] = index + 1
            for place in right.indices {
                let changed = corner + (scalar == right[place] ? 0 : 1)
                corner = row[place + 1]
                row[place + 1] = min(changed, row[place] + 1, corner + 1)
            }
        }
        return row[right.count] <= limit ? row[right.count] : nil
    }
}
