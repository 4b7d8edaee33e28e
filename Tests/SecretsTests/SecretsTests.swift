import Secrets
import Testing

@Suite struct SecretsTests {
    @Test func aPasswordMatchesOnlyItself() throws {
        let hash = try PasswordHash(of: "correct horse 馬", salt: [1, 2, 3, 4], cost: 10)
        #expect(hash.matches("correct horse 馬"))
        #expect(!hash.matches("correct horse 鹿"))
        #expect(PasswordHash(stored: hash.text).matches("correct horse 馬"))
        #expect(!PasswordHash(stored: "scrypt$10$AAAA$").matches(""))
        #expect(throws: (any Error).self) {
            try PasswordHash(of: String(repeating: "a", count: 1025), salt: [1], cost: 10)
        }
    }

    @Test func base64urlGoesThereAndBack() {
        for count in 0..<40 {
            let bytes = RandomSource.seeded(UInt64(count)).bytes(count)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
        #expect(Base64URL.encode(Array("foobar".utf8)) == "Zm9vYmFy")
        #expect(Base64URL.decode("Zm9=") == nil)
        #expect(Base64URL.decode("Zh") == nil)
    }

    @Test func aSeededSourceCanBePlayedAgain() {
        #expect(RandomSource.seeded(7).bytes(99) == RandomSource.seeded(7).bytes(99))
        #expect(RandomSource.seeded(7).bytes(9) != RandomSource.seeded(8).bytes(9))
        #expect(RandomSource.system.bytes(32) != RandomSource.system.bytes(32))
        #expect((0..<1000).allSatisfy { _ in RandomSource.system.number(below: 3) < 3 })
    }

    @Test func codesAreBoundToTheirPurpose() {
        let key = SecretKey([1, 2, 3])
        #expect(key.code(for: "a", purpose: "one") != key.code(for: "a", purpose: "other"))
        #expect(key.code(for: "a", purpose: "one") == key.code(for: "a", purpose: "one"))
        #expect(
            Digest.sha256Hex("abc")
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func aFingerprintIsTheFirstHalfOfTheDigest() {
        for text in ["", "abc", "バッジ"] {
            #expect(Digest.fingerprint(Array(text.utf8)) == Digest.sha256Hex(text).prefix(32))
        }
    }

    @Test func aTokenIsReadBackOnlyWhole() throws {
        let token = Token(RandomSource.seeded(1))
        #expect(Token(text: token.text) == token)
        #expect(Token(text: String(token.text.dropLast())) == nil)
        #expect(SixDigitCode(RandomSource.seeded(1)).text.count == 6)
    }
}
