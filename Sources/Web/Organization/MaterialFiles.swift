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
            try form.single("rows") ?? "",
            MaterialFileForm(
                onceKey: key, fileNumber: number,
                waitingMark: try form.single("waiting") ?? ""),
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
            ("waiting", plan.waitingMark),
        ]
        return """
            <p>合わせて、\(MaterialWords.told(plan.counts))です。</p>
            \(waiting)\(noticed)
            \(Part.form(
                .applyMaterialFile, csrf: csrf,
                AskingPage.unseen(hidden) + Part.button("この内容で頼む")))
            """
    }

    private func list(_ lines: [String]) -> HTML { each(lines) { "<li>\($0)</li>" } }

    /// What is wrong with a row, or should be looked at, by the columns of the table.
    private func told(stopping: Bool) -> [String] {
        plan.lines.flatMap { line in
            line.problems.filter { $0.stops == stopping }.map {
                "\(line.row)行目「\($0.column)」：\(line.sentence($0, messages))"
            } + (stopping ? line.placeProblems.map { "\(line.row)行目\(line.sentence($0))" } : [])
        }
    }

    /// What is waited for already: nothing is asked for twice without a word.
    private var waiting: HTML {
        let lines = plan.lines.filter { !$0.waiting.isEmpty }
        guard !lines.isEmpty else { return .none }
        let told = lines.prefix(100).map {
            "\($0.row)行目　\($0.place)：\($0.waiting.told(of: "この事業所"))"
        }
        return Part.note(
            "warn", "\(lines.count.grouped)行の事業所には、依頼中のものがあります",
            """
            <p>この内容で頼むと、依頼中のものとは別に、もう一度送られます。よく確かめてください。</p>
            <ul>\(list(told))</ul>
            """)
    }

    private var noticed: HTML {
        let told = told(stopping: false)
        guard !told.isEmpty else { return .none }
        return Part.note(
            "info", "送付先について（\(told.count.grouped)）",
            "<ul>\(list(Array(told.prefix(100))))</ul>")
    }

    private var wrong: HTML {
        let told = told(stopping: true)
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
                "\(line.place)"
                    + when(
                        !line.waiting.isEmpty, "<br>\(line.waiting.told(of: "この事業所"))"),
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
    /// 東病院（east）.
    fileprivate var place: String {
        let code = draft[.place]
        if code.isEmpty { return MaterialWords.wholeOrganization }
        return placeName.map { "\($0)（\(code)）" } ?? code
    }

    fileprivate func sentence(_ problem: MaterialProblem, _ messages: Messages) -> String {
        switch problem {
        case .countOutOfRange:
            "「\(draft[problem.field])」は使えません。0から9999の整数だけを書いてください。"
                + "頼まないものは、空欄のままでかまいません。"
        case .placeUnknown where draft[.place].isEmpty: "事業所コードか事業所の名前を書いてください。"
        case .placeUnknown:
            "「\(draft[.place])」という事業所はありません。保存した表にある事業所コードを書いてください。"
                + "ほかの事業所や、なくなった事業所の分は頼めません。"
        default: MaterialWords.sentence(problem, messages)
        }
    }

    fileprivate func sentence(_ problem: MaterialPlaceProblem) -> String {
        switch problem {
        case .disagrees(let called, let typed):
            "「\(MaterialColumn.place)」：事業所コード「\(draft[.place])」は「\(called)」ですが、"
                + "「\(typed)」と書かれています。どちらかを直してください。"
        case .isTwice(let row):
            "「\(MaterialColumn.code)」：\(row)行目と同じところ（\(place)）です。1行にまとめてください。"
        }
    }
}

extension MaterialProblem {
    /// The column of the table in which it is.
    fileprivate var column: String {
        field == .place ? MaterialColumn.code : field.heading
    }
}

extension [MaterialRecord] {
    /// この事業所は、名札3枚を依頼中です（番号12）.
    func told(of place: String) -> String {
        let counts = reduce(MaterialCounts()) { $0 + $1.order.counts }
        let numbers = map { "\($0.number)" }.joined(separator: "、")
        return "\(place)は、\(MaterialWords.told(counts))を依頼中です（番号\(numbers)）。"
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
