public import Enrollment
internal import Spreadsheet
internal import Words

/// 団体応募様式 as it is made for one organization, or for nobody yet.
public struct GroupTemplateFile: Sendable {
    let rules: FiscalYearRules
    /// With its 事業所; nil for the template that anybody may look at.
    let organization: OpenOrganization?
    /// The day on which it is made: 事業所 that are open are offered.
    let today: Day

    public var year: FiscalYear { rules.year }

    private var videos: [Video] { rules.videos + rules.early }
    private var places: [String] { organization?.places.offered(on: today) ?? [] }
    private var fields: [ApplicationField] {
        GroupTemplate.fields(videos, withPlaces: !places.isEmpty)
    }

    /// As a CSV file: headings and one sample row, in UTF-8 with a mark, as Excel reads it.
    public func csv() -> [UInt8] {
        CSVWriter.write(
            [fields.map(\.heading), GroupTemplate.example(videos, places: places)], as: .template)
    }

    /// The same as a book: what is typed is text, so that no zero is lost; choices are offered, and
    /// beside each cell stands what belongs there. Throws `WorkbookFault`.
    public func book() throws -> [UInt8] {
        var writer = WorkbookWriter()
        try writer.beginSheet(
            GroupTemplate.sheet,
            fields.map { ColumnFormat(heading: $0.heading, content: .text, help: help($0)) })
        try add([GroupTemplate.example(videos, places: places)], to: &writer)
        if let organization {
            try writer.beginSheet(
                GroupTemplate.sheetAbout,
                GroupTemplate.aboutHeadings.map { ColumnFormat(heading: $0, content: .text) })
            try add(
                GroupTemplate.about(
                    organization, within: organization.places.scopeName, under: rules),
                to: &writer)
        }
        if !places.isEmpty {
            try writer.beginSheet(
                GroupTemplate.sheetOfPlaces,
                [ColumnFormat(heading: ApplicationField.businessPlace.heading, content: .text)],
                isHidden: true)
            try add(places.map { [$0] }, to: &writer)
        }
        try writer.finish()
        return writer.drain()
    }

    private func add(_ rows: [[String]], to writer: inout WorkbookWriter) throws {
        for cells in rows {
            try writer.beginRow()
            for cell in cells { writer.text(cell) }
            try writer.endRow()
        }
        writer.endSheet()
    }

    private func help(_ field: ApplicationField) -> ColumnHelp {
        switch field {
        case .prefecture:
            ColumnHelp(
                choices: rules.gazetteer.prefectures.map(\.name), note: GroupTemplate.note(field))
        case .businessPlace:
            ColumnHelp(
                note: GroupTemplate.note(field),
                list: ListOfCells(of: places.count, onSheet: GroupTemplate.sheetOfPlaces))
        default:
            ColumnHelp(choices: GroupTemplate.choices(field), note: GroupTemplate.note(field))
        }
    }
}

extension Office {
    /// 団体応募様式 of this year, as anybody may see it.
    public func groupTemplate() async throws -> GroupTemplateFile {
        GroupTemplateFile(rules: try await currentRules(), organization: nil, today: today)
    }

    /// The same made for one organization: its 事業所, as far as they are looked after, to choose
    /// from, and for whom and for which year it is. For one that is not open this year the one that
    /// anybody may see.
    public func groupTemplate(for scope: OrganizationScope) async throws -> GroupTemplateFile {
        let rules = try await currentRules()
        guard let organization = rules.organization(id: scope.organizationID) else {
            return GroupTemplateFile(rules: rules, organization: nil, today: today)
        }
        return GroupTemplateFile(
            rules: rules,
            organization: try await withPlaces(organization, within: scope, from: reading),
            today: today)
    }
}
