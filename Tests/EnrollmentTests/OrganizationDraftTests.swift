import Enrollment
import Testing

/// 法人番号 and what the office types of an organization.
@Suite struct OrganizationDraftTests {
    @Test(arguments: ["8000012010038", "８０００－０１２０－１００３８", " 8000 0120 10038 "])
    func aNumberWhoseCheckDigitFitsIsOne(typed: String) {
        #expect(CorporateNumber(typed)?.text == "8000012010038")
    }

    @Test(arguments: [
        "", "8000012010039", "7000012010038", "800001201003", "80000120100381", "800001201003x",
        "8000012010083",
    ])
    func anotherIsNone(typed: String) { #expect(CorporateNumber(typed) == nil) }

    /// No two digits beside each other change places unnoticed, but for 0 and 9.
    @Test func everySingleMistakeIsFound() {
        let digits = Array("8000012010038")
        for place in digits.indices {
            for digit in "0123456789" where digit != digits[place] {
                var other = digits
                other[place] = digit
                let isAlike = Set([digits[place], digit]) == ["0", "9"] && place > 0
                #expect(isAlike || CorporateNumber(String(other)) == nil, "\(String(other))")
            }
        }
    }

    @Test(arguments: [
        ("demo-hospital", true), ("a", true), ("0", true), ("-a", false), ("A", false), ("", false),
        ("病院", false), (String(repeating: "a", count: 64), false),
    ])
    func aCodeIsPlain(code: String, isPlain: Bool) {
        #expect(OrganizationDraft.isPlain(code) == isPlain)
    }
}
