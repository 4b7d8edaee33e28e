internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store

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
    func reviewed(_ receipt: String, _ done: Reviewed) throws -> Response {
        let path = Route.review.with("receipt", receipt)
        return try visitor.carrying(
            Response.seeOther("\(path)&\(Reviewed.field)=\(done.rawValue)"))
    }
}
