import Enrollment
import Testing

/// 誤りではありませんか: neither silence nor refusal.
@Suite("What is most likely a slip is asked about") struct QuestionTests {
    @Test(arguments: [
        ("★綾", "★"), ("①綾", "①"), ("㈱綾", "㈱"), ("佐藤123", "1"), ("綾様", "様"), ("綾（旧姓：大西）", "（"),
        ("綾。", "。"),
    ])
    func whatIsInNoNameIsAskedAbout(typed: String, odd: String) {
        let line = ValueTests.line { $0[1] = typed }
        #expect(line.problems == [Problem(.partLooksMistyped, .familyName, [.value: odd])])
        #expect(line.outcome == .new)
        #expect(line.application?.name.family == typed)
    }

    @Test(arguments: ["同上", "1234", "・", "。", "FALSE", "なし"])
    func whatIsNoNameAtAllIsAskedAbout(typed: String) {
        let line = ValueTests.line { $0[2] = typed }
        #expect(line.problems == [Problem(.valueLooksMistyped, .givenName, [.value: typed])])
        #expect(line.application?.name.given == typed)
    }

    @Test(arguments: [
        "鵜殿", "佐々木", "五十嵐", "〆木", "ヶ原", "O'Brien", "Mary-Jane", "J. R.", "マイケル・ジョー", "葛\u{E0100}城",
        "김",
        "Müller", "あゝ", "二〇",
    ])
    func realNamesAreNotAskedAbout(typed: String) {
        let codes = ValueTests.line { $0[1] = typed }.problems.map(\.code)
        #expect(!codes.contains(.partLooksMistyped) && !codes.contains(.valueLooksMistyped))
    }

    @Test(arguments: [("⻄岡", "⻄", "西"), ("⼭本", "⼭", "山"), ("⽣田", "⽣", "生")])
    func radicalsFromAPDFAreKeptAndAskedAboutAndMatched(
        typed: String, radical: String, kanji: String
    ) throws {
        let line = ValueTests.line { $0[1] = typed }
        #expect(
            line.problems
                == [
                    Problem(
                        .characterLooksLikeAnother, .familyName,
                        [.character: radical, .substitute: kanji])
                ])
        let name = try #require(line.application?.name)
        #expect(name.family == typed && name.family0213 == typed.replacing(radical, with: kanji))
        let right = ValueTests.line { $0[1] = typed.replacing(radical, with: kanji) }
        #expect(line.application?.keys.sure == right.application?.keys.sure)
    }

    @Test func formsOfOtherCountriesFontsHaveASubstitute() throws {
        let line = ValueTests.line { $0[1] = "戶田" }
        #expect(line.problems.map(\.code) == [.characterIsSubstituted])
        #expect(line.application?.name.family0213 == "戸田")
        let right = ValueTests.line { $0[1] = "戸田" }
        #expect(line.application?.keys.sure == right.application?.keys.sure)
    }

    @Test(arguments: [
        ("gmail.con", "gmail.com"), ("gmial.com", "gmail.com"), ("gmal.com", "gmail.com"),
        ("gmaill.com", "gmail.com"), ("gmail.co", "gmail.com"), ("yaho.co.jp", "yahoo.co.jp"),
        ("docomo.ne.jo", "docomo.ne.jp"), ("ezwed.ne.jp", "ezweb.ne.jp"),
        ("hospital.example.con", "hospital.example.com"), ("city.example.jpp", "city.example.jp"),
    ])
    func aSlipInADomainIsAskedAbout(domain: String, meant: String) {
        let line = ValueTests.line { $0[7] = "taro@\(domain)" }
        #expect(
            line.problems == [
                Problem(.emailDomainLooksMistyped, .email, [.value: domain, .substitute: meant])
            ])
        #expect(line.application?.email == "taro@\(domain)")
    }

    @Test(arguments: [
        "gmail.com", "ymail.com", "mail.com", "yahoo.com", "yahoo.co.jp", "i.softbank.jp",
        "example.jp",
        "au.com", "ocn.ne.jp", "city.takamatsu.lg.jp", "outlook.jp",
    ])
    func domainsThatExistAreNotAskedAbout(domain: String) {
        #expect(ValueTests.told { $0[7] = "taro@\(domain)" }.isEmpty)
    }

    @Test(arguments: [
        (9, "。", "affiliation_unit"), (10, "・", "building"), (9, "FALSE", "affiliation_unit"),
    ])
    func anAnswerThatSaysNothingIsAskedAbout(column: Int, typed: String, key: String) {
        #expect(ValueTests.told { $0[column] = typed } == ["W113 \(key)"])
    }

    @Test(arguments: ["#N/A", "#REF!", "########", "＃N/A", " #VALUE! ", "Err:502", "#NAME?"])
    func errorsOfASpreadsheetAreToldAsSuchAndNothingElseIs(typed: String) {
        let keys = [
            1: "family_name", 5: "postal_code", 6: "address_full", 7: "email", 8: "phone",
            9: "affiliation_unit", 10: "building", 11: "view_1_on",
        ]
        for (column, key) in keys {
            let told = ValueTests.told { $0[column] = typed }
            #expect(Set(told) == ["E230 \(key)"] || key == "view_1_on" && told[0] == "E230 \(key)")
        }
    }

    @Test func theFormAsksTheSame() {
        let codes = Sample.codes(
            Sample.check {
                $0[.familyName] = "佐藤123"
                $0[.email] = "taro@gmail.con"
                $0[.phone] = "0901234567"
                $0[.street] = "。"
            })
        #expect(codes == ["W118", "W113", "W154", "W164"])
        #expect(Sample.codes(Sample.check { $0[.phone] = "9012345678" }) == ["W116", "N163"])
    }
}
