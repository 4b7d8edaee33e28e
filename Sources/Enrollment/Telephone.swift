internal import JapaneseText

/// 電話番号. How many digits a number has.
enum Telephone {
    /// A number as typed without what stands between its digits; what is no digit is left.
    static func digits(_ typed: String) -> String {
        let text = Width.hyphensUnified(Width.narrowed(typed)).filter { !"()- ".contains($0) }
        // +81 (0)3-… is written too: the 0 is not dialled from abroad.
        for prefix in ["+810", "+81"] where text.hasPrefix(prefix) {
            return "0" + text.dropFirst(prefix.count)
        }
        return text
    }

    /// 11 for mobile numbers and the like (020, 050, 060, 070, 080 and 0800, 090), 10 for all
    /// others.
    static func usualCount(_ digits: String) -> Int {
        let head = Array(digits.utf8.prefix(3))
        let isMobile =
            head.count == 3 && head[2] == UInt8(ascii: "0") && "256789".utf8.contains(head[1])
        return isMobile ? 11 : 10
    }

    /// The number with the 0 that a spreadsheet ate (9012345678, 112112111); nil for one that has
    /// it, or that would be none with it either.
    static func withLostZero(_ digits: String) -> String? {
        let whole = "0" + digits
        guard !digits.hasPrefix("0"), whole.utf8.count == usualCount(whole) else { return nil }
        return whole
    }
}
