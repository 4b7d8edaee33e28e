import Enrollment
import Mail
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// 二段階の確認: set up, asked for, used once, lost and taken away.
@Suite struct SecondFactorTests {
    private static let email = "office@example.jp"
    private static let client = Client("203.0.113.9")

    /// Somebody who is signed in, with what their authenticator holds.
    private struct Member {
        let password: String
        var session: Token
        var account: AccountRecord
        var key: TimeCodeKey?
        var codes: [String] = []
    }

    private static func member(
        _ role: Role = .office, _ desk: isolated OfficeDesk
    ) async throws -> Member {
        desk.set { $0.secondFactor = .required }
        let code = role == .organization ? "demo-hospital" : nil
        let password = try await desk.office.addAccount(
            NewAccount(email: email, name: "担当", role: role, organizationCode: code),
            by: .operator("root"))
        let session = try await signIn(password, desk)
        let signedIn = try #require(try await desk.office.signedIn(session))
        return Member(password: password, session: session, account: signedIn.account)
    }

    private static func signIn(_ password: String, _ desk: isolated OfficeDesk) async throws
        -> Token
    {
        try await desk.office.signIn(email: email, password: password, from: client)
    }

    private static func key(_ offer: SecondFactorOffer) -> TimeCodeKey {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (octets, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
        for letter in offer.secret where letter != " " {
            bits = bits << 5 | UInt32(alphabet.firstIndex(of: letter) ?? 0)
            count += 5
            if count >= 8 {
                count -= 8
                octets.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return TimeCodeKey(octets)
    }

    private static func code(
        _ member: Member, _ desk: isolated OfficeDesk, steps: Int64 = 0
    ) throws -> String {
        let step = desk.office.now.microseconds / 30_000_000 + steps
        return try #require(member.key).code(atStep: step)
    }

    private static func setUp(_ member: inout Member, _ desk: isolated OfficeDesk) async throws {
        let offer = try desk.office.secondFactorOffer(to: member.account, in: member.session)
        member.key = key(offer)
        let done = try await desk.office.setUpSecondFactor(
            offer.sealed, code: code(member, desk), of: member.account, in: member.session,
            from: client)
        (member.session, member.codes) = (done.session, done.recoveryCodes)
        member.account = try #require(try await desk.office.account(of: member.session))
    }

    private static func prove(
        _ typed: String, _ member: Member, _ session: Token, _ desk: isolated OfficeDesk
    ) async throws -> Token {
        try await desk.office.proveSecondFactor(
            typed, of: member.account, in: session, from: client)
    }

    private static func letters(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.sendLetters().filter { $0.messageID.hasPrefix("second_factor-") }
            .map(\.subject)
    }

    @Test func whoMustHaveOneIsNotInBeforeItIsSetUp() async throws {
        for (role, stage) in [
            (Role.office, SignedIn.Stage.setUp), (.ministry, .setUp), (.organization, .complete),
        ] {
            try await withOffice { desk in
                let member = try await Self.member(role, desk)
                #expect(try await desk.office.signedIn(member.session)?.stage == stage)
                let isIn = try await desk.office.account(of: member.session) != nil
                #expect(isIn == (stage == .complete))
            }
        }
    }

    @Test func whereItIsOffNobodyIsAsked() async throws {
        try await withOffice { desk in
            let member = try await Self.member(.office, desk)
            desk.set { $0.secondFactor = .off }
            #expect(try await desk.office.account(of: member.session) != nil)
            #expect(try await !desk.office.needsProof(member.session))
        }
    }

    @Test func itIsSetUpByItsFirstCodeAndAskedForAtEachSignIn() async throws {
        try await withOffice { desk in
            var member = try await Self.member(.office, desk)
            let elsewhere = try await Self.signIn(member.password, desk)
            let before = member.session
            try await Self.setUp(&member, desk)
            #expect(member.codes.count == 10 && Set(member.codes).count == 10)
            #expect(try await desk.office.signedIn(before) == nil, "the old token opens nothing")
            #expect(try await desk.office.signedIn(elsewhere) == nil)
            #expect(try await Self.letters(desk).count == 1)

            try await desk.move(by: 60)
            let half = try await Self.signIn(member.password, desk)
            #expect(try await desk.office.account(of: half) == nil)
            #expect(try await desk.office.signedIn(half)?.stage == .secondFactor)
            let whole = try await Self.prove(try Self.code(member, desk), member, half, desk)
            #expect(try await desk.office.account(of: whole)?.id == member.account.id)
            #expect(try await desk.office.signedIn(half) == nil)
        }
    }

    @Test func aCodeIsTakenOnceAlsoInAnotherSession() async throws {
        try await withOffice { desk in
            var member = try await Self.member(.office, desk)
            try await Self.setUp(&member, desk)
            let first = try Self.code(member, desk)
            let half = try await Self.signIn(member.password, desk)
            await #expect(throws: Refusal.wrong(triesLeft: nil), "it set the factor up") {
                _ = try await Self.prove(first, member, half, desk)
            }
            try await desk.move(by: 60)
            let code = try Self.code(member, desk)
            _ = try await Self.prove(code, member, half, desk)
            let other = try await Self.signIn(member.password, desk)
            await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                _ = try await Self.prove(code, member, other, desk)
            }
        }
    }

    @Test func nothingIsKeptOpenInTheTables() async throws {
        try await withOffice { desk in
            var member = try await Self.member(.office, desk)
            try await Self.setUp(&member, desk)
            let kept = try await desk.texts("SELECT sealed_secret AS text FROM second_factors")
            let key = try #require(member.key)
            #expect(kept.count == 1 && !kept[0].contains(key.base32))
            #expect(!kept[0].contains(Base64URL.encode(key.octets)))
            // Moved to another account, it opens nothing there.
            _ = try await desk.rows(
                """
                INSERT INTO accounts (email, name, role, password_hash, created_at)
                VALUES ('b@example.jp', '', 'office', '', '2026-05-01')
                """)
            _ = try await desk.rows(
                "UPDATE second_factors SET sealed_secret = 'x' || substr(sealed_secret, 2)")
            try await desk.move(by: 60)
            await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                _ = try await Self.prove(
                    try Self.code(member, desk), member, member.session, desk)
            }
        }
    }

