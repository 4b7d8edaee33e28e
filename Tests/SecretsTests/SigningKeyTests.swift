import Foundation
import Testing

@testable import Secrets

@Suite struct SigningKeyTests {
    /// RFC 7517, appendix A.1, and its thumbprint by RFC 7638 as Python's `cryptography` and
    /// `hashlib` make it.
    @Test func aKeyIsNamedByTheThumbprintOfItsJWK() throws {
        let x = try #require(Base64URL.decode("MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"))
        let y = try #require(Base64URL.decode("4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"))
        let key = try #require(VerifyingKey(octets: x + y))
        #expect(key.x == "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4")
        #expect(key.id == "es256-cn-I_WNMClehiVp5")
        #expect(VerifyingKey(octets: x + x) == nil && VerifyingKey(octets: []) == nil)
    }

    @Test func aKeyIsFoundUnderItsNameByWhoeverHasItsFolder() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "signing-keys-\(UUID().uuidString)"
        ).path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let keys = SigningKeys(in: folder)
        #expect(try keys.all().isEmpty && keys.key("es256-none") == nil)
        let made = try keys.make(.seeded(3))
        let id = made.verifying.id
        let found = try #require(try keys.key(id))
        let signature = try found.signature(of: [1, 2, 3])
        #expect(made.verifying.holds(signature, of: [1, 2, 3]))
        #expect(!made.verifying.holds(signature, of: [1, 2, 4]))
        #expect(!made.verifying.holds([], of: [1, 2, 3]))
        #expect(try keys.all().keys.sorted() == [id])
        let file = folder + "/signing-" + id
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try keys.compromised().isEmpty)
        try keys.markCompromised(id, since: "2026-11-01T00:00:00+09:00")
        try keys.markCompromised(id, since: "2026-11-02T00:00:00+09:00")
        #expect(try keys.compromised() == [id] && keys.all().keys.sorted() == [id])
        let mark = folder + "/\(id).compromised"
        #expect(try String(contentsOfFile: mark, encoding: .utf8).hasPrefix("2026-11-02"))
        let markMode = try FileManager.default.attributesOfItem(atPath: mark)[.posixPermissions]
        #expect(markMode as? Int == 0o600)
        try keys.unmarkCompromised(id)
        try keys.unmarkCompromised(id)
        #expect(try keys.compromised().isEmpty)
        // Under a name that is another key's it is no key.
        try FileManager.default.moveItem(atPath: file, toPath: folder + "/signing-other")
        #expect(try keys.key("other") == nil && keys.key(id) == nil)
    }
}
