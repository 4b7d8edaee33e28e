public import Enrollment
internal import Secrets
internal import Spreadsheet
public import Store
internal import Words

/// What is exported, for whom and why.
public struct ExportOrder: Sendable {
    public let basis: TallyBasis
    public let purpose: String
    /// As the metadata name them.
    public let requestedBy: String

    public init(basis: TallyBasis, purpose: String, requestedBy: String) {
        self.basis = basis
        self.purpose = purpose
        self.requestedBy = requestedBy
    }
}

/// What came of an export.
public struct ExportSummary: Equatable, Sendable {
    public let rowCount: Int
    public let byteCount: Int
    public let sha256: String
    /// 件数照合: what does not add up; empty when all does.
    public let differences: [String]
}

extension Office {
    /// 本省様式の書き出し. Writes the workbook of a basis to `sink`, piece by piece in flat memory and
    /// from one moment of the database. Throws `Refusal.noLayout` when no year's layouts are there.
    public func exportMinistry(
        _ order: ExportOrder, to sink: @escaping ([UInt8]) async throws -> Void
    ) async throws -> ExportSummary {
        try await exportMinistry(order, .silent, to: sink)
    }

    private func exportMinistry(
        _ order: ExportOrder, _ progress: Progress,
        to sink: @escaping ([UInt8]) async throws -> Void
    ) async throws -> ExportSummary {
        guard
            let layouts = settings.layouts.last(where: { $0.version <= order.basis.year.startYear })
                ?? settings.layouts.first
        else { throw Refusal.noLayout }
        return try await read { reading in
            let numbers = try await numbers(on: order.basis, reading)
            let roster = layouts.roster.repeated(
                for: try await videoNumbers(on: order.basis, reading))
            var outlet = HashingSink(sink: sink)
            var writer = WorkbookWriter()
            try writer.sheet(
                .metadata, texts: numbers.metadata(order, version: layouts.version, at: now))
            let rows = try await writeRoster(
                roster, order.basis, reading, &writer, &outlet
            ) { await progress.tell(min($0, numbers.rosterCount), numbers.rosterCount) }
            try writer.sheet(layouts.totals, numbers.totalLines) { $0.value($1) }
            try writer.sheet(layouts.organizations, numbers.organizationLines) { $0.value($1) }
            try writer.sheet(layouts.groups, numbers.groupLines) { $0.value($1) }
            try writer.sheet(layouts.prefectures, numbers.prefectureLines) { $0.value($1) }
            try writer.sheet(layouts.months, numbers.months) { $0.value($1) }
            try writer.sheet(.codes, numbers.codeTable)
            try writer.sheet(.definitions, texts: layouts.definitionRows(roster))
            try writer.finish()
            try await outlet.take(writer.drain())
            return ExportSummary(
                rowCount: rows, byteCount: outlet.byteCount, sha256: outlet.digest.hex(),
                differences: numbers.differences)
        }
    }

    /// 動画1…n: what the year requires, and at least two, so that the columns stay where they are.
    private func videoNumbers(on basis: TallyBasis, _ reading: ReadStore) async throws -> [Int] {
        Set(try await reading.requiredSlots(on: basis)).union([1, 2]).sorted()
    }

    /// Records who took which names away, for what, and the file's hash.
    public func recordExport(
        _ order: ExportOrder, _ summary: ExportSummary, by actor: Actor
    ) async throws {
        let number = planNumber("E")
        try await write { writing in
            try await add(order, as: number, in: writing, at: moment(actor))
            try await finish(number, summary, in: writing)
        }
    }

    /// Asks the worker for a workbook and gives its number. Throws `Refusal.conflict` when nothing
    /// says what it is for.
    public func askForExport(_ order: ExportOrder, by actor: Actor) async throws -> String {
        guard !order.purpose.isEmpty else { throw Refusal.conflict(.purposeIsMissing) }
        let number = planNumber("E")
        try await write { writing in
            try await add(order, as: number, in: writing, at: moment(actor))
            try await writing.enqueue(
                JobAct.exportMinistry, subject: number, at: now)
        }
        return number
    }

    public func exportJob(_ number: String) async throws -> JobRecord? {
        try await reading.job(JobAct.exportMinistry, subject: number)
    }

    /// Makes a workbook that was asked for and keeps it in pieces, for `ExportRecord.daysKept`.
    func makeExport(
        _ number: String, in writing: WriteTransaction, _ progress: Progress
    ) async throws {
        guard let record = try await writing.reading.export(number: number) else {
            throw Refusal.notFound
        }
        let order = ExportOrder(
            basis: record.basis, purpose: record.purpose, requestedBy: record.requesterName)
        var position = 0
        let summary = try await exportMinistry(order, progress) { bytes in
            try await writing.addChunk(bytes, at: position, of: number)
            position += 1
        }
        try await finish(number, summary, in: writing)
    }

    private func add(
        _ order: ExportOrder, as number: String, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        try await writing.addExport(number, of: order.basis, for: order.purpose, at: moment)
        record([Event(.exportMinistry, on: "export:\(number)")], in: writing, at: moment)
    }

    private func finish(
        _ number: String, _ summary: ExportSummary, in writing: WriteTransaction
    ) async throws {
        try await writing.finishExport(
            number, rows: summary.rowCount, bytes: summary.byteCount, sha256: summary.sha256,
            at: now)
    }

    private func writeRoster(
        _ layout: MinistrySheet<RosterColumn>, _ basis: TallyBasis, _ reading: ReadStore,
        _ writer: inout WorkbookWriter, _ outlet: inout HashingSink, tell: (Int) async -> Void
    ) async throws -> Int {
        let sheet = RosterSheet(layout, basis: basis, verify: settings.links.verify)
        try writer.begin(layout)
        var (last, count) = (0, 0)
        while true {
            let entries = try await reading.roster(on: basis, after: last, limit: 1_000)
            for entry in entries { try sheet.add(entry, to: &writer) }
            try await outlet.take(writer.drain())
            count += entries.count
            await tell(count)
            guard entries.count == 1_000, let end = entries.last else { break }
            last = end.id
        }
        writer.endSheet()
        return count
    }
}

/// Counts and hashes what passes to the sink.
private struct HashingSink {
    let sink: ([UInt8]) async throws -> Void
    var digest = RunningDigest()
    var byteCount = 0

    mutating func take(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        digest.update(bytes)
        byteCount += bytes.count
        try await sink(bytes)
    }
}
