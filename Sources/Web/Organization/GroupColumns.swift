internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 列を選ぶ: what the columns of a file are for whose headings are not all understood.
extension GroupFiles {
    static let sheetField = "sheet"

    func showColumns(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        let number = try request.query.single("number") ?? ""
        guard try await isOwn(number, member) else { return try await gone(member) }
        try await office.witness(.openGroupFile, on: "group_file:\(number)", by: member.actor)
        return try await orPlan(number, member) {
            try await respond(
                to: member, try await office.columnsOfFile(number, of: member.scope), [],
                isSent: false)
        }
    }

    /// Counted as a file that is sent, for it is planned; given back where it is not.
    func chooseColumns(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        let number = try form.single("number") ?? ""
        guard try await isOwn(number, member) else { return try await gone(member) }
        try await office.countUpload(byAccount: member.account.id, from: request.client)
        return try await orPlan(number, member) {
            try await choose(form, of: number, member, request)
        }
    }

    private func choose(
        _ form: Form, of number: String, _ member: OrganizationMember, _ request: Request
    ) async throws -> Response {
        let columns = try SentColumns(form).choices
        let sheet = try form.single(Self.sheetField).flatMap { Int($0) }
        let chosen = try await office.chooseColumns(
            SaidOfFile(columns, sheet: sheet.map { SheetChoice.numbered($0) }), of: number,
            within: member.scope, by: member.actor)
        if case .planned = chosen {
        } else {
            try await office.giveBackUpload(byAccount: member.account.id, from: request.client)
            try await office.witness(.openGroupFile, on: "group_file:\(number)", by: member.actor)
        }
        let isSent =
            sheet == nil || form.fields.contains { $0.name.hasPrefix(SentColumns.column) }
        return try await respond(to: member, chosen, form.all("rest"), isSent: isSent)
    }

    /// Of a plan of which nothing can be said any more, its page says why.
    func orPlan(
        _ number: String, _ member: OrganizationMember, _ body: () async throws -> Response
    ) async throws -> Response {
        do { return try await body() } catch Refusal.conflict(let conflict) {
            guard try await office.reading.groupFile(number: number) != nil else {
                throw Refusal.conflict(conflict)
            }
            return try member.visitor.seeOther(.groupFile, "number", number)
        }
    }

    private func respond(
        to member: OrganizationMember, _ chosen: ChosenColumns, _ rest: [String], isSent: Bool
    ) async throws -> Response {
        let hand: ColumnsAtHand
        var problems: [Problem] = []
        switch chosen {
        case .planned(let number): return try member.visitor.seeOther(.groupFile, "number", number)
        case .open(let open): hand = open
        case .unfit(let unfit, let found): (hand, problems) = (unfit, found)
        }
        let messages = Messages(try await office.rules(of: office.year), year: office.year)
        let page = GroupColumnsPage(
            hand: hand, ofFile: messages.faults(problems), leavesOutRest: rest == ["yes"],
            isSent: isSent)
        return try respond(
            to: member,
            StaffPage(
                title: GroupColumnsPage.heading, place: .group,
                main: page.html(csrf: member.visitor.csrf),
                hasProblems: isSent || !problems.isEmpty))
    }

    /// Whether there is such a file among what the coordinator looks after; that a foreign one was
    /// asked for is noted.
    func isOwn(_ number: String, _ member: OrganizationMember) async throws -> Bool {
        let waiting = try await office.reading.waitingFile(number: number)?.scope
        let planned = try await office.reading.groupFile(number: number)?.scope
        guard let scope = waiting ?? planned else { return false }
        if member.scope.contains(scope) { return true }
        await site.note(.accessRefused, by: member.actor, on: "group_file:\(number)")
        return false
    }

    /// The file is forgotten, or was never theirs: where one can be sent again.
    func gone(_ member: OrganizationMember) async throws -> Response {
        try await unfit(
            UploadProblems(["この名簿は残っていません。取りやめた名簿と、保存期間を過ぎた名簿は消えます。もう一度えらんでください。"]), member,
            status: .notFound)
    }
}

/// What was chosen on the page: of each column its name and what it is for.
private struct SentColumns {
    static let column = "column-"
    let choices: [ColumnChoice]

    init(_ form: Form) throws {
        let rest: ColumnUse? = try form.single("rest") == "yes" ? .unused : nil
        choices = try form.fields.compactMap { field in
            guard field.name.hasPrefix(Self.column), let name = ColumnName(sent: field.value) else {
                return nil
            }
            let use = try form.single("use-" + field.name.dropFirst(Self.column.count)) ?? ""
            return (ColumnUse(code: use) ?? rest).map { ColumnChoice(name, $0) }
        }
    }
}

extension ColumnName {
    /// As a hidden field of the page carries it: which one of the heading, and the heading.
    var sent: String { "\(ordinal) \(heading)" }

    fileprivate init?(sent: String) {
        let parts = sent.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let ordinal = Int(parts[0]), (1...1_000).contains(ordinal) else {
            return nil
        }
        self.init(String(parts[1]), ordinal: ordinal)
    }
}
