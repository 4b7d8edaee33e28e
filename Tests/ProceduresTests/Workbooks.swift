import Enrollment
import Foundation
import Postgres
import Procedures
import Store
import TestSupport
import Testing
import Words

/// A part of a workbook's package, unpacked.
struct WorkbookPart {
    let name: String
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension OfficeDesk {
    /// The office with the layouts of 2026, as a command has them.
    func useLayouts() throws {
        let layouts = try MinistryLayouts(version: 2026) { file in
            let path = "Exports/ministry/2026/\(file)"
            return try String(contentsOf: Golden.root.appending(path: path), encoding: .utf8)
        }
        set { $0.layouts = [layouts] }
    }

    /// The parts of the ministry's workbook of a basis.
    func workbook(
        _ basis: TallyBasis, purpose: String = "報告", by name: String = "府省"
    ) async throws -> [WorkbookPart] {
        let order = ExportOrder(basis: basis, purpose: purpose, requestedBy: name)
        var bytes: [UInt8] = []
        _ = try await office.exportMinistry(order) { bytes += $0 }
        return try Self.unpacked(bytes)
    }

    /// The lines of a sheet, each with its cells between commas.
    func lines(of number: String, _ basis: TallyBasis) async throws -> [String] {
        try await table(number, basis) { $0.map { "\($0.cell)" }.joined(separator: ",") }
    }

    /// The lines of a sheet as cells by their headings.
    func table(_ number: String, _ basis: TallyBasis) async throws -> [[String: CellValue]] {
        try await table(number, basis) { cells in
            Dictionary(uniqueKeysWithValues: cells.map { ($0.heading, $0.cell) })
        }
    }

    private func table<Line>(
        _ number: String, _ basis: TallyBasis,
        _ line: ([(heading: String, cell: CellValue)]) -> Line
    ) async throws -> [Line] {
        let layouts = try #require(office.settings.layouts.first)
        let sheets = try layouts.sheets(repeating: [1, 2])
        let sheet = try #require(sheets.first { $0.title.number == number })
        let reading = office.reading
        let numbers = try await reading.numbers(on: basis)
            .with(sums: try await reading.sums(of: [sheet], on: basis))
        let context = SheetContext(numbers, layouts, verify: office.settings.links.verify)
        var lines: [Line] = []
        var last: Int? = 0
        while let after = last {
            let page = try await sheet.page(context, after: after, reading)
            for index in 0..<page.count {
                var cells: [CellValue] = []
                try page.row(index) { cells.append($0) }
                lines.append(line(zip(sheet.columns.map(\.heading), cells).map { ($0, $1) }))
            }
            last = page.next
        }
        return lines
    }

    private static func unpacked(_ bytes: [UInt8]) throws -> [WorkbookPart] {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(bytes).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let output = try python(
            "import sys,zipfile,base64;z=zipfile.ZipFile(sys.argv[1]);"
                + "[print(n,base64.b64encode(z.read(n)).decode()) for n in z.namelist()]",
            path.path())
        return output.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            return Data(base64Encoded: words[1]).map {
                WorkbookPart(name: words[0], bytes: [UInt8]($0))
            }
        }
    }

    private static func python(_ program: String, _ argument: String) throws -> String {
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = ["python3", "-c", program, argument]
        let pipe = Pipe()
        python.standardOutput = pipe
        try python.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        python.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }
}
