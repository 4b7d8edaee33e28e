import BookSamples
import Testing

@testable import Spreadsheet

/// Books that are broken, or made to harm.
@Suite("A hostile book") struct HostileBookTests {
    private typealias Built = ByteBuiltBook

    private static let row = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>x</v></c></row>"

    private func fault(_ bytes: [UInt8], _ limits: BookLimits = Built.limits) -> BookFault? {
        do throws(BookFault) {
            let book = try Book(bytes, limits: limits)
            for sheet in book.sheets { _ = try book.table(of: sheet) }
            return nil
        } catch { return error }
    }

    private func fault(_ book: ByteBuiltBook, _ limits: BookLimits = Built.limits) throws
        -> BookFault?
    {
        fault(try book.packed, limits)
    }

    @Test func whatMightRunOrBeFetchedIsRefusedByName() throws {
        var macros = Built(Self.row)
        macros.parts.append(("xl/vbaProject.bin", "x"))
        #expect(try fault(macros) == .macros)
        var external = Built(Self.row)
        external.parts.append(("xl/externalLinks/externalLink1.xml", "<a/>"))
        #expect(try fault(external) == .externalLinks)
        for place in [2, 4, 5, 6] {
            var declared = Built(Self.row)
            declared.parts[place].text = declared.parts[place].text.replacing(
                "?>\r\n", with: "?><!DOCTYPE a [<!ENTITY b \"c\">]>")
            #expect(try fault(declared) == .documentType)
        }
        var mail = Built(Self.row)
        mail.parts.append(
            (
                "xl/worksheets/_rels/sheet1.xml.rels",
                Built.relations([("rId1", Built.links + "/hyperlink", "mailto:a@example.jp")])
            ))
        #expect(try fault(mail) == nil)
    }

    @Test(arguments: [
        "<row r=\"1\"><c r=\"A1\"><v>1</c></row>", "<row r=\"2\"/><row r=\"2\"/>",
        "<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>", "<row r=\"1\"><c r=\"A2\"/></row>",
        "<row r=\"1\"><c r=\"XFE1\"/></row>", "<row r=\"1048577\"/>",
        "<row r=\"1\"><c r=\"1\"/></row>",
        "<row r=\"1\"><c t=\"s\"><v>0</v></c></row>", "<row r=\"1\"><c t=\"s\"><v>-1</v></c></row>",
        "<c r=\"A1\"/>", "&undeclared;",
        "<row r=\"1\"><c t=\"s\"><v>99999999999999999999</v></c></row>",
    ])
    func aSheetThatIsNoneIsDamaged(rows: String) throws {
        #expect(try fault(Built(rows)) == .damaged)
    }

