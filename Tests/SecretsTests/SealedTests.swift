import Secrets
import Testing

/// What a browser keeps for us.
@Suite struct SealedTests {
    private static let key = SecretKey(Array(1...32))
    private static let nonce = [UInt8](repeating: 7, count: SecretKey.nonceLength)

    private static func sealed(_ text: String) throws -> String {
        try key.seal(text, nonce: nonce, boundTo: "mine", purpose: "test")
    }

    @Test(arguments: ["", "渡邉 太郎", String(repeating: "𠮷", count: 300)])
    func itOpensForWhomItWasSealed(text: String) throws {
        let sealed = try Self.sealed(text)
        #expect(Self.key.open(sealed, boundTo: "mine", purpose: "test") == text)
    }

    @Test func itOpensForNobodyElse() throws {
        let sealed = try Self.sealed("渡邉")
        let other = SecretKey(Array(2...33))
        #expect(Self.key.open(sealed, boundTo: "yours", purpose: "test") == nil)
        #expect(Self.key.open(sealed, boundTo: "mine", purpose: "other") == nil)
        #expect(other.open(sealed, boundTo: "mine", purpose: "test") == nil)
    }

    @Test func aChangedOctetOpensNothing() throws {
        let bytes = try #require(Base64URL.decode(Self.sealed("渡邉")))
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1
            let text = Base64URL.encode(changed)
            #expect(Self.key.open(text, boundTo: "mine", purpose: "test") == nil)
        }
    }

    @Test(arguments: ["", "a", "not base64!", "AAAA"])
    func whatIsNotSealedIsNothing(text: String) {
        #expect(Self.key.open(text, boundTo: "mine", purpose: "test") == nil)
    }
}
