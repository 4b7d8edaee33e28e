import Enrollment
import Testing

/// これまでと、これから: the steps of an application with their days.
@Suite struct OwnTrailTests {
    private static func day(_ text: String) -> Day { Day(text)! }

    private static let applied = ReachedState(.submitted, on: day("2026-11-16"))
    private static let approved = ReachedState(.approved, on: day("2026-11-20"))
    private static let appointed = ReachedState(.appointed, on: day("2026-12-04"))
    private static let term = Term(from: day("2026-12-04"), endsOn: day("2027-04-01"))

    private static func steps(
        _ states: [ReachedState], _ term: Term? = nil, on today: String = "2026-11-24"
    ) -> [TrailStep] { TrailStep.all(states, term, on: day(today)) }

    @Test func whoWaitsSeesSinceWhenAndThatADecisionComes() {
        #expect(
            Self.steps([Self.applied]) == [
                TrailStep(.received, .done, Self.day("2026-11-16")),
                TrailStep(.review, .now, Self.day("2026-11-16")), TrailStep(.decision, .next),
            ])
    }

    @Test func whoIsApprovedWaitsForTheDecisionSinceThatDay() {
        #expect(
            Self.steps([Self.applied, Self.approved]).suffix(2) == [
                TrailStep(.approved, .done, Self.day("2026-11-20")),
                TrailStep(.decision, .now, Self.day("2026-11-20")),
            ])
    }

    @Test func whoIsAppointedSeesTheLastDay() {
        let states = [Self.applied, Self.approved, Self.appointed]
        #expect(
            Self.steps(states, Self.term, on: "2026-12-05").suffix(2) == [
                TrailStep(.appointed, .now, Self.day("2026-12-04")),
                TrailStep(.lastDay, .next, Self.day("2027-03-31")),
            ])
    }

    @Test func beforeTheTermItsStartIsStillToCome() {
        let states = [Self.applied, Self.approved, Self.appointed]
        #expect(
            Self.steps(states, Self.term, on: "2026-12-03").suffix(2) == [
                TrailStep(.start, .next, Self.day("2026-12-04")),
                TrailStep(.lastDay, .next, Self.day("2027-03-31")),
            ])
    }

    /// Whoever was told of an appointment reads that there was one, and when it was taken back.
    @Test func whatWasCancelledComesAfterTheAppointment() {
        let day = Self.day("2026-12-08")
        let both = [
            TrailStep(.appointed, .done, Self.day("2026-12-04")),
            TrailStep(.ended(.cancelled), .done, day),
        ]
        let states = [Self.applied, Self.approved, Self.appointed]
        let cancelled = Term(
            from: Self.day("2026-12-04"), endsOn: Self.day("2026-12-04"), because: .cancelled)
        let alone = TrailStep.all(
            states, cancelled, cancelledOn: day, on: Self.day("2026-12-09"))
        #expect(alone.map(\.kind) == [.received, .approved, .appointed, .ended(.cancelled)])
        #expect(alone.suffix(2) == both)
        let undone = Self.steps(states + [ReachedState(.approved, on: day)], on: "2026-12-09")
        #expect(undone.dropFirst(2) == both + [TrailStep(.decision, .now, day)])
        let again = states + [ReachedState(.approved, on: day), Self.appointed]
        #expect(
            Self.steps(again, Self.term, on: "2026-12-10").dropFirst(2).prefix(3)
                == both + [TrailStep(.appointed, .now, Self.day("2026-12-04"))])
    }

    @Test func anEndSaysWhichAndWhen() {
        let states = [Self.applied, Self.approved, Self.appointed]
        let resigned = Term(
            from: Self.day("2026-12-04"), endsOn: Self.day("2027-01-10"), because: .resigned)
        #expect(
            Self.steps(states, resigned, on: "2027-01-10").last
                == TrailStep(.ended(.resigned), .done, Self.day("2027-01-10")))
        #expect(
            Self.steps(states, Self.term, on: "2027-04-01").last
                == TrailStep(.termIsOver, .done, Self.day("2027-03-31")))
    }

    @Test(arguments: [
        (ApplicationState.rejected, TrailStep.Kind.rejected), (.withdrawn, .withdrawn),
        (.expired, .expired),
    ])
    func nothingFollowsAnEnd(state: ApplicationState, kind: TrailStep.Kind) {
        let steps = Self.steps([Self.applied, ReachedState(state, on: Self.day("2026-11-21"))])
        #expect(steps.last == TrailStep(kind, .done, Self.day("2026-11-21")))
        #expect(steps.allSatisfy { $0.phase == .done })
    }

    @Test func aRenewalIsNoApproval() {
        let steps = Self.steps(
            [ReachedState(.approved, on: Self.day("2027-04-01"), because: .renewal)])
        #expect(steps.first?.kind == .renewed)
    }

    @Test func whoseFileWasTakenBackHasTakenBackNothing() {
        let day = Self.day("2026-11-21")
        let steps = Self.steps([
            Self.applied, ReachedState(.withdrawn, on: day, because: .undoneFile),
        ])
        #expect(steps.last == TrailStep(.takenBack, .done, day))
    }
}
