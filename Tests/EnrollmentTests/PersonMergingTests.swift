import Enrollment
import Testing

/// What becomes of what two persons have, when they are one.
@Suite struct PersonMergingTests {
    private static let year = FiscalYear(startYear: 2026)

    private static func part(
        _ id: Int, isSurvivors: Bool, _ kind: Kind = .promoter,
        _ state: ApplicationState = .appointed, from: String? = nil, to: String = "2027-04-01",
        because reason: EndReason? = nil
    ) throws -> PersonMerging.Part {
        let term = try from.map {
            Term(
                from: try #require(Day($0)), endsOn: try #require(Day(to)), because: reason)
        }
        return PersonMerging.Part(
            applicationID: id, receipt: "R\(id)", isSurvivors: isSurvivors, applied: (year, kind),
            state: state, appointed: term.map { ("N\(id)", $0) })
    }

    @Test func ofOneKindTheSurvivorsStays() throws {
        let merging = PersonMerging([
            try Self.part(1, isSurvivors: true, from: "2026-06-01"),
            try Self.part(2, isSurvivors: false, from: "2026-05-01"),
        ])
        #expect(merging.endings.map(\.part.applicationID) == [2])
        #expect(merging.endings.map(\.reason) == [.merged])
        #expect(merging.endings.map(\.day) == [Day("2026-05-01")])
        #expect(merging.folds.map(\.from.applicationID) == [2])
        #expect(merging.folds.map(\.endsApplication) == [false])
    }

    @Test func ofTwoKindsThePromoterStaysWhosesoever() throws {
        for isSurvivors in [true, false] {
            let merging = PersonMerging([
                try Self.part(1, isSurvivors: isSurvivors, .caller, from: "2026-05-01"),
                try Self.part(2, isSurvivors: !isSurvivors, from: "2026-06-01"),
            ])
            #expect(merging.endings.map(\.part.applicationID) == [1])
            #expect(merging.endings.map(\.reason) == [.superseded])
            #expect(merging.endings.map(\.day) == [Day("2026-06-01")])
            #expect(merging.folds.isEmpty)
        }
    }

    @Test func oneAfterTheOtherBothStay() throws {
        let merging = PersonMerging([
            try Self.part(
                1, isSurvivors: true, from: "2026-05-01", to: "2026-06-01", because: .resigned),
            try Self.part(2, isSurvivors: false, from: "2026-06-01"),
        ])
        #expect(merging.endings.isEmpty && merging.folds.isEmpty)
    }

    @Test func whatHasComeFurthestStays() throws {
        let merging = PersonMerging([
            try Self.part(1, isSurvivors: true, .promoter, .submitted),
            try Self.part(2, isSurvivors: false, from: "2026-06-01"),
        ])
        #expect(merging.folds.map(\.from.applicationID) == [1])
        #expect(merging.folds.map(\.endsApplication) == [true])
        let waiting = PersonMerging([
            try Self.part(1, isSurvivors: true, .promoter, .submitted),
            try Self.part(2, isSurvivors: false, .promoter, .approved),
            try Self.part(3, isSurvivors: false, .promoter, .withdrawn),
        ])
        #expect(waiting.folds.map(\.from.applicationID) == [1])
    }
}
