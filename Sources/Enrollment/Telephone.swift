/// 電話番号. How many digits a number has.
enum Telephone {
    /// 11 for mobile numbers and the like (020, 050, 060, 070, 080 and 0800, 090), 10 for all others.
    static func usualCount(_ digits: String) -> Int {
        let head = Array(digits.utf8.prefix(3))
        let isMobile =
            head.count == 3 && head[2] == UInt8(ascii: "0") && "256789".utf8.contains(head[1])
        return isMobile ? 11 : 10
    }

    /// The number with the 0 that a spreadsheet ate (9012345678, 112112111); nil for one that has it,
    /// or that would be none with it either.
    static func withLostZero(_ digits: String) -> String? {
        let whole = "0" + digits
        guard !digits.hasPrefix("0"), whole.utf8.count == usualCount(whole) else { return nil }
        return whole
    }
}
