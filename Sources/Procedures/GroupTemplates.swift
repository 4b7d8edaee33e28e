public import Enrollment
internal import Spreadsheet
internal import Words

extension Office {
    /// 団体応募様式 as a CSV file: headings and one sample row, in UTF-8 with a mark, as Excel reads it.
    public func groupTemplate(_ rules: FiscalYearRules) -> [UInt8] {
        let videos = rules.videos + rules.early
        return CSVWriter.write(
            [GroupTemplate.headings(videos), GroupTemplate.example(videos)], as: .template)
    }

    /// The same as a book: what is typed is text, so that no zero is lost; choices are offered, and
    /// beside each cell stands what belongs there. Throws `WorkbookFault`.
    public func groupTemplateBook(_ rules: FiscalYearRules) throws -> [UInt8] {
        let videos = rules.videos + rules.early
        let prefectures = rules.gazetteer.prefectures.map(\.name)
        var writer = WorkbookWriter()
        try writer.beginSheet(
            GroupTemplate.sheet,
            GroupTemplate.fields(videos).map { field in
                ColumnFormat(
                    heading: field.heading, content: .text,
                    help: ColumnHelp(
                        choices: field == .prefecture ? prefectures : GroupTemplate.choices(field),
                        note: GroupTemplate.note(field)))
            })
        try writer.beginRow()
        for cell in GroupTemplate.example(videos) { writer.text(cell) }
        try writer.endRow()
        try writer.finish()
        return writer.drain()
    }
}
