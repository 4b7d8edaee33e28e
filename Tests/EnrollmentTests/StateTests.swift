import Enrollment
import Testing

@Suite("States follow from days and steps") struct StateTests {
    private static let days = [
        "2026-04-01", "2026-09-30", "2026-10-01", "2027-03-31", "2027-04-01",
    ]

    @Test(arguments: [
        (EndReason?.none, "2027-04-01", ["active", "active", "active", "active", "expired"]),
        (.resigned, "2026-09-30", ["active", "resigned", "resigned", "resigned", "resigned"]),
        (.cancelled, "2026-04-01", Array(repeating: "cancelled", count: 5)),
        (.revoked, "2026-09-30", ["active", "revoked", "revoked", "revoked", "revoked"]),
        (
            .superseded, "2026-10-01",
            ["active", "active", "superseded", "superseded", "superseded"]
        ),
    ])
    func ofAnAppointment(reason: EndReason?, endsOn: String, states: [String]) throws {
        let first = Sample.year.firstDay
        let term = Term(from: first, endsOn: try #require(Day(endsOn)), because: reason)
        let found = try Self.days.map { text in
            let day = try #require(Day(text))
            return term.state(on: day).rawValue
        }
        #expect(found == states)
        let before = term.state(on: first.adding(days: -1))
        #expect(before == (reason == .cancelled ? .cancelled : .scheduled))
    }

    /// b-1 of the programme's life of an application, and the desk's short ways.
    @Test func ofAnApplication() {
        let steps: [ApplicationState: Set<ApplicationState>] = [
            .draft: [.submitted, .withdrawn, .expired],
            .submitted: [
                .reviewing, .correcting, .merged, .approved, .rejected, .withdrawn, .expired,
            ],
            .reviewing: [.correcting, .approved, .rejected, .withdrawn, .expired, .merged],
            .correcting: [.submitted, .expired, .withdrawn, .merged],
            .approved: [.appointed, .reviewing, .withdrawn, .expired, .merged],
            // 任命の取消し of a whole plan.
            .appointed: [.approved],
            // 審査にもどす.
            .rejected: [.reviewing],
            .expired: [.reviewing],
            // 応募をまとめたことを取り消す.
            .merged: [.reviewing, .submitted, .correcting, .approved],
        ]
        for state in ApplicationState.allCases {
            let next = Set(ApplicationState.allCases.filter(state.mayBecome))
            #expect(next == steps[state] ?? [], "\(state)")
            if next.isEmpty { #expect(!state.isLive) }
        }
    }

    @Test func badgesAreKnownByTheirSlug() throws {
        let year = FiscalYear(startYear: 2026)
        #expect(Badge.slug(.promoter, year) == "dps-2026")
        #expect(Badge.slug(.caller, year) == "yobikake-2026")
        for kind in Kind.allCases {
            let read = try #require(Badge.parts(slug: Badge.slug(kind, year)))
            #expect(read.kind == kind && read.year == year)
        }
        for wrong in [
            "dps", "dps-26", "x-2026", "dps-2026-1", "dps-２０２６", "",
            "dps--2026", "-dps-2026", "dps-2026-",
        ] {
            #expect(Badge.parts(slug: wrong) == nil, "\(wrong)")
        }
        #expect(Badge.isEarned(wantsBadge: true, email: "a@example.jp"))
        #expect(!Badge.isEarned(wantsBadge: true, email: ""))
        #expect(!Badge.isEarned(wantsBadge: false, email: "a@example.jp"))
    }

    @Test func aRequirementIsMetByEveryVideoOnADayThatCounts() throws {
        let day = { (text: String) in try #require(Day(text)) }
        let missing = { (viewings: [Viewing]) in
            Sample.rules.missingSlots(viewings, for: .promoter, .agencyApproved)
        }
        let good = Viewing(slot: 1, viewedOn: try day("2026-02-01"))
        #expect(missing([]) == [1, 2])
        #expect(missing([good]) == [2])
        #expect(missing([good, Viewing(slot: 2, viewedOn: try day("2026-01-31"))]) == [2])
        #expect(missing([good, Viewing(slot: 2, viewedOn: try day("2026-02-01"))]).isEmpty)
        #expect(Sample.rules.missingSlots([], for: .caller, .communityCaller).isEmpty)
    }
}
