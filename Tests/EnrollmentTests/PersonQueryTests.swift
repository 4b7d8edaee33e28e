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
        guard case .kana(let reading, _)? = PersonQuery(typed) else {
            Issue.record("\(typed) is no reading")
            return
        }
        #expect(reading == "ワタナベ")
    }

    @Test func anAddressIsNoName() {
        #expect(PersonQuery("Taro＠Example.JP ") == .mail("taro@example.jp"))
    }

    @Test func aReceiptNumberIsReadAsItIsTyped() {
        let receipt = ReceiptNumber(FiscalYear(startYear: 2026), random: Array(1...8))
        let typed = receipt.description.lowercased().replacing("-", with: " ")
        #expect(PersonQuery(typed) == .receipt(receipt))
    }

    @Test(arguments: ["", " ", "　"])
    func nothingIsNoQuestion(typed: String) { #expect(PersonQuery(typed) == nil) }
}
