internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Words

/// 任命状の確認: where the QR code of a 任命状 leads. One answer to whatever comes: 有効です, or 無効です with
/// the reason. The address holds what the paper says, so nobody is told it: no log, no referrer, no
/// search engine, no copy on the way.
struct CertificateCheck: Room {
    let site: Site

    func show(_ anybody: Anybody, _ request: Request) async throws -> Response {
        let query = Asked(request)
        guard let code = query.code else { return answer(form(query, problem: nil), "任命状の確認") }
        let day = query.day(today: office.today)
        guard let day else {
            return answer(form(query, problem: "日付は、2026年4月1日 や 2026/4/1 のように入力してください。"), "任命状の確認")
        }
        let finding = try await office.finding(ofCertificateCode: code, on: day)
        return answer(result(finding, on: day, query), finding.verdict.heading)
    }

    private func answer(_ main: HTML, _ title: String) -> Response {
        Page(title: title, main: main).response(site)
            .with("X-Robots-Tag", "noindex").with(.referrerPolicy, "no-referrer")
    }

    private func result(
        _ finding: CertificateFinding, on day: Day, _ query: Asked
    ) -> HTML {
        let isToday = day == office.today
        let mark: StaticString = finding.verdict == .valid ? "good" : "bad"
        return """
            <section class="proof sec flow">
              <div class="note \(HTML(stringLiteral: mark))">
                <h1 class="told">\(Icon.of(mark))\(finding.verdict.heading)</h1>
                <p>\(meaning(finding.verdict, on: day, isToday: isToday))</p>
              </div>
              \(paper(finding.paper))
            </section>
            <section class="sec flow screen">
              <h2>ほかの日について確かめる</h2>\(dayForm(query, problem: nil))
            </section>
            """
    }

    private func meaning(
        _ verdict: CertificateVerdict, on day: Day, isToday: Bool
    ) -> String {
        switch verdict {
        case .valid where isToday:
            "この任命状は発行したとおりのもので、この人はいま（\(day.word)）任命されています。お名前と紙のお名前が同じかも確かめてください。"
        case .valid: "この任命状は発行したとおりのもので、\(day.word)に任命されている人のものです。お名前と紙のお名前が同じかも確かめてください。"
        case .invalid(let fault): (isToday ? "" : "\(day.word)について調べました。") + fault.meaning
        }
    }

    private func paper(_ paper: CertificateFinding.Paper?) -> HTML {
        guard let paper else { return .none }
        let name = paper.name.isEmpty ? [] : [("お名前", paper.name)]
        return Part.answers(
            name + [
                ("任命番号", paper.number), ("区分", paper.kind.word), ("年度", paper.year.word),
                ("任期の最初の日", paper.first.word), ("任命状にある最後の日", paper.last.word),
                ("発行", office.settings.service.issuer),
            ])
    }

    /// Whoever comes without a code, or with a day that is none.
    private func form(_ query: Asked, problem: String?) -> HTML {
        guard query.code == nil else {
            return """
                \(Part.errorSummary(problem.map { [("on", $0)] } ?? []))
                <section class="sec flow">
                  <h1>任命状の確認</h1>\(dayForm(query, problem: problem))
                </section>
                """
        }
        let field = Field(
            name: "c", label: "QRコードの文字", isRequired: true,
            hint: "読み取ったアドレスの「c=」から後ろの文字")
        return """
            <section class="sec flow">
              <h1>任命状の確認</h1>
              <p>任命状のQRコードを、スマートフォンのカメラで読み取ってください。任命がいま有効かどうかが分かります。</p>
              <form class="flow" action="\(href(Route.certificateCheck.path))" method="get">
                \(field.textInput)\(Part.plainButton("確かめる"))
              </form>
              <p>バッジの画像は、<a href="\(href(Route.badgeFileCheck.path))">バッジのファイルの確認</a>で確かめられます。</p>
            </section>
            """
    }

    private func dayForm(_ query: Asked, problem: String?) -> HTML {
        let field = Field(
            name: "on", label: "調べる日", isRequired: false, hint: "例：2026年4月1日。空のときは今日",
            value: query.typedDay, problems: problem.map { [$0] } ?? [], isShort: true)
        return """
            <form class="flow" action="\(href(Route.certificateCheck.path))" method="get"
                novalidate>
              <input type="hidden" name="c" value="\(query.code ?? "")">
              \(field.textInput)\(Part.plainButton("この日について確かめる"))
            </form>
            """
    }
}

/// What the address asks, however it was written: the first of what stands there more than once.
private struct Asked {
    /// Nil where nobody has asked of anything.
    let code: String?
    let typedDay: String

    init(_ request: Request) {
        func value(_ name: String) -> String? { request.query.all(name).first }
        code = value("c").flatMap { $0.isEmpty ? nil : $0 }
        typedDay = value("on") ?? ""
    }

    /// Nil for what is no day.
    func day(today: Day) -> Day? {
        if typedDay.allSatisfy(\.isWhitespace) { return today }
        guard case .day(let day) = TypedDay.read(typedDay) else { return nil }
        return day
    }
}
