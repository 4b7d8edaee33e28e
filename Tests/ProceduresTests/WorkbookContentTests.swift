import Enrollment
import Foundation
import Postgres
import Procedures
import Store
import TestSupport
import Testing
import Words

/// What stands in the ministry's workbook.
@Suite struct WorkbookContentTests {
    /// The XML of every sheet, one after the other.
    private static func workbook(_ desk: isolated OfficeDesk) async throws -> String {
        try desk.useLayouts()
        let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
        return try await desk.workbook(basis).filter { $0.name.contains("worksheets/") }
            .map(\.text).joined()
    }

    /// The cells of the rows that hold a text, as they stand.
    private static func rows(_ text: String, in workbook: String) -> [String] {
        workbook.split(separator: "<row ").map(String.init).filter { $0.contains(">\(text)<") }
    }

    @Test func theDaysOfTheCodeTableAreDaysAndItSaysSo() async throws {
        try await withOffice { desk in
            let workbook = try await Self.workbook(desk)
            let first = try #require(Self.rows("新規", in: workbook).first)
            #expect(first.contains("<t>新規継続区分</t>"))
            let serial = Invented.year.firstDay.spreadsheetSerial
            #expect(first.contains(" s=\"3\"><v>\(serial)</v>"))
            let definition = try #require(Self.rows("effective_from", in: workbook).first)
            #expect(definition.contains("<t>日付</t>"))
        }
    }

    @Test func whoBelongsToNoOrganizationHasOneNameOnEverySheet() async throws {
        try await withOffice { desk in
            _ = try await desk.approved(1)
            try await desk.appointAll()
            let workbook = try await Self.workbook(desk)
            let number = try await desk.texts("SELECT number AS text FROM appointments")[0]
            let entry = try #require(Self.rows(number, in: workbook).first)
            let named = entry.components(separatedBy: "<t>\(TallyWords.individuals)</t>")
            #expect(named.count == 3, "its body and its group")
            #expect(entry.contains("<t>\(individualsCode)</t>"))
            let tables = Self.rows(individualsCode, in: workbook)
            for kind in ["団体", "団体グループ"] {
                #expect(tables.contains { $0.contains("<t>\(kind)</t>") }, "\(kind)")
            }
        }
    }
}
