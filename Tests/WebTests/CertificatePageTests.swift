import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 任命状: who gets it, of which appointment, and what the journal says of it.
@Suite struct CertificatePageTests {
    private static let link = "任命状をひらく（PDF）"

    private static func appointed(
        _ desk: isolated OfficeDesk
    ) async throws -> (person: Browser, receipt: String, id: Int) {
        var person = Browser(desk.office)
        let receipt = try await person.apply(1, desk)
        let id = try await desk.count("SELECT max(id) AS n FROM applications")
        _ = try await desk.office.approve([id], by: .operator("office"))
        let plan = try await desk.office.planAppointments(
            by: Decision(decidedOn: desk.office.today, number: "1"), by: .operator("office"))
        _ = try await desk.office.applyAppointments(plan.number, by: .operator("office"))
        try await person.openOwn(receipt, 1, desk)
        return (person, receipt, id)
    }

    private static func events(_ act: String, _ desk: isolated OfficeDesk) async throws -> Int {
        try await desk.count("SELECT count(*) AS n FROM events WHERE act = \(act)")
    }

    private static func end(_ id: Int, _ desk: isolated OfficeDesk) async throws {
        let ending = AppointmentEnding(.revoked, on: desk.office.today, because: "理由")
        try await desk.office.end(
            appointmentOfApplication: id, ending, by: .operator("office"))
    }

    @Test func whoeverIsAppointedGetsTheirsAndItIsSignedOnce() async throws {
        try await withOffice { desk in
            var (person, _, _) = try await Self.appointed(desk)
            #expect(person.text.contains(Self.link))
            try await person.open("/my/certificate")
            #expect(try await Self.events("sign_certificate", desk) == 1)
            let before = try await desk.count("SELECT count(*) AS n FROM events")
            try await person.open("/my/certificate")
            #expect(person.text.hasPrefix("%PDF-"))
            #expect(person.page.headers[.cacheControl] == "no-store")
            let name = person.page.headers[.contentDisposition] ?? ""
            #expect(name.contains("filename=\"ninmeijo-R08-P-"))
            #expect(try await desk.count("SELECT count(*) AS n FROM events") == before)
        }
    }

    @Test func whoeverIsNotAppointedIsLedBack() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            let receipt = try await person.apply(1, desk)
            try await person.openOwn(receipt, 1, desk)
            #expect(!person.text.contains(Self.link))
            try await person.open("/my/certificate")
            #expect(person.heading == "あなたの応募")
        }
    }

    @Test func oneThatEndedBeforeItsTimeIsGivenToNobodyUntilItHoldsAgain() async throws {
        try await withOffice { desk in
            var (person, receipt, id) = try await Self.appointed(desk)
            try await Self.end(id, desk)
            try await person.open("/my")
            #expect(!person.text.contains(Self.link))
            try await person.open("/my/certificate")
            #expect(person.heading == "任命状を出せません")
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.text.contains("任命状は出せません") && !office.text.contains(Self.link))
            try await office.open("/queue/certificate?receipt=\(receipt)")
            #expect(office.heading == "任命状を出せません")
            #expect(try await Self.events("download_certificate", desk) == 0)
            try await office.open("/queue/application?receipt=\(receipt)")
            try await office.send("/queue/resume")
            try await person.open("/my/certificate")
            #expect(person.text.hasPrefix("%PDF-"))
        }
    }

    @Test func anAppointmentThatIsOverStillHasIts() async throws {
        try await withOffice { desk in
            let (_, receipt, _) = try await Self.appointed(desk)
            try await desk.move(by: 400 * 86_400)
            var person = Browser(desk.office)
            try await person.openOwn(receipt, 1, desk)
            #expect(person.text.contains(Self.link))
            try await person.open("/my/certificate")
            #expect(person.text.hasPrefix("%PDF-"))
        }
    }

    @Test func theOfficeIsWitnessedAndOnlyAnExplicitActMarks() async throws {
        try await withOffice { desk in
            let (_, receipt, _) = try await Self.appointed(desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.text.contains(Self.link))
            let page = office
            try await office.open("/queue/certificate?receipt=\(receipt)")
            #expect(office.text.hasPrefix("%PDF-"))
            #expect(try await Self.events("download_certificate", desk) == 1)
            #expect(try await Self.events("reissue_certificate", desk) == 0)
            let first = office.text
            office = page
            try await office.send("/queue/certificate/reissue")
            #expect(office.text.hasPrefix("%PDF-") && office.text != first)
            #expect(try await Self.events("reissue_certificate", desk) == 1)
            #expect(try await Self.events("download_certificate", desk) == 1)
        }
    }

    @Test func whoAppointsIsWhoeverDidOnTheDayOfTheDecision() async throws {
        try await withOffice { desk in
            let (_, _, id) = try await Self.appointed(desk)
            let before = try await desk.office.certificate(ofApplication: id).bytes
            let later = desk.office.today.adding(days: 1)
            _ = try await desk.rows(
                """
                INSERT INTO certificate_words (name, valid_from, value, source)
                VALUES ('issuer_name', \(later.description)::text::date, '見本 次郎', '見本')
                """)
            #expect(try await desk.office.certificate(ofApplication: id).bytes == before)
            let wording = try await desk.office.reading.certificateWording(on: later)
            #expect(wording?[.issuerName] == "見本 次郎")
            _ = try await desk.rows(
                """
                UPDATE certificate_words SET valid_from = valid_from - 1 WHERE value = '見本 次郎'
                """
            )
            #expect(try await desk.office.certificate(ofApplication: id).bytes != before)
        }
    }

    @Test func withoutWordsThereIsNoneAndNoBlankSheet() async throws {
        try await withOffice { desk in
            var (person, _, id) = try await Self.appointed(desk)
            _ = try await desk.rows("DELETE FROM certificate_words WHERE name = 'issuer_name'")
            try await person.open("/my/certificate")
            #expect(person.heading == "任命状を出せません")
            await #expect(throws: Refusal.conflict(.certificateWordsAreMissing)) {
                try await desk.office.certificate(ofApplication: id)
            }
        }
    }
}