    @Test func aRecoveryCodeLetsInOnceAndIsTold() async throws {
        try await withOffice { desk in
            var member = try await Self.member(.office, desk)
            try await Self.setUp(&member, desk)
            let code = member.codes[3]
            let half = try await Self.signIn(member.password, desk)
            let typed = code.lowercased().replacing("-", with: " ")
            let whole = try await Self.prove(typed, member, half, desk)
            #expect(try await desk.office.account(of: whole) != nil)
            let again = try await Self.signIn(member.password, desk)
            await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                _ = try await Self.prove(code, member, again, desk)
            }
            let left = try await desk.office.reading.secondFactor(ofAccount: member.account.id)
            #expect(left?.unusedCodes == 9)
            #expect(try await Self.letters(desk).last?.contains("予備のコードが使われました") == true)
            let fresh = try await desk.office.renewRecoveryCodes(of: member.account)
            #expect(Set(fresh).isDisjoint(with: member.codes))
            await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                _ = try await Self.prove(member.codes[5], member, again, desk)
            }
        }
    }

    @Test func wrongCodesAreCountedAndTheOwnerIsTold() async throws {
        try await withOffice { desk in
            var member = try await Self.member(.office, desk)
            try await Self.setUp(&member, desk)
            try await desk.move(by: 60)
            let half = try await Self.signIn(member.password, desk)
            for _ in 1...5 {
                await #expect(throws: Refusal.wrong(triesLeft: nil)) {
                    _ = try await Self.prove("000000", member, half, desk)
                }
            }
            await #expect(throws: Refusal.tooMany(.codeOfFactor, retryAfterSeconds: 600)) {
                _ = try await Self.prove(try Self.code(member, desk), member, half, desk)
            }
            #expect(try await Self.letters(desk).last?.contains("入力まちがい") == true)
            // Whoever sits elsewhere is not locked out by it.
            let whole = try await desk.office.proveSecondFactor(
                try Self.code(member, desk), of: member.account, in: half,
                from: Client("198.51.100.1"))
            #expect(try await desk.office.account(of: whole) != nil)
        }
    }

    @Test func anActThatMattersNeedsACodeOfTheLastQuarterOfAnHour() async throws {
        try await withOffice { desk in
            var member = try await Self.member(.office, desk)
            try await Self.setUp(&member, desk)
            #expect(try await !desk.office.needsProof(member.session))
            try await desk.move(by: 14 * 60)
            #expect(try await !desk.office.needsProof(member.session))
            #expect(try await desk.office.account(of: member.session) != nil)
            try await desk.move(by: 60)
            #expect(try await desk.office.needsProof(member.session))
            #expect(try await desk.office.account(of: member.session) != nil, "still signed in")
            let again = try await Self.prove(
                try Self.code(member, desk), member, member.session, desk)
            #expect(try await !desk.office.needsProof(again))
        }
    }

    @Test func whoHasLostItIsResetAndTold() async throws {
        try await withOffice { desk in
            var member = try await Self.member(.office, desk)
            await #expect(throws: Refusal.conflict(.noSecondFactor)) {
                try await desk.office.resetSecondFactor(Self.email, by: .operator("root"))
            }
            try await Self.setUp(&member, desk)
            try await desk.office.resetSecondFactor(
                "Office@example.jp", by: .operator("root"))
            #expect(try await desk.office.signedIn(member.session) == nil)
            let session = try await Self.signIn(member.password, desk)
            #expect(try await desk.office.signedIn(session)?.stage == .setUp)
            #expect(try await Self.letters(desk).last?.contains("取り消しました") == true)
            let told = try await desk.texts(
                "SELECT actor AS text FROM events WHERE act = 'reset_second_factor'")
            #expect(told == ["operator:root"])
        }
    }

    @Test func onlyWhoNeedNotHaveOneTakesItAway() async throws {
        for (role, may) in [(Role.office, false), (.organization, true)] {
            try await withOffice { desk in
                var member = try await Self.member(role, desk)
                try await Self.setUp(&member, desk)
                let account = member.account
                if may {
                    try await desk.office.removeSecondFactor(of: account)
                    #expect(try await desk.office.account(of: member.session) != nil)
                } else {
                    await #expect(throws: Refusal.conflict(.secondFactorIsRequired)) {
                        try await desk.office.removeSecondFactor(of: account)
                    }
                }
            }
        }
    }

    @Test func anOfferIsOfItsSessionAndAccount() async throws {
        try await withOffice { desk in
            let member = try await Self.member(.office, desk)
            let other = try await Self.signIn(member.password, desk)
            let offer = try desk.office.secondFactorOffer(
                to: member.account, in: member.session)
            await #expect(throws: Refusal.conflict(.secondFactorPageIsOld)) {
                _ = try await desk.office.setUpSecondFactor(
                    offer.sealed, code: "000000", of: member.account, in: other,
                    from: Self.client)
            }
            let again = try desk.office.secondFactorOffer(
                to: member.account, in: member.session, again: offer.sealed)
            #expect(again.secret == offer.secret)
            #expect(offer.address.hasPrefix("otpauth://totp/"))
            #expect(offer.address.contains("secret=\(Self.key(offer).base32)&"))
        }
    }
}
