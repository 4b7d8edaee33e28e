import JapaneseText
import Testing

private func same(_ left: String, _ right: String) -> Bool {
    Array(left.unicodeScalars) == Array(right.unicodeScalars)
}

@Suite("Characters are told apart as the programme's table says") struct RepertoireTests {
    @Test(
        arguments: [
            ("髙", [0xFB, 0xFC], false), ("﨑", [0xFA, 0xB1], true), ("①", [0x87, 0x40], true),
            ("～", [0x81, 0x60], true), ("－", [0x81, 0x7C], true), ("\u{FA19}", [0xFB, 0x7E], true),
            ("山", [0x8E, 0x52], true), ("ｱ", [0xB1], nil), ("∵", [0x81, 0xE6], true),
        ] as [(String, [UInt8], Bool?)])
    func inCP932(text: String, bytes: [UInt8], in0213: Bool?) throws {
        let scalar = try #require(text.unicodeScalars.first)
        #expect(Repertoire.cp932(scalar) == bytes)
        if let in0213 { #expect(Repertoire.isJISX0213(scalar) == in0213) }
    }

    @Test(arguments: ["𠮷", "㐂", "圡", "𡈽", "〜", "é"])
    func notInCP932(text: String) throws {
        #expect(Repertoire.cp932(text) == nil)
    }

    @Test(arguments: [("𠮷", "吉"), ("髙", "高"), ("\u{FA1E}", "羽")])
    func aCharacterOutside0213HasASubstitute(text: String, plain: String) throws {
        let scalar = try #require(text.unicodeScalars.first)
        #expect(Variants.substitute0213(scalar) == plain.unicodeScalars.first)
    }

    @Test func mojibakeIsSeenAndNamesAreNot() {
        for broken in ["螻ｱ逕ｰ", "山?", "〓田", "a\u{FFFD}"] { #expect(Mojibake.looksBroken(broken)) }
        for name in ["山田", "髙橋", "𠮷田", "Chang", "ｱｵｷ", "佐々木", "\u{FA19}谷", ""] {
            #expect(!Mojibake.looksBroken(name))
        }
    }
}

@Suite("Folding makes one of what is the same") struct FoldingTests {
    @Test(arguments: [
        ("髙橋", "高橋"), ("渡邉", "渡辺"), ("渡邊", "渡辺"), ("𠮷田", "吉田"), ("葛\u{E0100}城", "葛城"),
        ("\u{FA19}谷", "神谷"), ("山 田", "山田"), ("MICHAEL　Chang", "michaelchang"), ("齋藤", "斎藤"),
        ("濵﨑", "浜崎"), ("ﾏｲｹﾙ", "マイケル"),
    ])
    func names(left: String, right: String) {
        #expect(same(MatchKey.name(left), MatchKey.name(right)))
    }

    @Test func differentNamesStayDifferent() {
        #expect(!same(MatchKey.name("斉藤"), MatchKey.name("斎藤")))
        #expect(!same(MatchKey.kana("ヤマザキ"), MatchKey.kana("ヤマサキ")))
    }

    @Test(arguments: [
        ("たかはし", "タカハシ"), ("ﾀｶﾊｼ", "タカハシ"), ("ｶﾞｯｺｳ", "ガッコウ"), ("ﾊﾟﾋﾞﾌﾟ", "パビプ"),
        ("か\u{3099}", "ガ"), ("コ-ヒ−", "コーヒー"), ("ゔぁいおりん", "ヴァイオリン"), ("タカハシ　ワタル", "タカハシ ワタル"),
    ])
    func readings(typed: String, kept: String) {
        let cleaned = Kana.asKept(TextTrim.cellCleaned(typed))
        #expect(same(cleaned, kept))
        #expect(Kana.isKana(cleaned))
        #expect(same(Kana.asKept(cleaned), cleaned))
    }

    @Test(arguments: [
        ("１２３", "123"), ("①", "1"), ("㈱", "(株)"), ("№", "No"), ("㍻", "平成"),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ", "taro@example"),
        ("Ⅲ", "III"), ("㋿", "令和"),
    ])
    func widths(wide: String, narrow: String) {
        #expect(same(Width.narrowed(wide), narrow))
        #expect(same(Width.narrowed(narrow), narrow))
    }

    @Test func placesWithTwoSpellingsAreOne() {
        #expect(MatchKey.placeName("龍ヶ崎市") == MatchKey.placeName("龍ケ崎市"))
        #expect(MatchKey.placeName("須惠町") == MatchKey.placeName("須恵町"))
        #expect(MatchKey.placeName("檮原町") == MatchKey.placeName("梼原町"))
    }

    @Test(arguments: [("八", 8), ("十", 10), ("十二", 12), ("二十三", 23), ("三一", 31), ("元", 1)])
    func kanjiNumbers(text: String, value: Int) { #expect(JapaneseNumeral.value(text) == value) }

    @Test func trimmingTakesWhatCannotBeSeen() {
        #expect(same(TextTrim.cellCleaned("\u{FEFF}　 山\u{200B}田\t"), "山田"))
        #expect(same(TextTrim.cellCleaned("\u{FA19}"), "\u{FA19}"))
        #expect(same(TextTrim.singleSpaced(" a 　\n b "), "a b"))
    }
}
