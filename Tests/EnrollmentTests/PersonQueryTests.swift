import Enrollment
import Testing

/// What somebody types to find a person.
@Suite struct PersonQueryTests {
    @Test(arguments: ["渡辺 太郎", "渡邉　太郎", "渡邊太郎", " 渡辺太郎"])
    func variantsAndSpacesMakeNoDifferenceInAName(typed: String) {
        #expect(PersonQuery(typed) == PersonQuery("渡辺太郎"))
    }

    @Test(arguments: ["ﾜﾀﾅﾍﾞ", "わたなべ", "ワタナベ", "ワタ ナベ"])
    func kanaMayBeAReadingOrAName(typed: String) {
        guard case .kana(let kana, _)? = PersonQuery(typed) else {
            Issue.record("\(typed) is no reading")
            return
        }
        #expect(kana == "ワタナベ")
    }

    @Test func anAddressIsNoName() {
        #expect(PersonQuery("Taro＠Example.JP ") == .mail("taro@example.jp"))
    }

    @Test func aReceiptNumberIsReadAsItIsTyped() {
        let receipt = ReceiptNumber(FiscalYear(startYear: 2026)) { [0, 1, 2, 3, 4, 5, 6, 255] }
        let typed = receipt.description.lowercased().replacing("-", with: " ")
        #expect(PersonQuery(typed) == .receipt(receipt))
    }

    @Test(arguments: ["R08-P-0000123-", "r08p0000123", "Ｒ０８－Ｐ－００００１２３－", "R08 P 0000123 "])
    func anAppointmentNumberIsReadAsItIsTyped(typed: String) {
        let number = AppointmentNumber(FiscalYear(startYear: 2026), .promoter, sequence: 123)
        let check = String(number.description.suffix(1))
        #expect(PersonQuery(typed + check) == .appointment(number))
    }

    @Test(arguments: ["M-00000001-", "m00000001", "Ｍ‐００００００01－"])
    func aMemberNumberIsReadAsItIsTyped(typed: String) {
        let number = MemberNumber(sequence: 1)
        let check = String(number.description.suffix(1))
        #expect(PersonQuery(typed + check) == .member(number))
    }

    @Test func aNumberWithAnotherCheckCharacterIsNone() {
        let letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        let read = letters.filter { letter in
            if case .name? = PersonQuery("M-00000001-\(letter)") { return false }
            return true
        }
        #expect(read.count == 1)
    }

    @Test(arguments: ["", " ", "　"])
    func nothingIsNoQuestion(typed: String) { #expect(PersonQuery(typed) == nil) }

    @Test(arguments: ["045-000-4182", "（０４５）０００−４１８２", "+81 45 000 4182", "045000"])
    func aTelephoneNumberIsReadAsItIsTyped(typed: String) {
        guard case .phone(let digits)? = PersonQuery(typed) else {
            Issue.record("\(typed) is no number")
            return
        }
        #expect("0450004182".hasPrefix(digits) && digits.count >= 6)
    }

    @Test(arguments: ["04500", "1234567890123", "12-34"])
    func fewDigitsAreNoTelephoneNumber(typed: String) {
        if case .phone? = PersonQuery(typed) { Issue.record("\(typed)") }
    }

    @Test(arguments: [
        ("221-0005", "2210005"), ("〒２２１－０００５", "2210005"), ("2210005", "2210005"),
        ("221-", "221"),
    ])
    func aPostalCodeIsReadAsItIsTyped(typed: String, digits: String) {
        #expect(PersonQuery(typed) == .postalCode(digits))
    }
}
