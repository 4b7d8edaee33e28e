internal import Credentials
public import Enrollment
public import JSON
public import Secrets
internal import Store

/// 任命状の確認: what is said of a code, and what of its paper may be shown.
public struct CertificateFinding: Sendable, Equatable {
    public let verdict: CertificateVerdict
    /// Nothing of a code that is not ours: whoever made it chose the words.
    public let paper: Paper?

    static let malformed = CertificateFinding(verdict: .invalid(.malformed), paper: nil)

    /// As it was signed.
    public struct Paper: Sendable, Equatable {
        public let number: String
        /// Empty unless the appointment holds on the day that was asked for.
        public let name: String
        public let kind: Kind
        public let year: FiscalYear
        public let first: Day
        public let last: Day
    }
}

extension Office {
    /// What a code from a QR code is worth on a day in Japan. Throws nothing of the code's own: the
    /// strangest text has an answer.
    public func finding(
        ofCertificateCode text: String, on day: Day
    ) async throws -> CertificateFinding {
        guard let code = CertificateCode(text: text) else { return .malformed }
        guard let kept = try await reading.certificateCode(id: code.claims.id),
            areEqualInConstantTime(kept.digest, Digest.sha256(code.octets)),
            let key = VerifyingKey(octets: kept.publicKey), key.id == code.keyID,
            code.isSigned(by: key)
        else { return CertificateFinding(verdict: .invalid(.altered), paper: nil) }
        let verdict = CertificateVerdict(kept.issued, on: day)
        return CertificateFinding(
            verdict: verdict, paper: .init(code.claims, named: verdict == .valid))
    }

    /// The same of a code alone, where no register can be asked: who signed it, and whether the
    /// paper's own days hold it. `keys` are ours; what one of `compromised` signed may be
    /// anybody's, whatever moment it says it was signed at.
    public static func finding(
        ofCertificateCode text: String, on day: Day, signedByOneOf keys: [String: VerifyingKey],
        compromised: Set<String> = []
    ) -> CertificateFinding {
        guard let code = CertificateCode(text: text) else { return .malformed }
        guard let key = keys[code.keyID], code.isSigned(by: key),
            let paper = CertificateFinding.Paper(code.claims, named: true)
        else { return CertificateFinding(verdict: .invalid(.altered), paper: nil) }
        guard !compromised.contains(key.id) else {
            return CertificateFinding(verdict: .invalid(.keyCompromised), paper: nil)
        }
        let verdict: CertificateVerdict =
            day < paper.first
            ? .invalid(.notBegun) : day > paper.last ? .invalid(.expired) : .valid
        return CertificateFinding(
            verdict: verdict, paper: .init(code.claims, named: verdict == .valid))
    }
}

extension Office {
    /// Keys as the service publishes them (RFC 7517); nil for what is no set of keys.
    public static func verifyingKeys(in set: JSONValue) -> [String: VerifyingKey]? {
        PublishedKeys.keys(in: set)
    }
}

extension CertificateFinding.Paper {
    /// Nil where the kind is none: no code of ours says so.
    init?(_ claims: CertificateClaims, named: Bool) {
        guard let kind = Badge.kind(code: claims.kind) else { return nil }
        func day(_ second: Int64) -> Day? {
            (-60_000_000_000...200_000_000_000).contains(second)
                ? Instant(microseconds: second * 1_000_000).day : nil
        }
        guard let first = day(claims.holds.lowerBound),
            let last = day(claims.holds.upperBound - 1)
        else { return nil }
        self.init(
            number: claims.number, name: named ? claims.name : "", kind: kind,
            year: FiscalYear(startYear: claims.fiscalYear), first: first, last: last)
    }
}
