import JSON
import Secrets
import Testing

@testable import Credentials

/// A credential as JWT, and its status list.
@Suite struct BadgeTokenTests {
    private static let address = "https://enroll.example/keys/rs256-x"

    @Test func aTokenEnclosesTheCredentialAndSaysItInWordsOfItsOwn() throws {
        let (key, credential) = (try RSAKey(), try SampleCredential.signed())
        let made = try #require(try BadgeToken(credential, by: key, at: Self.address))
        let read = try #require(BadgeToken(text: made.text))
        let verifying = try #require(key.verifying)
        #expect(read.isSigned(by: verifying) && read.keyAddress == Self.address)
        #expect(read.payload["exp"] == .integer(1_806_505_199))
        #expect(read.payload["nbf"] == .integer(1_774_969_200))
        #expect(read.payload["jti"] == credential["id"] && read.payload["proof"] == nil)
        #expect(read.payload["sub"] == credential["credentialSubject"]?["id"])
        let enclosed = try #require(read.credential)
        #expect(ReadCredential(enclosed)?.id == SampleCredential.award.address)
        #expect(!read.isSigned(by: try #require(try RSAKey().verifying)))
        try tamper(made, verifying)
    }

    private func tamper(_ made: BadgeToken, _ key: RSAPublicKey) throws {
        let parts = made.text.split(separator: ".").map(String.init)
        func holds(_ header: String, _ body: String, _ signature: String) -> Bool {
            guard let token = BadgeToken(text: "\(header).\(body).\(signature)"),
                token.credential != nil
            else { return false }
            return token.isSigned(by: key)
        }
        func coded(_ text: String) -> String { Base64URL.encode(Array(text.utf8)) }
        #expect(holds(parts[0], parts[1], parts[2]))
        let body = String(decoding: try #require(Base64URL.decode(parts[1])), as: UTF8.self)
        for (old, new) in [
            ("1806505199", "1906505199"), ("1774969200", "1"), ("dps-2026", "dps-2027"),
            ("did:web:enroll", "did:web:evil"), ("taro", "jiro"), ("94567", "94568"),
        ] where body.contains(old) {
            #expect(!holds(parts[0], coded(body.replacing(old, with: new)), parts[2]), "\(old)")
        }
        for header in [
            #"{"alg":"none"}"#, #"{"alg":"none","typ":"JWT","kid":"\#(Self.address)"}"#,
            #"{"alg":"HS256","typ":"JWT","kid":"\#(Self.address)"}"#,
            #"{"alg":"RS256","typ":"JWT","kid":"https://evil.example/keys/1"}"#,
            #"{"alg":"RS256","typ":"JWT","kid":"\#(Self.address)","jwk":{}}"#,
        ] { #expect(!holds(coded(header), parts[1], parts[2]), "\(header)") }
        #expect(!holds(parts[0], parts[1], "") && !holds(parts[0], parts[1], "AAAA"))
        #expect(BadgeToken(text: made.text + ".") == nil && BadgeToken(text: "a.b") == nil)
        #expect(BadgeToken(text: made.text + "=") == nil && BadgeToken(text: "") == nil)
    }

    /// Claims that say otherwise than the members are refused though the signature holds.
    @Test func claimsThatSayOtherwiseAreRefused() throws {
        guard case .object(let members) = try SampleCredential.signed() else { return }
        let lying = JSONValue.object(members + [JSONMember("exp", .integer(9_999_999_999))])
        let token = try #require(try BadgeToken(lying, by: try RSAKey(), at: Self.address))
        #expect(BadgeToken(text: token.text)?.credential == nil)
    }

    @Test func aStatusListSaysOfEachWhetherItIsRevoked() throws {
        let list = StatusList(last: 94_567, revoked: [0, 7, 8, 94_567])
        let made = try list.signed(
            at: "https://enroll.example/status/2026", by: "did:web:enroll.example",
            with: SampleCredential.key, created: SampleCredential.from)
        let read = try #require(ReadStatusList(made))
        #expect(read.isSigned(byOneOf: SampleCredential.keys) && read.list == list)
        for (index, isRevoked) in [(0, true), (1, false), (7, true), (8, true), (94_566, false)] {
            #expect(read.list.isRevoked(index) == isRevoked)
        }
        #expect(read.list.isRevoked(131_072) == nil && read.list.isRevoked(-1) == nil)
        // One bit less, and it is not ours.
        let lie = try #require(StatusList(last: 94_567, revoked: [0, 7, 8]).encoded)
        let forged = made.text.replacing(try #require(list.encoded), with: lie)
        let parsed = try #require(ReadStatusList(try JSONValue(reading: forged.utf8)))
        #expect(!parsed.isSigned(byOneOf: SampleCredential.keys))
        #expect(
            StatusList(encoded: "u") == nil
                && StatusList(encoded: lie.replacing("u", with: "z")) == nil)
    }

    @Test func aListGrowsSoThatHalfOfItIsFree() {
        #expect(StatusList.places(for: 0) == 131_072 && StatusList.places(for: 65_536) == 131_072)
        #expect(StatusList.places(for: 65_537) == 262_144)
        #expect(StatusList(last: 131_071, revoked: []).isRevoked(131_072) == nil)
        #expect(StatusList(last: 131_072, revoked: []).isRevoked(131_072) == false)
    }

    @Test func keysAreReadBackByTheirOwnNames() throws {
        let (badge, token) = (SampleCredential.key.verifying, try #require(try RSAKey().verifying))
        let set = PublishedKeys.set([.badges(badge), .tokens(token)]) { "https://a/keys/\($0)" }
        #expect(PublishedKeys.badgeKeys(in: set)?.keys.sorted() == [badge.id])
        #expect(PublishedKeys.tokenKeys(in: set)?.keys.sorted() == [token.id])
        #expect(set.text.contains(#""kid":"https://a/keys/\#(token.id)""#))
        #expect(PublishedKeys.keys(in: set)?.isEmpty == true && !set.text.contains("\"d\""))
        let document = PublishedKeys.document(
            of: "did:web:a", [.badges(badge), .tokens(token)]
        ) { "https://a/keys/\($0)" }
        #expect(document.text.contains(#""publicKeyMultibase":"z6Mk"#))
        #expect(document.text.contains(#""assertionMethod":["did:web:a#\#(badge.id)""#))
    }
}
