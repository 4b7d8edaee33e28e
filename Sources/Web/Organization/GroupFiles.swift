internal import Enrollment
internal import HTML
public import HTTP
internal import Procedures
public import TemporaryFiles
internal import Secrets
internal import Store
internal import Words

extension TemporaryFile: FileSink {}

/// 団体応募: an organization's files, from the upload to what became of them.
struct GroupFiles: Room {
    let site: Site

    /// 団体のようす: how many people, the form to send a file, what was sent.
    func showGroup(
        _ member: OrganizationMember, _ request: Request
    ) async throws -> Response {
        let isDiscarded = try request.query.single(Self.discarded) != nil
        return try respond(
            to: member,
            StaffPage(
                title: Self.title, place: .group,
                main: when(isDiscarded, GroupDiscarding.note)
                    + (try await groupPage(member, before: try FilePages.before(request)))))
    }

    /// In an address: a file was put away that nothing is left of.
    private static let discarded = "discarded"
    /// In an address: it was not put away, because it was sent, or planned anew, before.
    private static let late = "late"

    static let title = "団体でまとめて応募する"

    static let bookType: HeaderValue =
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    /// 名簿をたしかめる: takes the file and makes the plan. It is counted before it is read, and given back
    /// where nothing is taken for planning.
    func receive(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        do {
            try await office.countUpload(byAccount: member.account.id, from: request.client)
        } catch Refusal.tooMany(_, let seconds) {
            return try await tooManyFiles(request, member, seconds)
        }
        let sent: SentGroupFile<TemporaryFile>
        do { sent = try await sentFile(request) { try TemporaryFile() } } catch {
            try await office.giveBackUpload(byAccount: member.account.id, from: request.client)
            throw error
        }
        guard let file = sent.file, let evidence = sent.answers.evidence, sent.problems.isEmpty
        else {
            try await office.giveBackUpload(byAccount: member.account.id, from: request.client)
            return try await unfit(sent.problems, member, sent.answers)
        }
        return try await plan(file, evidence, sent.answers, of: member)
    }

    private func plan(
        _ file: MultipartForm<TemporaryFile>.File, _ evidence: EvidenceKind,
        _ answers: UploadAnswers, of member: OrganizationMember
    ) async throws -> Response {
        let coordinator = Coordinator(
            name: member.account.name, phone: "", email: member.account.email,
            evidence: evidence, attests: false)
        let upload = try await GroupUpload(
            name: String((file.head.filename ?? "").suffix(100)), file: file.content,
            coordinator: coordinator, sheet: SheetChoice(typed: answers.sheet))
        switch try await office.receiveGroup(upload, of: member.scope, by: member.actor) {
        case .planned(let number): return try member.visitor.seeOther(.groupFile, "number", number)
        case .waiting(let number):
            return try member.visitor.seeOther(.groupColumns, "number", number)
        case .unfit(let problems):
            let messages = Messages(try await office.rules(of: office.year), year: office.year)
            return try await unfit(UploadProblems(problems, messages), member, answers)
        }
    }

    private func sentFile<Sink: FileSink>(
        _ request: Request, into sink: () throws -> Sink
    ) async throws -> SentGroupFile<Sink> {
        let sent = try await request.multipart(into: sink)
        try Guard.check(request, sent.form, key: office.settings.key, site.isSecure)
        return try SentGroupFile(sent)
    }

    /// 429 with what was chosen. The file is let pass unread: an answer before its end would not
    /// reach a browser that is still sending.
    private func tooManyFiles(
        _ request: Request, _ member: OrganizationMember, _ seconds: Int
    ) async throws -> Response {
        let sent = try await sentFile(request) { PassedFile() }
        let problems = UploadProblems([
            "続けて多くの名簿が送られたため、いまは受け付けられません。"
                + "\(Waiting.minutes(seconds))分ほど待ってから、もう一度「名簿をたしかめる」を押してください。"
        ])
        return try await unfit(
            problems, member, sent.answers, status: .tooManyRequests
        ).with(.retryAfter, HeaderValue(seconds))
    }

    /// The page again, with what is wrong with the file as a whole.
    func unfit(
        _ problems: UploadProblems, _ member: OrganizationMember,
        _ answers: UploadAnswers = UploadAnswers(), status: Status = .unprocessable
    ) async throws -> Response {
        try respond(
            to: member,
            StaffPage(
                title: Self.title, place: .group,
                main: try await groupPage(member, problems: problems, answers: answers),
                hasProblems: true, status: status))
    }

    func showPlan(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        let number = try request.query.single("number") ?? ""
        let isLate = try request.query.single(Self.late) != nil
        return try await planPage(
            try await ownFile(number, member), member, nil,
            told: when(isLate, GroupDiscarding.tooLate))
    }

