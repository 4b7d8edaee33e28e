import Enrollment
import Testing

/// Rows as clerks' spreadsheets spoil them, in all of Japan's municipalities and postal codes.
@Suite("Values are read as they were meant") struct ValueTests {
    static let headings = [
        "No", "氏", "名", "氏（カナ）", "名（カナ）", "郵便番号", "住所", "メールアドレス", "電話番号", "所属", "建物名等",
        "視聴日", "本人同意", "オープンバッジ希望",
    ]

    static let good = [
        "1", "綾", "環", "アヤ", "タマキ", "760-8571", "香川県高松市番町一丁目8-15", "f@example.jp", "", "", "",
        "2026/9/1", "同意する", "希望しない",
    ]

    static func line(_ change: (inout [String]) -> Void) -> GroupPlan.Line {
        var row = good
        change(&row)
        let records = [headings, row].enumerated().map {
            GroupRecord(row: $0.offset + 1, cells: $0.element)
        }
        let plan = GroupPlan(records, of: Sample.hospital, on: Sample.today, under: Reference.rules)
        return plan.lines[0]
    }

    static func told(_ change: (inout [String]) -> Void) -> [String] {
        line(change).problems.map { "\($0.code.rawValue) \($0.field?.key ?? "")" }
    }

    @Test func aGoodRowIsFitWithoutAWord() {
        let line = Self.line { _ in }
        #expect(line.problems.isEmpty && line.outcome == .new)
    }

