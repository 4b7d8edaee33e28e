internal import Enrollment
internal import Spreadsheet
internal import Store
internal import Words

/// One row of a sheet of counts.
struct TallyLine {
    let year: FiscalYear
    let kind: Kind
    let tally: Tally
    var code = ""
    var name = ""
    var body: CountedOrganization?
    var organizationCount = 0
}

extension MinistryNumbers {
    /// Every year and kind, also where there is nobody: 0 is written.
    private func lines(
        _ tallies: [TallyKey: Tally], _ names: (FiscalYear) -> [(code: String, name: String)]
    ) -> [TallyLine] {
        years.flatMap { year in
            names(year).flatMap { code, name in
                Kind.allCases.map { kind in
                    TallyLine(
                        year: year, kind: kind,
                        tally: tallies[TallyKey(year, code, kind)] ?? Tally(), code: code,
                        name: name)
                }
            }
        }
    }

    var totalLines: [TallyLine] { lines(totals) { _ in [("", "")] } }

    var prefectureLines: [TallyLine] {
        lines(prefectures) { _ in prefectureNames + [TallyWords.unknownPlace] }
    }

    var groupLines: [TallyLine] {
        lines(groups) { _ in groupNames + [(individualsCode, TallyWords.individuals)] }.map {
            line in
            var line = line
            line.organizationCount = (countedOrganizations[line.year] ?? []).count {
                $0.groupCode == line.code
            }
            return line
        }
    }

    var organizationLines: [TallyLine] {
        lines(organizations) { year in
            (countedOrganizations[year] ?? []).map { ($0.code, $0.name) }
                + [(individualsCode, TallyWords.individuals)]
        }.map { line in
            var line = line
            line.body = countedOrganizations[line.year]?.first { $0.code == line.code }
            return line
        }
    }
}

extension TallyLine {
    func value(_ column: TotalsColumn) -> CellValue {
        switch column {
        case .fiscalYearEra: .text(year.word)
        case .kindCode: .text(kind.code)
        default: common(column.rawValue)
        }
    }

    func value(_ column: OrganizationTotalsColumn) -> CellValue {
        switch column {
        case .organizationCode: .text(code)
        case .organizationName: .text(name)
        case .corporateNumber: .text(body?.corporateNumber ?? "")
        case .organizationKindCode: .text(body?.kindCode ?? "")
        case .organizationGroup: .text(body?.groupName ?? TallyWords.individuals)
        case .category: .text(body?.category?.word ?? "")
        case .lastReceivedOn: .day(body?.lastReceivedOn)
        default: common(column.rawValue)
        }
    }

    func value(_ column: GroupTotalsColumn) -> CellValue {
        switch column {
        case .organizationGroup: .text(name)
        case .organizations: .number(organizationCount)
        default: common(column.rawValue)
        }
    }

    func value(_ column: PrefectureTotalsColumn) -> CellValue {
        switch column {
        case .prefectureCode: .text(code)
        case .prefecture: .text(name)
        default: common(column.rawValue)
        }
    }

    /// What the same physical name holds on every sheet.
    private func common(_ name: String) -> CellValue {
        switch name {
        case "fiscal_year": .number(year.startYear)
        case "kind": .text(kind.word)
        case "active_count": .number(tally.active)
        case "secondary_count": .number(tally.secondary)
        case "fy_appointed_count": .number(tally.appointed)
        case "fy_new": .number(tally.new)
        case "fy_renewed": .number(tally.renewed)
        case "fy_reappointed": .number(tally.reappointed)
        case "fy_ended_count": .number(tally.ended)
        case "ever_persons": .number(tally.everPersons)
        case "ever_appointments": .number(tally.everAppointments)
        default: .blank
        }
    }
}

extension MonthTally {
    func value(_ column: MonthlyColumn) -> CellValue {
        switch column {
        case .month: .text(month)
        case .fiscalYear: .number(year.startYear)
        case .kind: .text(kind.word)
        case .applied: .number(applied)
        case .appointed: .number(appointed)
        case .ended: .number(ended)
        case .active: .number(active)
        case .everPersons: .number(everPersons)
        }
    }
}
