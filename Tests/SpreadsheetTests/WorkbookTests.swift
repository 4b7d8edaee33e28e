import Foundation
import Spreadsheet
import Testing

@Suite("The workbook") struct WorkbookTests {
    private let columns = [
        ColumnFormat(heading: "氏", content: .text), ColumnFormat(heading: "人数", content: .number),
        ColumnFormat(heading: "日", content: .day),
    ]

    private func workbook(_ names: [String]) throws -> [UInt8] {
        var writer = WorkbookWriter()
        var bytes: [UInt8] = []
        try writer.beginSheet("01_名簿", columns)
        for name in names {
            try writer.beginRow()
            writer.text(name)
            writer.number(7)
            writer.day(serial: 46_350)
            try writer.endRow()
            bytes += writer.drain()
        }
        writer.endSheet()
        try writer.finish()
        return bytes + writer.drain()
    }

    /// What Python's own reader finds in the archive: the checked parts, one after the other.
    private func unpacked(_ bytes: [UInt8]) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(bytes).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = [
            "python3", "-c",
            "import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None;"
                + "[sys.stdout.buffer.write(n.encode()+b'\\n'+z.read(n)+b'\\n') for n in z.namelist()]",
            path.path(),
        ]
        let pipe = Pipe()
        python.standardOutput = pipe
        try python.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        python.waitUntilExit()
        #expect(python.terminationStatus == 0)
        return String(decoding: output, as: UTF8.self)
    }

    @Test func aNameComesOutAsItWentInAndIsNeverAFormula() throws {
        let parts = try unpacked(try workbook(["髙﨑𠮷", "=1+1", " 前後 ", "A&B<C>", "007"]))
        for cell in [
            "<t>髙﨑𠮷</t>", "<t>=1+1</t>", "<t xml:space=\"preserve\"> 前後 </t>",
            "<t>A&amp;B&lt;C&gt;</t>", "<t>007</t>",
        ] { #expect(parts.contains(cell)) }
        #expect(!parts.contains("<f>"))
    }

    @Test func whatXMLCannotHoldIsEscapedAndALiteralEscapeToo() throws {
        let parts = try unpacked(
            try workbook(["a\u{1}b", "_x0041_", "\u{FFFF}", "_x", "改\n行", "\r"]))
        for cell in [
            "<t>a_x0001_b</t>", "<t>_x005F_x0041_</t>", "<t>_xFFFF_</t>", "<t>_x</t>",
            "<t xml:space=\"preserve\">改\n行</t>", ">_x000D_</t>",
        ] { #expect(parts.contains(cell)) }
    }

    /// Texts are looked at eight bytes at a time: none may slip through between.
    @Test func whatIsEscapedIsEscapedWhereverItStands() throws {
        let specials = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\u{1F}": "_x001F_"]
        let fill = ["あ", "a", "\u{7F}", "~"]
        var expected: [String] = []
        var names: [String] = []
        for (index, special) in specials.sorted(by: { $0.key < $1.key }).enumerated() {
            for before in 0...17 {
                for after in [0, 1, 7, 8, 9] {
                    let around = fill[(index + before) % fill.count]
                    let (start, end) = (
                        String(repeating: around, count: before),
                        String(repeating: around, count: after)
                    )
                    names.append(start + special.key + end)
                    expected.append(start + special.value + end)
                }
            }
        }
        let parts = try unpacked(try workbook(names))
        for text in expected { #expect(parts.contains(">\(text)</t>"), "\(text)") }
    }

    @Test func aTextLongerThanTheRoomAndLargeNumbersComeOutWhole() throws {
        let long = String(repeating: "&長", count: 16_000)
        var writer = WorkbookWriter()
        try writer.beginSheet("長", columns)
        for number in [0, -5, Int.min, Int.max] {
            try writer.beginRow()
            writer.text(long)
            writer.number(number)
            writer.day(serial: 1)
            try writer.endRow()
        }
        try writer.finish()
        let parts = try unpacked(writer.drain())
        #expect(parts.contains("<t>" + long.replacing("&", with: "&amp;") + "</t>"))
        for number in ["0", "-5", "-9223372036854775808", "9223372036854775807"] {
            #expect(parts.contains("<v>\(number)</v>"))
        }
    }

    @Test func headingsStandInTheFirstRowFrozenWithAFilter() throws {
        let parts = try unpacked(try workbook(["山田"]))
        #expect(parts.contains("state=\"frozen\"") && parts.contains("<autoFilter ref=\"A1:C2\"/>"))
        #expect(parts.contains("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\" s=\"1\"><is><t>氏</t>"))
        #expect(parts.contains("<c r=\"C2\" s=\"3\"><v>46350</v></c>"))
    }

    @Test func aColumnIsAsWideAsWhatStandsInIt() throws {
        let long = String(repeating: "長い名前の団体", count: 4)
        let parts = try unpacked(try workbook(["山田", long, "a\nb"]))
        // Twice 28 characters and two to spare; the heading and its arrow; 2026-11-24.
        for (column, width) in [(1, 58), (2, 8), (3, 12)] {
            #expect(
                parts.contains(
                    "<col min=\"\(column)\" max=\"\(column)\" width=\"\(width)\" customWidth=\"1\"/>"
                ))
        }
        let longest = try unpacked(try workbook([String(repeating: long, count: 9)]))
        #expect(longest.contains("<col min=\"1\" max=\"1\" width=\"80\""))
    }

    /// The widths stand before the rows, and are found before the room is full.
    @Test func aSheetOfManyRowsHasTheWidthsOfItsFirst() throws {
        let names = (0..<20_000).map { $0 == 999 ? "長い長い長い名前" : "名前" }
        let parts = try unpacked(try workbook(names))
        #expect(parts.contains("<col min=\"1\" max=\"1\" width=\"\(16 + 2)\""))
        #expect(parts.contains("<row r=\"20001\">") && !parts.contains("<row r=\"20002\">"))
    }

    @Test func itIsPrintedAcrossThePageWithItsHeadingsOnEverySheet() throws {
        let parts = try unpacked(try workbook(["山田"]))
        for part in [
            "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews>",
            "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>",
            "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'01_名簿'!$1:$1</definedName>",
            "<patternFill patternType=\"solid\"><fgColor rgb=\"FFD9E6FF\"/>",
        ] { #expect(parts.contains(part), "\(part)") }
        #expect(!parts.contains("mergeCell") && !parts.contains("drawing"))
    }

    @Test func theSameRowsGiveTheSameBytes() throws {
        let names = (0..<5_000).map { "利用者\($0)" }
        #expect(try workbook(names) == (try workbook(names)))
    }

    @Test func whatExcelRefusesIsRefusedHere() throws {
        var writer = WorkbookWriter()
        #expect(throws: WorkbookFault.noSheets) {
            var empty = WorkbookWriter()
            try empty.finish()
        }
        #expect(throws: WorkbookFault.sheetName("a/b")) { try writer.beginSheet("a/b", columns) }
        #expect(throws: WorkbookFault.noColumns) { try writer.beginSheet("a", []) }
        try writer.beginSheet("a", columns)
        try writer.beginRow()
        writer.text("x")
        #expect(throws: WorkbookFault.wrongCellCount(row: 2)) { try writer.endRow() }
        writer.number(1)
        writer.decimal(.nan)
        #expect(throws: WorkbookFault.notFinite(row: 2)) { try writer.endRow() }
        var long = WorkbookWriter()
        try long.beginSheet("a", [ColumnFormat(heading: "x", content: .text)])
        try long.beginRow()
        long.text(String(repeating: "あ", count: 32_768))
        #expect(throws: WorkbookFault.textTooLong(row: 2)) { try long.endRow() }
    }
}
