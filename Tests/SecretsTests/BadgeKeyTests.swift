import Foundation
import Testing

@testable import Secrets

@Suite struct BadgeKeyTests {
    /// RFC 8032, section 7.1, test 2.
    @Test func ed25519IsThatOfTheStandard() throws {
        let secret = Self.octets("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
        let key = try #require(Ed25519Key(octets: secret))
        let signature = try key.signature(of: [0x72])
        #expect(
            Digest.hex(signature)
                == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
        #expect(key.verifying.holds(signature, of: [0x72]))
        #expect(!key.verifying.holds(signature, of: [0x73]) && !key.verifying.holds([], of: []))
    }

    /// RFC 8037, appendix A.3.
    @Test func aKeyIsNamedByTheThumbprintOfItsJWK() throws {
        let x = try #require(Base64URL.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
        let key = try #require(Ed25519PublicKey(octets: x))
        #expect(key.id == "ed25519-" + "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k".prefix(16))
        #expect(Ed25519PublicKey(octets: []) == nil)
    }

    @Test func base58IsThatOfItsDraft() {
        let samples = [("Hello World!", "2NEpo7TZRRrLZSi2U"), ("", ""), ("\0\0a", "112g")]
        for (text, coded) in samples {
            #expect(Base58.encode(Array(text.utf8)) == coded)
            #expect(Base58.decode(coded) == Array(text.utf8))
        }
        #expect(Base58.decode("0") == nil && Base58.decode("l") == nil)
        #expect(Base58.decode(String(repeating: "2", count: 129)) == nil)
    }

    @Test func eachKindLiesUnderItsOwnName() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "badge-keys-\(UUID().uuidString)"
        ).path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let keys = SigningKeys(in: folder)
        let (badge, token) = (Ed25519Key(.seeded(1)), try RSAKey())
        try keys.keep(badge)
        try keys.keep(token)
        let id = token.keptID
        #expect(try keys.allOfBadges().keys.sorted() == [badge.keptID])
        #expect(try keys.allOfTokens().keys.sorted() == [id] && keys.all().isEmpty)
        let found = try #require(try keys.kept(id, as: RSAKey.self))
        let signature = try found.signature(of: [1])
        let verifying = try #require(token.verifying)
        #expect(verifying.holds(signature, of: [1]) && !verifying.holds(signature, of: [2]))
        #expect(RSAPublicKey(octets: verifying.octets)?.id == id)
        #expect(try keys.kept(id, as: Ed25519Key.self) == nil)
    }

    private static func octets(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).map {
            let start = hex.index(hex.startIndex, offsetBy: $0)
            return UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16) ?? 0
        }
    }
}
