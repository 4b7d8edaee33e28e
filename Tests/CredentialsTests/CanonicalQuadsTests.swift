import JSON
import Secrets
import Testing

@testable import Credentials

/// The statements of a credential, and what is signed over them, are what PyLD makes of it.
@Suite struct CanonicalQuadsTests {
    @Test(arguments: ["sample-credential", "sample-no-subject-id", "sample-tricky-text"])
    func theQuadsAreThoseOfPyLD(_ name: String) throws {
        let quads = try CanonicalQuads.octets(of: OpenBadgeVectors.json(name))
        #expect(try quads == OpenBadgeVectors.octets(name + ".nq"))
    }

    @Test func theProofIsTheGoldenOne() throws {
        let sample = try OpenBadgeVectors.json("sample-credential")
        let expected = try OpenBadgeVectors.json("sample-expected")
        let key = try #require(OpenBadgeVectors.key)
        let (proof, signature) = try #require(DataIntegrity.proof(of: sample))
        let digests = try proof.digests(of: sample)
        #expect(Digest.hex(digests) == ReadCredential.string(expected["signedBytesHex"]))
        let made = try key.signature(of: digests)
        #expect(made == signature)
        #expect("z" + Base58.encode(made) == ReadCredential.string(expected["proofValue"]))
        #expect(key.verifying.multibase == ReadCredential.string(expected["publicKeyMultibase"]))
        #expect(proof.holds(signature, of: sample, by: key.verifying))
    }

    /// What no context defines would be signed by nobody; numbers have several forms.
    @Test func whatCannotBeSignedWhollyIsRefused() throws {
        func fault(_ text: String) throws -> LinkedDataFault? {
            do throws(LinkedDataFault) {
                _ = try CanonicalQuads.octets(of: try! JSONValue(reading: text.utf8))
                return nil
            } catch { return error }
        }
        let start = #"{"id":"https://a.example/1","type":["OpenBadgeCredential"]"#
        #expect(try fault(start + "}") == nil)
        #expect(try fault(start + #","colour":"red"}"#) == .unknownTerm)
        #expect(try fault(start + #","Name":"x"}"#) == .unknownTerm)
        #expect(try fault(start + #","name":1}"#) == .unfitValue)
        #expect(try fault(start + #","name":null}"#) == .unfitValue)
        #expect(try fault(start + #","name":[]}"#) == .unfitValue)
        #expect(try fault(start + #","name":[["x"]]}"#) == .unfitValue)
        #expect(try fault(start + #","name":true}"#) == .unfitValue)
        #expect(try fault(start + #","credentialSubject":"https://a.example/2"}"#) == .unfitValue)
        #expect(try fault(start + #","issuer":"a.example"}"#) == .unfitAddress)
        #expect(try fault(start + #","issuer":"https://a.example/ "}"#) == .unfitAddress)
        #expect(try fault(start + #","issuer":"https://a.example/é"}"#) == .unfitAddress)
        #expect(try fault(start + #","issuer":"https://a.example/>"}"#) == .unfitAddress)
        #expect(try fault(start + #","issuer":{"type":["Person"]}}"#) == .unknownClass)
        #expect(try fault(start + #","issuer":{"id":"did:web:a"}}"#) == .unknownClass)
        #expect(try fault(#"{"id":1,"type":"OpenBadgeCredential"}"#) == .unfitValue)
        #expect(try fault("[]") == .unfitValue)
        let twin = #"{"type":"IdentityObject","salt":"1"}"#
        let twins = #","credentialSubject":{"type":"AchievementSubject","identifier":["#
        #expect(try fault(start + twins + "\(twin),\(twin)]}}") == .alike)
        #expect(try fault(start + twins + "\(twin)]}}") == nil)
    }
}
