public import Enrollment
internal import Postgres

/// A code as it was given out.
public struct CertificateCodeRecord: Sendable {
    /// SHA-256 of its octets.
    public let digest: [UInt8]
    public let issued: IssuedCertificate
    /// The key's public half: 64 octets.
    public let publicKey: [UInt8]

    init(_ row: Row) throws {
        digest = try row.bytes("digest")
        let key = try SigningKeyRecord(row)
        publicKey = key.publicKey
        issued = IssuedCertificate(
            issuedAt: try row.instant("known_from"), key: key.state, term: try row.term())
    }
}

/// A code that is to be kept.
public struct NewCertificateCode: Sendable {
    public let id: [UInt8]
    public let appointmentNumber: String
    public let keyID: String
    /// Digest of what stands on the paper.
    public let printed: [UInt8]
    public let octets: [UInt8]
    public let digest: [UInt8]

    public init(
        id: [UInt8], appointmentNumber: String, keyID: String, printed: [UInt8], octets: [UInt8],
        digest: [UInt8]
    ) {
        self.id = id
        self.appointmentNumber = appointmentNumber
        self.keyID = keyID
        self.printed = printed
        self.octets = octets
        self.digest = digest
    }
}

extension ReadStore {
    /// The code that the paper of an appointment bears under the key that signs; nil before it was
    /// first asked for.
    public func certificateCode(
        of number: String, printed: [UInt8]
    ) async throws -> [UInt8]? {
        try await rows(
            """
            SELECT c.code FROM appointments a
            JOIN certificate_codes c ON c.appointment_id = a.id AND c.printed = \(printed)
            JOIN signing_keys k ON k.id = c.key_id AND k.retired_at IS NULL
            WHERE a.number = \(number)
            """
        ).first?.optionalBytes("code")
    }

    /// What the register says of a code by its id; nil where it was never given out.
    public func certificateCode(id: [UInt8]) async throws -> CertificateCodeRecord? {
        try await rows(
            """
            SELECT c.digest, c.known_from, k.id, k.public_key, k.made_at, k.retired_at,
                   k.compromised_since, t.true_from, t.ends_on, t.end_reason
            FROM certificate_codes c JOIN signing_keys k ON k.id = c.key_id
            JOIN appointment_terms t
              ON t.appointment_id = c.appointment_id AND t.known_until = 'infinity'
            WHERE c.id = \(id)
            """
        ).first.map { try CertificateCodeRecord($0) }
    }
}

extension WriteTransaction {
    /// Keeps a code, unless there is one for the same paper and key. Says whether it was kept.
    public func keep(_ code: NewCertificateCode, at now: Instant) async throws -> Bool {
        try await execute(
            """
            INSERT INTO certificate_codes (id, appointment_id, key_id, printed, code, digest,
                                           known_from)
            SELECT \(code.id)::bytea, a.id, \(code.keyID)::text, \(code.printed)::bytea,
                   \(code.octets)::bytea, \(code.digest)::bytea, \(now)::timestamptz
            FROM appointments a WHERE a.number = \(code.appointmentNumber)
            ON CONFLICT (appointment_id, key_id, printed) DO NOTHING
            """) == 1
    }
}
