import Enrollment
import Testing

@Suite("What was changed in the layouts is a table") struct LayoutChangeTests {
    @Test func itsLinesAreReadAndItsHeadIsNot() throws {
        let changes = try LayoutChange.all(
            """
            # 対応表

            | 版 | 変更日 | シート | 変更内容 |
            | --- | --- | --- | --- |
            | 2026 | 2026-11-24 | すべて | 最初の版 |
            """)
        #expect(changes.map(\.version) == ["2026"] && changes.map(\.day) == [Day("2026-11-24")])
        #expect(changes.map(\.sheet) == ["すべて"] && changes.map(\.text) == ["最初の版"])
    }

    @Test(arguments: ["| 2026 | 11/24 | すべて | 最初の版 |", "| 2026 | 2026-11-24 | すべて |"])
    func aLineThatIsNoneIsNamed(line: String) {
        #expect(throws: LayoutFault.malformed(line: 2)) { try LayoutChange.all("\n" + line) }
    }
}
