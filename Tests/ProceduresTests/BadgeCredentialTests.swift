import Enrollment
import JSON
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// オープンバッジ 3.0: signed once, kept, issued anew where what it says is something else.
@Suite struct BadgeCredentialTests {
    private static let officer = Actor.operator("office")

    private static func appointed(_ desk: isolated OfficeDesk) async throws -> String {
        let id = try await desk.approved(1)
        try await desk.appointAll()
        return try #require(try await desk.office.reading.badgeToken(ofApplication: id))
    }

    private static func credential(
        _ token: String, _ desk: isolated OfficeDesk
    ) async throws -> JSONValue {
        try JSONValue(reading: await desk.office.credential(token: token))
    }

    /// What our own verifier says, which knows nothing but the published keys and the list.
    static func verdict(
        _ text: String, _ desk: isolated OfficeDesk
    ) async throws -> CertificateVerdict {
        let keys = try JSONValue(reading: await desk.office.publishedKeys())
        let list = try JSONValue(reading: await desk.office.statusList(of: "2026"))
        return Office.finding(
            ofCredential: text, on: desk.office.today, statusList: list,
            trusting: try #require(TrustedBadgeKeys(keys))
        ).verdict
    }

    private static func key(_ credential: JSONValue) -> String {
        guard case .array(let proofs)? = credential["proof"],
            case .string(let method)? = proofs.first?["verificationMethod"]
        else { return "" }
        return String(method.split(separator: "#").last ?? "")
    }

    @Test func aBadgeIsSignedOnceAndHolds() async throws {
        try await withOffice { desk in
            let token = try await Self.appointed(desk)
            #expect(try await desk.office.signBadges() == 1)
            #expect(try await desk.office.signBadges() == 0)
            let first = try await desk.office.credential(token: token)
            try await desk.move(by: 3_600)
            #expect(try await desk.office.credential(token: token) == first)
            let text = String(decoding: first, as: UTF8.self)
            #expect(try await Self.verdict(text, desk) == .valid)
            let sealed: SQL = """
                SELECT count(*) AS n FROM events
                WHERE act = 'sign_badges' AND detail ->> 'count' = '1'
                  AND detail ->> 'digest' = (SELECT encode(digest, 'hex') FROM badge_credentials)
                """
            #expect(try await desk.count(sealed) == 1)
            #expect(!text.contains("@example.jp") && !text.contains(Invented.draft(1)[.givenName]))
            let badge = try #require(try await desk.office.reading.badge(token: token))
            #expect(text.contains(badge.identity) && text.contains(badge.salt))
            #expect(text.contains(#""validFrom":"\#(badge.issuedOn)T00:00:00+09:00""#))
            #expect(text.contains(#""validUntil":"2027-03-31T23:59:59+09:00""#))
        }
    }

