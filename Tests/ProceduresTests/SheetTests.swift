import Enrollment
import Foundation
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// The sheets of the workbook say the same of the same people, and say it again later.
@Suite struct SheetTests {
    private static let numbers = [
        "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "14", "15", "99",
    ]

    private static func sum(
        _ heading: String, _ table: [[String: CellValue]],
        where isMeant: ([String: CellValue]) -> Bool = { _ in true }
    ) -> Int {
        table.filter(isMeant).reduce(0) { sum, line in
            guard case .number(let number) = line[heading] else { return sum }
            return sum + number
        }
    }

    @Test func sheetsAddUpToOneAnother() async throws {
        try await withOffice(at: HundredPeople.start, seed: 5) { desk in
            let basis = try await HundredPeople.live(desk)
            try desk.useLayouts()
            let totals = try await desk.table("03", basis)
            for number in ["07", "08"] {
                let table = try await desk.table(number, basis)
                for heading in ["現任者数", "当年度任命数"] {
                    for year in 2026...2028 {
                        let ofYear = { (line: [String: CellValue]) in line["年度"] == .number(year) }
                        let sum = Self.sum(heading, table, where: ofYear)
                        #expect(
                            sum > 0 && sum == Self.sum(heading, totals, where: ofYear),
                            "\(number) \(heading) \(year)")
                    }
                }
            }
            let states = try await desk.table("10", basis)
            let applied = Self.sum("件数", states) {
                $0["応募経路"] != .text("更新") && $0["状態コード"] != .text("merged")
            }
            #expect(applied == Self.sum("応募数", try await desk.table("09", basis)))
            let listed = try await desk.table("02", basis).count
            #expect(listed == Self.sum("件数", states) { $0["年度"] == .number(2028) })
            let badges = try await desk.table("14", basis)
            #expect(
                Self.sum("発行数", badges)
                    == (try await desk.count(
                        "SELECT count(*) AS n FROM badges WHERE known_from < \(basis.known.precise)"
                    )))
            #expect(Self.sum("失効数", badges) > 0 && Self.sum("再発行数", badges) == 0)
        }
    }

    @Test func everySheetComesOutAgainAYearLater() async throws {
        try await withOffice(at: HundredPeople.start, seed: 5) { desk in
            let basis = try await HundredPeople.live(desk)
            try desk.useLayouts()
            var shown: [String: [String]] = [:]
            for number in Self.numbers { shown[number] = try await desk.lines(of: number, basis) }
            try await desk.move(to: Instant(startOf: try #require(Day("2029-04-02"))))
            _ = try await desk.office.closePastYears(limit: 1_000)
            _ = try await desk.rows("UPDATE organizations SET name = 'X', group_code = 'jcom'")
            for number in Self.numbers {
                #expect(try await desk.lines(of: number, basis) == shown[number], "\(number)")
            }
        }
    }

    @Test func theDigestOfTheDataDoesNotDependOnWhenAndByWhomItWasWritten() async throws {
        try await withOffice { desk in
            try desk.useLayouts()
            _ = try await desk.approved(1)
            try await desk.appointAll()
            let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
            let first = try await Self.summary(desk, basis, for: "報告", by: "府省")
            try await desk.move(by: 60 * 86_400)
            let later = try await desk.office.basis(asOf: basis.asOf, known: .now)
            let same = try await Self.summary(desk, later, for: "報告", by: "府省")
            #expect(same.dataSHA256 == first.dataSHA256, "nothing was learned of that day")
            try await desk.apply(2)
            let again = try await Self.summary(desk, basis, for: "照会への回答", by: "事務局")
            #expect(first.dataSHA256 == again.dataSHA256 && first.dataSHA256.utf8.count == 64)
            #expect(first.sha256 != again.sha256, "sheet 00 says when, by whom and what for")
            let lines = try await desk.workbook(basis).filter { !$0.name.hasSuffix("sheet1.xml") }
                .map { "\(Digest.sha256Hex($0.bytes))  \($0.name)\n" }
            #expect(Digest.sha256Hex(lines.joined()) == first.dataSHA256)
        }
    }

    @Test func theDigestOfTheDataTellsThatAFactWasAdded() async throws {
        try await withOffice { desk in
            try desk.useLayouts()
            let id = try await desk.approved(1)
            try await desk.appointAll()
            let day = desk.office.today
            try await desk.move(by: 3_600)
            let before = try await desk.office.basis(asOf: day, known: .now)
            try await desk.move(by: 3_600)
            try await desk.office.resign(application: id, by: .applicant)
            try await desk.move(by: 3_600)
            let after = try await desk.office.basis(asOf: day, known: .now)
            let digests = [
                try await Self.summary(desk, before, for: "報告", by: "府省").dataSHA256,
                try await Self.summary(desk, after, for: "報告", by: "府省").dataSHA256,
            ]
            #expect(digests[0] != digests[1])
        }
    }

    private static func summary(
        _ desk: isolated OfficeDesk, _ basis: TallyBasis, for purpose: String, by name: String
    ) async throws -> ExportSummary {
        try await desk.office.exportMinistry(
            ExportOrder(basis: basis, purpose: purpose, requestedBy: name)
        ) { _ in }
    }

    /// 希望数 of a month must come out again after the wish was corrected.
    @Test func aWishForABadgeCountsAsItWasKnownThen() async throws {
        try await withOffice { desk in
            try desk.useLayouts()
            _ = try await desk.enter(1...2)
            let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
            try await desk.move(by: 60)
            #expect(try await desk.enter(1...1) { $0[13] = "希望しない" } == 1)
            let now = try await desk.office.basis(asOf: desk.office.today, known: .now)
            #expect(Self.sum("希望数", try await desk.table("14", basis)) == 2)
            #expect(Self.sum("希望数", try await desk.table("14", now)) == 1)
        }
    }

    @Test func aRowThatTheOfficeLetInLaterIsNotCountedBefore() async throws {
        try await withOffice { desk in
            try desk.useLayouts()
            var seen = 0
            let planned = try await desk.upload([1, 1]) { row in
                seen += 1
                if seen == 2 { row[9] = "other@example.jp" }
            }
            let number = try #require(planned.number)
            _ = try await desk.office.applyGroup(number, by: .operator("coordinator"))
            try await desk.move(by: 60)
            let before = try await desk.office.basis(asOf: desk.office.today, known: .now)
            try await desk.move(by: 60)
            let doubt = try #require(try await desk.office.openDoubts(DoubtFilter()).first).doubt
            try await desk.office.decideDoubt(doubt.id, as: .different, by: .account(1))
            try await desk.move(by: 60)
            let after = try await desk.office.basis(asOf: desk.office.today, known: .now)
            #expect(try await desk.table("11", before).map { $0["登録数"] } == [.number(1)])
            #expect(try await desk.table("11", after).map { $0["登録数"] } == [.number(2)])
        }
    }

    @Test func aFileThatWasSentAgainBeforeItWasTakenInStandsOnce() async throws {
        try await withOffice { desk in
            try desk.useLayouts()
            _ = try await desk.upload(1...3)
            try await desk.move(by: 60)
            _ = try await desk.enter(1...3)
            try await desk.move(by: 60)
            _ = try await desk.upload(4...5) { if $0[0] == "5" { $0[9] = "person5" } }
            try await desk.move(by: 60)
            let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
            let files = try await desk.table("11", basis)
            #expect(files.map { $0["登録数"] } == [.number(3), .number(0)])
            #expect(files.map { $0["エラー数"] } == [.number(0), .number(1)])
            #expect(files.map { $0["再提出回数"] } == [.number(0), .number(1)])
            #expect(files[0]["動画視聴の確認方法"] == .text("本人の申告"))
            let lines = try await desk.table("02", basis)
            #expect(lines.map { $0["行番号"] } == [.number(2), .number(3), .number(4)])
            #expect(lines.allSatisfy { $0["一括受付番号"] == files[0]["一括受付番号"] })
        }
    }
}
