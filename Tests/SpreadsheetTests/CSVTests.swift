import Glibc
import Spreadsheet
import Testing

private func cells(_ text: String) throws -> [[String]] {
    try read(Array(text.utf8)).records.map(\.cells)
}

private func read(_ bytes: [UInt8]) throws -> CSVFile {
    try CSVFile.read(bytes, limits: CSVLimits(rows: 1000, bytes: 1 << 20))
}

/// One character of CP932 by the C library; nil where it is none.
private func iconv(_ code: [UInt8]) -> String? {
    converted(code, from: "CP932", to: "UTF-8").map { String(decoding: $0, as: UTF8.self) }
}

private func encoded(_ text: String, _ encoding: String) -> [UInt8]? {
    converted(Array(text.utf8), from: "UTF-8", to: encoding)
}

private func converted(_ octets: [UInt8], from source: String, to target: String) -> [UInt8]? {
    guard let descriptor = iconv_open(target, source) else { return nil }
    defer { iconv_close(descriptor) }
    var input = octets.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: octets.count * 3 + 4)
    var (inputLeft, outputLeft) = (input.count, output.count)
    let done = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            var (from, to) = (source.baseAddress, target.baseAddress)
            return Glibc.iconv(descriptor, &from, &inputLeft, &to, &outputLeft)
        }
    }
    guard done != -1, inputLeft == 0 else { return nil }
    return output.prefix(output.count - outputLeft).map { UInt8(bitPattern: $0) }
}

@Suite("CSV is read as spreadsheets write it") struct CSVTests {
    @Test func quotesLineEndsAndEmptyCells() throws {
        #expect(try cells("a,b\r\nc,d\r\n") == [["a", "b"], ["c", "d"]])
        #expect(try cells("a,b\nc,d") == [["a", "b"], ["c", "d"]])
        #expect(try cells("a\rb") == [["a"], ["b"]])
        #expect(try cells("\"a,\"\"b\",\"x\ny\"\n,") == [["a,\"b", "x\ny"], ["", ""]])
        #expect(try cells("a\tb\tc\n1\t2\t3") == [["a", "b", "c"], ["1", "2", "3"]])
        #expect(try cells("a,e\u{301}\u{302},b") == [["a", "e\u{301}\u{302}", "b"]])
    }

    @Test func rowsAreNumberedAsASpreadsheetShowsThem() throws {
        let rows = try read(Array("h\n\"a\nb\"\n\nc\n".utf8)).records
        #expect(rows.map(\.row) == [1, 2, 3, 4])
        #expect(rows[3].cells == ["c"])
    }

    @Test func japaneseExcelIsReadInCP932() throws {
        // 氏,名 / 髙﨑①,ｱ with both codes that 髙 has.
        let bytes: [UInt8] = [
            0x8E, 0x81, 0x2C, 0x96, 0xBC, 0x0D, 0x0A, 0xFB, 0xFC, 0xEE, 0xE0, 0xFA, 0xB1, 0x87,
            0x40, 0x2C, 0xB1, 0x0D, 0x0A,
        ]
        let file = try read(bytes)
        #expect(file.format.encoding == .cp932)
        #expect(file.records.map(\.cells) == [["氏", "名"], ["髙髙﨑①", "ｱ"]])
        #expect(CSVFormat(file.format.description) == file.format)
    }

    /// Every code by itself between two cells: read as the C library reads it, or refused as it is.
    @Test func everyCodeOfCP932IsReadAsTheCLibraryReadsIt() throws {
        let ones = (0x80...0xFF).map { [UInt8($0)] }
        let twos = (0x81...0xFC).flatMap { lead in
            (0x40...0xFF).map { [UInt8(lead), UInt8($0)] }
        }
        var read = 0
        for code in ones + twos {
            // 亜 twice, so that the file is no UTF-8.
            let head: [UInt8] = [0x88, 0x9F, 0x2C]
            let bytes = head + code + [0x2C, 0x88, 0x9F]
            let known = iconv(code)
            let found = try? CSVFile.read(bytes, limits: CSVLimits(rows: 9, bytes: 99))
            #expect(found?.records.map(\.cells) == known.map { [["亜", $0, "亜"]] }, "\(code)")
            if known != nil { read += 1 }
        }
        #expect(read > 9_000)
    }

