import Enrollment
import Foundation
import Store
import TestSupport

extension StoreTable {
    func requirements() async throws {
        chapter("Requirements")
        let choice = RequirementChoice(year: year, slot: 2, kind: .promoter)
        let basis = TallyBasis(asOf: day, known: at(51))
        try await write("withdraw(_:from:because:at:)") {
            try await $0.withdraw(
                choice, from: self.year.firstDay, because: "見本", at: self.stamp(50))
        }
        try await read("requiredSlots(on:)") { try await $0.requiredSlots(on: basis) }
        try await write("restore(_:at:)") { try await $0.restore(choice, at: self.stamp(52)) }
    }

    func numbers() async throws {
        chapter("Numbers and workbook")
        let basis = TallyBasis(asOf: day, known: at(60))
        // Of the machine's clock.
        try await read("openWritingAge()", showing: { $0 < 600 }) {
            try await $0.openWritingAge()
        }
        try await read("firstRecordedOn()") { try await $0.firstRecordedOn() }
        try await read("tallies(on:)") { try await $0.tallies(on: basis) }
        try await read("secondaryCounts(on:)") { try await $0.secondaryCounts(on: basis) }
        try await read("months(on:)") { try await $0.months(on: basis) }
        try await read("countedOrganizations(in:on:)") {
            try await $0.countedOrganizations(in: self.year, on: basis)
        }
        let numbers = try await read("numbers(on:)") { try await $0.numbers(on: basis) }
        tell("MinistryNumbers.total(_:_:)", numbers.total(year, .promoter))
        let renewing = tell(
            "MinistryNumbers.with(renewing:)", numbers.with(renewing: [.promoter: 2])
        ) {
            $0.differences
        }
        try await sheets(renewing)
        try await export(basis)
    }

    private func sheets(_ numbers: MinistryNumbers) async throws {
        let layouts = try MinistryLayouts(version: 2026) { file in
            let path = "Exports/ministry/2026/\(file)"
            return try String(contentsOf: Golden.root.appending(path: path), encoding: .utf8)
        }
        let sheets = tell(
            "MinistryLayouts.sheets(repeating:)", try layouts.sheets(repeating: [1, 2])
        ) {
            $0.map { "\($0.title.word) \($0.columns.count)" }
        }
        let sums = try await read("sums(of:on:)") {
            try await $0.sums(of: sheets, on: numbers.basis)
        }
        let counted = tell("MinistryNumbers.with(sums:)", numbers.with(sums: sums)) {
            $0.differences
        }
        let context = SheetContext(counted, layouts) { "https://enroll.example/\($0)" }
        tell("[BoundSheet].codes(_:)", sheets.codes(context))
        for sheet in sheets {
            let page = try await page(sheet, context)
            guard page.count > 0 else { continue }
            tell("SheetPage.row(_:_:)", try Self.cells { try page.row(0, $0) })
        }
    }

    private func page(_ sheet: BoundSheet, _ context: SheetContext) async throws -> SheetPage {
        let name = "BoundSheet.page(_:after:_:)"
        let page = try await database.reading {
            try await sheet.page(context, after: 0, ReadStore($0))
        }
        return tell(name, page) { "\(sheet.title.word): \($0.count)" }
    }

    private static func cells(
        _ read: ((CellValue) -> Void) throws -> Void
    ) throws -> String {
        var cells: [String] = []
        try read { cells.append(String(describing: $0)) }
        return cells.joined(separator: " ")
    }

    private func export(_ basis: TallyBasis) async throws {
        try await write("addExport(_:of:for:at:)") {
            try await $0.addExport("E-1", of: basis, for: "見本", at: self.stamp(61))
        }
        for position in 1...2 {
            try await write("addChunk(_:at:of:)") {
                try await $0.addChunk([1, 2, 3], at: position, of: "E-1")
            }
        }
        try await write("finishExport(_:rows:bytes:sha256:at:)") {
            try await $0.finishExport(
                "E-1", rows: 7, bytes: 6, sha256: (file: "abc", data: "def"), at: self.at(62))
        }
        let export = try await read("export(number:)") { try await $0.export(number: "E-1") }
        guard let export else { throw Unfit() }
        tell("ExportRecord.isKept(at:)", export.isKept(at: at(63)))
        try await read("exports(limit:)") { try await $0.exports() }
        try await read("pieces(of:ofExport:)") { try await $0.pieces(of: 1..<5, ofExport: "E-1") }
        try await read("chunk(_:ofExport:)") { try await $0.chunk(2, ofExport: "E-1") }
    }
}
