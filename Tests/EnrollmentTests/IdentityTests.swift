import JapaneseText
import Testing

@testable import Enrollment

/// Whether two records are of one person: the table, line by line.
@Suite struct IdentityTests {
    /// Somebody, and what the other record says otherwise.
    struct Line: Sendable, CustomStringConvertible {
        let names: NameLikeness
        let other: FoldedName
        let agreeing: IdentityEvidence
        var shared: IdentityEvidence = []
        let verdict: Word

        var description: String { "\(names) \(agreeing.rawValue) \(shared.rawValue) \(verdict)" }
    }

    enum Word: Sendable { case same, ask, different }

    static let one = name("渡辺", "一郎", "ワタナベ", "イチロウ")
    static let swapped = name("一郎", "渡邉", "イチロウ", "ワタナベ")
    static let read = name("渡辺", "一郎", "ワタナベ", "カズオ")
    static let alike = name("渡辺", "一朗", "ワタナベ", "イチロー")
    static let written = name("渡部", "市朗", "ワタナベ", "イチロウ")
    static let married = name("山田", "一郎", "ヤマダ", "イチロウ")
    static let twin = name("渡辺", "二郎", "ワタナベ", "ジロウ")
    static let stranger = name("山田", "花子", "ヤマダ", "ハナコ")

    static let lines: [Line] = [
        // Same names, also in each other's column: any evidence joins.
        Line(names: .same, other: one, agreeing: .mail, verdict: .same),
        Line(names: .same, other: one, agreeing: .phone, verdict: .same),
        Line(names: .same, other: one, agreeing: .home, verdict: .same),
        Line(names: .same, other: swapped, agreeing: .home, verdict: .same),
        Line(names: .same, other: one, agreeing: .employeeNumber, verdict: .same),
        Line(names: .same, other: one, agreeing: .memberNumber, verdict: .same),
        // What many share, and the name alone, are questions.
        Line(names: .same, other: one, agreeing: [], shared: .mail, verdict: .ask),
        Line(names: .same, other: one, agreeing: [], shared: [.home, .phone], verdict: .ask),
        Line(names: .same, other: one, agreeing: [], verdict: .ask),
        // Another kana.
        Line(names: .kanaDiffers, other: read, agreeing: .home, verdict: .same),
        Line(names: .kanaDiffers, other: read, agreeing: .mail, verdict: .same),
        Line(names: .kanaDiffers, other: read, agreeing: [], verdict: .different),
        // A kanji that is taken for another.
        Line(names: .lookAlike, other: alike, agreeing: .employeeNumber, verdict: .same),
        Line(names: .lookAlike, other: alike, agreeing: [.home, .phone], verdict: .same),
        Line(names: .lookAlike, other: alike, agreeing: .home, verdict: .ask),
        Line(names: .lookAlike, other: alike, agreeing: [], verdict: .different),
        // Other kanji of the same kana.
        Line(
            names: .kanjiDiffers, other: written, agreeing: [.employeeNumber, .home], verdict: .same
        ),
        Line(names: .kanjiDiffers, other: written, agreeing: .home, verdict: .ask),
        Line(names: .kanjiDiffers, other: written, agreeing: [.home, .phone], verdict: .ask),
        Line(names: .kanjiDiffers, other: written, agreeing: .employeeNumber, verdict: .ask),
        Line(names: .kanjiDiffers, other: written, agreeing: [], verdict: .different),
        // Another family name.
        Line(names: .familyDiffers, other: married, agreeing: [.mail, .phone], verdict: .same),
        Line(
            names: .familyDiffers, other: married, agreeing: [.employeeNumber, .mail],
            verdict: .same),
        Line(names: .familyDiffers, other: married, agreeing: .employeeNumber, verdict: .ask),
        Line(names: .familyDiffers, other: married, agreeing: .home, verdict: .ask),
        Line(names: .familyDiffers, other: married, agreeing: [], verdict: .different),
        // Near.
        Line(names: .near, other: twin, agreeing: [.employeeNumber, .mail], verdict: .same),
        Line(names: .near, other: twin, agreeing: .employeeNumber, verdict: .ask),
        Line(names: .near, other: twin, agreeing: .home, verdict: .ask),
        Line(names: .near, other: twin, agreeing: [.home, .phone], verdict: .ask),
        Line(names: .near, other: twin, agreeing: [], shared: .home, verdict: .different),
        // Different names.
        Line(names: .different, other: stranger, agreeing: .employeeNumber, verdict: .different),
        Line(names: .different, other: stranger, agreeing: [.home, .phone], verdict: .different),
        Line(
            names: .different, other: stranger, agreeing: [.employeeNumber, .home], verdict: .ask),
        Line(names: .different, other: stranger, agreeing: .memberNumber, verdict: .ask),
        Line(names: .different, other: stranger, agreeing: [], verdict: .different),
    ]

