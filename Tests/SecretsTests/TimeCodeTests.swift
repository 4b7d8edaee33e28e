import Secrets
import Testing

/// The codes of RFC 4226 and RFC 6238, as those say them.
@Suite struct TimeCodeTests {
    private static let key = TimeCodeKey(Array("12345678901234567890".utf8))

    /// RFC 6238, appendix B, the rows of SHA-1.
    @Test(arguments: [
        (Int64(59), "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ])
    func aMomentHasTheCodeOfTheStandard(_ seconds: Int64, _ code: String) {
        let step = seconds / TimeCodeKey.stepSeconds
        #expect(Self.key.code(atStep: step, digits: 8) == code)
        #expect(Self.key.code(atStep: step) == String(code.suffix(6)))
        #expect(Self.key.step(of: String(code.suffix(6)), at: seconds, after: 0) == step)
    }

    /// RFC 4226, appendix D.
    @Test func aCounterHasTheCodeOfTheStandard() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ]
        for (step, code) in codes.enumerated() {
            #expect(Self.key.code(atStep: Int64(step)) == code)
        }
    }

    @Test func aClockMayBeAStepOffAndNoMore() {
        let now: Int64 = 1_234_567_890
        let step = now / 30
        for (offset, isTaken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = Self.key.code(atStep: step + Int64(offset))
            #expect((Self.key.step(of: code, at: now, after: 0) != nil) == isTaken, "\(offset)")
        }
    }

    @Test func aCodeThatWasTakenAndTheOnesBeforeItAreTakenNoMore() {
        let now: Int64 = 1_234_567_890
        let step = now / 30
        let (before, same, next) = (
            Self.key.code(atStep: step - 1), Self.key.code(atStep: step),
            Self.key.code(atStep: step + 1)
        )
        #expect(Self.key.step(of: before, at: now, after: step) == nil)
        #expect(Self.key.step(of: same, at: now, after: step) == nil)
        #expect(Self.key.step(of: next, at: now, after: step) == step + 1)
        #expect(Self.key.step(of: "", at: now, after: 0) == nil)
    }

    /// RFC 4648, section 10, without padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
        ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ])
    func base32IsThatOfTheStandard(_ text: String, _ encoded: String) {
        #expect(Base32.encode(Array(text.utf8)) == encoded)
    }
}
