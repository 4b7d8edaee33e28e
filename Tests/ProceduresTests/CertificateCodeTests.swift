import Enrollment
import JSON
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// 任命状のQRコード: signed once, checked by anybody, years later too.
@Suite struct CertificateCodeTests {
    private static let officer = Actor.operator("office")

    private static func appointed(_ desk: isolated OfficeDesk) async throws -> Int {
        let id = try await desk.approved(1)
        try await desk.appointAll()
        return id
    }

    /// The newest code of all, after the paper was drawn.
    private static func draw(_ id: Int, _ desk: isolated OfficeDesk) async throws -> String {
        _ = try await desk.office.certificate(ofApplication: id)
        return try await codes(desk).last ?? ""
    }

    private static func codes(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.rows(givenOutCodes).map { try $0.string("code") }
    }

    private static func verdict(
        _ code: String, _ desk: isolated OfficeDesk, on day: Day? = nil
    ) async throws -> CertificateVerdict {
        try await desk.office.finding(
            ofCertificateCode: code, on: day ?? desk.office.today
        ).verdict
    }

    @Test func whatIsDrawnIsSignedOnceAndSaysWhatIsPrinted() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let code = try await Self.draw(id, desk)
            try await desk.move(by: 3_600)
            #expect(try await Self.draw(id, desk) == code)
            #expect(try await Self.codes(desk).count == 1)
            let signed: SQL = "SELECT count(*) AS n FROM events WHERE act = 'sign_certificate'"
            #expect(try await desk.count(signed) == 1)
            let found = try await desk.office.finding(
                ofCertificateCode: code, on: desk.office.today)
            let record = try #require(try await desk.office.reading.application(id: id))
            let paper = try #require(found.paper)
            let appointment = try await desk.office.reading.appointment(ofApplication: id)
            #expect(found.verdict == .valid && paper.name == record.name)
            #expect(paper.number == appointment?.number && paper.first == appointment?.term.from)
            #expect(paper.last == appointment?.term.lastDay && paper.kind == .promoter)
        }
    }

    @Test func anEndIsToldWithItsReasonAndWithoutTheName() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let code = try await Self.draw(id, desk)
            let first = desk.office.today
            try await desk.move(by: 5 * 86_400)
            try await desk.office.end(
                appointmentOfApplication: id,
                AppointmentEnding(.deceased, on: desk.office.today, because: "連絡"),
                by: Self.officer)
            let found = try await desk.office.finding(
                ofCertificateCode: code, on: desk.office.today)
            #expect(found.verdict == .invalid(.ended(.deceased)))
            #expect(found.paper?.name == "" && found.paper?.number.isEmpty == false)
            #expect(try await Self.verdict(code, desk, on: first) == .valid)
        }
    }

    @Test func aCancelledOneAndOneThatIsOverHoldNoMore() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let code = try await Self.draw(id, desk)
            let last = FiscalYear(containing: desk.office.today).lastDay
            #expect(try await Self.verdict(code, desk, on: last) == .valid)
            #expect(
                try await Self.verdict(code, desk, on: last.adding(days: 1)) == .invalid(.expired))
            let before = desk.office.today.adding(days: -1)
            #expect(try await Self.verdict(code, desk, on: before) == .invalid(.notBegun))
            let found = try await desk.office.reading.appointment(ofApplication: id)
            let seen = try #require(found).knownFrom
            try await desk.office.cancel(
                appointmentOfApplication: id, seen: seen, because: "誤り", by: Self.officer)
            #expect(try await Self.verdict(code, desk) == .invalid(.ended(.cancelled)))
        }
    }

    /// Signed by our own key and never given out: whoever has the key, or changed the register.
    @Test func whatTheRegisterDidNotGiveOutIsAltered() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let code = try await Self.draw(id, desk)
            _ = try await desk.rows("UPDATE certificate_codes SET digest = sha256(digest)")
            let found = try await desk.office.finding(
                ofCertificateCode: code, on: desk.office.today)
            #expect(found.verdict == .invalid(.altered) && found.paper == nil)
            _ = try await desk.rows("DELETE FROM certificate_codes")
            #expect(try await Self.verdict(code, desk) == .invalid(.altered))
        }
    }

    @Test func aNewKeySignsWhatIsDrawnFromThenOnAndTheOldOneStillVouches() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let old = try await Self.draw(id, desk)
            try await desk.move(by: 60)
            let name = try await desk.office.rotateSigningKey(by: Self.officer)
            try await desk.move(by: 60)
            let new = try await Self.draw(id, desk)
            #expect(new != old)
            for code in [old, new] { #expect(try await Self.verdict(code, desk) == .valid) }
            let keys = try await desk.office.reading.signingKeys()
            #expect(keys.map(\.state) == [.active, .retired] && keys[0].id == name)
            #expect(try keys.allSatisfy { try desk.office.has($0) })
        }
    }

    @Test func aKeyInOtherHandsVouchesOnlyForWhatWasGivenOutBefore() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let before = try await Self.draw(id, desk)
            let key = try await desk.office.reading.signingKeys()[0]
            try await desk.move(by: 3_600)
            let since = desk.office.now
            let other = try await desk.approved(2)
            try await desk.appointAll()
            let after = try await Self.draw(other, desk)
            try await desk.move(by: 3_600)
            for moment in [desk.office.now.adding(seconds: 1), key.madeAt.adding(seconds: -1)] {
                await #expect(throws: Refusal.conflict(.compromiseIsOutside)) {
                    try await desk.office.distrustSigningKey(
                        key.id, since: moment, by: Self.officer)
                }
            }
            try await desk.office.distrustSigningKey(key.id, since: since, by: Self.officer)
            #expect(try await Self.verdict(before, desk) == .valid)
            #expect(try await Self.verdict(after, desk) == .invalid(.keyCompromised))
            let published = try await desk.office.publishedKeys()
            #expect(!String(decoding: published, as: UTF8.self).contains(key.id))
            // Nothing is signed with it any more; the paper gets another.
            let again = try await Self.draw(other, desk)
            #expect(try await Self.verdict(again, desk) == .valid)
            try await desk.office.trustSigningKey(key.id, by: Self.officer)
            #expect(try await Self.verdict(after, desk) == .valid)
            let states = try await desk.office.reading.signingKeys().map(\.state)
            #expect(states.sorted { "\($0)" < "\($1)" } == [.active, .retired])
        }
    }

    @Test func whereTheKeyIsNotAtHandNothingIsSignedAndNoOtherIsMadeInSilence() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            _ = try await Self.draw(id, desk)
            let other = try await desk.approved(2)
            try await desk.appointAll()
            desk.set { $0.signingKeys = SigningKeys(in: "/nowhere") }
            await #expect(throws: Refusal.conflict(.signingKeyIsMissing)) {
                try await desk.office.certificate(ofApplication: other)
            }
            // What was signed is there.
            _ = try await desk.office.certificate(ofApplication: id)
            #expect(try await desk.office.reading.signingKeys().count == 1)
            desk.set { $0.signingKeys = nil }
            let unsigned = try await desk.office.certificate(ofApplication: other)
            #expect(!unsigned.bytes.isEmpty)
            #expect(try await Self.codes(desk).count == 1)
        }
    }

    @Test func withoutTheRegisterTheSignatureAndTheDaysOfThePaperAreSeen() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let code = try await Self.draw(id, desk)
            let set = try JSONValue(reading: try await desk.office.publishedKeys())
            let keys = try #require(Office.verifyingKeys(in: set))
            let today = desk.office.today
            func finding(_ code: String, _ day: Day) -> CertificateFinding {
                Office.finding(ofCertificateCode: code, on: day, signedByOneOf: keys)
            }
            #expect(finding(code, today).verdict == .valid)
            #expect(finding(code, today).paper?.name.isEmpty == false)
            #expect(finding(code, today.adding(days: 500)).verdict == .invalid(.expired))
            #expect(finding(code, today.adding(days: 500)).paper?.name == "")
            #expect(finding(String(code.dropLast(2)), today).verdict == .invalid(.malformed))
            let none = Office.finding(ofCertificateCode: code, on: today, signedByOneOf: [:])
            #expect(none.verdict == .invalid(.altered) && none.paper == nil)
        }
    }

    @Test func whatIsPrintedIsForgottenWithTheApplicationAndTheCodeIsStillKnown() async throws {
        try await withOffice { desk in
            let id = try await Self.appointed(desk)
            let code = try await Self.draw(id, desk)
            try await desk.move(by: 12 * 366 * 86_400)
            _ = try await desk.office.forgetExpired(by: Self.officer)
            let row = try await desk.rows(
                "SELECT code IS NULL AND printed = id AS gone FROM certificate_codes")
            #expect(try row[0].string("gone") == "t")
            #expect(try await Self.verdict(code, desk) == .invalid(.expired))
        }
    }
}
