public import Enrollment
internal import EventLoop
internal import Secrets
public import Store

/// What became of a file that was sent.
public enum ReceivedGroup: Sendable {
    /// The number of its plan.
    case planned(String)
    /// The number under which it waits until somebody says what its columns are for.
    case waiting(String)
    case unfit([Problem])
}

/// What became of what was said of a file's columns.
public enum ChosenColumns: Sendable {
    /// The number of the plan: the one that was just made, or of a file that waits no more the one
    /// that somebody has made meanwhile.
    case planned(String)
    /// Something is still to be said.
    case open(ColumnsAtHand)
    case unfit(ColumnsAtHand, [Problem])
}

/// What somebody says of how a file is to be read.
public struct SaidOfFile: Sendable {
    let columns: [ColumnChoice]
    /// Nil for the sheet by which it is read already.
    let sheet: SheetChoice?

    public init(_ columns: [ColumnChoice], sheet: SheetChoice? = nil) {
        self.columns = columns
        self.sheet = sheet
    }
}

/// 列を選ぶ: a file, and what there is to say of its columns.
public struct ColumnsAtHand: Sendable {
    public let number: String
    public let fileName: String
    public let receivedAt: Instant
    public let columns: FileColumns
    /// Of a book, which of its sheets is read.
    public let sheets: FileSheets?
    /// What a column may be taken for.
    public let uses: [ColumnUse]
    /// What the organization has said of columns before.
    public let remembered: [RememberedColumn]
}

extension Office {
    /// 名簿を受け取る: plans a file, or keeps it until somebody says what its columns are for.
    public func receiveGroup(
        _ upload: GroupUpload, of scope: OrganizationScope, by actor: Actor
    ) async throws -> ReceivedGroup {
        let planned = try await planGroup(upload, of: scope, by: actor)
        if let number = planned.number { return .planned(number) }
        guard planned.columns != nil else { return .unfit(planned.fileProblems) }
        let number = sayableNumber("U")
        let file = NewGroupFile(
            of: scope, file: (upload.name, upload.bytes), sha256: "", format: planned.format,
            coordinator: upload.coordinator, leavingCount: 0)
        let moment = moment(actor)
        let sheet = upload.sheet.name
        try await write { writing in
            try await writing.keep(file, waitingAs: number, sheet: sheet, at: moment)
            record(
                [Event(.receiveGroup, on: "group_file:\(number)")], in: writing, at: moment)
        }
        return .waiting(number)
    }

    /// 列を選ぶ. What there is to say of the columns of a file that waits, or whose plan is not sent
    /// yet. Throws `Refusal.notFound` for a file of others or none, and `Refusal.conflict` where
    /// nothing can be said any more.
    public func columnsOfFile(
        _ number: String, of scope: OrganizationScope
    ) async throws -> ChosenColumns {
        let file = try await fileToRead(number, of: scope, from: reading)
        guard case .open(let file) = file else { return .planned(file.number) }
        guard let hand = try await columns(of: file, choosing: file.choices) else {
            throw Refusal.conflict(.fileCannotBePlanned)
        }
        return .open(hand)
    }

    /// Says what the columns of such a file are for, and which sheet of a book is meant: plans it
    /// by that, in the place of the plan that there was, and remembers what was said of columns for
    /// the organization's next file. Where something is missing nothing is done, and all of it is
    /// told. Throws as `columnsOfFile`.
    public func chooseColumns(
        _ said: SaidOfFile, of number: String, within scope: OrganizationScope, by actor: Actor
    ) async throws -> ChosenColumns {
        let found = try await fileToRead(number, of: scope, from: reading)
        guard case .open(let file) = found else { return .planned(found.number) }
        let before = try await remembered(of: file.scope, from: reading)
        let source = file.reading(said.sheet, remembering: before)
        let choices = source.choices.with(said.columns)
        let hand = try await columns(of: source, choosing: choices)
        if let hand, !hand.columns.isSettled { return .open(hand) }
        let rules = try await currentRules()
        let sender = try await sender(
            of: file.scope, under: rules, choosing: choices, from: reading)
        let made = try await makePlan(source.source, of: sender, on: today, from: reading)
        switch made {
        case .unfit(let problems, _): return try await unfit(problems, hand, of: file)
        case .made(let plan, let format, let leaving):
            let facts = PlanFacts(
                scope: file.scope, format: format, leaving: leaving,
                digest: try await runBlocking { Digest.ofPlan(plan.lines) },
                replaces: file.planID)
            return .planned(
                try await keep(plan, of: file, facts, said.columns, at: moment(actor)))
        }
    }