    @Test func aFileIsReadThoughARecordIsLargerThanTheRoom() throws {
        let long = String(repeating: "髙", count: 70_000)
        let text = "a,\(long)\n\"\(long)\"\"\",ｱ\n"
        for encoding in ["UTF-8", "CP932"] {
            let bytes = try #require(encoded(text, encoding))
            #expect(
                try read(bytes).records.map(\.cells) == [["a", long], [long + "\"", "ｱ"]])
        }
    }

    /// For Swift a delimiter and a mark that combines behind it are one character.
    @Test(arguments: [",ﾟ", "a,\u{3099}b", " \u{301}", "\u{301} ", "\"\u{301}", "\n\u{FF9E}"])
    func aCellIsReadAsItWasWritten(cell: String) throws {
        for format in [CSVFormat.template, CSVFormat("cp932;nobom;comma;crlf")!] {
            guard format.encoding == .utf8 || encoded(cell, "CP932") != nil else { continue }
            let written = CSVWriter.write([[cell, "亜"], ["a", "b"]], as: format)
            #expect(try read(written).records.map(\.cells) == [[cell, "亜"], ["a", "b"]])
        }
    }

    @Test func whatWasReadIsWrittenBackByteForByte() throws {
        let bytes: [UInt8] = [0xFB, 0xFC, 0x2C, 0x87, 0x40, 0x81, 0x60, 0x81, 0x7C, 0x0D, 0x0A]
        let file = try read(bytes)
        #expect(CSVWriter.write(file.records.map(\.cells), as: file.format) == bytes)
        let lost = CSVWriter.write([["𠮷"]], as: file.format)
        #expect(lost == [0x81, 0xAC, 0x0D, 0x0A])
    }

    @Test func utf8And16AreToldByTheirMarks() throws {
        let file = try read([0xEF, 0xBB, 0xBF] + Array("髙\n".utf8))
        #expect(file.format.encoding == .utf8 && file.format.hasByteOrderMark)
        let wide = try read([0xFF, 0xFE, 0xD9, 0x9A, 0x0A, 0x00])
        #expect(wide.format.encoding == .utf16LE && wide.records[0].cells == ["髙"])
    }

    @Test func faultsAreNamed() {
        #expect(throws: CSVFault.empty) { try read([]) }
        #expect(throws: CSVFault.unclosedQuote(row: 2)) { try cells("a\n\"b") }
        #expect(throws: CSVFault.notCSV(.pdf)) { try cells("%PDF-1.7") }
        #expect(throws: CSVFault.undecodable(row: 2)) { try read([0x61, 0x0A, 0x80, 0xFF, 0xFF]) }
        #expect(throws: CSVFault.self) {
            try CSVFile.read(Array("a\nb\nc".utf8), limits: CSVLimits(rows: 2, bytes: 99))
        }
    }

    @Test(arguments: [
        "=1+1", "+81 90", "-", "@SUM(A1)", "＝A1", "＋x", "－x", "＠x", "\t=x", "\r\nx", " =x", "　＝x",
        "\u{A0}+x", "\u{200B}=x", "\u{FEFF}@x",
    ])
    func whatASpreadsheetWouldRunIsGuarded(cell: String) throws {
        let written = CSVWriter.write([["a", cell]], as: .template, guardsFormulas: true)
        #expect(try read(written).records[0].cells == ["a", "'" + cell])
    }

    @Test(arguments: ["", "髙橋", "1-3", "a=b", "'", "　紀尾井町", "2026-09-01"])
    func whatASpreadsheetWouldNotRunStaysAsItIs(cell: String) throws {
        let written = CSVWriter.write([["a", cell]], as: .template, guardsFormulas: true)
        #expect(try read(written).records[0].cells == ["a", cell])
    }

    /// A ZIP file of empty members.
    static func zip(_ names: [String]) -> [UInt8] {
        func short(_ number: Int) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8)] }
        let rest = [UInt8](repeating: 0, count: 22)
        var local: [UInt8] = []
        var directory: [UInt8] = []
        for name in names {
            let head = short(name.utf8.count) + [0, 0]
            directory += [0x50, 0x4B, 1, 2] + rest + [0, 0] + head
            directory += [UInt8](repeating: 0, count: 14) + Array(name.utf8)
            local += [0x50, 0x4B, 3, 4] + rest + head + Array(name.utf8)
        }
        let end = [0x50, 0x4B, 5, 6] + [0, 0, 0, 0] + short(names.count) + short(names.count)
        return local + directory + end + short(directory.count) + [0, 0] + short(local.count)
            + [0, 0, 0, 0]
    }

    @Test(arguments: [
        (["meibo.csv"], ForeignFile.zip), ([], .zip), (["a/xl/x", "読んで.txt"], .zip),
        (["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"], .workbook),
        (["[Content_Types].xml", "word/document.xml"], .otherOffice),
        (["Index/Document.iwa", "preview.jpg"], .numbers),
        (["mimetype", "content.xml"], .openDocument),
    ])
    func aZIPFileIsCalledByWhatIsInIt(names: [String], kind: ForeignFile) {
        #expect(throws: CSVFault.notCSV(kind)) { try read(Self.zip(names)) }
    }

    @Test(arguments: [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], ForeignFile.png),
        ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg), (Array("GIF89a".utf8), .gif),
        ([0, 0, 0, 24] + Array("ftypheic".utf8), .heic), (Array("{\\rtf1".utf8), .richText),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], .oldWorkbook), (Array("\r\n<HTML><table>".utf8), .webPage),
        ([0x1F, 0x8B, 8], .archive), (Array("PK\u{3}\u{4}xx".utf8), .zip),
    ])
    func aFileIsCalledWhatItIsWhateverItsName(bytes: [UInt8], kind: ForeignFile) {
        #expect(throws: CSVFault.notCSV(kind)) { try read(bytes) }
    }

    @Test func aBrokenCharacterIsFoundInItsRow() {
        let rows = Array("氏名,フリガナ,住所\n綾　環,アヤ タマキ,香川県\n植松　凪,ウエマツ,高松市\n".utf8)
        let cut = Array("番町".utf8.dropLast()) + Array(",x\n".utf8)
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        #expect(throws: CSVFault.brokenCharacter(row: 4)) { try read(rows + cut) }
        #expect(throws: CSVFault.brokenCharacter(row: 4)) { try read(mark + rows + cut) }
        #expect(throws: CSVFault.brokenCharacter(row: 4)) { try read(rows + cut.prefix(5)) }
        #expect(throws: CSVFault.brokenCharacter(row: 1)) { try read(mark + [0xE7, 0x95, 0x2C]) }
    }

    @Test func utf8ThatWasSavedAsShiftJISIsToldApart() {
        let bytes = Array("No,氏名,フリガナ,郵便番号,".utf8) + [0xE8, 0xA6, 0x96, 0xE8, 0x81, 0x45, 0xB4]
        #expect(throws: CSVFault.savedGarbled) { try read(bytes + Array(",x\r\n".utf8)) }
    }

    @Test func aFileForExcelHasTheMarkOfUTF8AndIsOtherwiseAsItWas() throws {
        let plain = try read(Array("a\tb\n".utf8)).format
        #expect(!plain.hasByteOrderMark && plain.opensInExcel.hasByteOrderMark)
        #expect(plain.opensInExcel.delimiter == .tab && plain.opensInExcel.lineEnd == .lf)
        let windows = try read([0x8E, 0x81, 0x2C, 0x96, 0xBC, 0x0D, 0x0A]).format
        #expect(windows.opensInExcel == windows)
    }

    @Test func aFormulaIsGuardedOnlyWhenAsked() {
        let format = CSVFormat.template
        let plain = String(decoding: CSVWriter.write([["=1+1"]], as: format), as: UTF8.self)
        let guarded = String(
            decoding: CSVWriter.write([["=1+1"]], as: format, guardsFormulas: true), as: UTF8.self)
        #expect(plain == "\u{FEFF}=1+1\r\n" && guarded == "\u{FEFF}'=1+1\r\n")
    }
}