    private func planPage(
        _ file: GroupFileRecord, _ member: OrganizationMember, _ problem: Problem?,
        told: HTML = .none
    ) async throws -> Response {
        let job = try await office.groupJob(file.number)
        if let job, job.state == .waiting {
            let page = GroupWorkingPage(file: file, job: job)
            return try respond(
                to: member,
                StaffPage(title: page.heading, place: .group, main: told + page.html))
        }
        try await office.witness(
            .openGroupFile, on: "group_file:\(file.number)", by: member.actor)
        let page = GroupFilePage(
            outlook: try await office.outlook(of: file), job: job, problem: problem,
            messages: Messages(try await office.rules(of: file.year), year: file.year))
        return try respond(
            to: member,
            StaffPage(
                title: page.heading, place: .group,
                main: told + page.html(csrf: member.visitor.csrf),
                hasProblems: problem != nil))
    }

    func downloadErrors(
        _ member: OrganizationMember, _ request: Request
    ) async throws -> Response {
        let number = try request.query.single("number") ?? ""
        let file = try await ownFile(number, member)
        guard let errors = try await office.errorFile(of: file.number) else {
            throw Refusal.notFound
        }
        try await office.witness(
            .downloadErrors, on: "group_file:\(file.number)", by: member.actor)
        let name = errors.isBook ? "直す行.xlsx" : "直す行.csv"
        let type: HeaderValue = errors.isBook ? Self.bookType : "text/csv"
        return Response(.ok, type: type, bytes: errors.bytes)
            .with(.contentDisposition, ContentDisposition.attachment(filename: name))
            .with(.cacheControl, "no-store")
    }

    func apply(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        let number = try form.single("number") ?? ""
        let file = try await ownFile(number, member)
        guard try form.single("agent_attestation") == "yes" else {
            return try await planPage(file, member, Problem(.attestationMissing))
        }
        return try await orPlan(number, member) {
            try await office.askToApplyGroup(number, of: member.scope, by: member.actor)
            return try member.visitor.seeOther(.groupFile, "number", number)
        }
    }

    /// 取りやめる: a file that waits leaves nothing behind, of a plan its page tells it.
    func discard(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        let number = try form.single("number") ?? ""
        guard try await isOwn(number, member) else { return try await gone(member) }
        let isPlan = try await office.reading.groupFile(number: number) != nil
        do {
            try await office.discardGroup(number, within: member.scope, by: member.actor)
        } catch Refusal.conflict where isPlan {
            let page = Route.groupFile.with("number", number) + "&\(Self.late)=1"
            return try member.visitor.carrying(Response.seeOther(page))
        }
        return isPlan
            ? try member.visitor.seeOther(.groupFile, "number", number)
            : try member.visitor.seeOther(.group, Self.discarded, "1")
    }

    /// A file of what the coordinator looks after; a foreign one looks like none, but that it was
    /// asked for is noted.
    private func ownFile(
        _ number: String, _ member: OrganizationMember
    ) async throws -> GroupFileRecord {
        guard let file = try await office.reading.groupFile(number: number) else {
            throw Refusal.notFound
        }
        guard member.scope.contains(file.scope) else {
            await site.note(.accessRefused, by: member.actor, on: "group_file:\(file.number)")
            throw Refusal.notFound
        }
        return file
    }

    private func groupPage(
        _ member: OrganizationMember, problems: UploadProblems = UploadProblems(),
        answers: UploadAnswers = UploadAnswers(), before file: Int? = nil
    ) async throws -> HTML {
        let scope = member.scope
        let rules = try await office.currentRules()
        let name = rules.organization(id: scope.organizationID)?.name ?? ""
        let count = try await office.reading.memberCount(of: scope, in: office.year)
        let pages = FilePages(
            try await office.reading.groupFiles(of: scope, before: file, limit: 11), size: 10)
        let places = ListedPlaces(
            try await office.reading.businessPlaces(of: scope.organizationID), within: scope,
            on: office.today)
        return """
            \(Part.errorSummary(problems.told))
            <section class="sec flow">
              <h1>\(name)\(places.ownName)</h1>
              <p>
                \(rules.year.word)に応募した人：\(count.grouped)人　
                <a href="\(href(Route.members.path))">名簿を見る</a>
              </p>
            </section>
            <section class="sec flow">
              <h2>名簿をえらぶ</h2>
              \(early(rules))\(places.html)\(uploadForm(member.visitor.csrf, problems, answers))
            </section>
            \(WaitingList(files: try await office.reading.waitingFiles(of: scope, limit: 100)).html)
            <section class="sec flow">
              <h2>これまでにえらんだ名簿</h2>\(fileList(pages.shown))\(pages.next(.group))
            </section>
            """
    }

    /// What people need for the year to come and can tell now, so that they are renewed.
    private func early(_ rules: FiscalYearRules) -> HTML {
        guard !rules.early.isEmpty else { return .none }
        let list = each(rules.early) { video in
            """
            <li>
              「\(ApplicationField.viewedOn(slot: video.slot).heading)」：
              <a href="\(href(video.url))">\(video.title)</a>
            </li>
            """
        }
        return Part.note(
            "info", "\(rules.year.next.word)に必要な動画",
            """
            <p>
              次の列に見た日を入れて名簿を送ると、\(rules.year.next.word)も引き続き任命されるための記録になります。まだ見ていない人は、空のままにしてください。
            </p>
            <ul>\(list)</ul>
            """
        )
    }

