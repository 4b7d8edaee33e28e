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
    /// Of what the parts hold but for the metadata: the same whenever and by whomever they were
    /// written.
    public let dataSHA256: String
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
            let sheets = try layouts.sheets(
                repeating: try await videoNumbers(on: order.basis, reading))
            let numbers = try await reading.numbers(on: order.basis)
                .with(sums: try await reading.sums(of: sheets, on: order.basis))
            let context = SheetContext(numbers, layouts, verify: settings.links.verify)
            var book = MinistryWorkbook(sink: sink, progress: progress)
            try book.writer.sheet(
                .metadata, texts: numbers.metadata(order, version: layouts.version, at: now))
            let reference = sheets.firstIndex(where: \.title.isReference) ?? sheets.endIndex
            for sheet in sheets[..<reference] { try await book.add(sheet, context, reading) }
            try book.writer.sheet(.codes, sheets.codeTable(context))
            try book.writer.sheet(
                .definitions, texts: sheets.definitionRows(version: layouts.version))
            for sheet in sheets[reference...] { try await book.add(sheet, context, reading) }
            return try await book.finish(numbers)
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
        let number = sayableNumber("E")
        try await write { writing in
            try await add(order, as: number, in: writing, at: moment(actor))
            try await finish(number, summary, in: writing)
        }
    }

    /// Asks the worker for a workbook and gives its number. Throws `Refusal.conflict` when nothing
    /// says what it is for.
    public func askForExport(_ order: ExportOrder, by actor: Actor) async throws -> String {
        guard !order.purpose.isEmpty else { throw Refusal.conflict(.purposeIsMissing) }
        let number = sayableNumber("E")
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
            number, rows: summary.rowCount, bytes: summary.byteCount,
            sha256: (summary.sha256, data: summary.dataSHA256), at: now)
    }
}
