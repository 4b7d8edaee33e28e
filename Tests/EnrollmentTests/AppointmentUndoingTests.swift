import Enrollment
import Testing

@Suite struct AppointmentUndoingTests {
    @Test func whatNobodyBuiltOnIsTakenBack() {
        #expect(AppointmentUndoing.hindrance(of: AppointmentUndoing.Facts()) == nil)
    }

    @Test(arguments: EndReason.allCases)
    func whatHasEndedSinceStaysForThatReason(reason: EndReason) {
        let facts = AppointmentUndoing.Facts(endReason: reason, isMerged: true, isRenewed: true)
        #expect(AppointmentUndoing.hindrance(of: facts)?.rawValue == reason.rawValue)
    }

    @Test func ofSeveralReasonsTheFirstToSettleIsSaid() {
        let all = AppointmentUndoing.Facts(
            isMerged: true, isRenewed: true, hasAppliedAgain: true)
        #expect(AppointmentUndoing.hindrance(of: all) == .merged)
        let renewed = AppointmentUndoing.Facts(isRenewed: true, hasAppliedAgain: true)
        #expect(AppointmentUndoing.hindrance(of: renewed) == .renewed)
        let again = AppointmentUndoing.Facts(hasAppliedAgain: true)
        #expect(AppointmentUndoing.hindrance(of: again) == .hasAppliedAgain)
    }
}
