public import HTTP
public import Procedures
internal import Secrets
internal import HTML
internal import Words
internal import Enrollment

/// The site as one worker sees it: finds the handler of a request and turns every trouble into an
/// answer.
public final class Site {
    let office: Office
    let isSecure: Bool
    /// Since when what is compiled in is as it is.
    let builtAt: HTTPDate?
    let report: (String, any Error) -> Void
    /// Whether a proxy that no setting names was noticed.
    var hasUnnamedProxy = false
    var passingReportedAt = Instant(microseconds: 0)
    /// Answers that never change, by what they are; see `fixed`.
    var documents: [String: TaggedDocument] = [:]
    var images: [String: (Response, EntityTag?)] = [:]

    /// `builtAt` is when the program was made; `report` gets what broke, with the reference that
    /// the page shows.
    public init(
        _ office: Office, isSecure: Bool, builtAt: HTTPDate? = nil,
        report: @escaping (String, any Error) -> Void
    ) {
        self.office = office
        self.isSecure = isSecure
        self.builtAt = builtAt
        self.report = report
    }

    /// The answer, which nobody keeps unless it says that it may be kept.
    public func respond(to request: Request) async -> Response {
        await tellCountedAttempts()
        await noteUnnamedProxy(request)
        var response = await outcome(of: request)
        await noteLimit(response.status, request)
        if response.fixed == nil, !response.headers.contains(.cacheControl) {
            response.headers.append(.cacheControl, "no-store")
        }
        return response
    }

    private func outcome(of request: Request) async -> Response {
        do {
            return try await answer(request)
        } catch is CancellationError {
            return Self.refused(.serviceUnavailable, under: office.settings)  // nobody reads it
        } catch {
            await note(error, request)
            if isPassing(error) { return waiting(error, request) }
            guard Directory.site.resource(at: request.target)?.isForVerifiers == true else {
                return await show(trouble(of: error), to: request)
            }
            if !request.wantsPage(over: Credentials.allTypes) {
                return forVerifiers(error).readFromAnywhere.with(.vary, "Accept")
            }
            return await show(trouble(of: error), to: request).readFromAnywhere
                .with(.vary, "Accept")
        }
    }

    /// What cannot be had, to whoever reads documents. What nobody can sign here is to be had again
    /// once the key is back: no conflict of theirs.
    private func forVerifiers(_ error: any Error) -> Response {
        if case Refusal.conflict(.signingKeyIsMissing) = error {
            return Response.json(#"{"error":"signing_key_missing"}"#, status: .serviceUnavailable)
                .with(.retryAfter, "300")
        }
        let status = trouble(of: error).status
        return Response.json(
            status == .notFound ? #"{"error":"not_found"}"# : #"{"error":"unavailable"}"#,
            status: status)
    }

    private func trouble(of error: any Error) -> Trouble {
        switch error {
        case let refusal as Refusal: trouble(of: refusal)
        case let error as any StatusError: Trouble(error.status, .of(error.status))
        default: broken(error)
        }
    }

    /// How large a request may be and how long it may take.
    public static func limits(of request: RequestHead) -> RequestLimits {
        Directory.site.resource(at: request.target)?.endpoint(for: request.method)?.limits
            ?? RequestLimits()
    }

    private func answer(_ request: Request) async throws -> Response {
        guard let resource = Directory.site.resource(at: request.target) else {
            guard request.target.isAsterisk else { throw Refusal.notFound }
            return .options([.get, .head, .post, .options])
        }
        if let endpoint = resource.endpoint(for: request.method) {
            return try await endpoint.answer(self, request)
        }
        if request.method == .options {
            let allowed = Response.options(resource.methods)
            return resource.isForVerifiers ? allowed.preflight : allowed
        }
        return await notAllowed(resource, request)
    }

    /// 405 that a reader can go on from, or a program where it is one that reads documents.
    private func notAllowed(_ resource: Resource, _ request: Request) async -> Response {
        let isForProgram =
            resource.isForVerifiers && !request.wantsPage(over: Credentials.allTypes)
        var answer =
            isForProgram
            ? Response.json(#"{"error":"method_not_allowed"}"#, status: .methodNotAllowed)
            : await show(Trouble(.methodNotAllowed, .of(.methodNotAllowed)), to: request)
        answer.headers.appendMissing(from: Response.methodNotAllowed(resource.methods).headers)
        return resource.isForVerifiers ? answer.readFromAnywhere.with(.vary, "Accept") : answer
    }

    /// The one table from refusals to statuses.
    private func trouble(of refusal: Refusal) -> Trouble {
        switch refusal {
        case .notFound: Trouble(.notFound, .gone)
        case .notYours: Trouble(.forbidden, .notYours)
        case .yearNotOpen(let year):
            Trouble(
                .ok, "応募はまだ始まっていません",
                "\(year.word)の応募はまだ始まっていません。始まる日が決まりましたら、はじめの画面でお知らせします。")
        case .conflict: Trouble(.conflict, .sentOtherwise)
        case .noLayout:
            Trouble(
                .serverError, "書き出す様式がありません",
                "この年度の様式のファイルが置かれていません。システムの管理者に、enroll doctor の結果を見るように伝えてください。")
        case .tooEarly(let day): Trouble(.conflict, "まだできません", "\(day.word)からできます。")
        case .beforeRecords(let day):
            Trouble(.conflict, "記録がありません", TallyWords.recordsBegin(day))
        case .tooMany(_, let seconds):
            Trouble(
                .tooManyRequests, "少し待ってから、もう一度ためしてください",
                "続けて何度も行われたため、いまは受け付けられません。\(Waiting.minutes(seconds))分ほどお待ちください。",
                retryAfter: HeaderValue(seconds))
        case .wrong:
            Trouble(.forbidden, "番号が違います", "新しい番号を受け取って、もう一度入力してください。")
        }
    }

    /// What broke is logged once; the page shows only the reference.
    private func broken(_ error: any Error) -> Trouble {
        let reference = Base64URL.encode(office.random.bytes(6))
        report(reference, error)
        return Trouble(
            .serverError, "うまく動きませんでした",
            "少し待ってから、前の画面にもどって、もう一度送ってください。同じ応募が二重になることはありません。"
                + "続くときは、この番号をお知らせください。お問い合わせの番号：\(reference)"
        )
    }

    /// The page for what the server itself refuses.
    public static func refused(_ status: Status, under settings: OfficeSettings) -> Response {
        Trouble(status, .of(status)).page().response(under: settings, status: status)
    }
}
