internal import Enrollment
internal import Spreadsheet
internal import Store
internal import Words

/// 01 任命者名簿: codes of the tables as the words and days of the sheet.
struct RosterSheet {
    let basis: TallyBasis
    /// Where badges can be looked at.
    /// 任命の証明, by the token of the badge.
    let verify: Links.OfBadge
    private let columns: [(column: RosterColumn, place: Int, video: Int?)]

    init(_ layout: MinistrySheet<RosterColumn>, basis: TallyBasis, verify: @escaping Links.OfBadge)
    {
        self.basis = basis
        self.verify = verify
        let places = Dictionary(
            uniqueKeysWithValues: RosterColumn.allCases.enumerated().map { ($1, $0) })
        columns = layout.entries.map { ($0.column, places[$0.column] ?? 0, $0.number) }
    }

    func add(_ entry: RosterEntry, to writer: inout WorkbookWriter) throws {
        let state = AppointmentState(
            from: entry.from, until: entry.until, ended: entry.endReason, on: basis.asOf)
        let viewings = entry.viewings
        try writer.beginRow()
        for (column, place, video) in columns {
            switch column {
            case .viewedOn: writer.add(.day(video.flatMap { viewings[$0]?.viewedOn }))
            case .evidence:
                let grade = video.flatMap { viewings[$0]?.grade }
                writer.add(grade.map { .text($0.word) } ?? .blank)
            case .stateCode: writer.text(state.rawValue)
            case .state: writer.text(state.word)
            case .stateChangedOn: writer.add(.day(changed(entry, state)))
            case .kindCode: writer.text(entry.kind.code)
            case .kind: writer.text(entry.kind.word)
            default: writer.add(value(entry.text(at: place), column))
            }
        }
        try writer.endRow()
    }

    /// Whoever belongs to no organization is counted under a name of their own, and listed under
    /// the same.
    private func ofNobody(_ column: RosterColumn) -> CellValue {
        switch column {
        case .organizationCode: .text(individualsCode)
        case .organizationName, .organizationGroup: .text(TallyWords.individuals)
        default: .blank
        }
    }

    /// Since when the appointment is in its state.
    private func changed(_ entry: RosterEntry, _ state: AppointmentState) -> Day {
        guard state != .active, let reason = entry.endReason else { return entry.from }
        return reason.firstDayWithout(after: entry.until)
    }

    private func value(_ text: String?, _ column: RosterColumn) -> CellValue {
        guard let text, !text.isEmpty else { return ofNobody(column) }
        switch column {
        case .fiscalYear: return Int(text).map { .number($0) } ?? .blank
        case .fiscalYearEra: return .text(Int(text).map { FiscalYear(startYear: $0).word } ?? "")
        case .categoryCode: return .text(EligibilityCategory(rawValue: text)?.code ?? text)
        case .category: return .text(EligibilityCategory(rawValue: text)?.word ?? text)
        case .route: return .text(ApplicationRoute(rawValue: text)?.word ?? text)
        case .standing: return .text(AppointmentHistory(rawValue: text)?.word ?? text)
        case .badgeWanted: return .text(text == "t" ? "希望する" : "希望しない")
        case .badgeURL: return .text(verify(text))
        default: return column.type == .date ? .day(Day(text)) : .text(text)
        }
    }
}
