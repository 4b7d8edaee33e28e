internal import JapaneseText

/// The numbers of a street: 番町一丁目8-15, 番町1丁目8番15号 and 番町１－８－１５ are all `1-8-15`.
/// `home_of` of the tables says the same.
enum StreetNumbers {
    static func read(_ street: String) -> String {
        var numbers = ""
        var isInside = false
        for scalar in street.unicodeScalars {
            guard let digit = digits[scalar] else {
                isInside = false
                continue
            }
            if !isInside, !numbers.isEmpty { numbers.append("-") }
            isInside = true
            numbers.unicodeScalars.append(digit)
        }
        return numbers
    }

    /// Every way to write a digit, with the digit.
    private static let digits: [Unicode.Scalar: Unicode.Scalar] = {
        let plain = Array("0123456789".unicodeScalars)
        var digits = Dictionary(uniqueKeysWithValues: zip(plain, plain))
        for written in ["０１２３４５６７８９", "〇一二三四五六七八九"] {
            for (scalar, digit) in zip(written.unicodeScalars, plain) { digits[scalar] = digit }
        }
        return digits
    }()
}
