import Enrollment
import Testing

@Suite("The headings of the ministry's sheet are a file") struct SheetLayoutTests {
    private func fault(_ layout: String) -> LayoutFault? {
        do {
            _ = try SheetLayout(layout)
            return nil
        } catch { return error }
    }

    @Test func aLayoutIsReadInItsOrder() throws {
        let layout = try SheetLayout(
            "\u{FEFF}# 本省様式 2026\r\n受付番号 = receipt\r\n\n  氏（カナ）\t= family_name_kana \n")
        #expect(layout.headings == ["受付番号", "氏（カナ）"])
        #expect(layout.entries.map(\.name) == ["receipt", "family_name_kana"])
        #expect(layout.entries.map(\.line) == [2, 4])
    }

    @Test func whatIsWrongIsNamedByItsLine() {
        #expect(fault("# x\n受付番号") == .malformed(line: 2))
        #expect(fault("= receipt") == .malformed(line: 1))
        #expect(fault("視聴日 = view_{n}_on") == .malformed(line: 1))
        #expect(fault("受付番号 =") == .malformed(line: 1))
        #expect(fault("番号 = receipt\n番号 = email") == .headingTwice(line: 2, heading: "番号"))
        #expect(fault("a = receipt\nb = receipt") == .columnTwice(line: 2, name: "receipt"))
        #expect(fault("# nothing\n") == .empty)
    }
}
