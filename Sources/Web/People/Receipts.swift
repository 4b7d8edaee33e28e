internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Words

/// 受付番号が分からないとき: the address alone brings a letter. The page is the same whatever there is.
extension StatusPages {
    func showReceipts(_ visitor: Visitor, _ request: Request) async throws -> Response {
        let isSent = try request.query.single("sent") == "yes"
        return try receiptsPage(visitor, email: "", problem: nil, isSent: isSent)
    }

    func sendReceipts(
        _ visitor: Visitor, _ request: Request, _ form: Form
    ) async throws -> Response {
        let email = try form.single("email") ?? ""
        // What can be nobody's address tells nothing of anybody.
        if let problem = Self.problem(of: email) {
            let text = Messages(nil, year: office.year).sentence(problem)
            return try receiptsPage(visitor, email: email, problem: text)
        }
        do {
            try await office.tellReceipts(to: email, from: request.client)
            return try visitor.seeOther(.receipts, "sent", "yes")
        } catch Refusal.tooMany(_, let seconds) {
            let text = "メールが続けて求められたため、いまは送れません。\(Waiting.minutes(seconds))分ほど待ってから、もう一度押してください。"
            return try receiptsPage(
                visitor, email: email, problem: text, status: .tooManyRequests
            ).with(.retryAfter, HeaderValue(seconds))
        }
    }

    private static func problem(of email: String) -> Problem? {
        switch EmailAddress.read(email) {
        case .address: nil
        case .badDots: Problem(.emailDotsMisplaced, .email)
        case .malformed:
            Problem(
                email.allSatisfy(\.isWhitespace) ? .emailMissing : .emailNotAnAddress, .email)
        }
    }

    private func receiptsPage(
        _ visitor: Visitor, email: String, problem: String?, isSent: Bool = false,
        status: Status = .unprocessable
    ) throws -> Response {
        let field = Field(
            name: "email", label: "メールアドレス", hint: "応募したときのアドレス", value: email,
            problems: problem.map { [$0] } ?? [], autocomplete: "email", inputMode: "email")
        let sent = Part.done("入力されたアドレスに、メールを送りました。届かないときは、迷惑メールの入れ物と、アドレスの打ちまちがいを確かめてください。")
        let main: HTML = """
            \(Part.back(to: .status))\(Part.errorSummary(problem.map { [("email", $0)] } ?? []))
            <section class="sec flow">
              <h1>受付番号が分からないとき</h1>
              \(when(isSent, sent))
              <p>応募に使ったアドレスに、受付番号をメールでお送りします。ほかの方に知られないように、この画面には何も表示しません。</p>
              \(Part.form(
                  .receipts, csrf: visitor.csrf,
                  field.textInput + Part.button("受付番号をメールで受け取る")))
            </section>
            """
        return try visitor.carrying(
            Page(title: "受付番号が分からないとき", isError: problem != nil, main: main)
                .response(site, status: problem == nil ? .ok : status))
    }
}
