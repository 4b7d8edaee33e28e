import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 任命を終える by the office, as of a day, and the way back.
@Suite struct EndAppointmentTests {
    private static let officer = Actor.operator("office")

    /// Somebody appointed ten days ago; gives their application.
    private static func appointed(_ desk: isolated OfficeDesk) async throws -> Int {
        let id = try await desk.approved(1)
        try await desk.appointAll()
        _ = try await desk.sendLetters()
        try await desk.move(by: 10 * 86_400)
        return id
    }

    /// What left since the appointment was told.
    private static func newLetters(_ desk: isolated OfficeDesk) async throws -> [Letter] {
        let letters = try await desk.sendLetters()
        let told = letters.lastIndex { $0.messageID.hasPrefix("appointment-") } ?? -1
        return Array(letters[(told + 1)...])
    }

    private static func term(_ id: Int, _ desk: isolated OfficeDesk) async throws -> Term {
        try #require(try await desk.office.reading.appointment(ofApplication: id)).term
    }

    private static func active(_ desk: isolated OfficeDesk) async throws -> Int {
        let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
        return try await desk.office.numbers(on: basis).totals.values.map(\.active).reduce(0, +)
    }

    private static func isRevoked(_ id: Int, _ desk: isolated OfficeDesk) async throws -> Bool {
        let token = try await desk.office.reading.badgeToken(ofApplication: id)
        return try await desk.office.assertion(token: try #require(token)).isRevoked
    }

    /// As the office's page does it, of the end that it shows.
    private static func resume(_ id: Int, _ desk: isolated OfficeDesk) async throws {
        let found = try await desk.office.reading.appointment(ofApplication: id)
        let seen = try #require(found).knownFrom
        try await desk.office.resume(appointmentOfApplication: id, seen: seen, by: officer)
    }

    @Test(arguments: AppointmentEnding.reasons)
    func anAppointmentEndsAsOfADayAndTheLetterSaysOnlyWhatIsSo(reason: EndReason) async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let day = desk.office.today.adding(days: -3)
            let ending = AppointmentEnding(reason, on: day, because: "活動の実態がないため")
            try await desk.office.end(appointmentOfApplication: id, ending, by: Self.officer)
            let term = try await Self.term(id, desk)
            #expect(term.endReason == reason && term.lastDay == day)
            #expect(try await Self.active(desk) == 0)
            #expect(try await Self.isRevoked(id, desk))
            let token = try await desk.office.reading.badgeToken(ofApplication: id)
            let gone = try await desk.office.assertion(token: try #require(token))
            let told = String(decoding: gone.bytes, as: UTF8.self)
            #expect(told.contains("\"revocationReason\":\"ended\""), "whoever has the link")
            let letters = try await Self.newLetters(desk)
            switch reason {
            case .resigned:
                #expect(letters.map { $0.messageID.hasPrefix("resignation-") } == [true])
            case .revoked:
                #expect(letters.map { $0.body.contains("理由：活動の実態がないため") } == [true])
            default: #expect(letters.isEmpty)
            }
            let act = reason == .resigned ? "resign" : "end_appointment"
            let reasons = try await desk.texts(
                """
                SELECT d.reason AS text FROM events e JOIN event_details d ON d.event_id = e.id
                WHERE e.act = \(act)
                """)
            #expect(reasons == ["活動の実態がないため"])
        }
    }

