internal import Compression
public import Enrollment
public import JSON
public import Secrets

/// Which credentials of a list are revoked (W3C Bitstring Status List 1.0): a bit each, so that
/// whoever asks does not say of whom.
public struct StatusList: Sendable, Equatable {
    /// No list is shorter: among so many nobody is known by the place alone.
    public static let fewest = 131_072
    /// No list of ours is longer, and none that is read.
    static let most = fewest << 5

    /// How many places there are to choose from for so many credentials: at least twice as many, so
    /// that a free one is soon found by chance.
    public static func places(for count: Int) -> Int {
        var places = fewest
        while places < 2 * count, places < most { places <<= 1 }
        return places
    }

    private var octets: [UInt8]

    /// `last` is the highest place that was given out.
    public init(last: Int, revoked: [Int]) {
        octets = [UInt8](repeating: 0, count: Self.places(for: (last + 2) / 2) / 8)
        for index in revoked where index / 8 < octets.count && index >= 0 {
            octets[index / 8] |= 0x80 >> UInt8(index % 8)
        }
    }

    /// Nil where there is no such place.
    public func isRevoked(_ index: Int) -> Bool? {
        guard index >= 0, index / 8 < octets.count else { return nil }
        return octets[index / 8] & (0x80 >> UInt8(index % 8)) != 0
    }

    /// Multibase (base64url) of the gzip file; the bit of place 0 is the leftmost.
    var encoded: String? { gzip(octets).map { "u" + Base64URL.encode($0) } }

    init?(encoded text: String) {
        guard text.hasPrefix("u"), let packed = Base64URL.decode(String(text.dropFirst())),
            let octets = gunzip(packed, upTo: Self.most / 8), octets.count * 8 >= Self.fewest
        else { return nil }
        self.octets = octets
    }

    static let context = ["https://www.w3.org/ns/credentials/v2"]

    /// The list as a credential. `address` is its own and whole; `created` is when anything of it
    /// changed.
    public func signed(
        at address: String, by issuer: String, with key: Ed25519Key, created: Instant
    ) throws -> JSONValue {
        guard let encoded else { throw StatusListFault.notPacked }
        let proof = DataIntegrity(created: created, issuer: issuer, key: key.verifying)
        return try proof.signed(
            [
                JSONMember("@context", .array(Self.context.map(JSONValue.string))),
                JSONMember("id", .string(address)),
                JSONMember(
                    "type",
                    .array([
                        .string("VerifiableCredential"), .string("BitstringStatusListCredential"),
                    ])),
                JSONMember("issuer", .string(issuer)),
                JSONMember("validFrom", .string(created.description)),
                JSONMember(
                    "credentialSubject",
                    .object([
                        "id": .string(address + "#list"), "type": .string("BitstringStatusList"),
                        "statusPurpose": .string("revocation"), "encodedList": .string(encoded),
                    ])),
            ], by: key)
    }
}

enum StatusListFault: Error { case notPacked }
