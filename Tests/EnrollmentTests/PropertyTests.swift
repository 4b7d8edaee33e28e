import Enrollment
import Testing

/// SplitMix64: the same seed gives the same rows again.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Properties; the seed is the argument of the test that fails") struct PropertyTests {
    private static let spoilers = [
        "", " ", "　", "=1", "\u{0}", "\u{E000}", "?", "ﾔﾏﾀﾞ", "やまだ", "山田", "１０２", "9/1",
        "2026-02-30", "46266", "a@b.jp", "記入例", "○", "x\ny", "令和8年9月1日", "\u{1F600}", "髙", "-",
    ]

    private func rows(_ seed: UInt64) -> [[String]] {
        var random = Seeded(state: seed)
        return [Sample.headings]
            + (1...60).map { _ in
                var row = Sample.row(Int.random(in: 1...40, using: &random))
                for _ in 0..<Int.random(in: 0...2, using: &random) {
                    let column = Int.random(in: 0..<row.count, using: &random)
                    row[column] = Self.spoilers.randomElement(using: &random) ?? ""
                }
                if Int.random(in: 0..<20, using: &random) == 0 { row.append("x") }
                return row
            }
    }

    @Test(arguments: UInt64(1)...20)
    func everyRowHasOneOutcome(seed: UInt64) {
        let rows = rows(seed)
        let plan = Sample.plan(rows)
        let counts = GroupPlan.Outcome.allCases.map(plan.count)
        #expect(counts.reduce(0, +) == plan.lines.count)
        let passed = plan.sampleRows.count + plan.remarkRows.count
        #expect(plan.lines.count + passed == rows.count - 1)
        for line in plan.lines {
            let isStopped = line.problems.contains {
                $0.severity == .stop && $0.code != .rowRepeated
            }
            #expect((line.outcome == .error) == isStopped, "row \(line.row)")
            let isFit = [.new, .held, .repeated].contains(line.outcome)
            #expect(!isFit || line.application != nil, "row \(line.row)")
        }
        let again = Sample.plan(rows)
        #expect(again.lines.map(\.problems) == plan.lines.map(\.problems))
    }

    @Test(arguments: UInt64(1)...20)
    func whatWasFiledIsUnchangedWhenItComesAgain(seed: UInt64) {
        let rows = rows(seed)
        let first = Sample.plan(rows)
        var known: [Int: RowSubject] = [:]
        for line in first.lines where line.outcome == .new || line.outcome == .held {
            guard let application = line.application else { continue }
            let live = GroupPlan.Known(organizationIDs: [7], digest: application.content)
            known[line.row] = .known(personID: line.row, live: live, ended: nil)
        }
        var again = Sample.plan(rows)
        again.compare(with: known, of: OrganizationScope(7), digest: { $0 })
        #expect(again.count(.new) == 0 && again.count(.held) == 0 && again.count(.changed) == 0)
        #expect(again.count(.unchanged) == first.count(.new) + first.count(.held))
    }

    /// What a check keeps, typed again, is kept as it is.
    @Test(arguments: UInt64(1)...20)
    func checkingTwiceIsCheckingOnce(seed: UInt64) throws {
        for line in Sample.plan(rows(seed)).lines {
            guard let once = line.application else { continue }
            var draft = line.draft
            draft[.familyName] = once.name.family
            draft[.givenName] = once.name.given
            draft[.familyNameKana] = once.name.familyKana
            draft[.givenNameKana] = once.name.givenKana
            draft[.postalCode] = once.address.postalCode
            draft[.street] = once.address.street
            draft[.email] = once.email
            for viewing in once.viewings {
                draft[.viewedOn(slot: viewing.slot)] = viewing.viewedOn.description
            }
            let checked = Application.check(
                draft, on: Sample.today, under: Sample.rules, as: .groupFile(Sample.hospital))
            guard case .accepted(let twice, let notices) = checked else {
                Issue.record("row \(line.row) was accepted once only")
                continue
            }
            #expect(twice == once)
            #expect(!notices.contains { $0.code == .kanaConverted })
        }
    }

    @Test(arguments: UInt64(1)...10)
    func everyWayOfWritingADayIsReadBack(seed: UInt64) {
        var random = Seeded(state: seed)
        for _ in 0..<200 {
            let day = Day(number: Int.random(in: 18_017...47_000, using: &random))
            let (year, month, date) = day.civil
            let era = year - 2018
            var forms = [
                "\(day)", "\(year)/\(month)/\(date)", "\(year).\(month).\(date)",
                "\(day)".filter { $0 != "-" }, "\(year)年\(month)月\(date)日",
                "\(year)年 \(month)月 \(date)日",
            ]
            if era >= 1 { forms += ["R\(era).\(month).\(date)", "令和\(era)年\(month)月\(date)日"] }
            if (36_526...73_050).contains(day.spreadsheetSerial) {
                forms.append(String(day.spreadsheetSerial))
            }
            for form in forms { #expect(TypedDay.read(form) == .day(day), "\(form)") }
            let wide = String(
                "\(day)".unicodeScalars.map { scalar in
                    Character(Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar)
                })
            #expect(TypedDay.read(wide) == .day(day), "\(wide)")
        }
    }

    @Test(arguments: UInt64(1)...10)
    func everyNumberIsReadBackAndNoOther(seed: UInt64) {
        var random = Seeded(state: seed)
        for _ in 0..<100 {
            let receipt = ReceiptNumber(Sample.year) {
                (0..<8).map { _ in UInt8.random(in: 0...255, using: &random) }
            }
            #expect(ReceiptNumber(receipt.description) == receipt)
            #expect(receipt.description.dropFirst(3).allSatisfy { !"01ILOU".contains($0) })
            let member = MemberNumber(sequence: Int.random(in: 1...99_999_999, using: &random))
            #expect(MemberNumber(member.description) == member)
            let misread = member.description.replacing("0", with: "O").replacing("1", with: "I")
            #expect(MemberNumber(misread) == member, "\(misread)")
            // Every wrong character is found, wherever it stands.
            let letters = Array(receipt.description)
            for place in letters.indices where letters[place] != "-" {
                var wrong = letters
                wrong[place] = letters[place] == "7" ? "8" : "7"
                #expect(ReceiptNumber(String(wrong)) == nil, "\(receipt)")
            }
        }
    }
}
