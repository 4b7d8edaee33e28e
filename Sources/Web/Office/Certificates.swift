internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store

/// 任命状, as the office prints it.
struct Certificates: Room {
    let site: Site

    func download(_ member: CaseReader, _ request: Request) async throws -> Response {
        let receipt = try request.query.single("receipt") ?? ""
        return try await answer(member, receipt, request) {
            try await office.certificate(ofApplication: $0, by: member.actor)
        }
    }

    /// 再発行: acts only on a POST, so that the mark is asked for.
    func reissue(
        _ member: Appointer, _ request: Request, _ form: Form
    ) async throws -> Response {
        let receipt = try form.single("receipt") ?? ""
        return try await answer(member, receipt, request) {
            try await office.reissueCertificate(ofApplication: $0, by: member.actor)
        }
    }

    private func answer(
        _ member: some StaffMember, _ receipt: String, _ request: Request,
        _ make: (Int) async throws -> CertificateFile
    ) async throws -> Response {
        guard let record = try await office.reading.application(receipt: receipt) else {
            throw Refusal.notFound
        }
        do {
            return try member.visitor.carrying(try await make(record.id).response)
        } catch Refusal.conflict {
            let next = NextPage(
                Route.review.with("receipt", record.receipt), "応募の内容にもどる")
            return await site.show(
                Trouble(.conflict, .noCertificate, next: next), to: request)
        }
    }
}

/// 任命状 on the page of an application.
struct CertificatePart {
    let record: ApplicationRecord
    let term: Term
    /// Whether its reader may mark one as 再発行.
    let isGivenAgain: Bool

    func html(csrf: String) -> HTML {
        guard AppointmentCertificate.isGiven(for: term) else {
            return "<p>任命が途中で終わったか、取り消されたため、任命状は出せません。</p>"
        }
        let link = href(Route.officeCertificate.with("receipt", record.receipt))
        let hidden = AskingPage.hidden([("receipt", record.receipt)])
        let opening: HTML = "<p><a href=\"\(link)\">任命状をひらく（PDF）</a></p>"
        guard isGivenAgain else { return opening }
        return """
            \(opening)
            <p>なくした人などに出し直すときは、再発行のしるしと今日の日付を付けて作ります。だれがいつ作ったかを記録します。</p>
            \(Part.form(
                .reissueCertificate, csrf: csrf, hidden + Part.plainButton("再発行の任命状をひらく（PDF）")))
            """
    }
}
