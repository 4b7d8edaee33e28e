internal import Enrollment
internal import HTTP
internal import Procedures
internal import TemporaryFiles
internal import Store

/// Which breakdowns pass by themselves, and what is said meanwhile: 503 with the seconds to wait.
/// It carries no reference: there is nothing to look up, and the same page to try again on.
extension Site {
    func isPassing(_ error: any Error) -> Bool {
        error is TemporaryFileError || StoreTrouble.isUnavailable(error)
    }

    func waiting(_ error: any Error, _ request: Request) -> Response {
        reportPassing(error)
        let endpoint = Directory.site.resource(at: request.target)?.endpoint(for: request.method)
        switch endpoint?.troubleForm ?? .page {
        case .probe: return .retry(.serviceUnavailable, afterSeconds: 5)
        case .json:
            return Response.json(#"{"error":"unavailable"}"#, status: .serviceUnavailable)
                .with(.retryAfter, "5")
        case .page: return waitingPage(isUnknown: StoreTrouble.isOutcomeUnknown(error))
        }
    }

    private func waitingPage(isUnknown: Bool) -> Response {
        plain(
            Trouble(
                .serviceUnavailable,
                isUnknown ? "受け付けたかどうかを確かめられませんでした" : "ただいま手続きができません",
                isUnknown
                    ? "少し待ってから、前の画面に戻り、もう一度ボタンを押してください。二重に受け付けることはありません。"
                    : "少し待ってから、もう一度お試しください。入力していたときは、前の画面に戻ると続けられます。",
                retryAfter: "5"))
    }

    /// Once a second at most: while the database is away every request meets it.
    private func reportPassing(_ error: any Error) {
        guard office.now >= passingReportedAt.adding(seconds: 1) else { return }
        passingReportedAt = office.now
        report("-", error)
    }
}
