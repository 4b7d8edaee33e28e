import Testing

@testable import Mail

/// What the refusal of a mail server means for a letter and for those behind it.
@Suite struct SMTPReplyTests {
    private static func failure(_ step: SMTPStep, _ line: String) -> MailFailure? {
        SMTPReply(line)?.failure(of: step)
    }

    @Test(arguments: [
        "550 5.1.1 <a@example.jp>: user unknown", "550 no such user here", "553 5.1.3 bad address",
        "552 5.2.2 mailbox full", "550 5.4.1 Recipient address rejected", "556 5.1.10 no mail",
        "501 syntax",
    ])
    func onlyARecipientThatIsRefusedForGoodEndsALetter(line: String) throws {
        let failure = try #require(Self.failure(.recipient, line))
        #expect(failure.endsLetter && !failure.concernsEveryLetter)
    }

    @Test(arguments: ["450 4.2.0 greylisted", "452 4.2.2 mailbox full", "451 try later"])
    func aRecipientRefusedForNowEndsNothing(line: String) throws {
        let failure = try #require(Self.failure(.recipient, line))
        #expect(!failure.endsLetter && !failure.concernsEveryLetter)
    }

    @Test(arguments: [
        (SMTPStep.sender, "550 not you", "sender refused: permanent 550"),
        (.sender, "451 4.3.0 later", "sender refused: temporary 451"),
        (.recipient, "550 5.1.8 sender's domain not found", "sender refused: permanent 550"),
        (.recipient, "450 4.1.8 sender's domain not found", "sender refused: temporary 450"),
        (.recipient, "530 5.7.0 must issue STARTTLS first", "sign-in refused: permanent 530"),
        (.signIn, "535 5.7.8 bad credentials", "sign-in refused: permanent 535"),
        (.startTLS, "454 4.7.0 TLS not available", "TLS refused: temporary 454"),
        (.greeting, "554 no service here", "service refused: permanent 554"),
        (.content, "421 4.3.2 shutting down", "service refused: temporary 421"),
    ])
    func whatIsRefusedOfOursHoldsTheQueue(step: SMTPStep, line: String, summary: String) throws {
        let failure = try #require(Self.failure(step, line))
        #expect(failure.concernsEveryLetter && !failure.endsLetter)
        #expect(failure.summary == summary)
    }

    @Test(arguments: [
        (SMTPStep.recipient, "554 5.7.1 <a@example.jp>: Relay access denied"),
        (.recipient, "550 5.7.26 unauthenticated sender"), (.recipient, "554 no"),
        (.content, "550 5.7.1 looks like spam"), (.content, "554 refused"),
    ])
    func aPolicyEndsNoLetterAndHoldsNoOther(step: SMTPStep, line: String) throws {
        let failure = try #require(Self.failure(step, line))
        #expect(!failure.endsLetter && !failure.concernsEveryLetter)
    }

    @Test func aSummaryHoldsNobodysAddress() throws {
        let failure = try #require(Self.failure(.recipient, "550 5.1.1 <taro@example.jp> unknown"))
        #expect(failure.summary == "recipient refused: permanent 550")
    }

    @Test(arguments: ["", "25", "abc", "99 x", "600 x"])
    func whatIsNoReplyIsNone(line: String) { #expect(SMTPReply(line) == nil) }

    @Test func theSecondLineOfASignInIsNoCommand() {
        #expect(SMTPStep(command: "AUTH PLAIN AGEAYg==\r\n") == .signIn)
        #expect(SMTPStep(command: "MAILFROMQQ==\r\n") == nil)
    }
}
