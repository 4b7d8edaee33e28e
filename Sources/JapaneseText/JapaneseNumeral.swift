/// Numbers of dates written in kanji: 八, 十二, 二十三, 三〇, 元.
public enum JapaneseNumeral {
    /// The number below a hundred that a text means; nil when it is none.
    public static func value(_ text: some StringProtocol) -> Int? {
        let scalars = Array(text.unicodeScalars)
        if scalars == ["元"] { return 1 }
        let digits = scalars.map { digit($0) }
        guard !scalars.isEmpty, scalars.count <= 3, !digits.contains(nil) else { return nil }
        guard let ten = scalars.firstIndex(of: "十") else {
            return digits.compactMap { $0 }.reduce(0) { $0 * 10 + $1 }
        }
        let (tens, ones) = (digits[..<ten], digits[(ten + 1)...])
        guard tens.count <= 1, ones.count <= 1 else { return nil }
        return (tens.first.flatMap { $0 } ?? 1) * 10 + (ones.first.flatMap { $0 } ?? 0)
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        if scalar == "十" { return 10 }
        return Array("〇一二三四五六七八九".unicodeScalars).firstIndex(of: scalar)
    }
}
