import Enrollment
import Store
import Testing

/// What a plan says of people is one of the words of its act, and comes back as it was.
@Suite struct PlanOutcomeTests {
    @Test func everyOutcomeHasAWordOfItsOwnAndComesBack() {
        let all = PlanOutcome.allCases
        #expect(Set(all.map(\.rawValue)).count == all.count)
        for outcome in all {
            #expect(PlanOutcome(rawValue: outcome.rawValue) == outcome)
            #expect(EarlierOutcome(rawValue: outcome.rawValue) == .said(outcome))
        }
        #expect(EarlierOutcome(rawValue: EarlierOutcome.notNamed.rawValue) == .notNamed)
    }

    @Test func anActSaysItsOwnOutcomesAndNoneIsForgotten() {
        let said = PlanAct.allCases.flatMap { PlanOutcome.all(of: $0) }
        #expect(said.count == Set(said).count && Set(said + [.gone]) == Set(PlanOutcome.allCases))
    }

    @Test func everyReasonComesBack() {
        let reasons =
            Appointing.Wait.allCases.map { PlanReason.waits($0) }
            + [.lacks(slots: [1]), .lacks(slots: [2, 99])]
        for reason in reasons { #expect(PlanReason(rawValue: reason.rawValue) == reason) }
    }

    @Test(arguments: ["", "?", "appoint,", "1,", "1,x"])
    func whatIsUnknownIsNone(text: String) {
        #expect(PlanOutcome(rawValue: text) == nil && PlanReason(rawValue: text) == nil)
    }
}
