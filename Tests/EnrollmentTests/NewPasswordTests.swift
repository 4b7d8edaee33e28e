import Enrollment
import Testing

/// What may be a password, and what everybody would try.
@Suite struct NewPasswordTests {
    private static let owner = ["yamada.hanako@example.jp", "山田 花子"]

    @Test(arguments: [
        "correct horse battery", "うみと やまと そらのいろ3つ", "k7#Qe9!xLp2@Zw4", "つくえのうえにみかんがある",
        "Blue-Kettle-Sings-Low", "jkVbn wr8 hzX mmuq",
    ])
    func whateverIsLongAndOnesOwnIsGood(_ typed: String) {
        #expect(
            NewPassword.problem(typed, of: Self.owner)
                == (typed.count < 15 ? .tooShort : nil))
    }

    @Test(arguments: [
        ("", PasswordProblem.missing), ("short-one-12345"[0..<14], .tooShort),
        ("aaaaaaaaaaaaaaaaaaaa", .tooSimple), ("passwordpassword", .tooSimple),
        ("Password123456789", .tooSimple), ("qwertyuiopasdfghjkl", .tooSimple),
        ("yamada.hanako@example.jp", .tooSimple), ("Yamada2026Hanako!", .tooSimple),
        ("デジタル推進委員デジタル推進委員", .tooSimple), ("abababababababababab", .tooSimple),
    ])
    func whatIsEasilyGuessedIsNone(_ typed: String, _ problem: PasswordProblem) {
        #expect(NewPassword.problem(typed, of: Self.owner) == problem, "\(typed)")
    }

    @Test func itMayBeLongAndHasAnEnd() {
        let words = "山と川と海と空と雲と風と花と"
        let long = String(repeating: words, count: 24)
        #expect(long.utf8.count <= NewPassword.octetLimit)
        #expect(NewPassword.problem(long, of: []) == nil)
        #expect(NewPassword.problem(long + words, of: []) == .tooLong)
    }
}

extension String {
    fileprivate subscript(_ range: Range<Int>) -> String {
        String(Array(self)[range])
    }
}