    /// Before the worker came, and of badges that are older than all this.
    @Test func whoeverAsksFirstHasItMade() async throws {
        try await withOffice { desk in
            let token = try await Self.appointed(desk)
            let first = try await desk.office.credential(token: token)
            #expect(try await desk.office.signBadges() == 0)
            #expect(try await desk.office.credential(token: token) == first)
            await #expect(throws: Refusal.notFound) {
                try await desk.office.credential(token: "none")
            }
        }
    }

    @Test func theTokenIsMadeOnceAndHoldsByItself() async throws {
        try await withOffice { desk in
            let token = try await Self.appointed(desk)
            let jwt = try await desk.office.credentialToken(token: token)
            try await desk.move(by: 60)
            #expect(try await desk.office.credentialToken(token: token) == jwt)
            #expect(try await Self.verdict(jwt, desk) == .valid)
            #expect(try await Self.verdict(jwt + "AAAA", desk) == .invalid(.altered))
            try await desk.office.rotateBadgeKey(of: .token, by: Self.officer)
            #expect(try await desk.office.credentialToken(token: token) == jwt)
            #expect(try await Self.verdict(jwt, desk) == .valid)
        }
    }

    @Test func anotherAddressIsAnotherCredentialUnderTheSameOne() async throws {
        try await withOffice { desk in
            let token = try await Self.appointed(desk)
            let before = try await Self.credential(token, desk)
            try await desk.move(by: 86_400)
            _ = try await desk.rows(
                "UPDATE badges SET salt = '00', identity = 'sha256$1' WHERE token = \(token)")
            #expect(try await desk.office.signBadges() == 1)
            let after = try await Self.credential(token, desk)
            for name in ["id", "credentialStatus", "validUntil", "awardedDate", "issuer"] {
                #expect(before[name] == after[name], "\(name)")
            }
            #expect(before["credentialSubject"]?["id"] == after["credentialSubject"]?["id"])
            guard case .string(let old)? = before["validFrom"],
                case .string(let new)? = after["validFrom"]
            else { throw Unfit() }
            #expect(try #require(Instant(new)) > #require(Instant(old)))
            #expect(after.text.contains("sha256$1") && !before.text.contains("sha256$1\""))
            #expect(try await Self.verdict(after.text, desk) == .valid)
        }
    }

    @Test func anExchangedKeyLeavesWhatItSignedAndADistrustedOneDoesNot() async throws {
        try await withOffice { desk in
            let token = try await Self.appointed(desk)
            let before = try await Self.credential(token, desk)
            try await desk.move(by: 60)
            try await desk.office.rotateBadgeKey(of: .proof, by: Self.officer)
            #expect(try await Self.credential(token, desk) == before)
            #expect(try await Self.verdict(before.text, desk) == .valid)
            try await desk.office.distrustSigningKey(
                Self.key(before), since: desk.office.now, by: Self.officer)
            #expect(try await Self.verdict(before.text, desk) == .invalid(.unknownKey))
            try await desk.move(by: 60)
            #expect(try await desk.office.signBadges() == 1)
            let after = try await Self.credential(token, desk)
            #expect(Self.key(after) != Self.key(before))
            #expect(before["credentialStatus"] == after["credentialStatus"])
            #expect(try await Self.verdict(after.text, desk) == .valid)
            await #expect(throws: Refusal.notFound) {
                try await desk.office.publishedKey(Self.key(before))
            }
            try await desk.office.trustSigningKey(Self.key(before), by: Self.officer)
            #expect(try await Self.verdict(before.text, desk) == .valid)
            #expect(try await Self.credential(token, desk) == after)
        }
    }

    /// Without the register nobody knows what a key had signed before others had it.
    @Test func withoutTheRegisterNothingOfACompromisedKeyHolds() async throws {
        try await withOffice { desk in
            let token = try await Self.appointed(desk)
            let text = String(
                decoding: try await desk.office.credential(token: token), as: UTF8.self)
            let jwt = try await desk.office.credentialToken(token: token)
            let published = try JSONValue(reading: await desk.office.publishedKeys())
            let all = try #require(TrustedBadgeKeys(published))
            let ids = try await desk.office.reading.badgeKeys().map(\.id)
            let keys = desk.office.settings.signingKeys
            let proofs = try #require(try keys?.allOfBadges())
            let tokens = try #require(try keys?.allOfTokens())
            let none = TrustedBadgeKeys(
                proofs: proofs, tokens: tokens, compromised: Set(ids))
            let today = desk.office.today
            for text in [text, jwt] {
                func said(_ keys: TrustedBadgeKeys) -> CredentialFinding {
                    Office.finding(
                        ofCredential: text, on: today, statusList: nil, trusting: keys)
                }
                #expect(said(all).verdict == .valid)
                #expect(said(none).verdict == .invalid(.keyCompromised))
                #expect(said(none).badge == nil)
            }
        }
    }

    @Test func aReasonIsSaidByItsName() async throws {
        try await withOffice { desk in
            let token = try await Self.appointed(desk)
            let credential = try await Self.credential(token, desk)
            guard case .array(let proofs)? = credential["proof"],
                case .object(let members) = credential
            else { throw Unfit() }
            let single = JSONValue.object(
                members.filter { $0.name != "proof" } + [JSONMember("proof", proofs[0])])
            #expect(try await Self.verdict(single.text, desk) == .valid)
            #expect(try await Self.verdict("{}", desk) == .invalid(.unreadable))
            let changed = credential.text.replacing("2027-03-31", with: "2037-03-31")
            #expect(try await Self.verdict(changed, desk) == .invalid(.altered))
            let keys = try JSONValue(reading: await desk.office.publishedKeys())
            let other = try JSONValue(reading: await desk.office.statusList(of: "2027"))
            let finding = Office.finding(
                ofCredential: single.text, on: desk.office.today, statusList: other,
                trusting: try #require(TrustedBadgeKeys(keys)))
            #expect(finding.verdict == .invalid(.otherList))
        }
    }

    /// After a change of mail the term is the one that it was.
    @Test func theTermBeginsWhenItWasAwarded() async throws {
        try await withOffice { desk in
            let token = try await Self.appointed(desk)
            let awarded = desk.office.today
            _ = try await desk.office.credential(token: token)
            try await desk.move(by: 3 * 86_400)
            _ = try await desk.rows(
                "UPDATE badges SET salt = '00', identity = 'sha256$1' WHERE token = \(token)")
            #expect(try await desk.office.signBadges() == 1)
            let text = try await Self.credential(token, desk).text
            let keys = try JSONValue(reading: await desk.office.publishedKeys())
            let trusted = try #require(TrustedBadgeKeys(keys))
            let finding = Office.finding(
                ofCredential: text, on: awarded, statusList: nil, trusting: trusted)
            #expect(finding.verdict == .invalid(.notIssued))
            let first = try #require(finding.badge?.first)
            #expect(first <= awarded)
            #expect(try await Self.verdict(text, desk) == .valid)
        }
    }

    /// No second key is made in silence, and a badge waits until there is one again.
    @Test func withoutTheKeyABadgeWaits() async throws {
        try await withOffice { desk in
            let first = try await Self.appointed(desk)
            _ = try await desk.office.credential(token: first)
            _ = try await desk.rows("UPDATE badges SET salt = '00'")
            desk.set { $0.signingKeys = SigningKeys(in: "/nowhere") }
            #expect(try await desk.office.signBadges() == 0)
            await #expect(throws: Refusal.conflict(.signingKeyIsMissing)) {
                try await desk.office.credential(token: first)
            }
            desk.set { $0.signingKeys = nil }
            #expect(try await desk.office.signBadges() == 0)
            await #expect(throws: Refusal.notFound) {
                try await desk.office.statusList(of: "2026")
            }
        }
    }

    @Test func whatIsForgottenIsGivenOutNoMoreAndNotMadeAgain() async throws {
        try await withOffice { desk in
            let token = try await Self.appointed(desk)
            _ = try await desk.office.credentialToken(token: token)
            try await desk.move(to: Instant(startOf: try #require(Day("2040-04-01"))))
            _ = try await desk.office.forgetExpired(by: Self.officer)
            await #expect(throws: Refusal.notFound) {
                try await desk.office.credential(token: token)
            }
            await #expect(throws: Refusal.notFound) {
                try await desk.office.credentialToken(token: token)
            }
            #expect(try await desk.office.signBadges() == 0)
            let kept: SQL = """
                SELECT (SELECT count(*) FROM badge_credentials WHERE document IS NOT NULL)
                     + (SELECT count(*) FROM badge_tokens WHERE token IS NOT NULL) AS n
                """
            #expect(try await desk.count(kept) == 0)
        }
    }

    /// Two badges would be one if they had one place: of a list that is nearly full each still gets
    /// its own.
    @Test func aPlaceIsGivenOnce() async throws {
        try await withOffice { desk in
            for number in 1...3 { _ = try await desk.approved(number) }
            try await desk.appointAll()
            #expect(try await desk.office.signBadges(2) == 2)
            #expect(try await desk.office.signBadges(2) == 1)
            let places: SQL = "SELECT count(DISTINCT status_index) AS n FROM badge_statuses"
            #expect(try await desk.count(places) == 3)
            let keys: SQL = "SELECT count(DISTINCT key_id) AS n FROM badge_credentials"
            #expect(try await desk.count(keys) == 1)
        }
    }
}
