internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 本省様式の書き出し.
struct Exports: Room {
    let site: Site

    /// The form, and the files that were asked for.
    func show(_ reader: NamesReader, _ request: Request) async throws -> Response {
        try await exportsPage(reader, ExportForm(basis: BasisForm(asOf: "", knownOn: "")))
    }

    func ask(
        _ proven: Proven<NamesReader>, _ request: Request, _ form: Form
    ) async throws -> Response {
        let reader = proven.member
        var entered = try ExportForm(form)
        let asked = entered.basis.values(
            from: try await office.reading.firstRecordedOn(), upTo: office.now)
        entered.check()
        guard !entered.hasProblems else { return try await exportsPage(reader, entered) }
        let order = ExportOrder(
            basis: try await office.basis(asOf: asked.asOf, known: asked.known),
            purpose: entered.purpose, requestedBy: reader.account.name)
        _ = try await office.askForExport(order, by: reader.actor)
        return try reader.visitor.seeOther(.exports)
    }

    /// The bytes, piece by piece as they are kept; any part of them, so that a download that broke
    /// off goes on.
    func download(
        _ proven: Proven<NamesReader>, _ request: Request
    ) async throws -> Response {
        let reader = proven.member
        guard let number = try request.query.single("number") else { throw Refusal.notFound }
        let record = try await office.keptExport(number)
        let response = workbook(record, request)
        if request.method == .get, [.ok, .partialContent].contains(response.status) {
            try await office.recordDownload(of: record, by: reader.actor)
        }
        return response
    }

    private func workbook(_ record: ExportRecord, _ request: Request) -> Response {
        let (reading, number) = (office.reading, record.number)
        var response = Response(
            .ok, type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            bytes: [])
        response.body = .pieces(length: record.byteCount) { range, writer in
            for piece in try await reading.pieces(of: range, ofExport: number) {
                guard let bytes = try await reading.chunk(piece.position, ofExport: number),
                    bytes.count >= piece.part.upperBound
                else { throw Refusal.notFound }
                try await writer.write(Array(bytes[piece.part]))
            }
        }
        let name = "デジタル推進委員_本省様式_\(record.basis.asOf).xlsx"
        let validators = Validators(
            entityTag: EntityTag(record.sha256),
            lastModified: record.finishedAt.map {
                HTTPDate(secondsSinceEpoch: Int($0.microseconds / 1_000_000))
            })
        return response.with(.contentDisposition, ContentDisposition.attachment(filename: name))
            .with(.cacheControl, "no-store")
            .answering(request.head, validators)
    }

    private func exportsPage(
        _ reader: NamesReader, _ entered: ExportForm
    ) async throws -> Response {
        let exports = try await office.reading.exports()
        var states: [String: JobState] = [:]
        for record in exports where record.finishedAt == nil {
            states[record.number] = try await office.exportJob(record.number)?.state
        }
        let page = ExportsPage(
            exports: exports, states: states, entered: entered, now: office.now)
        return try respond(
            to: reader,
            StaffPage(
                title: "本省様式の書き出し", place: .exports,
                main: page.html(csrf: reader.visitor.csrf), hasProblems: entered.hasProblems))
    }
}

/// What is asked for, as it was typed.
struct ExportForm {
    var basis: BasisForm
    var purpose = ""
    private(set) var purposeProblem: String?

    init(basis: BasisForm) { self.basis = basis }

    init(_ form: Form) throws {
        basis = BasisForm(
            asOf: try form.single("as_of") ?? "", knownOn: try form.single("known_on") ?? "")
        purpose = (try form.single("purpose") ?? "")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    var hasProblems: Bool { basis.hasProblems || purposeProblem != nil }

    var problems: [(field: String, text: String)] {
        basis.problems + (purposeProblem.map { [("purpose", $0)] } ?? [])
    }

    mutating func check() {
        if purpose.isEmpty { purposeProblem = "何に使うかを入力してください。" }
        if purpose.unicodeScalars.count > 200 { purposeProblem = "200文字以内で入力してください。" }
    }

    var fields: HTML {
        basis.fields
            + Field(
                name: "purpose", label: "利用目的", hint: "氏名を含むため、だれが何のために書き出したかを記録します。",
                value: purpose,
                problems: purposeProblem.map { [$0] } ?? []
            ).textInput
    }
}

/// The form and the list of files.
struct ExportsPage {
    let exports: [ExportRecord]
    let states: [String: JobState]
    let entered: ExportForm
    let now: Instant

    func html(csrf: String) -> HTML {
        """
        \(Part.errorSummary(entered.problems))
        <section class="sec flow">
          <h1>本省様式の書き出し</h1>
          <p>任命者名簿と集計を、Excelのファイル（.xlsx）に書き出します。</p>
          \(Part.form(.exports, csrf: csrf, entered.fields + Part.button("書き出す")))
        </section>
        \(list)
        """
    }

    private var list: HTML {
        guard !exports.isEmpty else { return .none }
        let rows = exports.map { record -> [HTML] in
            [
                file(record), "\(record.basis.asOf.word)", Self.numbers(record.basis),
                "\(record.purpose)", "\(record.requesterName)<br>\(record.requestedAt.word)",
                "\(record.rowCount.grouped)", "<code>\(record.sha256.prefix(16))</code>",
                "<code>\(record.dataSHA256.prefix(16))</code>",
            ]
        }
        let table = Table(
            "書き出したファイル",
            [
                "ファイル", "集計基準日", "記録の時点", "利用目的", "書き出した人", .number("名簿の行数"), "SHA-256（先頭）",
                "データのSHA-256（先頭）",
            ], rows)
        return """
            <section class="sec flow">
              <h2>書き出したファイル</h2>
              <p class="muted">
                ファイルは、書き出してから\(ExportRecord.daysKept)日間受け取れます。だれがいつ受け取ったかを記録します。
                「データのSHA-256」は、00_メタデータを除く中身の値です。同じ数字と名簿なら、いつだれが書き出しても同じになります。
                <a href="\(href(Route.exports.path))">最新の状態を見る</a>
              </p>
              <div\(when(isWorking, " role=\"status\" data-working"))>\(table.html)</div>
            </section>
            """
    }

    /// The same numbers on the page, a year later too.
    private static func numbers(_ basis: TallyBasis) -> HTML {
        "<a href=\"\(href(NumbersPage.address(of: basis)))\">\(basis.knownWord)の数字</a>"
    }

    private var isWorking: Bool {
        exports.contains { $0.finishedAt == nil && states[$0.number] != .failed }
    }

    private func file(_ record: ExportRecord) -> HTML {
        if let end = record.keptUntil {
            guard record.isKept(at: now) else { return "受け取れる期間は終わりました" }
            let link = Route.exportFile.with("number", record.number)
            return
                """
                <a href="\(href(link))">受け取る（\((record.byteCount / 1024 + 1).grouped)KB）</a><br>
                \(end.word)まで
                """
        }
        return states[record.number] == .failed
            ? "書き出せませんでした。もう一度、書き出してください。" : "書き出しています"
    }
}
