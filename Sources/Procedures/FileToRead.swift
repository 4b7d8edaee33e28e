internal import Enrollment
internal import Store

/// A file of which something can still be said: one that waits for it, or one whose plan nobody has
/// sent yet.
struct FileToRead: Sendable {
    let number: String
    let name: String
    let bytes: [UInt8]
    let scope: OrganizationScope
    let coordinator: Coordinator
    let receivedAt: Instant
    /// What was said of its columns so far.
    var choices: ColumnChoices
    /// The sheet of a book that is read.
    var sheet: SheetChoice
    /// Of a file that waits.
    var waitingID: Int?
    /// Of a file that is planned: its plan.
    var planID: Int?

    var source: SheetToRead { SheetToRead(bytes: bytes, sheet: sheet) }

    /// The same by another sheet, of whose columns nothing was said but what is remembered.
    func reading(_ other: SheetChoice?, remembering before: ColumnChoices) -> FileToRead {
        guard let other, other != sheet else { return self }
        var file = self
        (file.sheet, file.choices) = (other, before)
        return file
    }

    /// A file by its number.
    enum Found {
        case open(FileToRead)
        /// It waits no more: the number of its plan.
        case planned(String)

        var number: String {
            switch self {
            case .open(let file): file.number
            case .planned(let number): number
            }
        }
    }
}

extension Office {
    /// Throws `Refusal.notFound` for a file of others, or one that is forgotten.
    func fileToRead(
        _ number: String, of scope: OrganizationScope, from reading: ReadStore
    ) async throws -> FileToRead.Found {
        if let waiting = try await reading.waitingFile(number: number) {
            guard scope.contains(waiting.scope) else { throw Refusal.notFound }
            if let plan = waiting.planNumber { return .planned(plan) }
            return .open(try await fileToRead(waiting, from: reading))
        }
        guard let file = try await reading.groupFile(number: number), scope.contains(file.scope)
        else { throw Refusal.notFound }
        return .open(try await fileToRead(file, from: reading))
    }

    private func fileToRead(
        _ waiting: WaitingFile, from reading: ReadStore
    ) async throws -> FileToRead {
        guard let bytes = try await reading.original(ofWaiting: waiting.id) else {
            throw Refusal.notFound
        }
        return FileToRead(
            number: waiting.number, name: waiting.fileName, bytes: bytes, scope: waiting.scope,
            coordinator: waiting.coordinator, receivedAt: waiting.receivedAt,
            choices: try await remembered(of: waiting.scope, from: reading),
            sheet: waiting.sheetName.map { SheetChoice.named($0) } ?? .likeliest,
            waitingID: waiting.id)
    }

    /// Of a plan what it was read by goes before what was said of other files.
    private func fileToRead(
        _ file: GroupFileRecord, from reading: ReadStore
    ) async throws -> FileToRead {
        try await checkUnsent(file.plan, from: reading)
        guard let bytes = try await reading.original(of: file.id) else {
            throw Refusal.conflict(.fileCannotBePlanned)
        }
        let findings = try await reading.findings(of: file.id)
        return FileToRead(
            number: file.number, name: file.fileName, bytes: bytes, scope: file.scope,
            coordinator: file.coordinator, receivedAt: file.uploadedAt,
            choices: ColumnChoices(findings.columns), sheet: SheetChoice(of: findings.sheets),
            planID: file.plan.id)
    }

    /// Nobody has sent the plan, or asked to. Throws `Refusal.conflict`.
    func checkUnsent(_ plan: PlanRecord, from reading: ReadStore) async throws {
        if plan.year != year { throw Refusal.conflict(.fileYearIsOver) }
        if plan.state == .replaced { throw Refusal.conflict(.planIsReplaced) }
        if plan.state == .discarded { throw Refusal.conflict(.planIsDiscarded) }
        let job = try await reading.job(PlanAct.group.job, subject: plan.number)
        guard plan.state == .planned, job == nil else { throw Refusal.conflict(.planIsApplied) }
    }
}
