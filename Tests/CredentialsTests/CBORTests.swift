import Testing

@testable import Credentials

/// What others make of the same values: RFC 8949, appendix A, and a certificate that a library of
/// Python encoded.
@Suite struct CBORTests {
    static let payload = octets(
        """
        a90178186469643a7765623a62616467652e6578616d706c652e6a70026de68ea8e980b220e88ab1e5ad90041a6b\
        ad14ef051a69cbe170061a69cbe1750750000102030405060708090a0b0c0d0e0f616b636470736266791907ea62\
        6e6f6b323032362d303030313233
        """)

    static func octets(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).compactMap { place in
            let start = hex.index(hex.startIndex, offsetBy: place)
            return UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16)
        }
    }

    @Test(
        arguments: [
            (0, "00"), (23, "17"), (24, "1818"), (255, "18ff"), (256, "190100"), (65_535, "19ffff"),
            (65_536, "1a00010000"), (1_000_000_000_000, "1b000000e8d4a51000"),
            (.max, "1b7fffffffffffffff"), (-1, "20"), (-100, "3863"), (-1000, "3903e7"),
            (.min, "3b7fffffffffffffff"),
        ] as [(Int64, String)])
    func aNumberIsWrittenAsShortAsItCanBe(number: Int64, hex: String) throws {
        #expect(CBORValue.integer(number).encoded == Self.octets(hex))
        guard case .integer(number) = CBORValue(reading: Self.octets(hex)) else {
            Issue.record("not read: \(hex)")
            return
        }
    }

    @Test func whatAnotherLibraryWroteIsReadAndWrittenTheSame() throws {
        let claims = try #require(CertificateClaims(payload: Self.payload))
        #expect(claims.issuer == "did:web:badge.example.jp" && claims.name == "推進 花子")
        #expect(claims.kind == "dps" && claims.fiscalYear == 2026)
        #expect(claims.number == "2026-000123" && claims.id == Array(0...15))
        #expect(claims.holds == 1_774_969_200..<1_806_505_199 && claims.issuedAt == 1_774_969_205)
        #expect(claims.payload == Self.payload)
    }

    @Test func whatIsSignedIsWhatAnotherLibrarySigns() {
        let protected = Self.octets("a201260449636f73652d32303236")
        #expect(
            SignedMessage.toBeSigned(protected, Self.payload)
                == Self.octets("846a5369676e6174757265314ea201260449636f73652d3230323640586a")
                + Self.payload)
    }

    @Test(arguments: [
        // longer than need be
        "", "1817", "190017", "1a00000017", "1b0000000000000017",
        "1bffffffffffffffff", "3bffffffffffffffff",  // beyond 64 bits with a sign
        // length not said first
        "5f42010243030405ff", "7f657374726561646d696e67ff", "9fff", "bfff",
        "f4", "f6", "f93c00", "fb3ff8000000000000", "ff", "1c",  // of other kinds
        "a2026000f6", "a202600160", "a201600160", "a2616101616102",  // out of order, twice
        "818181818100", "d8128181818100",  // deeper than anything of ours
        "5bffffffffffffffff00", "9bffffffffffffffff", "bb7fffffffffffffff", "5affffffff",
        "62c328", "64f0288cbc",  // no UTF-8
        "0000", "6161616161",  // octets left over
        "d2", "82", "a1", "a101",
    ])
    func whateverIsNotWrittenInOurOneWayIsNotRead(hex: String) {
        #expect(CBORValue(reading: Self.octets(hex)) == nil)
    }

    @Test func noShorterPieceIsRead() {
        for end in 0..<Self.payload.count {
            #expect(CBORValue(reading: Array(Self.payload.prefix(end))) == nil)
        }
    }
}
