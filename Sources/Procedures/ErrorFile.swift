public import Enrollment
internal import Spreadsheet
internal import Store
internal import Words

extension Office {
    /// 直す行のファイル. The original rows that must be corrected, cells and encoding unchanged (but for
    /// the mark of UTF-8, which Excel needs), with 行番号, 理由 and 直し方 behind them; it can be sent
    /// again as it is. A cell that a spreadsheet would run has a `'` in front, which is taken off
    /// when the file comes back. Nil without such rows.
    public func errorFile(of number: String) async throws -> [UInt8]? {
        guard let file = try await reading.groupFile(number: number),
            let original = try await reading.original(of: file.id)
        else { throw Refusal.notFound }
        let findings = try await reading.findings(of: file.id)
        let wrong = try await reading.noticedLines(of: file.id, with: .error)
        guard !wrong.isEmpty, file.headerRow >= 1 else { return nil }
        let csv = try await GroupFileReader.table(original)
        let messages = Messages(try await rules(of: file.year), year: file.year).naming(
            findings.headings)
        let headings = csv.records[file.headerRow - 1].cells
        let kept = headings.indices.filter { !GroupHeadings.added.contains(headings[$0]) }
        let rows = wrong.map { line in
            let cells = csv.records[line.row - 1].cells
            let stops = line.problems.filter { $0.severity == .stop }
            return kept.map { $0 < cells.count ? cells[$0] : "" }
                + [
                    String(line.row), stops.map(messages.reason).joined(separator: " "),
                    Self.remedies(stops),
                ]
        }
        let head = kept.map { headings[$0] } + GroupHeadings.added
        return CSVWriter.write(
            [head] + rows, as: csv.format.opensInExcel, guardsFormulas: true)
    }

    /// What to do, once where several problems want the same.
    private static func remedies(_ problems: [Problem]) -> String {
        var said: [String] = []
        for remedy in problems.map(\.remedy) where !said.contains(remedy) { said.append(remedy) }
        return said.joined(separator: " ")
    }
}

extension Office {
    /// 団体応募様式: headings and one sample row, in UTF-8 with a mark, as Excel reads it.
    public func groupTemplate(_ rules: FiscalYearRules) -> [UInt8] {
        let videos = rules.videos + rules.early
        return CSVWriter.write(
            [GroupTemplate.headings(videos), GroupTemplate.example(videos)], as: .template)
    }
}