    private func uploadForm(
        _ csrf: String, _ problems: UploadProblems, _ answers: UploadAnswers
    ) -> HTML {
        let evidence = Field(
            name: "evidence", label: "動画の視聴を確認した方法",
            value: answers.evidence?.rawValue ?? "",
            problems: problems.ofEvidence
        ).radios(EvidenceKind.allCases.map { ($0.rawValue, $0.word, "") })
        let file = Field(
            name: "file", label: "名簿のファイル",
            hint: "Excelブック（.xlsx）か、CSV（Shift_JISでも、UTF-8でもかまいません）。30,000行、20MBまで。"
                + (problems.isEmpty ? "" : "ファイルは、もう一度えらんでください。"),
            problems: problems.ofFile
        ).fileInput(accept: ".xlsx,.csv,.txt,.tsv")
        let sheet = Field(
            name: Self.sheetField, label: "シートの名前", isRequired: false,
            hint: "Excelブックにシートがいくつもあり、読み取るシートを決めたいときに入れてください。",
            value: answers.sheet, problems: problems.ofSheet
        ).textInput
        return """
            <form class="form" action="\(href(Route.groupFiles.path))" method="post"
                enctype="multipart/form-data" novalidate>
              <input type="hidden" name="csrf" value="\(csrf)">\(file)\(sheet)\(evidence)
              \(Part.button("名簿をたしかめる"))
            </form>
            <p><a href="\(href(Route.ownTemplateBook.path))">名簿のひな形を保存する（Excel）</a></p>
            <p><a href="\(href(Route.ownTemplate.path))">名簿のひな形を保存する（CSV）</a></p>
            """
    }

    private func fileList(_ files: [GroupFileRecord]) -> HTML {
        guard !files.isEmpty else {
            return "<p>まだ名簿はありません。ひな形を保存して、Excelで入力してから送ってください。</p>"
        }
        return Table(
            "これまでにえらんだ名簿", ["えらんだ日時", "ファイル", .number("行数"), "状態"],
            files.map { file in
                let link = href(Route.groupFile.with("number", file.number))
                return [
                    "<a href=\"\(link)\">\(file.uploadedAt.word)</a>", "\(file.fileName)",
                    "\(file.rowCount.grouped)", "\(GroupFilePage.word(file))",
                ]
            }
        ).html
    }
}

/// What was answered beside a file.
struct UploadAnswers {
    var evidence: EvidenceKind?
    /// The name of the sheet as it was typed.
    var sheet = ""
}

/// What came with an upload.
private struct SentGroupFile<Sink: FileSink> {
    /// Nil where none was chosen.
    let file: MultipartForm<Sink>.File?
    let answers: UploadAnswers

    init(_ sent: MultipartForm<Sink>) throws {
        answers = UploadAnswers(
            evidence: try sent.form.single("evidence").flatMap { EvidenceKind(rawValue: $0) },
            sheet: try sent.form.single(GroupFiles.sheetField) ?? "")
        file = try sent.file("file").flatMap { $0.head.filename?.isEmpty == false ? $0 : nil }
    }

    var problems: UploadProblems {
        UploadProblems(file: file?.content.count, hasEvidence: answers.evidence != nil)
    }
}

/// A file that nobody reads.
private final class PassedFile: FileSink {
    private(set) var count = 0

    func append(_ bytes: [UInt8]) { count += bytes.count }
}

/// What is wrong with an upload, each beside its question.
struct UploadProblems {
    var ofFile: [String] = []
    var ofSheet: [String] = []
    var ofEvidence: [String] = []

    init(_ ofFile: [String] = []) { self.ofFile = ofFile }

    /// What is wrong with a file that was read.
    init(_ problems: [Problem], _ messages: Messages) {
        ofFile = messages.faults(problems.filter { $0.code != .sheetNotThere })
        ofSheet = messages.faults(problems.filter { $0.code == .sheetNotThere })
    }

    /// `size` of the file in octets, nil where none was chosen.
    init(file size: Int?, hasEvidence: Bool) {
        if size == nil { ofFile = ["名簿のファイルを選んでください。"] }
        if size == 0 { ofFile = ["このファイルには何も入っていません。名簿を入力して保存したファイルを選んでください。"] }
        if !hasEvidence { ofEvidence = ["動画の視聴を確認した方法を選んでください。"] }
    }

    var isEmpty: Bool { told.isEmpty }

    var told: [(field: String, text: String)] {
        ofFile.map { ("file", $0) } + ofSheet.map { (GroupFiles.sheetField, $0) }
            + ofEvidence.map { ("evidence", $0) }
    }
}
