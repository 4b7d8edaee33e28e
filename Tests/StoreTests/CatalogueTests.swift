import Enrollment
import Foundation
import Testing
import Words

@testable import Store

/// The sheets of the ministry's workbook, as they are catalogued and laid out.
@Suite struct CatalogueTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Exports/ministry/2026")

    private static func layouts(
        _ change: (String, String) -> String = { $1 }
    ) throws -> MinistryLayouts {
        try MinistryLayouts(version: 2026) { file in
            change(
                file, try String(contentsOf: folder.appending(path: file), encoding: .utf8))
        }
    }

    @Test func everySheetHasALayoutAndEveryLayoutASheet() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path())
        let titles = MinistryLayouts.catalogue.map(\.title)
        #expect(
            Set(titles.map(\.layoutFile)) == Set(files.filter { $0.hasSuffix(".layout") }))
        #expect(titles.map(\.number) == titles.map(\.number).sorted())
        #expect(titles.allSatisfy { $0.word.unicodeScalars.count <= 31 })
    }

    @Test func everyColumnIsDefinedAndEveryCountHasAUnit() throws {
        for sheet in try Self.layouts().sheets(repeating: [1, 2]) {
            for line in sheet.definitions {
                #expect(!line.definition.isEmpty, "\(line.sheet) \(line.physicalName)")
                let isCount =
                    line.type == "数値" && !["fiscal_year", "row_number"].contains(line.physicalName)
                #expect(isCount != line.unit.isEmpty, "\(line.sheet) \(line.physicalName)")
                // 物理名: letters, digits and low lines only (rule L3-08).
                #expect(line.physicalName.wholeMatch(of: /[a-z0-9_]+/) != nil)
            }
        }
    }

    /// L3-08: one name, one meaning.
    @Test func thePhysicalNameMeansTheSameOnEverySheet() throws {
        var meanings: [String: String] = [:]
        for sheet in try Self.layouts().sheets(repeating: [1, 2]) {
            for line in sheet.definitions {
                let meaning = "\(line.type) \(line.unit) \(line.definition) \(line.values)"
                let first = meanings[line.physicalName] ?? meaning
                #expect(first == meaning, "\(line.sheet) \(line.physicalName)")
                meanings[line.physicalName] = first
            }
        }
    }

    @Test func aHeadingThatNamesNothingStopsTheStart() throws {
        let trouble = #expect(throws: LayoutTrouble.self) {
            try Self.layouts { $0 == "01_roster.layout" ? "番号 = receipt\n血液型 = blood" : $1 }
        }
        #expect(trouble?.file == "01_roster.layout")
        #expect(trouble?.fault == .unknownColumn(line: 2, name: "blood"))
    }

    @Test func columnsThatRepeatStandOnceForEachVideo() throws {
        let layouts = try Self.layouts { file, text in
            file != "01_roster.layout"
                ? text
                : """
                受付番号 = receipt
                動画{n}視聴日 = view_{n}_on
                動画{n}根拠 = view_{n}_evidence
                状態 = state
                """
        }
        let roster = try layouts.sheets(repeating: [1, 2, 3])[0]
        #expect(
            roster.columns.map(\.heading) == [
                "受付番号", "動画1視聴日", "動画1根拠", "動画2視聴日", "動画2根拠", "動画3視聴日", "動画3根拠", "状態",
            ])
        #expect(roster.columns[5].meaning.name == "view_3_on")
        #expect(roster.columns[5].meaning.definition == "動画3を視聴した日")
    }

    @Test func aLineOfSheet91SaysWhatTheSheetHolds() throws {
        let sheets = try Self.layouts().sheets(repeating: [1, 2])
        let totals = try #require(sheets.first { $0.title.number == "03" })
        let line = try #require(totals.definitions.first { $0.heading == "現任者数" })
        #expect(line.sheet == "03_全体集計" && line.physicalName == "active_count")
        #expect(line.type == "数値" && line.unit == "人")
        #expect(line.definition.hasPrefix("任命の期間に集計基準日を含む人の数。") && line.values.isEmpty)
        let kind = try #require(totals.definitions.first { $0.physicalName == "kind_code" })
        #expect(kind.values == "1：デジタル推進委員、2：デジタル推進よびかけ員" && kind.type == "文字列")
    }
}
