internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures

/// 自分のデータの写し: one file with everything that is held.
extension OwnPage {
    func downloadData(
        _ applicant: Applicant, _ request: Request, _ form: Form
    ) async throws -> Response {
        let octets = try await office.ownData(ofApplication: applicant.id, by: .applicant)
        let name = "enroll-data-\(office.today).json"
        return try applicant.visitor.carrying(
            Response(.ok, body: .bytes(octets))
                .with(.contentType, "application/json")
                .with(.contentDisposition, ContentDisposition.attachment(filename: name))
                .with(.cacheControl, "no-store"))
    }

    static func dataPart(csrf: String) -> HTML {
        """
        <section class="sec flow screen">
          <h2>自分のデータを受け取る</h2>
          <p>
            このサービスが、あなたについて持っている内容とその記録を、1つのファイル（JSON）で受け取れます。共用のパソコンでは、ファイルを残さないでください。
          </p>
          \(Part.form(.ownData, csrf: csrf, Part.plainButton("データを受け取る")))
        </section>
        """
    }
}
