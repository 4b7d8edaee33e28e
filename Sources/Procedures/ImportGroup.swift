public import Enrollment
internal import EventLoop
public import TemporaryFiles
internal import Secrets
internal import Spreadsheet
public import Store
internal import Words

/// What an organization sends: the file as it came, and who sends it.
public struct GroupUpload: Sendable {
    public let name: String
    public let bytes: [UInt8]
    public let coordinator: Coordinator
    /// What they say of its columns.
    public let choices: [ColumnChoice]
    /// Which sheet of a book they mean.
    public let sheet: SheetChoice

    public init(
        name: String, bytes: [UInt8], coordinator: Coordinator, choices: [ColumnChoice] = [],
        sheet: SheetChoice = .likeliest
    ) {
        self.name = name
        self.bytes = bytes
        self.coordinator = coordinator
        self.choices = choices
        self.sheet = sheet
    }

    /// A file that has arrived as a whole; only now is it brought into memory.
    public init(
        name: String, file: TemporaryFile, coordinator: Coordinator, sheet: SheetChoice
    ) async throws {
        self.init(
            name: name, bytes: try await runBlocking { try file.contents() },
            coordinator: coordinator, sheet: sheet)
    }

    var source: SheetToRead { SheetToRead(bytes: bytes, sheet: sheet) }
}

/// The plan of a file: its number when it was kept, and what it found.
public struct PlannedGroup: Sendable {
    /// Nil when the file could not be read as a whole; nothing was kept then.
    public let number: String?
    public let plan: GroupPlan?
    public let fileProblems: [Problem]
    public let format: String
    public let leavingCount: Int
    /// What can be said of its columns, so that it can be read; nil where that is not what is
    /// wrong.
    public let columns: FileColumns?
}

extension Office {
    /// 団体申請の下見 of a whole organization, by its code.
    public func planGroup(
        _ upload: GroupUpload, of code: String, by actor: Actor
    ) async throws -> PlannedGroup {
        let rules = try await currentRules()
        guard let organization = rules.organization(code: code) else { throw Refusal.notFound }
        return try await planGroup(upload, of: OrganizationScope(organization.id), by: actor)
    }

    /// 団体申請の下見. Reads the whole file and writes nothing but the plan. `scope` is how much of the
    /// organization whoever sends the file looks after.
    public func planGroup(
        _ upload: GroupUpload, of scope: OrganizationScope, by actor: Actor
    ) async throws -> PlannedGroup {
        let rules = try await currentRules()
        let remembered = try await remembered(of: scope, from: reading)
        let sender = try await sender(
            of: scope, under: rules, choosing: remembered.with(upload.choices), from: reading)
        let made = try await makePlan(upload.source, of: sender, on: today, from: reading)
        guard case .made(let plan, let format, let leaving) = made else {
            guard case .unfit(let problems, let format) = made else { throw Refusal.notFound }
            return PlannedGroup(
                number: nil, plan: nil, fileProblems: problems, format: format, leavingCount: 0,
                columns: try await columnsToChoose(upload.source, problems, of: sender))
        }
        let facts = PlanFacts(
            scope: scope, format: format, leaving: leaving,
            digest: try await runBlocking { Digest.ofPlan(plan.lines) })
        let moment = moment(actor)
        let number = try await write { writing in
            let number = try await keep(plan, upload, facts, in: writing, at: moment)
            try await writing.remember(
                remembered.news(of: upload.choices, plan.columns), of: scope.organizationID,
                at: moment)
            return number
        }
        return PlannedGroup(
            number: number, plan: plan,
            fileProblems: plan.noticesOfFile + (try await sentBefore(number)),
            format: format, leavingCount: leaving, columns: nil)
    }

    /// W414: the organization has sent the same octets before, and they were applied.
    func sentBefore(_ number: String) async throws -> [Problem] {
        guard let earlier = try await reading.earlierGroupFile(sameAs: number) else { return [] }
        return [
            Problem(
                .sameFileBefore, nil, [.day: earlier.at.word, .number: earlier.number])
        ]
    }

    /// The plan of a file's bytes, beside what is known of its people; or why there is none.
    func makePlan(
        _ source: SheetToRead, of sender: GroupSender, on today: Day, from reading: ReadStore
    ) async throws -> MadePlan {
        let (scope, rules) = (sender.scope, sender.rules)
        let read = try await GroupFileReader.read(
            source,
            by: GroupPlan.Basis(
                of: sender.organization, on: today, under: rules, choosing: sender.choices))
        guard case .plan(var plan, let format) = read else {
            guard case .fault(let problem) = read else { throw Refusal.notFound }
            return .unfit([problem], format: "")
        }
        if plan.fileProblems.contains(where: { $0.severity == .stop }) {
            return .unfit(plan.fileProblems, format: format)
        }
        let found = try await identify(plan, of: scope, on: today, in: rules.year, from: reading)
        plan.compare(with: found.subjects, of: scope) { Digest.sha256Hex($0) }
        plan.compare(withHolders: found.holders)
        let leaving = try await reading.leavingCount(
            besides: found.people, of: scope, in: rules.year)
        return .made(plan, format: format, leaving: leaving)
    }

