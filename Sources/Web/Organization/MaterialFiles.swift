internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store
internal import TemporaryFiles
internal import Words

/// 資材の表: given to be filled in, looked at, asked for.
struct MaterialFiles: Room {
    let site: Site

    func download(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        file(try await office.materialTableFile(of: member.scope), "text/csv", "csv")
    }

    func downloadBook(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        file(
            try await office.materialTableBook(of: member.scope), GroupFiles.bookType, "xlsx")
    }

    private func file(_ bytes: [UInt8], _ type: HeaderValue, _ kind: String) -> Response {
        let name = "\(MaterialWords.table)_\(office.year.word).\(kind)"
        return Response(.ok, type: type, bytes: bytes)
            .with(.contentDisposition, ContentDisposition.attachment(filename: name))
            .with(.cacheControl, "no-store")
    }

    /// 表をたしかめる: what each row asks for; nothing is asked for yet.
    func receive(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        let sent = try await request.multipart { try TemporaryFile() }
        try Guard.check(request, sent.form, key: office.settings.key, site.isSecure)
        let room = Materials(site: site)
        let number = try await room.file(try sent.form.single(Materials.fileField), member)
        let chosen = try sent.file("file").flatMap {
            $0.head.filename?.isEmpty == false ? $0.content : nil
        }
        guard let chosen, chosen.count > 0 else {
            return try await room.page(
                member, problems: ["\(MaterialWords.table)のファイルを選んでください。"], file: number)
        }
        do {
            let plan = try await office.planMaterials(chosen, within: member.scope)
            return try await page(member, plan, number)
        } catch let fault as MaterialFileFault {
            let messages = Messages(try await office.rules(of: office.year), year: office.year)
            return try await room.page(
                member, problems: [fault.sentence(messages)], file: number)
        }
    }

    private func page(
        _ member: OrganizationMember, _ plan: MaterialFilePlan, _ file: String?
    ) async throws -> Response {
        let page = MaterialFilePage(
            plan: plan, file: file, key: Base64URL.encode(office.random.bytes(12)),
            messages: Messages(try await office.rules(of: office.year), year: office.year))
        return try respond(
            to: member,
            StaffPage(
                title: page.heading, place: .materials, main: page.html(csrf: member.visitor.csrf),
                hasProblems: !plan.isFit))
    }

    /// この内容で頼む.
    func apply(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        let number = try await Materials(site: site).file(
            try form.single(Materials.fileField), member)
        guard let key = try form.single("key"), (1...40).contains(key.utf8.count) else {
            throw Refusal.notFound
        }
        let (_, unfit) = try await office.askMaterials(
            try form.single("rows") ?? "", MaterialFileForm(onceKey: key, fileNumber: number),
            within: member.scope, by: member.actor)
        if let unfit { return try await page(member, unfit, number) }
        return try member.visitor.seeOther(
            .materials, Materials.doneField, MaterialDone.table.rawValue)
    }
}

/// What a file would ask for, or which of its rows must be put right.
struct MaterialFilePage {
    let plan: MaterialFilePlan
    let file: String?
    let key: String
    let messages: Messages

    private var unfit: [MaterialFilePlan.Line] { plan.lines.filter { $0.order == nil } }

    var heading: String {
        plan.isFit ? "\(plan.lines.count.grouped)件の資材を頼みますか" : "表に、直してほしい行があります"
    }

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(Route.materials, Materials.title)], "表をたしかめる"))
        <section class="sec flow">
          <h1>\(heading)</h1>
          \(plan.isFit ? asking(csrf) : wrong)
          <p><a href="\(href(Route.materials.path))">何もしないで、もどる</a></p>
        </section>
        \(when(plan.isFit, all))
        """
    }

    private func asking(_ csrf: String) -> HTML {
        let hidden = [
            ("rows", plan.kept), ("key", key), (Materials.fileField, file ?? ""),
        ]
        return """
            <p>合わせて、\(MaterialWords.told(plan.counts))です。</p>
            \(noticed)
            \(Part.form(
                .applyMaterialFile, csrf: csrf,
                AskingPage.unseen(hidden) + Part.button("この内容で頼む")))
            """
    }

    private func list(_ lines: [(row: Int, problem: MaterialProblem)]) -> HTML {
        each(lines) { row, problem in
            """
            <li>\(row)行目「\(problem.field.heading)」：\(MaterialWords.sentence(problem, messages))</li>
            """
        }
    }

    private func told(_ isMeant: (MaterialProblem) -> Bool) -> [(row: Int, MaterialProblem)] {
        plan.lines.flatMap { line in
            line.problems.filter(isMeant).map { (line.row, $0) }
        }
    }

    private var noticed: HTML {
        let told = told { !$0.stops }
        guard !told.isEmpty else { return .none }
        return Part.note(
            "info", "送付先について（\(told.count.grouped)）",
            "<ul>\(list(Array(told.prefix(100))))</ul>")
    }

    private var wrong: HTML {
        let told = told(\.stops)
        return Part.note(
            "bad", "\(unfit.count.grouped)行に直してほしいところがあります",
            """
            <p>まだ何も頼んでいません。表を直して、もう一度送ってください。</p>
            <ul>\(list(Array(told.prefix(200))))</ul>
            \(when(told.count > 200, "<p>はじめの200件です。</p>"))
            """)
    }

    private var all: HTML {
        let rows = plan.lines.prefix(200).map { line -> [HTML] in
            [
                "\(line.row)行目",
                "\(line.place)",
                "\(line.order.map { MaterialWords.told($0.counts) } ?? "")",
                "\(line.draft[.prefecture] + line.draft[.city] + line.draft[.street])",
                "\(line.draft[.addressee])",
            ]
        }
        let more = plan.lines.count - rows.count
        return """
            <section class="sec flow"><h2>頼む内容</h2>
            \(Table("頼む内容", ["行", "事業所", "数", "送付先", "宛名・部署"], Array(rows)).html)
            \(when(more > 0, "<p>ほかに\(more.grouped)行あります。</p>"))
            </section>
            """
    }
}

extension MaterialFilePlan.Line {
    /// By its code.
    fileprivate var place: String {
        draft[.place].isEmpty ? MaterialWords.wholeOrganization : draft[.place]
    }
}

extension MaterialFileFault {
    fileprivate func sentence(_ messages: Messages) -> String {
        switch self {
        case .file(let problem): messages.faults([problem]).joined(separator: " ")
        case .headingsMissing(let headings):
            "必要な列がありません：\(headings.joined(separator: "、"))。「\(MaterialWords.table)を保存する」の表を使ってください。"
        case .asksForNothing: "数の入った行がありません。ステッカー、名札、資料のどれかの数を書いてください。"
        case .tooManyRows(let limit): "行が多すぎます。\(limit.grouped)行ずつに分けて送ってください。"
        }
    }
}
