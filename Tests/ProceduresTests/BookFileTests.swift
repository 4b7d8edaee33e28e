import BookSamples
import Enrollment
import Postgres
import Procedures
import Spreadsheet
import Store
import TestSupport
import Testing
import Words

/// A group's file that is an Excel book.
@Suite struct BookFileTests {
    private typealias Built = ByteBuiltBook

    /// The rows of a CSV file as cells of a sheet, beginning in a row.
    private static func rows(
        _ csv: [UInt8], from first: Int = 1, hidden: Set<Int> = [],
        _ cell: (String, Int, Int) -> String? = { _, _, _ in nil }
    ) -> String {
        let lines = String(decoding: csv.dropFirst(3), as: UTF8.self).split(separator: "\r\n")
        return lines.enumerated().map { index, line in
            let row = first + index
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(
                String.init)
            let content = cells.enumerated().map { column, text in
                cell(text, row, column) ?? "<c t=\"str\"><v>\(text)</v></c>"
            }
            let mark = hidden.contains(row) ? " hidden=\"1\"" : ""
            return "<row r=\"\(row)\"\(mark)>\(content.joined())</row>"
        }.joined()
    }

    @Test func aBookIsPlannedAndAppliedAsTheCSVFileOfTheSameRows() async throws {
        try await withOffice { desk in
            let csv = Invented.groupFile(1...4) { if $0[0] == "3" { $0[9] = "none" } }
            let file = try await desk.plan(csv)
            let book = try await desk.plan(Built(Self.rows(csv)).bytes)
            #expect(book.format == "xlsx" && book.inShort == file.inShort)
            #expect(book.inShort.contains("4 error E152"))
            let number = try #require(book.number)
            let applied = try await desk.office.applyGroup(number, by: .operator("coordinator"))
            #expect(applied == .applied(count: 3))
            let again = try await desk.plan(Built(Self.rows(csv)).bytes)
            #expect(
                again.plan?.count(.unchanged) == 3
                    && again.fileProblems.first?.code == .sameFileBefore)
        }
    }

    @Test func daysNumbersAndLostZerosAreReadAsThePersonSawThem() async throws {
        try await withOffice { desk in
            let styles = """
                <numFmts count="1"><numFmt numFmtId="176" formatCode="0000000"/></numFmts>\
                <cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="55"/></cellXfs>
                """
            let csv = Invented.groupFile(1...2, at: .init("600001", "北海道", "札幌市中央区", "北1条西2"))
            let book = Built(
                Self.rows(csv) { text, row, column in
                    if row == 1 { return nil }
                    if column == 5 { return "<c s=\"1\"><v>600001</v></c>" }
                    return text == "2026/9/1" ? "<c s=\"2\"><v>46266</v></c>" : nil
                }, styles: styles)
            let planned = try await desk.plan(book.bytes)
            let application = try #require(planned.application(inRow: 2))
            #expect(application.address.postalCode == "0600001")
            #expect(application.viewings.map(\.viewedOn) == [Day("2026-09-01"), Day("2026-09-01")])
            let codes = planned.plan?.lines.flatMap(\.problems).map(\.code)
            #expect(codes == [.characterIsSubstituted])
        }
    }

    @Test func theBookOfRowsToCorrectGoesUpAgainAsItIs() async throws {
        try await withOffice { desk in
            let styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"56\"/></cellXfs>"
            let csv = Invented.groupFile(1...3)
            let sent = Built(
                Self.rows(csv, from: 3) { text, row, column in
                    row == 5 && column == 8 ? "<c s=\"1\"><v>46024</v></c>" : nil
                }, styles: styles)
            let planned = try await desk.plan(sent.bytes)
            #expect(planned.inShort == ["file N407", "4 new", "5 error W116 E142", "6 new"])
            let file = try await desk.office.errorFile(of: try #require(planned.number))
            let errors = try #require(file)
            #expect(errors.isBook)
            let same = try await desk.plan(errors.bytes)
            #expect(same.inShort == ["2 error W116 E142"])
            let book = try Book(
                errors.bytes, limits: .init(rows: 99, cells: 999, text: 9_999, inflated: 1 << 20))
            var table = try book.table(of: book.sheets[0]).records.map(\.cells)
            #expect(table[0].suffix(3) == ["行番号", "理由", "直し方"])
            #expect(table[1][8] == "2026/1/2" && table[1][table[1].count - 3] == "5")
            table[1][8] = "1-2"
            let rows = table.enumerated().map { index, cells in
                let content = cells.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }
                return "<row r=\"\(index + 1)\">\(content.joined())</row>"
            }
            let again = try await desk.plan(Built(rows.joined()).bytes)
            #expect(again.inShort == ["2 new W116"])
        }
    }

    private static func book(of sheets: [(name: String, rows: String, state: String)]) -> [UInt8] {
        Built(sheets: sheets).bytes
    }

    @Test func theFirstSheetWithPeopleIsReadAndTheOthersAreNamed() async throws {
        try await withOffice { desk in
            let example = Self.rows(Invented.groupFile([9]) { $0[0] = "記入例" })
            let note = "<row r=\"1\"><c t=\"str\"><v>名簿の書き方</v></c></row>"
            let people = Self.rows(Invented.groupFile(1...2))
            let bytes = Self.book(of: [
                ("説明", note, "visible"), ("書き方の例", example, "visible"),
                ("隠し", people, "hidden"), ("外来", people, "visible"),
                ("病棟", Self.rows(Invented.groupFile(3...4)), "visible"),
            ])
            let planned = try await desk.plan(bytes)
            #expect(planned.inShort == ["file N424", "file W425", "2 new", "3 new W116"])
            let told = try await desk.sentences(of: planned)
            #expect(told[0].contains("シート「外来」を読み取りました") && told[0].hasSuffix("「説明」、「書き方の例」"))
            #expect(told[1].contains("「病棟」"))
            let empty = Self.book(of: [("Sheet1", "", "visible")])
            #expect(try await desk.plan(empty).inShort == ["file E401"])
            let letter = Self.book(of: [("Sheet1", note, "visible")])
            #expect(try await desk.plan(letter).inShort == ["file E406"])
        }
    }

    /// Nobody is asked about the columns of the sheet with instructions.
    @Test func aSheetOfWhichFewHeadingsAreKnownIsFoundAndAskedAbout() async throws {
        try await withOffice { desk in
            let note = "<row r=\"1\"><c t=\"str\"><v>名簿の書き方</v></c></row>"
            let people = Self.rows(Invented.groupFile(1...2)) { text, row, column in
                guard row == 1, column != 9 else { return nil }
                return "<c t=\"str\"><v>欄\(column)</v></c>"
            }
            let bytes = Self.book(of: [("説明", note, "visible"), ("名簿", people, "visible")])
            let planned = try await desk.plan(bytes)
            #expect(planned.number == nil)
            let columns = try #require(planned.columns?.columns)
            #expect(columns.filter { $0.use == nil }.count == 13)
            #expect(columns.first { $0.use != nil }?.name.heading == "メールアドレス")
            let fields: [Int: ApplicationField] = [
                1: .familyName, 2: .givenName, 3: .familyNameKana, 4: .givenNameKana,
                5: .postalCode, 6: .prefecture, 7: .city, 8: .street, 10: .viewedOn(slot: 1),
                11: .viewedOn(slot: 2), 12: .consent,
            ]
            let choices = (0...14).filter { $0 != 9 }.map { column in
                ColumnChoice(
                    ColumnName("欄\(column)"), fields[column].map(ColumnUse.question) ?? .unused)
            }
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "", evidence: .personal, attests: true)
            let said = try await desk.office.planGroup(
                GroupUpload(
                    name: "名簿.xlsx", bytes: bytes, coordinator: coordinator,
                    choices: choices.filter { $0.name.heading != "欄14" }),
                of: "demo-hospital", by: .operator("coordinator"))
            #expect(said.plan?.count(.new) == 2)
            #expect(
                try await desk.office.applyGroup(
                    try #require(said.number), by: .operator("coordinator"))
                    == .applied(count: 2))
        }
    }

    @Test func whatIsHiddenMergedOrCalculatedIsNamedByItsPlace() async throws {
        try await withOffice { desk in
            let csv = Invented.groupFile(1...4) { $0[14] = $0[0] == "1" ? "外来" : "" }
            let book = Built(
                Self.rows(csv, hidden: [3]) { text, row, column in
                    row == 4 && column == 9 ? "<c t=\"str\"><f>A1</f><v>\(text)</v></c>" : nil
                },
                after: "<mergeCells><mergeCell ref=\"O2:O4\"/></mergeCells>",
                before: "<cols><col min=\"10\" max=\"10\" hidden=\"1\"/></cols>")
            let planned = try await desk.plan(book.bytes)
            let told = try await desk.sentences(of: planned)
            #expect(
                planned.inShort.prefix(4) == ["file W426", "file W427", "file W428", "file N429"])
            #expect(told[0].contains("：3行目。") && told[1].contains("：J列"))
            #expect(told[2].contains("：O2:O4。") && told[3].hasSuffix("：J4"))
            let units = (2...5).map { planned.application(inRow: $0)?.unit }
            #expect(units == ["外来", "外来", "外来", ""])
        }
    }

    /// 氏名 with the kana that Excel keeps, and no column for kana.
    private static func bookWithKana(_ headings: [String]) -> [UInt8] {
        let values = [
            "氏名": "<c t=\"s\"><v>0</v></c>", "フリガナ": "<c t=\"str\"><v>ヤマタ タロウ</v></c>",
        ]
        let plain = [
            "郵便番号": "102-0094", "住所": "東京都千代田区紀尾井町1-3", "メールアドレス": "taro@example.jp",
            "視聴日": "2026/9/1", "本人同意": "同意する", "オープンバッジ希望": "希望する",
        ]
        let head = headings.map { "<c t=\"str\"><v>\($0)</v></c>" }.joined()
        let cells = headings.map { values[$0] ?? "<c t=\"str\"><v>\(plain[$0] ?? "")</v></c>" }
        let shared = """
            <si><t>山田　太郎</t><rPh sb="0" eb="2"><t>ﾔﾏﾀﾞ</t></rPh><rPh sb="3" eb="5"><t>タロウ</t></rPh></si>
            """
        return Built("<row>\(head)</row><row>\(cells.joined())</row>", shared: shared).bytes
    }

    @Test func kanaOfTheSpreadsheetAreOfferedWhereNoColumnAsksForThem() async throws {
        try await withOffice { desk in
            let headings = ["氏名", "郵便番号", "住所", "メールアドレス", "視聴日", "本人同意", "オープンバッジ希望"]
            let offered = try await desk.plan(Self.bookWithKana(headings))
            #expect(offered.fileProblems.map(\.code) == [.kanaOfSpreadsheet])
            let name = try #require(offered.application(inRow: 2)?.name)
            #expect(name.full == "山田 太郎" && name.fullKana == "ヤマダ タロウ")
            let typed = try await desk.plan(Self.bookWithKana(headings + ["フリガナ"]))
            #expect(typed.fileProblems.isEmpty)
            #expect(typed.application(inRow: 2)?.name.familyKana == "ヤマタ")
        }
    }

    @Test func theTemplateAsABookAsksWhatTheOtherAsksAndNamesNobody() async throws {
        try await withOffice { desk in
            let rules = try await desk.office.currentRules()
            let template = try await desk.office.groupTemplate()
            let bytes = try template.book()
            let limits = BookLimits(rows: 99, cells: 999, text: 9_999, inflated: 1 << 20)
            let book = try Book(bytes, limits: limits)
            let rows = try book.table(of: book.sheets[0]).records.map(\.cells)
            let csv = try CSVFile.read(
                template.csv(), limits: CSVLimits(rows: 9, bytes: 1 << 20))
            #expect(rows[0] == csv.records[0].cells && rows.count == 2)
            let videos = rules.videos + rules.early
            #expect(rows[0] == GroupTemplate.fields(videos).map(\.heading))
            #expect(try await desk.plan(bytes).inShort == ["file E401"])
        }
    }

    /// A spreadsheet refuses a book of which a list or a note is longer.
    @Test func whatTheTemplateOffersAndSaysIsShortEnough() async throws {
        try await withOffice { desk in
            let rules = try await desk.office.currentRules()
            let prefectures = rules.gazetteer.prefectures.map(\.name).joined(separator: ",")
            #expect(prefectures.utf16.count <= 255)
            for field in GroupTemplate.fields(rules.videos + rules.early) {
                let choices = GroupTemplate.choices(field)
                #expect(choices.joined(separator: ",").utf16.count <= 255)
                #expect(GroupTemplate.note(field).utf16.count <= 255)
                #expect(field.heading.utf16.count <= 32)
            }
        }
    }

    /// A file that is too large is not read, so nobody knows its rows.
    @Test func aFileThatIsTooLargeIsToldByWhatIsKnownOfIt() async throws {
        try await withOffice { desk in
            let large = try await desk.plan([UInt8](repeating: 0x61, count: (27 << 20) + 1))
            #expect(try await desk.sentences(of: large)[0].contains("（27MB）"))
        }
    }

    @Test func aBookThatIsNotTakenIsNotKept() async throws {
        try await withOffice { desk in
            var macros = Built(Self.rows(Invented.groupFile(1...2)))
            macros.parts.append(("xl/vbaProject.bin", ""))
            let refused = try await desk.plan(macros.bytes)
            #expect(refused.number == nil && refused.inShort == ["file E403"])
            #expect(try await desk.sentences(of: refused)[0].hasPrefix("マクロの入ったExcelブック"))
            let cut = Array(Built(Self.rows(Invented.groupFile(1...2))).bytes.dropLast(30))
            #expect(try await desk.plan(cut).number == nil)
            #expect(try await desk.count("SELECT count(*) AS n FROM group_files") == 0)
        }
    }
}
