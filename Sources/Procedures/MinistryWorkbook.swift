internal import Enrollment
internal import Secrets
internal import Spreadsheet
internal import Store

/// The workbook on its way to the sink, page by page in flat memory.
struct MinistryWorkbook: ~Copyable {
    var writer: WorkbookWriter
    private let sink: ([UInt8]) async throws -> Void
    private let progress: Progress
    private var digest = RunningDigest()
    private let data: DataDigest
    private var byteCount = 0
    private var rosterCount = 0

    init(sink: @escaping ([UInt8]) async throws -> Void, progress: Progress) {
        let data = DataDigest()
        self.data = data
        writer = WorkbookWriter { data.hear($0) }
        self.sink = sink
        self.progress = progress
    }

    /// A whole sheet; of the roster it is told how far it is.
    mutating func add(
        _ sheet: BoundSheet, _ context: SheetContext, _ reading: ReadStore
    ) async throws {
        try writer.begin(sheet)
        var last: Int? = 0
        while let after = last {
            let page = try await sheet.page(context, after: after, reading)
            try writer.add(page)
            try await pass()
            if sheet.title.isRoster { try await count(page.count, of: context.numbers) }
            last = page.next
        }
        writer.endSheet()
    }

    /// The rest of the file, and what came of it.
    mutating func finish(_ numbers: MinistryNumbers) async throws -> ExportSummary {
        try writer.finish()
        try await pass()
        return ExportSummary(
            rowCount: rosterCount, byteCount: byteCount, sha256: digest.hex(),
            dataSHA256: data.hex(),
            differences: numbers.differences)
    }

    private mutating func count(_ rows: Int, of numbers: MinistryNumbers) async throws {
        rosterCount += rows
        let all = numbers.rosterCount
        await progress.tell(min(rosterCount, all), all)
    }

    private mutating func pass() async throws {
        let bytes = writer.drain()
        guard !bytes.isEmpty else { return }
        digest.update(bytes)
        byteCount += bytes.count
        try await sink(bytes)
    }
}
