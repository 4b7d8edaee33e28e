import Enrollment
import Testing

@Suite("The ministry's sheet is bound to what we know") struct MinistrySheetTests {
    private func fault(_ layout: String) -> LayoutFault? {
        do {
            _ = try MinistrySheet<RosterColumn>(layout: layout)
            return nil
        } catch { return error }
    }

    @Test func aLayoutIsReadInItsOrder() throws {
        let sheet = try MinistrySheet<RosterColumn>(
            layout: "\u{FEFF}# 本省様式 2026\r\n受付番号 = receipt\r\n\n  氏（カナ）\t= family_name_kana \n")
        #expect(sheet.headings == ["受付番号", "氏（カナ）"])
        #expect(sheet.columns == [.receipt, .familyNameKana])
    }

    @Test func whatIsWrongIsNamedByItsLine() {
        #expect(fault("受付番号 = receipt\n血液型 = blood") == .unknownColumn(line: 2, name: "blood"))
        #expect(fault("# x\n受付番号") == .malformed(line: 2))
        #expect(fault("= receipt") == .malformed(line: 1))
        #expect(fault("視聴日 = view_{n}_on") == .malformed(line: 1))
        #expect(fault("受付番号 =") == .malformed(line: 1))
        #expect(fault("番号 = receipt\n番号 = email") == .headingTwice(line: 2, heading: "番号"))
        #expect(fault("a = receipt\nb = receipt") == .columnTwice(line: 2, name: "receipt"))
        #expect(fault("# nothing\n") == .empty)
    }

    @Test func everyColumnCanBeBoundByItsPhysicalName() throws {
        try bindAll(RosterColumn.self, count: 45)
        try bindAll(TotalsColumn.self, count: 12)
        try bindAll(OrganizationTotalsColumn.self, count: 17)
        try bindAll(GroupTotalsColumn.self, count: 7)
        try bindAll(PrefectureTotalsColumn.self, count: 10)
        try bindAll(MonthlyColumn.self, count: 8)
    }

    private func bindAll<Column: SheetColumn>(_ type: Column.Type, count: Int) throws {
        let lines = Column.allCases.map { "見出し \($0.rawValue) = \($0.rawValue)" }
        let sheet = try MinistrySheet<Column>(layout: lines.joined(separator: "\n"))
        #expect(sheet.columns == Array(Column.allCases))
        #expect(sheet.columns.count == count)
        // 物理名: letters, digits and low lines only (rule L3-08).
        #expect(
            sheet.columns.allSatisfy { column in
                column.rawValue.replacing("{n}", with: "1").utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
                }
            })
    }

    @Test func columnsThatRepeatStandOnceForEachVideo() throws {
        let sheet = try MinistrySheet<RosterColumn>(
            layout: """
                受付番号 = receipt
                動画{n}視聴日 = view_{n}_on
                動画{n}根拠 = view_{n}_evidence
                状態 = state
                """
        ).repeated(for: [1, 2, 3])
        #expect(
            sheet.headings == [
                "受付番号", "動画1視聴日", "動画1根拠", "動画2視聴日", "動画2根拠", "動画3視聴日", "動画3根拠", "状態",
            ])
        #expect(sheet.entries.map(\.number) == [nil, 1, 1, 2, 2, 3, 3, nil])
        #expect(sheet.entries[5].physicalName == "view_3_on")
        #expect(sheet.repeated(for: [1, 2, 3]) == sheet)
    }

    @Test func codesAreTextAndCountsAreNumbers() {
        #expect(RosterColumn.postalCode.type == .text && RosterColumn.phone.type == .text)
        #expect(RosterColumn.validFrom.type == .date && RosterColumn.fiscalYear.type == .number)
        #expect(TotalsColumn.active.type == .number && TotalsColumn.active.unit == .persons)
        #expect(TotalsColumn.everAppointments.unit == .appointments)
        #expect(MonthlyColumn.month.type == .text && MonthlyColumn.applied.unit == .applications)
        #expect(OrganizationTotalsColumn.lastReceivedOn.type == .date)
        #expect(GroupTotalsColumn.organizations.unit == .organizations)
        #expect(SheetName.allCases.map(\.number) == ["01", "03", "04", "05", "06", "09"])
    }
}