    @Test(arguments: AppointmentEnding.reasons)
    func whatWasEndedByMistakeHoldsAgainAndOlderCountsStay(reason: EndReason) async throws {
        try await withOffice { desk in
            try desk.useLayouts()
            let id = try await Self.appointed(desk)
            let before = try await Self.term(id, desk)
            let ending = AppointmentEnding(reason, on: desk.office.today, because: "理由")
            try await desk.office.end(appointmentOfApplication: id, ending, by: Self.officer)
            try await desk.move(by: 3_600)
            let between = try await desk.office.basis(asOf: desk.office.today, known: .now)
            let shown = try await desk.office.numbers(on: between)
            let badges = try await desk.lines(of: "08", between)
            _ = try await desk.sendLetters()
            try await desk.move(by: 3_600)
            try await Self.resume(id, desk)
            #expect(try await Self.term(id, desk) == before)
            #expect(try await Self.active(desk) == 1)
            #expect(try await !Self.isRevoked(id, desk))
            let resumed = try await Self.newLetters(desk).filter {
                $0.messageID.hasPrefix("resumption-")
            }
            #expect(resumed.count == 1)
            #expect(try await desk.office.numbers(on: between).totals == shown.totals)
            #expect(try await desk.lines(of: "08", between) == badges)
            await #expect(throws: Refusal.conflict(.noEndToTakeBack)) {
                try await Self.resume(id, desk)
            }
            // And once more: nothing of the first time stands in the way.
            try await desk.office.end(appointmentOfApplication: id, ending, by: Self.officer)
            try await Self.resume(id, desk)
            #expect(try await Self.active(desk) == 1)
        }
    }

    @Test func whoHasResignedThemselvesIsTakenBackByTheOffice() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            try await desk.office.resign(application: id, by: .applicant)
            try await Self.resume(id, desk)
            #expect(try await Self.active(desk) == 1)
            try await desk.move(by: 60)
            try await desk.office.resign(application: id, by: .applicant)
            #expect(try await Self.active(desk) == 0)
        }
    }

    @Test func nothingEndsTwiceNorOutsideItsDaysNorWithoutAReason() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let today = desk.office.today
            for day in [today.adding(days: 1), today.adding(days: -11)] {
                await #expect(throws: Refusal.conflict(.noAppointmentToEnd)) {
                    try await desk.office.end(
                        appointmentOfApplication: id,
                        AppointmentEnding(.resigned, on: day, because: ""), by: Self.officer)
                }
            }
            await #expect(throws: Refusal.conflict(.reasonIsMissing)) {
                try await desk.office.end(
                    appointmentOfApplication: id,
                    AppointmentEnding(.revoked, on: today, because: ""), by: Self.officer)
            }
            let ending = AppointmentEnding(.resigned, on: today, because: "")
            try await desk.office.end(appointmentOfApplication: id, ending, by: Self.officer)
            await #expect(throws: Refusal.conflict(.noAppointmentToEnd)) {
                try await desk.office.end(appointmentOfApplication: id, ending, by: Self.officer)
            }
        }
    }

    @Test func whoHasAppliedSinceIsNotTakenBack() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            try await desk.office.resign(application: id, by: .applicant)
            try await desk.apply(1)
            await #expect(throws: Refusal.conflict(.appliedMeanwhile)) {
                try await Self.resume(id, desk)
            }
            try await desk.approveAll()
            try await desk.appointAll()
            #expect(try await Self.active(desk) == 1)
        }
    }

    /// No letter reaches the house of somebody who has died, be it one that waits already.
    @Test func noLetterThatWaitsLeavesForWhoeverHasDied() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            try await desk.appointAll()
            try await desk.office.end(
                appointmentOfApplication: id,
                AppointmentEnding(.deceased, on: desk.office.today, because: ""), by: Self.officer)
            let letters = try await desk.sendLetters()
            #expect(!letters.contains { $0.messageID.hasPrefix("appointment-") })
        }
    }

    /// Somebody else has taken it back and ended it anew since the page was shown: that stays, also
    /// with the same reason and day.
    @Test func anotherEndThanTheOneSeenIsNotTakenBack() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let ending = AppointmentEnding(
                .revoked, on: desk.office.today, because: "活動の実態がないため")
            try await desk.office.end(appointmentOfApplication: id, ending, by: Self.officer)
            let found = try await desk.office.reading.appointment(ofApplication: id)
            let seen = try #require(found).knownFrom
            try await desk.move(by: 60)
            try await Self.resume(id, desk)
            try await desk.move(by: 60)
            try await desk.office.end(appointmentOfApplication: id, ending, by: Self.officer)
            await #expect(throws: Refusal.conflict(.noEndToTakeBack)) {
                try await desk.office.resume(
                    appointmentOfApplication: id, seen: seen, by: Self.officer)
            }
            #expect(try await Self.active(desk) == 0)
        }
    }

    /// Neither a code nor a list of receipts; whoever shares the address gets theirs.
    @Test func nobodyIsWrittenToWhoHasDiedAndNobodySignsInForThem() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let record = try #require(try await desk.office.reading.application(id: id))
            let shared = record.email
            let other = try await desk.apply(2) { $0["email"] = shared }
            _ = try await desk.sendLetters()
            try await desk.office.end(
                appointmentOfApplication: id,
                AppointmentEnding(.deceased, on: desk.office.today, because: ""), by: Self.officer)
            let owner = try await desk.office.reading.statusOwner(
                receipt: record.receipt, email: shared)
            #expect(owner == nil)
            let found = try await desk.office.reading.applications(withMail: shared)
            #expect(found.map(\.receipt) == [other])
            try await Self.resume(id, desk)
            let again = try await desk.office.reading.applications(withMail: shared)
            #expect(again.count == 2)
        }
    }

    /// What became of it is told, and it is not tried again.
    @Test func aLetterThatIsBeingSentIsToldAsItWent() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            try await desk.appointAll()
            let letter = try #require(
                try await desk.rows(
                    """
                    UPDATE outbox SET lease_token = 'sending', lease_until = send_at
                    WHERE state = 'waiting' AND letter = 'appointment' RETURNING id
                    """
                ).first
            ).int("id")
            try await desk.office.end(
                appointmentOfApplication: id,
                AppointmentEnding(.deceased, on: desk.office.today, because: ""), by: Self.officer)
            let now = desk.office.now
            try await desk.database.transaction { session in
                try await WriteTransaction(session).putOff(
                    letter, token: "sending", why: "later", until: now, counts: true)
            }
            let letters = try await desk.sendLetters()
            #expect(!letters.contains { $0.messageID.hasPrefix("appointment-") })
            try await desk.database.transaction { session in
                try await WriteTransaction(session).delivered(
                    letter, token: "sending", keeping: "", at: now)
            }
            let states = try await desk.texts(
                "SELECT state AS text FROM outbox WHERE id = \(letter)")
            #expect(states == ["delivered"])
        }
    }
}
