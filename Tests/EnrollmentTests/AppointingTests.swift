import Enrollment
import Testing

/// 任命の可否: who is appointed by a decision of 10 June, and who waits.
@Suite struct AppointingTests {
    private static let decided = Day("2026-06-10")!

    private static func wait(
        _ kind: Kind, received: String = "2026-06-01", rival: Bool = false,
        held: Appointing.Held? = nil, freeFrom free: String? = nil
    ) -> Appointing.Wait? {
        Appointing.wait(
            of: Appointing.Candidate(
                kind: kind, receivedOn: Day(received)!, isApprovedAsPromoter: rival, held: held,
                isFreeFrom: free.flatMap { Day($0) }),
            decidedOn: decided)
    }

    private static func held(
        _ kind: Kind, from first: String, endsOn end: String = "2027-04-01",
        ended reason: EndReason? = nil
    ) -> Appointing.Held {
        Appointing.Held(kind, Term(from: Day(first)!, endsOn: Day(end)!, because: reason))
    }

    @Test func whoHoldsNothingIsAppointed() {
        #expect(Self.wait(.promoter) == nil && Self.wait(.caller) == nil)
    }

    @Test(
        arguments: [
            ("2026-06-10", nil), ("2026-06-11", .isAppointed), ("2027-04-01", .isAppointed),
        ]
            as [(String, Appointing.Wait?)])
    func whoHoldsTheKindByAnotherApplicationWaits(free: String, wait: Appointing.Wait?) {
        #expect(Self.wait(.promoter, freeFrom: free) == wait)
        #expect(Self.wait(.caller, freeFrom: free) == wait)
    }

    @Test(
        arguments: [("2026-06-10", nil), ("2026-06-11", .appliedLater)]
            as [(String, Appointing.Wait?)])
    func whoAppliedAfterTheDayOfTheDecisionWaits(received: String, wait: Appointing.Wait?) {
        #expect(Self.wait(.promoter, received: received) == wait)
    }

    @Test(
        arguments: [
            ("2026-06-09", nil), ("2026-06-10", .isCaller), ("2026-06-20", .isCaller),
        ] as [(String, Appointing.Wait?)])
    func aCallerWhoBeganBeforeGivesWay(first: String, wait: Appointing.Wait?) {
        #expect(Self.wait(.promoter, held: Self.held(.caller, from: first)) == wait)
    }

    @Test(
        arguments: [
            ("2026-06-09", nil), ("2026-06-10", nil), ("2026-06-11", .isCaller),
        ] as [(String, Appointing.Wait?)])
    func whoResignedAsCallerNoLongerIsOneOnTheLastDay(day: String, wait: Appointing.Wait?) {
        let held = Self.held(.caller, from: "2026-04-01", endsOn: day, ended: .resigned)
        #expect(Self.wait(.promoter, held: held) == wait)
    }

    @Test func whoResignedOnTheFirstDayHeldNothing() {
        let held = Self.held(.caller, from: "2026-06-20", endsOn: "2026-06-20", ended: .resigned)
        #expect(Self.wait(.promoter, held: held) == nil)
    }

    @Test func aPromoterDoesNotBecomeCallerUntilTheEndOfTheLastDay() {
        #expect(Self.wait(.caller, held: Self.held(.promoter, from: "2026-04-01")) == .isPromoter)
        let last = Self.held(.promoter, from: "2026-04-01", endsOn: "2026-06-11")
        #expect(Self.wait(.caller, held: last) == .isPromoter)
    }

    @Test func ofBothKindsThePromoterCounts() {
        #expect(Self.wait(.caller, rival: true) == .becomesPromoter)
        #expect(Self.wait(.promoter, rival: true) == nil)
    }

    @Test func aDecisionsNumberIsALineThatCanBeSeen() {
        #expect(DecisionNumber.read(" デ推　第1号\n") == .number("デ推 第1号"))
        #expect(DecisionNumber.read(" \n") == .empty)
        #expect(DecisionNumber.read(String(repeating: "号", count: 51)) == .tooLong)
        #expect(DecisionNumber.read("第\u{202E}1号") == .unseen)
    }
}
