import Testing

@testable import Enrollment

/// Many rows beside many people.
@Suite struct IdentityMatchingTests {
    private static let ichiro = IdentityTests.one
    private static let hanako = IdentityTests.stranger

    /// A record of a name, and what it says besides.
    private static func record(
        _ name: FoldedName, mail: String = "", phone: String = "", home: String = "",
        employee: String = ""
    ) -> IdentityRecord {
        var reach = IdentityReach()
        (reach.mail, reach.phone, reach.postalCode, reach.street) = (mail, phone, "1020094", home)
        var numbers = IdentityNumbers()
        (numbers.employee, numbers.organizationID) = (employee, 7)
        return IdentityRecord(name, reach, numbers)
    }

    private static func matches(
        _ rows: [IdentityRecord], _ held: [(Int, IdentityRecord)],
        _ answers: IdentityAnswers = IdentityAnswers(),
        names: NameFrequencies = NameFrequencies(families: [:], givens: [:], of: 1)
    ) -> [String] {
        let records = held.map { HeldRecord(personID: $0.0, says: $0.1) }
        return IdentityMatching(
            rows, among: records, answers: answers, names: names, under: IdentitySample.rules
        ).matches().map { match in
            switch match {
            case .nobody: "nobody"
            case .same(let one): "same \(one.personID)"
            case .ask(let some): "ask " + some.map { String($0.personID) }.joined(separator: " ")
            }
        }
    }

    @Test func aCorrectedMailAddressIsThePersonWhoLivesThere() {
        let held = Self.record(Self.ichiro, mail: "a@example.jp", home: "1-2")
        let row = Self.record(Self.ichiro, mail: "b@example.jp", home: "1-2")
        #expect(Self.matches([row], [(3, held)]) == ["same 3"])
    }

    @Test func twoEquallyStrongCandidatesAreAsked() {
        let held = [
            (1, Self.record(Self.ichiro, mail: "a@example.jp", home: "1-2")),
            (2, Self.record(Self.ichiro, mail: "b@example.jp", home: "9-9")),
        ]
        let row = Self.record(Self.ichiro, mail: "a@example.jp", home: "9-9")
        #expect(Self.matches([row], held) == ["ask 1 2"])
        // Whoever has more for it is the one.
        let whole = Self.record(Self.ichiro, mail: "a@example.jp", phone: "1", home: "1-2")
        #expect(Self.matches([whole], held) == ["same 1"])
    }

    @Test func whoIsSurelyAnotherRowIsNobodyElsesCandidate() {
        let held = [(1, Self.record(Self.ichiro, mail: "a@example.jp", home: "1-2"))]
        let sure = Self.record(Self.ichiro, mail: "a@example.jp", home: "1-2")
        let namesake = Self.record(Self.ichiro, mail: "c@example.jp", home: "7-7")
        #expect(Self.matches([namesake], held) == ["ask 1"])
        #expect(Self.matches([namesake, sure], held) == ["nobody", "same 1"])
    }

    @Test func twoRowsThatAreEquallyOnePersonAreAsked() {
        let held = [(1, Self.record(Self.ichiro, mail: "a@example.jp", home: "1-2"))]
        let rows = [
            Self.record(Self.ichiro, mail: "a@example.jp", home: "5-5"),
            Self.record(Self.ichiro, mail: "b@example.jp", home: "1-2"),
        ]
        #expect(Self.matches(rows, held) == ["ask 1", "ask 1"])
    }

    @Test func whatPeopleHaveAnsweredIsNotAskedAgain() {
        let held = [(1, Self.record(Self.ichiro, mail: "a@example.jp"))]
        let row = Self.record(Self.ichiro, mail: "c@example.jp")
        var answers = IdentityAnswers()
        answers.different = [0: [1]]
        #expect(Self.matches([row], held, answers) == ["nobody"])
        answers.different = [:]
        answers.same = [0: 1]
        #expect(Self.matches([row], held, answers) == ["same 1"])
    }

    @Test func aMailboxOfAWardIsNoEvidence() {
        let held = [
            (1, Self.record(Self.ichiro, mail: "ward@example.jp")),
            (2, Self.record(Self.hanako, mail: "ward@example.jp")),
        ]
        let row = Self.record(Self.ichiro, mail: "ward@example.jp")
        #expect(Self.matches([row], held) == ["ask 1"])
        #expect(Self.matches([row], [held[0]]) == ["same 1"])
        // The file itself says that it is shared.
        let other = Self.record(Self.hanako, mail: "ward@example.jp")
        #expect(Self.matches([row, other], [held[0]]) == ["ask 1", "nobody"])
    }

    @Test func anAddressOfSixPeopleIsAnOffice() {
        func held(_ count: Int) -> [(Int, IdentityRecord)] {
            (1...count).map { number in
                let name = number == 1 ? Self.ichiro : IdentityTests.name("人", "\(number)", "", "")
                return (number, Self.record(name, home: "1-2"))
            }
        }
        let row = Self.record(Self.ichiro, home: "1-2")
        #expect(Self.matches([row], held(5)) == ["same 1"])
        #expect(Self.matches([row], held(6)) == ["ask 1"])
    }

    @Test func aNameThatManyBearIsNotAskedAboutByItself() {
        let held = [(1, Self.record(Self.ichiro, mail: "a@example.jp"))]
        let row = Self.record(Self.ichiro, mail: "b@example.jp")
        let rare = NameFrequencies(families: ["渡邉": 3], givens: ["一郎": 4], of: 1_000)
        let common = NameFrequencies(families: ["渡邉": 30], givens: ["一郎": 40], of: 1_000)
        #expect(Self.matches([row], held, names: rare) == ["ask 1"])
        #expect(Self.matches([row], held, names: common) == ["nobody"])
    }

    /// Numbers that are given anew say nothing: the file's own sure rows tell it.
    @Test func numbersThatWereGivenAnewJoinNobody() {
        let people = (1...9).map { IdentityTests.name("人\($0)", "名\($0)", "ヒト", "ナ\($0)") }
        let held = people.enumerated().map { place, name in
            (place, Self.record(name, mail: "m\(place)@example.jp", employee: "\(place)"))
        }
        let rows = people.enumerated().map { place, name in
            Self.record(name, mail: "m\(place)@example.jp", employee: "\(place + 1)")
        }
        // Married, and with the number that another had: the number would ask.
        let bride = Self.record(IdentityTests.name("新", "名4", "シン", "ナ4"), employee: "3")
        #expect(Self.matches([bride], held) == ["ask 3"])
        #expect(
            Self.matches(Array(rows.dropFirst(4)) + [bride], held)
                == (4...8).map { "same \($0)" } + ["nobody"])
    }

    @Test func theSameRowsComeToTheSameInWhateverOrder() {
        let held = [
            (1, Self.record(Self.ichiro, mail: "a@example.jp", home: "1-2")),
            (2, Self.record(Self.ichiro, mail: "b@example.jp", home: "3-4")),
        ]
        let rows = held.map(\.1)
        #expect(Self.matches(rows, held) == ["same 1", "same 2"])
        #expect(Self.matches(rows.reversed(), held.reversed()) == ["same 2", "same 1"])
    }
}
