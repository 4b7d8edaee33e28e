import Procedures
import Testing

@testable import Web

/// The way of an application, as one table.
@Suite struct DraftStepTests {
    private static let states: [DraftState?] = [nil, .unfit, .unconfirmed, .ready, .sent]

    /// By what is wanted and what was posted: what becomes of it with no draft, one that is unfit,
    /// unconfirmed, ready, and sent.
    private static let table: [(DraftStep, [PostedMark], [DraftTurn])] = [
        (.eligibility, PostedMark.allCases, [.here, .here, .here, .here, .here]),
        (.form, [.absent, .own], [.afresh, .here, .here, .here, .afresh]),
        (.form, [.sameDraft, .foreign], [.afresh, .afresh, .afresh, .afresh, .afresh]),
        (
            .confirmMail, [.absent, .own],
            [.gone, .elsewhere(.form), .here, .elsewhere(.check), .elsewhere(.done)]
        ),
        (
            .confirmMail, [.sameDraft],
            [.gone, .mixedUp, .mixedUp, .mixedUp, .elsewhere(.done)]
        ),
        (.confirmMail, [.foreign], [.gone, .mixedUp, .mixedUp, .mixedUp, .mixedUp]),
        (
            .check, [.absent, .own],
            [.gone, .elsewhere(.form), .elsewhere(.confirmMail), .here, .elsewhere(.done)]
        ),
        (.check, [.sameDraft], [.gone, .mixedUp, .mixedUp, .mixedUp, .elsewhere(.done)]),
        (.check, [.foreign], [.gone, .mixedUp, .mixedUp, .mixedUp, .mixedUp]),
        (.done, PostedMark.allCases, [.gone, .gone, .gone, .gone, .here]),
    ]

    @Test func everyWishMeetsEveryDraftAsTheTableSays() {
        for (wanted, marks, turns) in Self.table {
            for (state, expected) in zip(Self.states, turns) {
                for mark in marks {
                    let found = turn(at: wanted, with: state, posted: mark)
                    #expect(found == expected, "\(wanted), \(String(describing: state)), \(mark)")
                }
            }
        }
    }

    @Test func theTableLeavesNothingOut() {
        let rows = Self.table.flatMap { wanted, marks, _ in marks.map { "\(wanted) \($0)" } }
        let all = DraftStep.allCases.flatMap { step in
            PostedMark.allCases.map { "\(step) \($0)" }
        }
        #expect(rows.count == Set(rows).count && Set(rows) == Set(all))
        #expect(Self.states.count == DraftState.allCases.count + 1)
    }

    /// Nobody is sent in a circle, and whoever follows the redirects arrives.
    @Test func everyRedirectLeadsToWhereTheDraftIs() {
        for wanted in DraftStep.allCases {
            for state in Self.states {
                let next = turn(at: wanted, with: state, posted: .absent)
                guard case .elsewhere(let step) = next else { continue }
                let arrived = turn(at: step, with: state, posted: .absent)
                #expect(arrived == .here || arrived == .afresh, "\(wanted) → \(step)")
            }
        }
    }
}
