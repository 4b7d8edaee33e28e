import Enrollment
import Procedures
import Store
import TestSupport
import Testing

/// What stands in the cells of a file.
@Suite struct RosterValueTests {
    @Test(arguments: [
        ("00-as-it-should-be.csv", ["2 new", "3 new"]),
        ("09-utf8-without-mark.csv", ["2 new N163"]),
        (
            "10-lost-zeros.csv",
            ["2 new N227 N163", "3 new N227 N163", "4 error E223", "5 error E132"]
        ),
        ("12-viewing-day-with-time.csv", (2...7).map { "\($0) new" }),
        (
            "14-address-without-prefecture.csv",
            ["2 new N140", "3 new N140 W133", "4 new N140 W133", "5 new"]
        ),
        ("15-katsuragi-with-selector.csv", ["2 new", "3 new"]),
        ("16-island-before-town.csv", ["2 new N139", "3 new N139"]),
        (
            "21-names-that-are-none.csv",
            [
                "2 new W118", "3 new W118", "4 new W118", "5 new W118", "6 new W113 W113",
                "7 new W113 W113", "8 new W118", "9 new W113 W113",
            ]
        ),
        ("22-radicals-from-a-pdf.csv", ["2 new W119", "3 new W119", "4 new W116"]),
        ("24-utf8-cut-character-in-row-4.csv", ["file E423"]),
        (
            "26-error-values.csv",
            [
                "2 error E230 E230", "3 error E230 E230", "4 error E230 E230",
                "5 new W113 W113",
            ]
        ),
        ("28-opened-garbled-and-saved.csv", ["file E405"]),
        ("29-csv-in-a-zip.zip", ["file E403"]),
        ("30-ward-that-is-none.csv", ["2 error E138", "3 new W143"]),
    ])
    func isPlannedAsItIsMeant(file: String, plan: [String]) async throws {
        try await withOffice { desk in
            let planned = try await desk.planRoster(file)
            #expect(planned.inShort == plan)
        }
    }

    @Test func theRightValuesAreKept() async throws {
        try await withOffice { desk in
            let zeros = try await desk.planRoster("10-lost-zeros.csv")
            let kept = [2, 3].map { zeros.application(inRow: $0) }
            #expect(kept.map { $0?.address.postalCode } == ["0600001", "0010010"])
            #expect(kept.map { $0?.phone } == ["0112112111", "0112112111"])
            let days = try await desk.planRoster("12-viewing-day-with-time.csv")
            let seen = try #require(Day("2026-09-01"))
            for row in 2...7 {
                let viewings = days.application(inRow: row)?.viewings.map(\.viewedOn)
                #expect(viewings == [seen, seen], "row \(row)")
            }
            let places = try await desk.planRoster("14-address-without-prefecture.csv")
            let codes = (2...5).map {
                places.application(inRow: $0)?.address.municipalityCode
            }
            #expect(codes == ["372013", "011002", "271004", "372013"])
            let pdf = try await desk.planRoster("22-radicals-from-a-pdf.csv")
            let families = (2...4).map { pdf.application(inRow: $0)?.name }
            #expect(families.map { $0?.family0213 } == ["西岡", "山本", "戸田"])
            #expect(families.map { $0?.family } == ["⻄岡", "⼭本", "戶田"])
        }
    }

    @Test func theSentencesSayWhatToDo() async throws {
        try await withOffice { desk in
            let cut = try await desk.planRoster("24-utf8-cut-character-in-row-4.csv")
            #expect(try await desk.sentences(of: cut)[0].hasPrefix("4行目に、途中で切れたか壊れた文字があります。"))
            let zip = try await desk.planRoster("29-csv-in-a-zip.zip")
            #expect(
                try await desk.sentences(of: zip) == [
                    "ZIPファイルです。中のExcelブックかCSVファイルを取り出して、そのファイルを選んでください。"
                ])
            let ward = try await desk.planRoster("30-ward-that-is-none.csv")
            let told = try await desk.sentences(of: ward)
            #expect(told[0] == "2行目「住所」：神奈川県に「横浜市山田区」という市区町村は見つかりません。")
            let zeros = try await desk.sentences(of: desk.planRoster("10-lost-zeros.csv"))
            #expect(zeros.contains { $0.contains("4行目「郵便番号」") && $0.contains("060-0001") })
        }
    }

    @Test func theFileOfRowsToCorrectOpensInExcelWhateverWasSent() async throws {
        try await withOffice { desk in
            let fit = String(decoding: try Rosters.bytes("09-utf8-without-mark.csv"), as: UTF8.self)
            let unfit = fit.replacing("f09@example.jp", with: "f09")
            #expect(unfit.hasPrefix("No,"))
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "", evidence: .personal, attests: true)
            let upload = GroupUpload(
                name: "名簿.csv", bytes: Array(unfit.utf8), coordinator: coordinator)
            let planned = try await desk.office.planGroup(
                upload, of: "demo-hospital", by: .operator("coordinator"))
            let errors = try await desk.office.errorFile(of: try #require(planned.number))
            #expect(
                errors?.bytes.starts(with: [0xEF, 0xBB, 0xBF]) == true && errors?.isBook == false)
        }
    }
}
