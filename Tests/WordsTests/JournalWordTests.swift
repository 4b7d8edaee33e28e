import Enrollment
import Testing
import Words

/// The journal is read by people: every act has words of its own, and none is another's.
@Suite struct JournalWordTests {
    @Test(arguments: EventKind.allCases)
    func everyActHasWords(kind: EventKind) {
        #expect(kind.word != kind.rawValue)
        #expect(kind.word.unicodeScalars.contains { $0.value > 0x3000 }, "\(kind.word)")
    }

    @Test func noTwoActsAreCalledTheSame() {
        let words = Dictionary(grouping: EventKind.allCases, by: \.word)
        for (word, kinds) in words { #expect(kinds.count == 1, "\(word): \(kinds)") }
    }

    @Test(arguments: JournalSubject.Kind.allCases)
    func everySubjectIsNamed(kind: JournalSubject.Kind) {
        let word = JournalSubject("\(kind.rawValue):2026").word(named: nil)
        #expect(word != kind.rawValue && !word.isEmpty)
    }

    @Test func aSubjectThatIsNoneOfThemIsShownAsItIs() {
        #expect(JournalSubject("something").word(named: nil) == "something")
        #expect(JournalSubject("other:1") == JournalSubject("other:1"))
        #expect(JournalSubject("queue").word(named: nil) == "応募の一覧")
    }

    @Test func whyAnAccountEndedIsSaidInWords() {
        #expect(JournalWords.text("handed_over", of: "by") == "引き継ぎ")
    }
}
