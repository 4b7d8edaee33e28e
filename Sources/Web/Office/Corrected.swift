internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 訂正の申し出, decided on the page of the application.
extension Review {
    /// 申し出のとおりに直す.
    func acceptCorrection(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        let (record, asked) = try await asked(form)
        let isDone = try await site.onceOnly(
            {
                try await office.acceptCorrection(
                    asked, ofApplication: record.id, by: member.actor)
            }, isDone: { try await isDecided(asked, record, .accepted) })
        return try await shown(record, isDone ? .corrected : nil, member, request)
    }

    func refuseCorrection(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        let (record, asked) = try await asked(form)
        let reason = Self.paragraph(try form.single("why") ?? "")
        guard !reason.isEmpty, reason.unicodeScalars.count <= 200 else {
            let problem = reason.isEmpty ? "理由を入力してください。" : "理由は200文字以内で入力してください。"
            return try await reviewPage(
                member, record.receipt, ReviewForm(why: reason, whyProblem: problem))
        }
        let isDone = try await site.onceOnly(
            {
                try await office.refuseCorrection(
                    asked, ofApplication: record.id, because: reason, by: member.actor)
            }, isDone: { try await isDecided(asked, record, .refused) })
        return try await shown(record, isDone ? .refused : nil, member, request)
    }

    /// The application and the request that the form is about.
    private func asked(_ form: Form) async throws -> (ApplicationRecord, Int) {
        let receipt = try form.single("receipt") ?? ""
        guard let record = try await office.reading.application(receipt: receipt),
            let asked = Int(try form.single("request") ?? "")
        else { throw Refusal.notFound }
        return (record, asked)
    }

    private func shown(
        _ record: ApplicationRecord, _ done: Reviewed?, _ member: Reviewer, _ request: Request
    ) async throws -> Response {
        guard let done else {
            return await site.decidedOtherwise(
                request, shownOn: Route.review.with("receipt", record.receipt))
        }
        return try member.reviewed(record.receipt, done)
    }

    private func isDecided(
        _ id: Int, _ record: ApplicationRecord, _ state: CorrectionRequest.State
    ) async throws -> Bool {
        let requests = try await office.reading.correctionRequests(of: record.id)
        return requests.contains { $0.id == id && $0.state == state }
    }

    func corrected(
        _ record: ApplicationRecord, _ form: ReviewForm
    ) async throws -> CorrectedPart {
        CorrectedPart(
            record: record, count: try await office.reading.correctionCount(of: record.id),
            corrections: try await office.reading.corrections(of: record.id),
            own: try await office.ownAnswers(ofApplication: record.id), form: form)
    }
}

/// What was corrected since the application was sent, and what its owner asks for.
struct CorrectedPart {
    let record: ApplicationRecord
    /// How often it was corrected.
    let count: Int
    let corrections: [CorrectionRecord]
    /// Nil where nothing can be corrected any more.
    let own: OwnAnswers?
    let form: ReviewForm

    var problems: [(field: String, text: String)] { form.whyProblem.map { [("why", $0)] } ?? [] }

    /// Without `isDecided`, what is asked for is only shown.
    func html(csrf: String, isDecided: Bool) -> HTML { asked(csrf, isDecided) + history }

    private var history: HTML {
        guard !corrections.isEmpty else { return .none }
        let rows = corrections.flatMap { correction in
            correction.after.answers.map { answer -> [HTML] in
                let before = ApplicationDraft.Answer(
                    field: answer.field, text: correction.before[answer.field])
                return [
                    "\(correction.at.word)", "\(correction.actor.word)", "\(answer.field.label)",
                    "\(word(before))", "\(word(answer))",
                ]
            }
        }
        let table = Table("訂正したところ", ["いつ", "だれが", "項目", "前", "後"], rows)
        return """
            <section class="sec flow">
              <h2>応募のあとに訂正したところ</h2>
              \(table.html)
            </section>
            """
    }

    private func word(_ answer: ApplicationDraft.Answer) -> String {
        let word = own.map { answer.word(under: $0.rules) } ?? answer.word
        return word.isEmpty ? "入力なし" : word
    }

    private func asked(_ csrf: String, _ isDecided: Bool) -> HTML {
        guard let own, let request = own.request, request.state == .open else { return .none }
        let rows = request.answers.answers.sorted { $0.field.position < $1.field.position }
            .map { answer -> [HTML] in
                let now = ApplicationDraft.Answer(
                    field: answer.field, text: own.held[answer.field])
                return ["\(answer.field.label)", "\(word(now))", "\(word(answer))"]
            }
        return """
            <section class="sec flow">
              <h2>本人からの訂正の申し出（\(request.askedAt.word)）</h2>
              \(Table("申し出の内容", ["項目", "いまの内容", "申し出"], rows).html)
              \(when(isDecided, deciding(request, csrf)))
            </section>
            """
    }

    private func deciding(_ request: CorrectionRequest, _ csrf: String) -> HTML {
        let named: HTML = """
            <input type="hidden" name="receipt" value="\(record.receipt)">
            <input type="hidden" name="request" value="\(request.id)">
            """
        let why = Field(
            name: "why", label: "申し出のとおりに直さない理由", hint: "本人へのメールにそのまま書かれます。",
            value: form.why, problems: problems.map(\.text)
        ).textArea(rows: 3)
        return Part.form(.acceptCorrection, csrf: csrf, named + Part.button("申し出のとおりに直す"))
            + Part.form(
                .refuseCorrection, csrf: csrf, named + why + Part.plainButton("申し出のとおりには直さない"))
    }
}
