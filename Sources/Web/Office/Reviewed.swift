internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// What was done on the page of an application just now, said at its top.
enum Reviewed: String {
    static let field = "done"

    case ended, cancelled, resumed, reopened, corrected, refused
    case sentBack = "sent-back"
    case notSentBack = "not-sent-back"

    /// Whether it is so of the application: an address that somebody was sent says nothing that was
    /// not done.
    func isTrue(_ page: ReviewPage) -> Bool {
        let end = page.appointment.map { $0.term.endReason }
        return switch self {
        case .ended: end.flatMap { $0 }.map(AppointmentEnding.reasons.contains) ?? false
        case .cancelled: end == .cancelled
        case .resumed: end == .some(nil)
        case .reopened: page.record.state == .reviewing
        case .corrected: page.corrected.own?.request?.state == .accepted
        case .refused: page.corrected.own?.request?.state == .refused
        case .sentBack: page.record.state == .correcting
        case .notSentBack: page.amendments.first?.state == .takenBack
        }
    }

    var sentence: String {
        switch self {
        case .ended: "任命を終えました。"
        case .cancelled: "任命を取り消しました。"
        case .resumed: "任命にもどしました。"
        case .reopened: "審査にもどしました。"
        case .corrected: "申し出のとおりに直しました。"
        case .sentBack: "応募を返しました。補正を待ちます。"
        case .notSentBack: "補正の求めを取り消しました。"
        case .refused: "申し出のとおりには直さないことにしました。"
        }
    }
}

extension StaffMember {
    /// To the page of an application, after something was done about it.
    func reviewed(
        _ receipt: String, _ done: Reviewed, along: QueueSelection? = nil
    ) throws -> Response {
        let path = along.review(receipt)
        return try visitor.carrying(
            Response.seeOther("\(path)&\(Reviewed.field)=\(done.rawValue)"))
    }
}

extension Reviewed {
    /// Whom the address says to have been decided on just before, if it is so: `approved` or
    /// `rejected` with a receipt number.
    static func last(_ query: Form, _ reading: ReadStore) async throws -> ApplicationRecord? {
        for state in [ApplicationState.approved, .rejected] {
            guard let receipt = ReceiptNumber(try query.single(state.rawValue) ?? ""),
                let record = try await reading.application(receipt: receipt.description),
                record.state == state
            else { continue }
            return record
        }
        return nil
    }

    static func told(of record: ApplicationRecord) -> HTML {
        let word = record.state == .approved ? "承認しました" : "承認しませんでした"
        return Part.done("\(record.name)さんの応募（\(record.receipt)）を\(word)。")
    }
}
