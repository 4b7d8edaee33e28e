internal import Enrollment
internal import HTML
public import HTTP
internal import Procedures
public import Scratch
internal import Secrets
internal import Store
internal import Words

extension ScratchFile: FileSink {}

extension Site {
    /// 団体のようす: how many people, the form to send a file, what was sent.
    func showGroup(_ request: Request) async throws -> Response {
        let visitor = Visitor(request, self)
        let clerk = try await clerk(visitor)
        let main = try await groupPage(clerk.organizationID, visitor, problems: [])
        return try visitor.take(Page(title: "団体でまとめて応募する", main: main).response(self))
    }

    /// 名簿をたしかめる: takes the file and makes the plan.
    func receiveGroupFile(_ request: Request) async throws -> Response {
        let visitor = Visitor(request, self)
        try Guard.checkOrigin(of: request)
        let clerk = try await clerk(visitor)
        let sent = try await request.multipart { try ScratchFile() }
        try Guard.check(request, sent.form, key: office.settings.key, isSecure)
        guard let code = clerk.account.organizationCode else { throw Refusal.notYours }
        let evidence = try sent.form.single("evidence").flatMap { EvidenceKind(rawValue: $0) }
        guard let file = try sent.file("file"), file.head.filename?.isEmpty == false, let evidence
        else {
            let problem = "名簿のファイルと、動画の視聴を確認した方法を選んでください。"
            return try await unfit([problem], clerk.organizationID, visitor, evidence)
        }
        guard file.content.count > 0 else {
            let problem = "このファイルには何も入っていません。名簿を入力して保存したファイルを選んでください。"
            return try await unfit([problem], clerk.organizationID, visitor, evidence)
        }
        let agent = GroupAgent(
            name: clerk.account.name, phone: "", email: clerk.account.email, evidence: evidence,
            attests: false)
        let upload = try await GroupUpload(
            name: String((file.head.filename ?? "").suffix(100)), file: file.content, agent: agent)
        let planned = try await office.planGroup(
            upload, of: code, by: "account:\(clerk.account.id)")
        guard let number = planned.number else {
            let messages = Messages(try await office.rules(of: office.year), year: office.year)
            return try await unfit(
                planned.fileProblems.map { messages.sentence($0) }, clerk.organizationID, visitor,
                evidence)
        }
        return try visitor.take(Response.seeOther(Route.groupFile.path + "?number=\(number)"))
    }

    /// The page again, with what is wrong with the file as a whole.
    private func unfit(
        _ problems: [String], _ organizationID: Int, _ visitor: Visitor, _ evidence: EvidenceKind?
    ) async throws -> Response {
        let main = try await groupPage(
            organizationID, visitor, problems: problems, evidence: evidence ?? .personal)
        return try visitor.take(
            Page(title: "団体でまとめて応募する", isError: true, main: main)
                .response(self, status: .unprocessable))
    }

    /// 団体応募様式: the file to fill in, as Excel opens it.
    func downloadTemplate(_ request: Request) async throws -> Response {
        let rules = try await office.currentRules()
        let name = GroupTemplate.fileName(rules.year)
        return Response(.ok, type: "text/csv", bytes: office.groupTemplate(rules))
            .with(.contentDisposition, ContentDisposition.attachment(filename: name))
            .with(.cacheControl, "no-store")
    }

    func showGroupFile(_ request: Request) async throws -> Response {
        let visitor = Visitor(request, self)
        let clerk = try await clerk(visitor)
        let number = try request.query.single("number") ?? ""
        return try await groupFile(try await ownFile(number, clerk.organizationID), visitor, nil)
    }

    private func groupFile(
        _ file: GroupFileRecord, _ visitor: Visitor, _ problem: Problem?
    ) async throws -> Response {
        let job = try await office.groupJob(file.number)
        if let job, job.state == "waiting" {
            let page = GroupWorkingPage(file: file, job: job)
            return try respond(
                to: visitor, page.heading, under: RoleMenu(.organization, .group, visitor.csrf),
                page.html)
        }
        let page = GroupFilePage(
            outlook: try await office.outlook(of: file), job: job, problem: problem,
            messages: Messages(try await office.rules(of: file.year), year: file.year))
        return try respond(
            to: visitor, page.heading, under: RoleMenu(.organization, .group, visitor.csrf),
            page.html(csrf: visitor.csrf), hasProblems: problem != nil)
    }

