import Enrollment
import Testing

/// What becomes of a row of a file that is taken back.
@Suite struct UndoingTests {
    private static func outcome(
        _ effect: FileEffect, _ state: ApplicationState? = .submitted,
        _ former: UndoFacts.Former = .kept, changed: UndoFacts.Change? = nil,
        _ mark: (inout UndoFacts.Marks) -> Void = { _ in }
    ) -> UndoOutcome {
        var marks = UndoFacts.Marks()
        mark(&marks)
        return UndoFacts(effect, state: state, former: former, changed: changed, marks).outcome
    }

    @Test(arguments: ApplicationState.allCases)
    func onlyWhatWaitsIsTakenBack(_ state: ApplicationState) {
        let waits: [ApplicationState] = [.draft, .submitted, .correcting, .reviewing]
        for effect in [FileEffect.filed, .changed] {
            let isTaken = Self.outcome(effect, state).group == .reversed
            #expect(isTaken == waits.contains(state))
        }
    }

    @Test func whoeverOwnsTheirWordsKeepsThem() {
        for effect in [FileEffect.filed, .changed] {
            #expect(Self.outcome(effect) { $0.isConfirmed = true } == .kept(.confirmed))
            #expect(Self.outcome(effect, changed: .correction) == .kept(.corrected))
            #expect(Self.outcome(effect, changed: .file) == .kept(.changed))
            #expect(Self.outcome(effect) { $0.isForgotten = true } == .kept(.forgotten))
        }
        #expect(Self.outcome(.filed) { $0.isShared = true } == .kept(.changed))
    }

    /// The organization is told nothing of an application that is not its own.
    @Test(arguments: ApplicationState.allCases)
    func theOrganizationsOwnFactsComeBackInEveryState(_ state: ApplicationState) {
        for changed in [nil, UndoFacts.Change.file, .correction] {
            #expect(
                Self.outcome(.changed, state, .same, changed: changed) == .reversed(.restore))
            #expect(
                Self.outcome(.joined, state, .gone, changed: changed) == .reversed(.leave))
        }
        #expect(Self.outcome(.joined, state) { $0.stands = false } == .kept(.changed))
        #expect(Self.outcome(.changed, state, .same) { $0.stands = false } == .kept(.changed))
    }

    @Test func whatCannotComeBackIsSaid() {
        #expect(Self.outcome(.changed, .submitted, .gone) == .failed(.formerIsGone))
        #expect(Self.outcome(.changed, .submitted, .taken) == .failed(.formerIsTaken))
        #expect(Self.outcome(.merged) == .kept(.merged))
        #expect(Self.outcome(.asked, nil) == .reversed(.unask))
        #expect(Self.outcome(.proposed) == .reversed(.restore))
    }

    @Test func everyOutcomeIsFoundByItsWords() {
        let all =
            UndoAct.allCases.map { UndoOutcome.reversed($0) }
            + UndoHindrance.allCases.map { .kept($0) } + UndoFault.allCases.map { .failed($0) }
        for outcome in all {
            #expect(UndoOutcome(outcome.group, outcome.reason) == outcome)
            for group in UndoOutcome.Group.allCases where group != outcome.group {
                #expect(UndoOutcome(group, outcome.reason) == nil)
            }
        }
    }

    @Test func rulesThatLackAValueAreNone() {
        #expect(UndoRules([.fileDays: 30]) == nil)
        let rules = UndoRules([.fileDays: 30, .fileLetterMinutes: 15])
        let applied = Instant(startOf: FiscalYear(startYear: 2026).firstDay)
        #expect(
            rules?.lastDay(ofFileAppliedAt: applied)
                == FiscalYear(startYear: 2026).firstDay.adding(days: 30))
    }
}
