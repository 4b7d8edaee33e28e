public import Enrollment
internal import EventLoop
internal import Spreadsheet
internal import Store
internal import Words

/// 直す行のファイル, as it is given back.
public struct ErrorFile: Sendable {
    public let bytes: [UInt8]
    /// Whether it is a spreadsheet's book, as what was sent; else a CSV file.
    public let isBook: Bool
}

extension Office {
    /// 直す行のファイル. The original rows that must be corrected, with 行番号, 理由 and 直し方 behind them; it can
    /// be sent again as it is. Of a book it is a book in which all cells are text and those that
    /// are wrong are in colour; of a CSV file one in the same encoding (but for the mark of UTF-8,
    /// which Excel needs), in which a cell that a spreadsheet would run has a `'` in front, which
    /// is taken off when the file comes back. Nil without such rows.
    public func errorFile(of number: String) async throws -> ErrorFile? {
        guard let file = try await reading.groupFile(number: number),
            let original = try await reading.original(of: file.id),
            let rules = try await rules(of: file.year)
        else { throw Refusal.notFound }
        let findings = try await reading.findings(of: file.id)
        let wrong = try await reading.noticedLines(of: file.id, with: .error)
        guard !wrong.isEmpty, file.headerRow >= 1 else { return nil }
        let table = try await GroupFileReader.table(
            SheetToRead(bytes: original, sheet: SheetChoice(of: findings.sheets)), under: rules,
            choosing: ColumnChoices(findings.columns))
        guard let headings = table.record(ofRow: file.headerRow)?.cells else { return nil }
        let rows = RowsToCorrect(
            table, headings: headings, names: findings.headings,
            messages: Messages(rules, year: file.year))
        return try await runBlocking { try rows.file(of: wrong) }
    }
}

/// The rows of a file that must be corrected.
private struct RowsToCorrect: Sendable {
    private let table: GroupTable
    private let headings: [String]
    /// Columns that are given back: all but those that an error file before this one had added.
    private let kept: [Int]
    /// Where each question is asked.
    private let columns: [ApplicationField: Int]
    private let messages: Messages

    init(
        _ table: GroupTable, headings: [String], names: [ApplicationField: String],
        messages: Messages
    ) {
        self.table = table
        self.headings = headings
        kept = headings.indices.filter { !GroupHeadings.added.contains(headings[$0]) }
        columns = names.compactMapValues { GroupHeadings.column(called: $0, in: headings) }
        self.messages = messages.naming(names)
    }

    func file(of lines: [NoticedLine]) throws -> ErrorFile {
        switch table.format {
        case .csv(let format):
            let head = kept.map { headings[$0] } + GroupHeadings.added
            let bytes = CSVWriter.write(
                [head] + lines.map { cells(of: $0) + remarks(on: $0) }, as: format.opensInExcel,
                guardsFormulas: true)
            return ErrorFile(bytes: bytes, isBook: false)
        case .book: return ErrorFile(bytes: try book(of: lines), isBook: true)
        }
    }

    private func book(of lines: [NoticedLine]) throws -> [UInt8] {
        var writer = WorkbookWriter()
        let head = kept.map { headings[$0] } + GroupHeadings.added
        try writer.beginSheet(
            GroupTemplate.sheetToCorrect,
            head.map { ColumnFormat(heading: $0, content: .text, help: ColumnHelp()) })
        for line in lines {
            let wrong = Set(stops(of: line).compactMap { $0.field.flatMap { columns[$0] } })
            try writer.beginRow()
            for (column, cell) in zip(kept, cells(of: line)) {
                writer.text(cell, isMarked: wrong.contains(column))
            }
            for remark in remarks(on: line) { writer.text(remark) }
            try writer.endRow()
        }
        try writer.finish()
        return writer.drain()
    }

    private func cells(of line: NoticedLine) -> [String] {
        let cells = table.record(ofRow: line.row)?.cells ?? []
        return kept.map { $0 < cells.count ? cells[$0] : "" }
    }

    /// 行番号, 理由, 直し方.
    private func remarks(on line: NoticedLine) -> [String] {
        let stops = stops(of: line)
        return [
            String(line.row), stops.map(messages.reason).joined(separator: " "),
            Self.remedies(stops),
        ]
    }

    private func stops(of line: NoticedLine) -> [Problem] {
        line.problems.filter { $0.severity == .stop }
    }

    /// What to do, once where several problems want the same.
    private static func remedies(_ problems: [Problem]) -> String {
        var said: [String] = []
        for remedy in problems.map(\.remedy) where !said.contains(remedy) { said.append(remedy) }
        return said.joined(separator: " ")
    }
}
