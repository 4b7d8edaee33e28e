internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 団体の名簿: what organizations have sent, and the way to take it back.
struct OfficeFiles: Room {
    let site: Site

    static let title = "団体の名簿"

    func show(_ member: CaseReader, _ request: Request) async throws -> Response {
        let rules = try await office.rules(of: office.year)
        let pages = FilePages(
            try await office.reading.groupFiles(
                of: nil, before: try FilePages.before(request), limit: 51), size: 50)
        let page = OfficeFilesPage(
            next: pages.next(.files),
            files: pages.shown.map { ($0, rules?.organization(id: $0.organizationID)?.name ?? "") },
            maySetConsents: member.account.may(.review))
        return try respond(
            to: member, StaffPage(title: Self.title, place: .files, main: page.html))
    }

    /// A file that was sent: how many rows came to what, and whether it can be taken back.
    func showFile(_ member: CaseReader, _ request: Request) async throws -> Response {
        guard
            let file = try await office.reading.groupFile(
                number: try request.query.single("number") ?? "")
        else { throw Refusal.notFound }
        let rules = try await office.rules(of: file.year)
        let page = OfficeFilePage(
            file: file, organization: rules?.organization(id: file.organizationID)?.name ?? "",
            done: try await office.reading.linesDone(of: file.id),
            undo: try await office.undoOutlook(of: file),
            mayUndo: member.account.may(.review))
        return try respond(
            to: member,
            StaffPage(
                title: page.heading, place: .files, main: page.html(csrf: member.visitor.csrf)))
    }

    func plan(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        let plan = try await office.planUndo(
            ofGroup: try form.single("number") ?? "", within: nil, by: member.actor)
        return try member.visitor.seeOther(.officeUndo, "number", plan.number)
    }

    func showUndo(_ member: Reviewer, _ request: Request) async throws -> Response {
        guard let undo = try await office.undoPlan(try request.query.single("number") ?? "") else {
            throw Refusal.notFound
        }
        return try await undoPage(undo, .office, to: member, shown: request.query)
    }

    func apply(
        _ member: Reviewer, _ request: Request, _ form: Form
    ) async throws -> Response {
        let number = try form.single("number") ?? ""
        try await office.askToUndo(number, within: nil, by: member.actor)
        return try member.visitor.seeOther(.officeUndo, "number", number)
    }
}

/// The files of all organizations, the newest first.
struct OfficeFilesPage {
    let next: HTML
    let files: [(file: GroupFileRecord, organization: String)]
    let maySetConsents: Bool

    var html: HTML {
        """
        <section class="sec flow">
          <h1>\(OfficeFiles.title)</h1>\(list)\(next)
          \(when(maySetConsents, consents))
        </section>
        """
    }

    private var consents: HTML {
        "<p><a href=\"\(href(Route.consents.path))\">団体の同意の決まりを見る・変える</a></p>"
    }

    private var list: HTML {
        guard !files.isEmpty else { return "<p>送られた名簿は、まだありません。</p>" }
        let rows = files.map { file, organization -> [HTML] in
            let link = href(Route.officeFile.with("number", file.number))
            return [
                "<a href=\"\(link)\">\(file.number)</a>", "\(organization)",
                "\(file.uploadedAt.word)", "\(file.rowCount.grouped)",
                "\(file.appliedCount.grouped)", "\(GroupFilePage.word(file))",
            ]
        }
        return Table(
            "送られた名簿（新しいものから）",
            ["番号", "団体", "受け付けた日時", .number("行数"), .number("登録・変更"), "状態"], rows
        ).html
    }
}

/// A file of an organization, as the office sees it.
struct OfficeFilePage {
    let file: GroupFileRecord
    let organization: String
    let done: [LineResult: Int]
    let undo: UndoOutlook
    let mayUndo: Bool

    var heading: String { "団体の名簿 \(file.number)" }

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(.files, OfficeFiles.title)], file.number))
        <section class="sec flow"><h1>\(heading)</h1>\(Part.answers(pairs))</section>
        \(when(mayUndo, UndoPart(file: file, outlook: undo, pages: .office).html(csrf: csrf)))
        """
    }

    private var pairs: [(String, String)] {
        func count(_ words: LineResult...) -> String {
            "\(words.reduce(0) { $0 + (done[$1] ?? 0) }.grouped)件"
        }
        return [
            ("団体", organization), ("ファイル", file.fileName),
            ("受け付けた日時", file.uploadedAt.word),
            ("状態", GroupFilePage.word(file)), ("行数", "\(file.rowCount.grouped)行"),
            ("新しく名簿に加わった人", count(.submitted, .affiliated, .merged)),
            ("内容の変更", count(.changed)), ("変更なし", count(.unchanged)),
        ]
    }
}
