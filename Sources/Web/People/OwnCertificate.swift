internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store

/// 任命状, for whoever it is given to.
extension OwnPage {
    func downloadCertificate(_ applicant: Applicant, _ request: Request) async throws -> Response {
        do {
            let file = try await office.certificate(ofApplication: applicant.id)
            return try applicant.visitor.carrying(file.response)
        } catch Refusal.notFound {
            // Not appointed: the own page says how far it is.
            return try applicant.visitor.seeOther(.mine)
        } catch Refusal.conflict {
            let next = NextPage(Route.mine.path, "あなたの応募にもどる")
            return await site.show(
                Trouble(.conflict, .noCertificate, next: next), to: request)
        }
    }

    static func certificatePart(_ term: Term?) -> HTML {
        guard let term, AppointmentCertificate.isGiven(for: term) else { return .none }
        return """
            <section class="sec flow screen">
              <h2>任命状</h2>
              <p>A4の紙に、そのままの大きさで印刷できます。共用のパソコンでは、ファイルを残さないでください。</p>
              <p><a href="\(href(Route.certificate.path))">任命状をひらく（PDF）</a></p>
            </section>
            """
    }
}