    func showGroupErrors(_ request: Request) async throws -> Response {
        let visitor = Visitor(request, self)
        let clerk = try await clerk(visitor)
        let number = try request.query.single("number") ?? ""
        let file = try await ownFile(number, clerk.organizationID)
        guard let bytes = try await office.errorFile(of: file.number) else {
            throw Refusal.notFound
        }
        return Response(.ok, type: "text/csv", bytes: bytes)
            .with(.contentDisposition, ContentDisposition.attachment(filename: "直す行.csv"))
            .with(.cacheControl, "no-store")
    }

    func applyGroup(_ request: Request, _ form: Form) async throws -> Response {
        let visitor = Visitor(request, self)
        let clerk = try await clerk(visitor)
        let number = try form.single("number") ?? ""
        let file = try await ownFile(number, clerk.organizationID)
        guard try form.single("agent_attestation") == "yes" else {
            return try await groupFile(file, visitor, Problem(.e202))
        }
        try await office.askToApplyGroup(
            number, of: clerk.organizationID, holdingToo: try form.single("held") == "yes",
            by: "account:\(clerk.account.id)")
        return try visitor.take(Response.seeOther(Route.groupFile.path + "?number=\(number)"))
    }

    /// A file of the clerk's own body; a foreign one looks like none.
    private func ownFile(
        _ number: String, _ organizationID: Int
    ) async throws -> GroupFileRecord {
        guard let file = try await office.reading.groupFile(number: number),
            file.organizationID == organizationID
        else { throw Refusal.notFound }
        return file
    }

    private func groupPage(
        _ organizationID: Int, _ visitor: Visitor, problems: [String],
        evidence: EvidenceKind = .personal
    ) async throws -> HTML {
        let rules = try await office.currentRules()
        let name = rules.organizations.first { $0.id == organizationID }?.name ?? ""
        let count = try await office.reading.memberCount(of: organizationID, in: office.year)
        let files = try await office.reading.groupFiles(of: organizationID, limit: 10)
        let told = problems.map { ("file", $0) }
        return """
            \(RoleMenu(.organization, .group, visitor.csrf).html)\(Part.errorSummary(told))<section class="sec flow"><h1>\(name)</h1><p>\(rules.year.word)に応募した人：\(count.grouped)人　<a href="\(href(Route.members.path))">名簿を見る</a></p></section>
            <section class="sec flow"><h2>名簿をえらぶ</h2>\(uploadForm(visitor.csrf, problems, evidence))</section>
            <section class="sec flow"><h2>これまでにえらんだ名簿</h2>\(fileList(files))</section>
            """
    }

    private func uploadForm(
        _ csrf: String, _ problems: [String], _ chosen: EvidenceKind
    ) -> HTML {
        let evidence = Field(name: "evidence", label: "動画の視聴を確認した方法", value: chosen.rawValue)
            .radios(EvidenceKind.allCases.map { ($0.rawValue, $0.word, "") })
        let file = Field(
            name: "file", label: "名簿のファイル",
            hint: "CSV（ExcelのShift_JISでも、UTF-8でもかまいません）。30,000行、20MBまで。"
                + (problems.isEmpty ? "" : "ファイルは、もう一度えらんでください。"), problems: problems
        ).fileInput
        return """
            <form class="form" action="\(href(Route.groupFiles.path))" method="post" enctype="multipart/form-data" novalidate><input type="hidden" name="csrf" value="\(csrf)">\(file)\(evidence)\(Part.button("名簿をたしかめる"))</form><p><a href="\(href(Route.groupTemplate.path))">名簿のひな形を保存する（CSV）</a></p>
            """
    }

    private func fileList(_ files: [GroupFileRecord]) -> HTML {
        guard !files.isEmpty else {
            return "<p>まだ名簿はありません。ひな形を保存して、Excelで入力してから送ってください。</p>"
        }
        return Table(
            "これまでにえらんだ名簿", ["えらんだ日時", "ファイル", .number("行数"), "状態"],
            files.map { file in
                let link = href(Route.groupFile.path + "?number=\(file.number)")
                return [
                    "<a href=\"\(link)\">\(file.uploadedAt.word)</a>", "\(file.fileName)",
                    "\(file.rowCount.grouped)", "\(GroupFilePage.word(file.state))",
                ]
            }
        ).html
    }
}