    @Test(arguments: [
        ("600001", "北海道札幌市中央区北一条西2-1", "0600001", "060-0001"),
        ("10010", "北海道札幌市北区北十条西3-1", "0010010", "001-0010"),
        ("60-0001", "北海道札幌市中央区北一条西2-1", "0600001", "060-0001"),
        ("〒６０－０００１", "北海道札幌市中央区北一条西2-1", "0600001", "060-0001"),
        ("380001", "青森県青森市新田1-1", "0380001", "038-0001"),
    ])
    func zerosThatASpreadsheetAteAreGivenBack(
        typed: String, address: String, kept: String, shown: String
    ) {
        let line = Self.line {
            $0[5] = typed
            $0[6] = address
        }
        #expect(
            line.problems == [Problem(.postalCodeZeroSupplied, .postalCode, [.official: shown])])
        #expect(line.application?.address.postalCode == kept)
    }

    @Test(arguments: [
        // The code with its zero is of 青森市, of 北海道, of nobody.
        ("380000", "青森県弘前市上白銀町1-1", "E223"), ("600001", "香川県高松市番町1", "E223"),
        ("999999", "香川県高松市番町1", "E223"),
        // Where the hyphen stands says that it is the end that is missing.
        ("102-009", "東京都千代田区紀尾井町1-3", "E132"), ("1020-094", "東京都千代田区紀尾井町1-3", ""),
        ("1234", "香川県高松市番町1", "E132"),
    ])
    func noZeroIsGivenBackWhereItWouldBeAGuess(typed: String, address: String, code: String) {
        let told = Self.told {
            $0[5] = typed
            $0[6] = address
        }
        #expect(told == (code.isEmpty ? [] : ["\(code) postal_code"]))
    }

    @Test(arguments: [
        ("060-0001", "香川県高松市番町1", ["W133 postal_code"]),
        ("060-0001", "北海道札幌市北区北十条西3-1", ["W133 postal_code"]),
        ("060-0001", "北海道札幌市北一条西2-1", []), ("999-9999", "香川県高松市番町1", ["W134 postal_code"]),
        ("430-8652", "静岡県浜松市中区元城町103-2", ["W143 city"]),
        ("430-8652", "静岡県浜松市中央区元城町103-2", []), ("760-8571", "香川県高松市番町1", []),
    ])
    func aCodeOfAnotherPlaceIsAskedAbout(typed: String, address: String, expected: [String]) {
        let line = Self.line {
            $0[5] = typed
            $0[6] = address
        }
        #expect(line.problems.map { "\($0.code.rawValue) \($0.field?.key ?? "")" } == expected)
        #expect(line.outcome == .new)
    }

    @Test(arguments: [
        ("9012345678", "09012345678", "N163"), ("５０１２３４５６７８", "05012345678", "N163"),
        ("11-211-2111", "0112112111", "N163"), ("112112111", "0112112111", "N163"),
        ("120123456", "0120123456", "N163"), ("0901234567", "0901234567", "W164"),
        ("03-1234-56789", "03123456789", "W164"), ("0800-123-4567", "08001234567", ""),
        ("0570-000-111", "0570000111", ""), ("+81 90 1234 5678", "09012345678", ""),
        ("3123456789", "", "E162"), ("901234567", "", "E162"), ("12345678", "", "E162"),
    ])
    func telephonesGetTheirZeroBackAndOddLengthsAreAskedAbout(
        typed: String, kept: String, code: String
    ) {
        let line = Self.line { $0[8] = typed }
        #expect((line.application?.phone ?? "") == kept)
        #expect(line.problems.map(\.code.rawValue) == (code.isEmpty ? [] : [code]))
    }

    @Test(arguments: [
        "2026/9/1 0:00", "2026/09/01 13:05", "2026-09-01 13:05:11", "2026-09-01T13:05:11.000",
        "令和8年9月1日(火)", "2026年9月1日（火）", "2026年9月1日（火・祝）", "2026年9月1日火曜日", "2026/9/1(火) 13:05",
        "2026年9月1日 13時5分", "2026年9月1日　午後1時05分", "R8.9.1 9:30", "2026/9/1 1:05 PM", "46266.545",
    ])
    func whatStandsBehindADayIsPassedOver(typed: String) {
        #expect(TypedDay.read(typed) == .day(Day("2026-09-01")!))
        let line = Self.line { $0[11] = typed }
        #expect(line.problems.isEmpty)
    }

    @Test(arguments: [
        "9/1 13:05", "2026/9/1 25:00", "2026/9/1 13:75", "13:05", "2026/9 13:05", "2026/9/1 (仮)",
        "火曜日",
        "2026/9/1 頃", "2026/9/113:05", "2026-09-01T13:05:11Z",
    ])
    func whatIsNoTimeOfDayIsNoDay(typed: String) {
        #expect(TypedDay.read(typed) == .unreadable)
    }

    @Test(arguments: [
        ("高松市番町一丁目8-15", "香川県", "高松市", "番町一丁目8-15"),
        ("大阪市北区中之島1-3-20", "大阪府", "大阪市北区", "中之島1-3-20"),
        ("四日市市諏訪町1-5", "三重県", "四日市市", "諏訪町1-5"),
        ("木田郡三木町氷上310", "香川県", "木田郡三木町", "氷上310"),
        ("千代田区紀尾井町1-3", "東京都", "千代田区", "紀尾井町1-3"),
    ])
    func thePrefectureIsGivenWhereTheCountryHasOneSuchPlace(
        address: String, prefecture: String, city: String, street: String
    ) {
        let line = Self.line { $0[6] = address }
        let notice = Problem(.prefectureSupplied, .fullAddress, [.prefecture: prefecture])
        #expect(line.problems.contains(notice) && line.outcome == .new)
        #expect(line.draft[.prefecture] == prefecture && line.draft[.city] == city)
        #expect(line.application?.address.street == street)
    }

    @Test(arguments: ["府中市宮町2-24", "北区王子本町1-15", "三木町氷上310", "番町一丁目8-15", "伊達市鹿島町20"])
    func anAddressThatMayBeInSeveralPlacesIsToBeWrittenWhole(address: String) {
        #expect(Self.told { $0[6] = address } == ["E144 address_full"])
    }

    @Test func anEmptyPrefectureIsFilledInAsWell() {
        var row = Sample.row(1)
        row[6] = ""
        func line(_ city: String) -> GroupPlan.Line {
            row[7] = city
            let records = [Sample.headings, row].enumerated().map {
                GroupRecord(row: $0.offset + 1, cells: $0.element)
            }
            return GroupPlan(
                records, of: Sample.hospital, on: Sample.today, under: Reference.rules
            ).lines[0]
        }
        #expect(
            line("千代田区").problems == [
                Problem(.prefectureSupplied, .prefecture, [.prefecture: "東京都"])
            ])
        #expect(line("府中市").problems.map(\.code) == [.prefectureMissing])
    }

    @Test(arguments: ["〒760-8571 香川県高松市番町一丁目8-15", "７６０－８５７１　香川県高松市番町一丁目8-15"])
    func aPostalCodeBeforeTheAddressIsPassedOver(address: String) {
        let line = Self.line { $0[6] = address }
        #expect(line.problems.isEmpty)
        #expect(line.application?.address.street == "番町一丁目8-15")
    }

    @Test func placesAreFoundHoweverTheyAreWritten() {
        func line(_ code: String, _ address: String) -> GroupPlan.Line {
            Self.line {
                $0[5] = code
                $0[6] = address
            }
        }
        #expect(line("639-2195", "奈良県葛\u{E0100}城市柿本166").problems.isEmpty)
        #expect(line("124-8555", "東京都葛\u{E0100}飾区立石五丁目13-1").problems.isEmpty)
        let hachijo = line("100-1498", "東京都八丈島八丈町大賀郷2551-2")
        #expect(hachijo.problems == [Problem(.cityCorrected, .city, [.official: "八丈町"])])
        let miyake = line("100-1212", "東京都三宅島三宅村阿古497")
        #expect(miyake.problems == [Problem(.cityCorrected, .city, [.official: "三宅村"])])
        let nowhere = line("220-0001", "神奈川県横浜市山田区北山田1-1")
        let told: [Problem.Argument: String] = [.prefecture: "神奈川県", .value: "横浜市山田区"]
        #expect(nowhere.problems == [Problem(.cityUnknown, .fullAddress, told)])
    }
}
