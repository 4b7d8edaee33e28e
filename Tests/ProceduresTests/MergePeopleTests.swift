import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 人をまとめる・まとめを解く.
@Suite struct MergePeopleTests {
    private static let officer = Actor.operator("office")

    /// Two applications of one human, the second with another address: two persons.
    private static func two(
        _ desk: isolated OfficeDesk, appoints: Bool
    ) async throws -> (stays: Int, other: Int) {
        let first = try await desk.apply(1)
        let second = try await desk.apply(1) { $0["email"] = "other@example.jp" }
        let ids = (stays: try await desk.id(of: first), other: try await desk.id(of: second))
        if appoints {
            _ = try await desk.office.approve([ids.stays, ids.other], by: officer)
            try await desk.appointAll()
            _ = try await desk.sendLetters()
        }
        try await desk.move(by: 3_600)
        return ids
    }

    private static func person(_ id: Int, _ desk: isolated OfficeDesk) async throws -> Int {
        try #require(try await desk.office.reading.application(id: id)).personID
    }

    private static func merge(
        _ ids: (stays: Int, other: Int), _ desk: isolated OfficeDesk
    ) async throws -> Int {
        let (stays, other) = (
            try await person(ids.stays, desk), try await person(ids.other, desk)
        )
        let plan = try await desk.office.planMerge(of: other, into: stays)
        #expect(!plan.mark.contains("-"), "--seen takes no - at its start")
        let id = try await desk.office.mergePeople(
            other, into: stays, seen: plan.mark, because: "本人に確かめた", by: officer)
        try await desk.move(by: 3_600)
        return id
    }

    private static func separate(
        _ id: Int, giving given: [Int] = [], _ desk: isolated OfficeDesk
    ) async throws {
        let plan = try await desk.office.planSeparation(id)
        try await desk.office.separatePeople(
            id, seen: plan.mark, giving: given, because: "別人だった", by: officer)
        try await desk.move(by: 3_600)
    }

    /// Every table that says whose something is, as it holds now.
    private static func whole(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts(
            """
            SELECT a.receipt || ' ' || a.state || ' ' || a.person_id || ' '
                   || coalesce(a.merged_into, 0) || ' ' || a.appointment_ended || ' '
                   || coalesce(p.person_id, 0) || ' ' || coalesce(t.person_id, 0) || ' '
                   || coalesce(t.ends_on::text, '') || ' ' || coalesce(t.end_reason, '') || ' '
                   || coalesce(b.revocation_reason, '-') || ' '
                   || (SELECT count(*) FROM viewings v
                       WHERE v.application_id = a.id AND v.person_id = a.person_id
                         AND v.known_until = 'infinity') AS text
            FROM applications a LEFT JOIN appointments p ON p.application_id = a.id
            LEFT JOIN appointment_terms t ON t.appointment_id = p.id AND t.known_until = 'infinity'
            LEFT JOIN badges b ON b.appointment_id = p.id ORDER BY a.id
            """)
    }

