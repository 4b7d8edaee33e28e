import Enrollment
import Testing

/// 有効です or 無効です, and why.
@Suite struct CertificateVerdictTests {
    private static let first = Day(year: 2026, month: 4, day: 1)!
    private static let end = Day(year: 2027, month: 4, day: 1)!
    private static let issued = Instant(startOf: Self.first)

    private func verdict(
        _ term: Term, _ day: Day, key: SigningKeyState = .active
    ) -> CertificateVerdict {
        CertificateVerdict(
            IssuedCertificate(issuedAt: Self.issued, key: key, term: term), on: day)
    }

    @Test func itHoldsFromTheFirstDayToTheLast() {
        let whole = Term(from: Self.first, endsOn: Self.end)
        #expect(verdict(whole, Self.first.adding(days: -1)) == .invalid(.notBegun))
        #expect(verdict(whole, Self.first) == .valid)
        #expect(verdict(whole, Self.end.adding(days: -1)) == .valid)
        #expect(verdict(whole, Self.end) == .invalid(.expired))
    }

    @Test(arguments: [EndReason.resigned, .revoked, .superseded, .deceased])
    func oneThatEndedEarlyHeldUntilThen(reason: EndReason) {
        let day = Self.first.adding(days: 40)
        let term = Term(from: Self.first, endsOn: day, because: reason)
        #expect(verdict(term, day.adding(days: -1)) == .valid)
        #expect(verdict(term, day) == .invalid(.ended(reason)))
        #expect(verdict(term, Self.end) == .invalid(.ended(reason)))
    }

    @Test(arguments: [EndReason.cancelled, .merged])
    func oneThatNeverWasHoldsOnNoDay(reason: EndReason) {
        let term = Term(from: Self.first, endsOn: Self.first, because: reason)
        #expect(verdict(term, Self.first) == .invalid(.ended(reason)))
    }

    @Test func aKeyVouchesForWhatWasGivenOutBeforeOthersHadIt() {
        let whole = Term(from: Self.first, endsOn: Self.end)
        let (before, after) = (Self.issued.adding(seconds: -1), Self.issued.adding(seconds: 1))
        #expect(verdict(whole, Self.first, key: .retired) == .valid)
        #expect(verdict(whole, Self.first, key: .compromised(since: after)) == .valid)
        for moment in [before, Self.issued] {
            #expect(
                verdict(whole, Self.first, key: .compromised(since: moment))
                    == .invalid(.keyCompromised))
        }
    }
}
