import Enrollment
import Foundation
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// The whole workbook of a hundred invented people, octet for octet.
@Suite struct GoldenWorkbookTests {
    @Test func everyPartOfTheWorkbookOfAHundredPeopleIsAsItWas() async throws {
        try await withOffice(at: HundredPeople.start, seed: 5) { desk in
            let basis = try await HundredPeople.live(desk)
            try desk.useLayouts()
            let parts = try await desk.workbook(basis)
            let numbers = try Self.numbers(parts)
            for part in parts {
                guard let number = numbers[part.name] else {
                    let file = part.name.replacing("/", with: "-")
                    try Golden.expect(part.text, as: "workbook/\(file)")
                    continue
                }
                let lines = try SheetLines(part.text)
                #expect(Array(lines.xml.utf8) == part.bytes, "\(number) says more than its lines")
                try Golden.expect(lines.text, as: "workbook/\(number).tsv")
            }
        }
    }

    /// The number of the sheet that a part holds: 01 for xl/worksheets/sheet2.xml.
    private static func numbers(_ parts: [WorkbookPart]) throws -> [String: Substring] {
        let workbook = try #require(parts.first { $0.name == "xl/workbook.xml" })
        let sheets = workbook.text.matches(of: /<sheet name="([0-9]+)_[^"]*" sheetId="([0-9]+)"/)
        return Dictionary(
            uniqueKeysWithValues: sheets.map {
                ("xl/worksheets/sheet\($0.output.2).xml", $0.output.1)
            })
    }

    /// Golden files are worth something only while they hold everything that can stand in a cell.
    @Test func theHundredPeopleAreOfEveryStateKindAndWay() async throws {
        try await withOffice(at: HundredPeople.start, seed: 5) { desk in
            _ = try await HundredPeople.live(desk)
            let counted = try await desk.count(
                "SELECT count(DISTINCT person_id) AS n FROM applications")
            #expect(counted == 100)
            for (states, found) in [
                (
                    ["appointed", "approved", "expired", "merged", "rejected", "submitted"],
                    try await desk.texts(
                        "SELECT DISTINCT state AS text FROM application_states ORDER BY 1")
                ),
                (
                    ["", "resigned", "superseded"],
                    try await desk.texts(
                        "SELECT DISTINCT end_reason AS text FROM appointment_terms ORDER BY 1")
                ),
                (
                    ["new", "reappointed", "renewed"],
                    try await desk.texts(
                        "SELECT DISTINCT history AS text FROM appointments ORDER BY 1")
                ),
                (
                    ["group", "individual", "renewal"],
                    try await desk.texts(
                        "SELECT DISTINCT route AS text FROM applications ORDER BY 1")
                ),
            ] { #expect(found == states) }
        }
    }
}