    /// Where a sheet is chosen of which nothing can be said, beside the one that was read before.
    private func unfit(
        _ problems: [Problem], _ hand: ColumnsAtHand?, of file: FileToRead
    ) async throws -> ChosenColumns {
        if let hand { return .unfit(hand, problems) }
        guard let before = try await columns(of: file, choosing: file.choices) else {
            throw Refusal.conflict(.fileCannotBePlanned)
        }
        return .unfit(before, problems)
    }

    /// What an organization has said of columns, by its code. Throws `Refusal.notFound`.
    public func rememberedColumns(of code: String) async throws -> [RememberedColumn] {
        guard let organization = try await currentRules().organization(code: code) else {
            throw Refusal.notFound
        }
        return try await reading.rememberedColumns(of: organization.id)
    }

    /// What the organization has said of columns before.
    func remembered(
        of scope: OrganizationScope, from reading: ReadStore
    ) async throws -> ColumnChoices {
        ColumnChoices(
            try await reading.rememberedColumns(of: scope.organizationID).map(\.choice))
    }

    /// What can be said of a file's columns, where nothing else is wrong with it.
    func columnsToChoose(
        _ source: SheetToRead, _ problems: [Problem], of sender: GroupSender
    ) async throws -> FileColumns? {
        let stops = problems.filter { $0.severity == .stop }
        guard stops.allSatisfy({ ProblemCode.ofColumns.contains($0.code) }) else { return nil }
        let columns = try await GroupFileReader.columns(
            source, under: sender.rules, choosing: sender.choices)?.0
        return columns.flatMap { $0.isOpen ? $0 : nil }
    }

    /// Nil where no row of the sheet that is meant looks like headings.
    private func columns(
        of file: FileToRead, choosing choices: ColumnChoices
    ) async throws -> ColumnsAtHand? {
        let rules = try await currentRules()
        let found = try await GroupFileReader.columns(
            file.source, under: rules, choosing: choices)
        guard let (columns, sheets) = found else { return nil }
        return ColumnsAtHand(
            number: file.number, fileName: file.name, receivedAt: file.receivedAt,
            columns: columns, sheets: sheets, uses: ColumnUse.all(under: rules),
            remembered: try await reading.rememberedColumns(of: file.scope.organizationID))
    }

    /// Keeps the plan in one transaction with what was said. Whoever comes second gets the plan of
    /// the first.
    private func keep(
        _ plan: GroupPlan, of file: FileToRead, _ facts: PlanFacts, _ choices: [ColumnChoice],
        at moment: WriteStamp
    ) async throws -> String {
        let upload = GroupUpload(
            name: file.name, bytes: file.bytes, coordinator: file.coordinator)
        return try await write { writing in
            if let taken = try await take(file, in: writing) { return taken }
            let number = try await keep(plan, upload, facts, in: writing, at: moment)
            if let waiting = file.waitingID {
                try await writing.finish(waiting: waiting, as: number)
            }
            if let replaced = file.planID { try await writing.replacePlan(replaced) }
            let before = try await remembered(of: file.scope, from: writing.reading)
            try await writing.remember(
                before.news(of: choices, plan.columns), of: file.scope.organizationID, at: moment)
            return number
        }
    }

    /// The number of the plan that somebody has made of a file meanwhile; nil when it is ours.
    private func take(_ file: FileToRead, in writing: WriteTransaction) async throws -> String? {
        guard file.waitingID == nil else {
            guard let waiting = try await writing.lockWaitingFile(file.number) else {
                throw Refusal.notFound
            }
            return waiting.planNumber
        }
        guard let plan = try await writing.lockPlan(file.number) else { throw Refusal.notFound }
        try await checkUnsent(plan, from: writing.reading)
        return nil
    }
}
