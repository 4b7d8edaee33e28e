import Enrollment
import Foundation
import Postgres
import Store
import TestSupport
import Testing
import Words

@testable import Procedures

/// What stands in the ministry's workbook.
@Suite struct WorkbookContentTests {
    /// The XML of every sheet, one after the other.
    private static func workbook(_ desk: isolated OfficeDesk) async throws -> String {
        let layouts = try MinistryLayouts(version: 2026) { sheet in
            let folder = URL(filePath: #filePath).deletingLastPathComponent()
            let path = "../../Exports/ministry/2026/\(sheet.fileName)"
            return try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        }
        let plain = desk.office!
        var settings = plain.settings
        settings.layouts = [layouts]
        let office = Office(
            database: plain.database, reader: plain.reader, settings: settings,
            clock: plain.clock, random: plain.random)
        let basis = try await office.basis(asOf: office.today, known: .now)
        let order = ExportOrder(basis: basis, purpose: "報告", requestedBy: "府省")
        var bytes: [UInt8] = []
        _ = try await office.exportMinistry(order) { bytes += $0 }
        return try unpacked(bytes)
    }

    private static func unpacked(_ bytes: [UInt8]) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(bytes).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = [
            "python3", "-c",
            "import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);"
                + "[sys.stdout.buffer.write(z.read(n)) for n in z.namelist() if 'sheets/' in n]",
            path.path(),
        ]
        let pipe = Pipe()
        python.standardOutput = pipe
        try python.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        python.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
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