    @Test func everyCutOfAFileAndEveryChangedOctetIsToldOrHarmless() throws {
        let bytes = try Built(Self.row, shared: "<si><t>氏</t></si>").packed
        for end in 0..<bytes.count { #expect(fault(Array(bytes[..<end])) != nil, "cut at \(end)") }
        for place in bytes.indices {
            for bit: UInt8 in [1, 0x80] {
                var changed = bytes
                changed[place] ^= bit
                _ = fault(changed)
            }
        }
    }

    @Test func noTwoFilesShareOctetsAndNoneLiesAboutItself() throws {
        let bytes = try Built(Self.row).packed
        let entries = ZipDirectory(bytes).entries
        let heads = bytes.indices.dropLast(4).filter { bytes.number(at: $0, 4) == 0x0201_4b50 }
        func changed(_ place: Int, _ number: Int) -> BookFault? {
            var bytes = bytes
            for index in 0..<4 { bytes[place + index] = UInt8(number >> (8 * index) & 0xFF) }
            return fault(bytes)
        }
        // The second file where the first is; sizes and sums that are not so; a password.
        #expect(changed(heads[1] + 42, entries[0].offset) == .damaged)
        #expect(changed(heads[4] + 24, entries[4].size + 1) == .damaged)
        #expect(changed(heads[4] + 24, entries[4].size - 1) == .damaged)
        #expect(changed(heads[4] + 20, entries[4].packedSize - 3) == .damaged)
        #expect(changed(heads[4] + 20, 0x7FFF_FFFF) == .damaged)
        #expect(changed(heads[4] + 16, 0) == .damaged)
        var locked = bytes
        locked[heads[0] + 8] |= 1
        #expect(fault(locked) == .encrypted)
        var twice = Built(Self.row)
        twice.parts.append(("XL/WORKBOOK.xml", "<a/>"))
        #expect(try fault(twice) == .damaged)
    }

    @Test func whatGrowsBeyondMeasureIsStoppedWhereverItGrows() throws {
        let blank = String(repeating: " ", count: 9 << 20)
        #expect(try fault(Built(Self.row + blank)) == .inflated)
        let wide = BookLimits(rows: 9, cells: 99, text: 99, inflated: 256 << 20)
        #expect(
            try fault(Built(Self.row + String(repeating: " ", count: 17 << 20)), wide) == .inflated)
        #expect(try fault(Built(Self.row + "<!--\(blank.prefix(2 << 20))-->")) == .damaged)
        #expect(try fault(Built(Self.row + "<row a=\"\(blank.prefix(2 << 20))\"/>")) == .damaged)
        let long = "<row><c t=\"str\"><v>\(String(repeating: "x", count: 32_768))</v></c></row>"
        #expect(try fault(Built(long)) == .damaged)
        let rows = String(repeating: "<row><c><v>1</v></c></row>", count: 1_001)
        #expect(try fault(Built(rows)) == .tooManyRows(1_001))
        let far = String(repeating: "<row><c r=\"A1\"/></row>", count: 0)
        let cells = (1...3).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>1</v></c></row>" }.joined()
        #expect(try fault(Built(far + cells)) == .inflated)
        let merged = String(repeating: "<mergeCell ref=\"A1:A1048576\"/>", count: 21)
        #expect(try fault(Built(Self.row, after: merged)) == .inflated)
        let texts = "<si><t>\(String(repeating: "氏", count: 30_000))</t></si>"
        let uses = String(repeating: "<row><c t=\"s\"><v>0</v></c></row>", count: 12)
        #expect(try fault(Built(uses, shared: texts)) == .inflated)
        #expect(try fault(Built("", shared: String(repeating: texts, count: 12))) == .inflated)
    }

    /// A row of one cell becomes as long as the merged cells stand far to the right.
    @Test func mergedCellsFarToTheRightMakeNoRowsLongWithoutMeasure() throws {
        let short = (2...900).map { "<row r=\"\($0)\"><c><v>1</v></c></row>" }.joined()
        let rows = "<row r=\"1\"><c r=\"ZZ1\"><v>1</v></c></row>" + short
        #expect(try fault(Built(rows, after: "<mergeCell ref=\"ZZ1:ZZ900\"/>")) == .inflated)
    }

    @Test func aHiddenColumnIsFoundOnceHoweverOftenItIsHidden() throws {
        let columns = String(repeating: "<col min=\"1\" max=\"16384\" hidden=\"1\"/>", count: 999)
        let rows = (1...200).map { "<row r=\"\($0)\"><c><v>1</v></c><c><v>2</v></c></row>" }
        let built = Built(rows.joined(), before: "<cols>\(columns)</cols>")
        #expect(try built.table().hiddenColumns.sorted() == [0, 1])
    }

    @Test func aBookThatBrokeOffIsStillCalledABook() throws {
        let bytes = try Built(Self.row).packed
        for count in [60, bytes.count / 2, bytes.count - 1] {
            let cut = Array(bytes[..<count])
            #expect(ForeignFile.of(cut) == .workbook && fault(cut) == .damaged)
        }
        #expect(ForeignFile.of(Array("PK\u{3}\u{4}".utf8)) == .zip)
    }

    @Test(arguments: [
        ("EncryptedPackage", ForeignFile.protectedWorkbook), ("Workbook", .oldWorkbook),
        ("WordDocument", .otherOffice),
    ])
    func aFileOfBefore2007IsCalledByWhatIsInIt(name: String, kind: ForeignFile) {
        let octets: [UInt8] = name.utf8.flatMap { [$0, 0] } + [0, 0]
        let rest = [UInt8](repeating: 0, count: 1_024 - 4)
        let directory = octets + [UInt8](repeating: 0, count: 128 - octets.count)
        #expect(ForeignFile.of([0xD0, 0xCF, 0x11, 0xE0] + rest + directory) == kind)
    }
}
