import Enrollment
import Testing

@Suite("Who is renewed at the turn of the year") struct RenewalRuleTests {
    private func outcome(
        _ viewings: [String], organization: Int? = 7, reuse: ReuseAnswer = .notAsked,
        hasApplied: Bool = false, under rules: FiscalYearRules = Sample.rules
    ) -> Renewal.Outcome {
        let candidate = Renewal.Candidate(
            kind: .promoter, category: .agencyApproved, programmeID: nil,
            organizationID: organization,
            viewings: viewings.enumerated().map {
                Viewing(slot: $0.offset + 1, viewedOn: Day($0.element)!)
            }, reuse: reuse, hasApplied: hasApplied)
        return Renewal.outcome(of: candidate, under: rules).outcome
    }

    private static let both = ["2026-09-01", "2026-09-01"]

    @Test func whoStillMeetsTheRequirementsContinues() {
        #expect(outcome(Self.both) == .continues)
        #expect(outcome(["2026-09-01"]) == .lacksVideo)
        #expect(outcome(["2026-09-01", "2026-01-01"]) == .lacksVideo)
        #expect(outcome(Self.both, organization: 99) == .organizationClosed)
    }

    @Test func onlyWhoSaidNoIsStoppedByTheAnswer() {
        #expect(outcome(Self.both, reuse: .yes) == .continues)
        #expect(outcome(Self.both, reuse: .notAsked) == .continues)
        #expect(outcome(Self.both, reuse: .no) == .declined)
        #expect(outcome([], organization: 99, reuse: .no) == .declined)
        #expect(outcome(Self.both, reuse: .no, hasApplied: true) == .alreadyApplied)
    }

    @Test func whereTheYearAsksForAnAnswerOnlyAYesContinues() {
        let asking = Sample.rules(askingForAnAnswer: true)
        #expect(outcome(Self.both, reuse: .yes, under: asking) == .continues)
        #expect(outcome(Self.both, reuse: .notAsked, under: asking) == .unanswered)
        #expect(outcome(Self.both, reuse: .no, under: asking) == .declined)
    }

    @Test func whatWasWithdrawnIsNotAskedForFromThatDayOn() throws {
        let day = try #require(Day("2026-10-01"))
        let rules = Sample.rules(withdrawing: 2, from: day)
        let before = rules.inForce(on: day.adding(days: -1))
        #expect(before.videos.map(\.slot) == [1, 2])
        #expect(outcome(["2026-09-01"], under: before) == .lacksVideo)
        let after = rules.inForce(on: day)
        #expect(after.videos.map(\.slot) == [1])
        #expect(outcome(["2026-09-01"], under: after) == .continues)
    }
}