    /// 団体申請の取込. Files the fit lines of a plan, all in one transaction, through the form's own
    /// procedure. A plan is applied once, and planned again first: what it says may have been done
    /// meanwhile by another plan of the same file, or by its people themselves.
    public func applyGroup(
        _ number: String, includingHeld: Bool = false, by actor: Actor
    ) async throws -> AppliedPlan {
        try await write { writing in
            try await applyGroup(
                number, includingHeld: includingHeld, in: writing, at: moment(actor))
        }
    }

    func applyGroup(
        _ number: String, includingHeld: Bool, in writing: WriteTransaction, at moment: WriteStamp,
        _ progress: Progress = .silent
    ) async throws -> AppliedPlan {
        try await applying(number, .group, in: writing, at: moment) { _ in
            guard let file = try await writing.reading.groupFile(number: number) else {
                throw Refusal.notFound
            }
            try await writing.hold(organization: file.organizationID)
            let plan: GroupPlan
            switch try await planned(again: file, in: writing, at: moment) {
            case .changed(let newPlan): return .changed(newPlan: newPlan)
            case .same(let same): plan = same
            }
            let applied = try await apply(
                plan.fitRows(includingHeld: includingHeld), of: file, in: writing, at: moment,
                progress)
            if !includingHeld { try await askAboutHeld(plan, of: file, in: writing, at: moment) }
            try await writing.setApplied(applied, of: file.id)
            try await tellCoordinator(file, applied: applied, in: writing, at: moment)
            return .applied(count: applied)
        }
    }

    /// Writes a plan with its file, and gives its number.
    func keep(
        _ plan: GroupPlan, _ upload: GroupUpload, _ facts: PlanFacts, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws -> String {
        let head = NewPlan(
            .group, planNumber(.group), in: FiscalYear(containing: moment.day),
            digest: facts.digest, isAttested: upload.coordinator.attests, replacing: facts.replaces)
        let file = NewGroupFile(
            of: facts.scope, file: (upload.name, upload.bytes),
            sha256: Digest.sha256Hex(upload.bytes), format: facts.format,
            coordinator: upload.coordinator, leavingCount: facts.leaving)
        let id = try await writing.keep(
            file, of: keep(head, in: writing, at: moment), plan)
        // Piece by piece: the texts of a whole file would be held several times at once.
        for start in stride(from: 0, to: plan.lines.count, by: 2_000) {
            let part = plan.lines[start..<min(start + 2_000, plan.lines.count)]
            try await writing.keep(try await runBlocking { try GroupLineRows(part, of: id) })
        }
        return head.number
    }

    private func apply(
        _ rows: [FitRow], of file: GroupFileRecord, in writing: WriteTransaction,
        at moment: WriteStamp, _ progress: Progress
    ) async throws -> Int {
        guard let rules = try await rules(of: file.year) else { throw Refusal.notFound }
        let organization = try await sender(
            of: file.scope, under: rules, choosing: .none, from: writing.reading
        ).organization
        var applied = 0
        for start in stride(from: 0, to: rows.count, by: 500) {
            let chunk = Array(rows[start..<min(start + 500, rows.count)])
            applied += try await applyChunk(
                RowsToApply(rows: chunk, file: file, organization: organization, rules: rules),
                in: writing, at: moment)
            await progress.tell(start + chunk.count, rows.count)
        }
        return applied
    }

    /// One letter to whoever sent the file, however long it took.
    private func tellCoordinator(
        _ file: GroupFileRecord, applied: Int, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        guard !file.coordinator.email.isEmpty else { return }
        let words = settings.letters.groupApplied(
            file.number, name: file.coordinator.name, count: applied)
        writing.post(
            [letter(.groupApplied, words, to: file.coordinator.email, about: file.number)],
            at: moment.now)
    }

    /// Throws `Refusal.notFound` for an organization that is not open in the year.
    func sender(
        of scope: OrganizationScope, under rules: FiscalYearRules,
        choosing choices: ColumnChoices, from reading: ReadStore
    ) async throws -> GroupSender {
        guard let organization = rules.organization(id: scope.organizationID) else {
            throw Refusal.notFound
        }
        return GroupSender(
            scope: scope, rules: rules,
            organization: try await withPlaces(organization, within: scope, from: reading),
            choices: choices)
    }

    /// For whom a file speaks: how much of an organization, as it is open in the year.
    struct GroupSender {
        let scope: OrganizationScope
        let rules: FiscalYearRules
        /// With its 事業所.
        let organization: OpenOrganization
        /// What was said of its columns.
        let choices: ColumnChoices
    }

    /// A plan before it is kept, or what is wrong with the file as a whole.
    enum MadePlan {
        case made(GroupPlan, format: String, leaving: Int)
        case unfit([Problem], format: String)
    }

    struct PlanFacts {
        let scope: OrganizationScope
        let format: String
        let leaving: Int
        let digest: String
        /// The plan whose place it takes.
        var replaces: Int?
    }
}

extension GroupPlan {
    /// The rows that applying the plan submits or joins, in the order of the file.
    fileprivate func fitRows(includingHeld: Bool) -> [FitRow] {
        lines.indices.compactMap { index in
            switch lines[index].outcome {
            case .new, .changed, .unchanged, .joins: break
            case .held: guard includingHeld else { return nil }
            case .repeated, .error: return nil
            }
            return lines[index].application.map {
                FitRow(
                    row: lines[index].row, application: $0, personID: lines[index].personID)
            }
        }
    }
}
