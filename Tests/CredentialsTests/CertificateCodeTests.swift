import JSON
import Secrets
import Testing

@testable import Credentials

/// What a QR code of a 任命状 holds, and what becomes of it when somebody changes it.
@Suite struct CertificateCodeTests {
    private static let key = SigningKey(.seeded(1))
    private static let paper = PrintedCertificate(
        number: "R08-P-0000001-K", name: "𠮷田 髙﨑", kind: "dps", fiscalYear: 2026,
        holds: 1_774_969_200..<1_806_505_200)

    private static func code() throws -> CertificateCode {
        let claims = CertificateClaims(
            Self.paper, issuer: "did:web:enroll.example", id: Array(1...16),
            issuedAt: 1_775_000_000)
        return try CertificateCode(claims, by: Self.key)
    }

    @Test func aCodeIsReadAsItWasSigned() throws {
        let code = try Self.code()
        let read = try #require(CertificateCode(text: code.text))
        #expect(read.octets == code.octets && read.keyID == Self.key.verifying.id)
        #expect(read.isSigned(by: Self.key.verifying))
        #expect(read.claims.payload == code.claims.payload && read.claims.name == "𠮷田 髙﨑")
        #expect(code.text.utf8.allSatisfy { $0 != 0x2b && $0 != 0x2f && $0 != 0x3d })
        // With the address before it, QR version 13 at most, at level M.
        #expect(code.text.utf8.count < 300)
    }

    @Test func anotherKeyDidNotSignIt() throws {
        let code = try #require(CertificateCode(text: try Self.code().text))
        #expect(!code.isSigned(by: SigningKey(.seeded(2)).verifying))
    }

    /// Each octet, changed in each of its bits: some 1,900 ways.
    @Test func noChangedOctetPasses() throws {
        let octets = try Self.code().octets
        for place in octets.indices {
            for bit in 0..<8 {
                var changed = octets
                changed[place] ^= 1 << bit
                let read = CertificateCode(octets: changed)
                #expect(read.map { $0.isSigned(by: Self.key.verifying) } != true, "\(place) \(bit)")
            }
        }
    }

    @Test func noPieceAndNoMorePasses() throws {
        let octets = try Self.code().octets
        for count in octets.indices {
            #expect(CertificateCode(octets: Array(octets.prefix(count))) == nil)
        }
        #expect(CertificateCode(octets: octets + [0]) == nil)
        #expect(CertificateCode(text: try Self.code().text + "=") == nil)
        #expect(CertificateCode(text: String(repeating: "A", count: 4_000)) == nil)
        for text in ["", " ", "0oRD", "推進", "../..", "<script>", "\u{0}"] {
            #expect(CertificateCode(text: text) == nil)
        }
    }

    /// What is printed, and not when or by which key it was signed.
    @Test func theSamePaperIsTheSameOctetsAndAnotherIsNot() {
        func paper(_ name: String, _ until: Int64 = 9) -> [UInt8] {
            PrintedCertificate(
                number: "1", name: name, kind: "dps", fiscalYear: 2026, holds: 1..<until
            ).octets
        }
        #expect(paper("神") == paper("神") && paper("神") != paper("\u{FA19}"))
        #expect(paper("a") != paper("a", 10))
    }

    @Test func aPublishedKeyIsReadBackByItsOwnName() throws {
        let (one, other) = (Self.key.verifying, SigningKey(.seeded(2)).verifying)
        let set = PublishedKeys.set([.certificates(one), .certificates(other)]) { $0 }
        let read = try #require(PublishedKeys.keys(in: set))
        #expect(read.keys.sorted() == [one.id, other.id].sorted())
        #expect(try Self.code().isSigned(by: #require(read[one.id])))
        #expect(!set.text.contains("\"d\""))
        #expect(PublishedKeys.keys(in: .object([:])) == nil)
        let strange = JSONValue.object(["keys": .array([.null, .object(["x": .string("AA")])])])
        #expect(PublishedKeys.keys(in: strange)?.isEmpty == true)
    }
}
