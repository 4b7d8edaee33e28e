internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// バッジのファイルの確認: a picture that carries a badge, or its data, is read and judged. Nothing of it is
/// kept, on disk or in a log; it is told by the same sentence as on the page of the badge.
struct BadgeFileCheck: Room {
    static let fileField = "file"
    private static let textField = "text"
    private static let title = "バッジのファイルの確認"
    /// With room for what stands around the file.
    static let room = 3 << 20

    let site: Site

    func show(_ anybody: Anybody, _ request: Request) async throws -> Response {
        try form(Visitor(request, site), problem: nil, status: .ok)
    }

    func judge(_ anybody: Anybody, _ request: Request) async throws -> Response {
        let visitor = Visitor(request, site)
        let octets: [UInt8]
        switch try await sent(request) {
        case .success(let sent): octets = sent
        case .failure(let fault): return try form(visitor, problem: fault.sentence)
        }
        guard !octets.isEmpty else { return try form(visitor, problem: "バッジのファイルを選んでください。") }
        switch try await office.finding(ofBadgeFile: octets) {
        case .unfit(let fault): return try form(visitor, problem: fault.sentence)
        case .invalid(let fault): return invalid(fault)
        case .ours(let badge, let wasRebound):
            return try await ProofPage(site: site).response(
                of: badge, on: office.today, remark: remark(badge.token, wasRebound))
        }
    }

    /// What was chosen or, without that, pasted.
    private func sent(_ request: Request) async throws -> Result<[UInt8], BadgeFileFault> {
        var limits = MultipartLimits(files: Office.largestBadgeFile)
        limits.parts = 8
        do {
            let sent = try await request.multipart(limits) { HeldFile() }
            try Guard.check(request, sent.form, key: office.settings.key, site.isSecure)
            if let file = try sent.file(Self.fileField), file.content.count > 0 {
                return .success(file.content.octets)
            }
            let text = try sent.form.single(Self.textField) ?? ""
            return .success(Array(text.utf8))
        } catch MultipartError.tooLarge { return .failure(.tooLarge) }
    }

    private func remark(_ token: String, _ wasRebound: Bool) -> HTML {
        let page = RoutePattern.verify.path(token)
        let told =
            wasRebound
            ? Part.note(
                "warn", BadgeWords.rebound,
                """
                <p>このファイルを保存したあとに、ご本人のメールアドレスが変わりました。任命が続いている方は、新しいファイルを保存し直せます。</p>
                """) : .none
        return """
            \(told)
            <p>ファイルの中の証明は、このサービスが発行したものです。絵や文字が発行したとおりかは、確かめていません。 \
            <a href="\(href(page))">この証明の画面をひらく</a></p>
            """
    }

    private func invalid(_ fault: CertificateVerdict.Fault) -> Response {
        let heading = CertificateVerdict.invalid(fault).heading
        return respond(
            heading,
            """
            <section class="proof sec flow">
              <div class="note bad">
                <h1 class="told">\(Icon.of("bad"))\(heading)</h1><p>\(fault.meaningOfBadge)</p>
              </div>
              <p><a href="\(href(Route.badgeFileCheck.path))">ほかのファイルを確かめる</a></p>
            </section>
            """)
    }

    private func form(
        _ visitor: Visitor, problem: String?, status: Status = .unprocessable
    ) throws -> Response {
        let file = Field(
            name: Self.fileField, label: "バッジのファイル", isRequired: false, isMarked: false,
            hint: "保存したバッジの画像（PNG・SVG）か、データ（JSON・JWT）。2MBまで",
            problems: problem.map { [$0] } ?? [])
        let text = Field(
            name: Self.textField, label: "または、バッジのデータの文字", isRequired: false, isMarked: false,
            hint: "JSONかJWTを、そのまま貼り付けます")
        let page = respond(
            Self.title, isError: problem != nil, status: status,
            """
            \(Part.errorSummary(problem.map { [(Self.fileField, $0)] } ?? []))
            <section class="sec flow">
              <h1>\(Self.title)</h1>
              <p>バッジの画像には、証明が入っています。このサービスが発行したものか、任命がいま有効かを確かめます。送られたファイルは、確かめたあとに残しません。</p>
              <form class="form flow" action="\(href(Route.badgeFileCheck.path))" method="post"
                  enctype="multipart/form-data" novalidate>
                <input type="hidden" name="csrf" value="\(visitor.csrf)">
                \(file.fileInput(accept: ".png,.svg,.json,.jwt,.jws,.txt"))
                <details><summary>文字を貼り付けて確かめる</summary>\(text.textArea(rows: 5))</details>
                \(Part.button("確かめる"))
              </form>
              <p>任命状は、<a href="\(href(Route.certificateCheck.path))">任命状の確認</a>で確かめられます。</p>
            </section>
            """)
        return try visitor.carrying(page)
    }

    private func respond(
        _ title: String, isError: Bool = false, status: Status = .ok, _ main: HTML
    ) -> Response {
        Page(title: title, isError: isError, main: main).response(site, status: status)
            .with("X-Robots-Tag", "noindex")
    }
}

/// A small file, in memory until it was judged.
private final class HeldFile: FileSink {
    private(set) var octets: [UInt8] = []
    var count: Int { octets.count }

    func append(_ bytes: [UInt8]) { octets += bytes }
}