    @Test(arguments: lines) func decidesAsTheTableSays(line: Line) {
        let pair = IdentitySample.pair(Self.one, line.other, line.agreeing.union(line.shared))
        var comparison = IdentityComparison(under: IdentitySample.rules)
        if line.shared.contains(.mail) { comparison.sharedMails = [pair.0.mail] }
        if line.shared.contains(.phone) { comparison.sharedPhones = [pair.0.phone] }
        if line.shared.contains(.home) { comparison.sharedHomes = [pair.0.home] }
        for verdict in [
            comparison.verdict(pair.0, pair.1), comparison.verdict(pair.1, pair.0),
        ] {
            let (word, reason) = Self.told(verdict)
            #expect(word == line.verdict)
            #expect(reason.names == line.names)
            #expect(reason.agreeing == line.agreeing && reason.shared == line.shared)
        }
    }

    /// A confirmed address, and one on the organization's own domain, are one person's.
    @Test func aMailAddressIsPersonalWhenItIsConfirmedOrTheOrganizations() {
        let pair = IdentitySample.pair(Self.one, Self.alike, .mail)
        var comparison = IdentityComparison(under: IdentitySample.rules)
        #expect(Self.told(comparison.verdict(pair.0, pair.1)).0 == .ask)
        comparison.ownDomains = ["example.jp"]
        #expect(Self.told(comparison.verdict(pair.0, pair.1)).0 == .same)
        comparison.ownDomains = []
        let confirmed = IdentitySample.record(Self.one, .mail, isMailConfirmed: true)
        #expect(Self.told(comparison.verdict(confirmed, pair.1)).0 == .same)
    }

    @Test(arguments: [
        ("番町一丁目8-15", "番町1丁目８番１５号"), ("番町1-8-15", "番町１－８－１５"),
        ("大字岡字東12", "岡12番地"),
    ])
    func aStreetIsOneHoweverItIsWritten(one: String, other: String) {
        #expect(StreetNumbers.read(one) == StreetNumbers.read(other))
    }

    @Test func aSlipOfThePenIsNearAndAnotherNameIsNot() {
        let pairs: [(FoldedName, NameLikeness)] = [
            (Self.name("渡辺", "一郎太", "ワタナベ", "イチロウタ"), .near),
            (Self.name("渡辺", "一邦", "ワタナベ", "イチロ"), .near),
            (Self.name("渡辺", "花子", "ワタナベ", "ハナコ"), .different),
            (Self.name("渡辺", "一郎", "", ""), .same),
        ]
        for (other, likeness) in pairs {
            #expect(NameLikeness.of(Self.one, other, under: IdentitySample.rules) == likeness)
        }
    }

    static func told(_ verdict: IdentityVerdict) -> (Word, IdentityReason) {
        switch verdict {
        case .same(let reason): (.same, reason)
        case .ask(let reason): (.ask, reason)
        case .different(let reason): (.different, reason)
        }
    }

    static func name(
        _ family: String, _ given: String, _ familyKana: String, _ givenKana: String
    ) -> FoldedName {
        FoldedName(family: family, given: given, familyKana: familyKana, givenKana: givenKana)
    }
}
