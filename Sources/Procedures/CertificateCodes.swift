internal import Credentials
internal import Enrollment
internal import JSON
internal import Secrets
internal import Store
internal import Words

extension Office {
    /// 任命状のQRコード. The code that the paper bears: signed when it is first asked for, then the same
    /// for the same paper, until another key signs. Nil where nothing is signed here.
    func certificateCode(
        of certificate: AppointmentCertificate, by actor: Actor
    ) async throws -> String? {
        guard settings.signingKeys != nil else { return nil }
        let paper = PrintedCertificate(certificate)
        let printed = Digest.sha256(paper.octets)
        let number = certificate.number
        if let kept = try await reading.certificateCode(of: number, printed: printed) {
            return Base64URL.encode(kept)
        }
        return try await write { writing in
            let (moment, key) = (moment(actor), try await signingKey(in: writing, by: actor))
            return try await code(of: paper, by: key, in: writing, at: moment)
        }
    }

    /// The same of several at once, by their numbers; none where nothing is signed here.
    func certificateCodes(
        of certificates: [AppointmentCertificate], by actor: Actor
    ) async throws -> [String: String] {
        guard settings.signingKeys != nil else { return [:] }
        return try await write { writing in
            let (moment, key) = (moment(actor), try await signingKey(in: writing, by: actor))
            var codes: [String: String] = [:]
            for certificate in certificates {
                codes[certificate.number] = try await code(
                    of: PrintedCertificate(certificate), by: key, in: writing, at: moment)
            }
            return codes
        }
    }

    private func code(
        of paper: PrintedCertificate, by key: SigningKey, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws -> String {
        let printed = Digest.sha256(paper.octets)
        // Whoever asked at the same time has made it, and holds the keys no more.
        let known = try await writing.reading.certificateCode(of: paper.number, printed: printed)
        if let known { return Base64URL.encode(known) }
        let claims = CertificateClaims(
            paper, issuer: settings.links.issuerDID, id: random.bytes(16),
            issuedAt: moment.now.microseconds / 1_000_000)
        let code = try CertificateCode(claims, by: key)
        try await keep(code, printed, in: writing, at: moment)
        return code.text
    }

    private func keep(
        _ code: CertificateCode, _ printed: [UInt8], in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        let (number, digest) = (code.claims.number, Digest.sha256(code.octets))
        _ = try await writing.keep(
            NewCertificateCode(
                id: code.claims.id, appointmentNumber: number, keyID: code.keyID,
                printed: printed, octets: code.octets, digest: digest), at: moment.now)
        record(
            [
                Event(
                    .signCertificate, on: "appointment:\(number)",
                    detail: .object([
                        "key": .string(code.keyID), "digest": .string(Digest.hex(digest)),
                    ]))
            ], in: writing, at: moment)
    }
}

extension PrintedCertificate {
    init(_ certificate: AppointmentCertificate) {
        let term = certificate.term
        func second(_ day: Day) -> Int64 { Instant(startOf: day).microseconds / 1_000_000 }
        self.init(
            number: certificate.number, name: certificate.name,
            kind: Badge.code(certificate.kind),
            fiscalYear: FiscalYear(containing: term.from).startYear,
            holds: second(term.from)..<second(term.endsOn))
    }
}