    @Test func whoeverAppliesAgainByTheOtherAddressHasAppliedAlready() async throws {
        try await withOffice { desk in
            let ids = try await Self.two(desk, appoints: true)
            _ = try await Self.merge(ids, desk)
            let receipt = try await desk.apply(1) { $0["email"] = "other@example.jp" }
            let again = try #require(
                try await desk.office.reading.application(id: try await desk.id(of: receipt)))
            #expect(again.state == .merged)
            #expect(again.personID == (try await Self.person(ids.stays, desk)))
        }
    }

    /// However it came about that somebody is approved who is appointed already: they wait, and
    /// nobody else waits for them.
    @Test func whoeverIsAppointedByAnotherApplicationStopsNoPlan() async throws {
        try await withOffice { desk in
            let ids = try await Self.two(desk, appoints: true)
            let third = try await desk.id(of: try await desk.apply(3))
            let fourth = try await desk.id(of: try await desk.apply(4))
            _ = try await desk.rows(
                """
                UPDATE applications SET person_id = (
                    SELECT person_id FROM applications WHERE id = \(ids.stays))
                WHERE id = \(third)
                """)
            _ = try await desk.office.approve([third, fourth], by: Self.officer)
            let plan = try await desk.office.planAppointments(
                by: desk.decision, by: Self.officer)
            #expect(plan.count == PlannedCount(appoint: 1, wait: 1))
            let done = try await desk.office.applyAppointments(plan.number, by: Self.officer)
            #expect(done == .applied(count: 1))
        }
    }

    @Test func bothNumbersLeadToTheOneWhoStays() async throws {
        try await withOffice { desk in
            let ids = try await Self.two(desk, appoints: true)
            let numbers = try await desk.texts(
                "SELECT member_number AS text FROM people ORDER BY id")
            _ = try await Self.merge(ids, desk)
            let stays = try await Self.person(ids.stays, desk)
            #expect(try await Self.person(ids.other, desk) == stays)
            for number in numbers {
                #expect(try await desk.office.personID(numbered: number) == stays)
                let member = try #require(MemberNumber(number))
                let hints = PersonHints(number, in: desk.office.year, under: nil)
                let found = try await desk.office.reading.find(
                    .member(member), hinted: hints, limit: 9
                ).found
                #expect(found.map(\.id).sorted() == [ids.stays, ids.other].sorted())
            }
        }
    }

    @Test func ofTwoAppointmentsOneStaysAndTheOthersBadgeIsGone() async throws {
        try await withOffice { desk in
            let ids = try await Self.two(desk, appoints: true)
            _ = try await Self.merge(ids, desk)
            let reading = desk.office.reading
            let kept = try #require(try await reading.appointment(ofApplication: ids.stays))
            let gone = try #require(try await reading.appointment(ofApplication: ids.other))
            #expect(kept.term.endReason == nil && gone.term.endReason == .merged)
            #expect(gone.memberNumber == kept.memberNumber)
            let token = try #require(try await reading.badgeToken(ofApplication: ids.other))
            let document = try await desk.office.assertion(token: token)
            #expect(document.isRevoked)
            #expect(String(decoding: document.bytes, as: UTF8.self).contains("merged"))
            let owner = try await reading.statusOwner(
                receipt: try #require(try await reading.application(id: ids.other)).receipt,
                email: "other@example.jp")
            #expect(owner?.id == ids.stays)
            let other = try #require(try await reading.badgeToken(ofApplication: ids.stays))
            #expect(try await !desk.office.assertion(token: other).isRevoked)
        }
    }

    @Test func whatWasCountedBeforeStaysThroughMergingAndSeparating() async throws {
        try await withOffice { desk in
            let ids = try await Self.two(desk, appoints: true)
            let first = try await Self.keep(desk)
            let merge = try await Self.merge(ids, desk)
            let second = try await Self.keep(desk)
            try await Self.separate(merge, desk)
            let known = [first, second, try await Self.keep(desk)]
            #expect(known.map(\.1.active) == [2, 1, 2])
            #expect(known.map(\.1.persons) == [2, 1, 2])
            #expect(known.map(\.1.ended) == [0, 0, 0])
            for (basis, numbers) in known {
                #expect(try await Self.numbers(basis, desk) == numbers)
            }
        }
    }

    private static func keep(
        _ desk: isolated OfficeDesk
    ) async throws -> (TallyBasis, TallyNumbers) {
        let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
        let numbers = try await Self.numbers(basis, desk)
        try await desk.move(by: 60)
        return (basis, numbers)
    }

    private struct TallyNumbers: Equatable {
        var active = 0
        var persons = 0
        var ended = 0
        var applied = 0
    }

    private static func numbers(
        _ basis: TallyBasis, _ desk: isolated OfficeDesk
    ) async throws -> TallyNumbers {
        let numbers = try await desk.office.numbers(on: basis)
        #expect(numbers.differences.isEmpty)
        var sum = TallyNumbers()
        for tally in numbers.totals.values {
            sum.active += tally.active
            sum.persons += tally.everPersons
            sum.ended += tally.ended
        }
        sum.applied = try await desk.office.reading.months(on: basis)
            .reduce(0) { $0 + $1.0.applied }
        return sum
    }

    @Test(arguments: [false, true])
    func separatedBothAreAsTheyWere(appoints: Bool) async throws {
        try await withOffice { desk in
            let ids = try await Self.two(desk, appoints: appoints)
            let before = try await Self.whole(desk)
            let merge = try await Self.merge(ids, desk)
            #expect(try await Self.whole(desk) != before)
            try await Self.separate(merge, desk)
            #expect(try await Self.whole(desk) == before)
            // And again: it is no dead end.
            let again = try await Self.merge(ids, desk)
            try await Self.separate(again, desk)
            #expect(try await Self.whole(desk) == before)
        }
    }

    @Test func whatWaitsLeadsToTheOtherAndIsTold() async throws {
        try await withOffice { desk in
            let ids = try await Self.two(desk, appoints: false)
            _ = try await desk.sendLetters()
            let merge = try await Self.merge(ids, desk)
            let other = try #require(try await desk.office.reading.application(id: ids.other))
            #expect(other.state == .merged)
            #expect(try await desk.office.approve([ids.other], by: Self.officer) == 0)
            let letters = try await desk.sendLetters().filter {
                $0.messageID.hasPrefix("people_merged-")
            }
            #expect(
                letters.map(\.recipient).sorted() == ["other@example.jp", "person1@example.jp"])
            try await Self.separate(merge, desk)
            #expect(try await desk.office.reading.application(id: ids.other)?.state == .submitted)
            let undone = try await desk.sendLetters().filter {
                $0.messageID.hasPrefix("people_separated-")
            }
            #expect(undone.count == 2)
        }
    }

    @Test func whatCameSinceIsNamedAndGoesWhereItIsSaid() async throws {
        try await withOffice { desk in
            let ids = try await Self.two(desk, appoints: false)
            let merge = try await Self.merge(ids, desk)
            let stays = try await Self.person(ids.stays, desk)
            let receipt = try await desk.apply(1) {
                $0["applicant_kind"] = "caller"
                $0["eligibility_category"] = "community_caller"
            }
            let later = try await desk.id(of: receipt)
            try #require(try await Self.person(later, desk) == stays)
            let plan = try await desk.office.planSeparation(merge)
            #expect(plan.since.map(\.id) == [later])
            try await Self.separate(merge, giving: [later], desk)
            #expect(try await Self.person(later, desk) == Self.person(ids.other, desk))
            #expect(try await Self.person(later, desk) != stays)
        }
    }

    @Test func anEndThatWasSaidSinceStaysSaid() async throws {
        try await withOffice { desk in
            let ids = try await Self.two(desk, appoints: true)
            let merge = try await Self.merge(ids, desk)
            try await desk.office.end(
                appointmentOfApplication: ids.stays,
                AppointmentEnding(.resigned, on: desk.office.today, because: "本人から"),
                by: Self.officer)
            try await desk.move(by: 60)
            try await Self.separate(merge, desk)
            let reading = desk.office.reading
            #expect(
                try await reading.appointment(ofApplication: ids.stays)?.term.endReason
                    == .resigned)
            #expect(
                try await reading.appointment(ofApplication: ids.other)?.term.endReason == nil)
        }
    }

    @Test func anOutOfDatePlanDoesNothing() async throws {
        try await withOffice { desk in
            let ids = try await Self.two(desk, appoints: false)
            let (stays, other) = (
                try await Self.person(ids.stays, desk), try await Self.person(ids.other, desk)
            )
            let plan = try await desk.office.planMerge(of: other, into: stays)
            _ = try await desk.office.approve([ids.other], by: Self.officer)
            await #expect(throws: Refusal.conflict(.peopleHaveChanged)) {
                _ = try await desk.office.mergePeople(
                    other, into: stays, seen: plan.mark, because: "本人", by: Self.officer)
            }
            #expect(try await desk.count("SELECT count(*) AS n FROM person_merges") == 0)
        }
    }

    @Test func whoHasNoNumberDoesNotStayBesideWhoHas() async throws {
        try await withOffice { desk in
            let ids = try await Self.two(desk, appoints: false)
            _ = try await desk.office.approve([ids.other], by: Self.officer)
            try await desk.appointAll()
            await #expect(throws: Refusal.conflict(.survivorHasNoNumber)) {
                _ = try await Self.merge(ids, desk)
            }
            // The other way round what waits leads to what is appointed.
            _ = try await Self.merge((stays: ids.other, other: ids.stays), desk)
            #expect(try await desk.office.reading.application(id: ids.stays)?.state == .merged)
        }
    }

    @Test func theCopyOfOnesDataHoldsBoth() async throws {
        try await withOffice { desk in
            let ids = try await Self.two(desk, appoints: false)
            _ = try await Self.merge(ids, desk)
            let octets = try await desk.office.ownData(
                ofApplication: ids.stays, by: .application(ids.stays))
            let text = String(decoding: octets, as: UTF8.self)
            #expect(text.contains("other@example.jp") && text.contains("person1@example.jp"))
        }
    }

    @Test func theJournalKnowsBothAndWhy() async throws {
        try await withOffice { desk in
            let ids = try await Self.two(desk, appoints: false)
            let merge = try await Self.merge(ids, desk)
            try await Self.separate(merge, desk)
            let told = try await desk.texts(
                """
                SELECT e.act || ' ' || d.reason AS text FROM events e
                JOIN event_details d ON d.event_id = e.id
                WHERE e.act IN ('merge_people', 'separate_people') ORDER BY e.id
                """)
            #expect(told == ["merge_people 本人に確かめた", "separate_people 別人だった"])
        }
    }
}
