import BookSamples
import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 列を選ぶ, as a clerk without script does it.
@Suite struct GroupColumnsPageTests {
    private static let path = "/group-files/columns"

    /// 氏 is called サーネーム; 部署・店舗名 is called by what a browser would take for markup.
    private static func file(_ numbers: ClosedRange<Int> = 1...4) -> [UInt8] {
        let file = Invented.file(
            Invented.groupFile(numbers, unit: "<i>内科</i>"), calling: "氏", "サーネーム")
        return Array(
            String(decoding: file, as: UTF8.self).replacing("部署・店舗名", with: "<b>班").utf8)
    }

    private static func clerk(_ desk: isolated OfficeDesk) async throws -> Browser {
        var clerk = Browser(desk.office)
        try await clerk.signIn(asClerkOf: "demo-hospital", desk)
        try await clerk.open("/group")
        try await clerk.upload("/group-files", [("evidence", "personal")], file: file())
        return clerk
    }

    /// As the page comes: what it takes each column for, in the order of the file.
    private static func offered(_ browser: Browser) -> [(String, String)] {
        browser.text.split(separator: "<select ").dropFirst().map { rest in
            let select = rest.split(separator: "</select>")[0]
            let name = select.firstMatch(of: /name="([^"]*)"/)?.output.1 ?? ""
            let chosen = select.firstMatch(of: /value="([^"]*)" selected/)?.output.1 ?? ""
            return (String(name), String(chosen))
        }.sorted { $0.0.count == $1.0.count ? $0.0 < $1.0 : $0.0.count < $1.0.count }
    }

    @Test func eachColumnStandsThereWithThreeValuesAndWhatItIsTakenFor() async throws {
        try await withOffice { desk in
            let clerk = try await Self.clerk(desk)
            #expect(clerk.path.hasPrefix(Self.path) && clerk.heading == "列の読み方を選ぶ")
            #expect(clerk.text.contains("必要な列のうち、まだ選ばれていないもの：<strong>氏</strong>"))
            #expect(clerk.text.contains("O列　入っている値：「&lt;i&gt;内科&lt;/i&gt;」"))
            #expect(clerk.text.contains("&lt;b&gt;班"))
            #expect(!clerk.text.contains("<i>内科") && !clerk.text.contains("<b>班"))
            let offered = Self.offered(clerk)
            #expect(offered.count == 15)
            #expect(offered[1].1.isEmpty && clerk.text.contains("まだ選ばれていません</option>"))
            #expect(offered[2].1 == "given_name" && offered[9].1 == "email")
        }
    }

    @Test func whatWasChosenMakesThePlanAndThePlanSaysSo() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            var chosen = Self.offered(clerk)
            (chosen[1].1, chosen[14].1) = ("family_name", "unused")
            try await clerk.send(Self.path, chosen)
            #expect(clerk.path.hasPrefix("/group-files/plan"))
            #expect(clerk.text.contains("「サーネーム」の列：氏"))
            #expect(clerk.text.contains("「&lt;b&gt;班」の列：使わない（登録しない）"))
            #expect(!clerk.text.contains("（前に選んだ読み方）"))
            #expect(clerk.answer("新規") == "4件")
            let first = clerk.path
            // The next file is read so, too, says so, and lets it be changed.
            try await clerk.open("/group")
            try await clerk.upload(
                "/group-files", [("evidence", "personal")], file: Self.file(7...8))
            #expect(clerk.path.hasPrefix("/group-files/plan") && clerk.path != first)
            #expect(clerk.text.contains("「サーネーム」の列：氏（前に選んだ読み方）"))
            let number = try #require(clerk.path.split(separator: "=").last)
            try await clerk.open("\(Self.path)?number=\(number)")
            #expect(clerk.text.contains("に選ばれた読み方です（団体の担当"))
            var other = Self.offered(clerk)
            #expect(other[14].1 == "unused")
            other[14].1 = "note"
            try await clerk.send(Self.path, other)
            #expect(clerk.text.contains("「&lt;b&gt;班」の列：備考"))
            #expect(clerk.answer("新規") == "2件")
        }
    }

    @Test func everythingThatIsWrongIsToldAndWhatWasChosenIsKept() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            var chosen = Self.offered(clerk)
            chosen[1].1 = "email"
            chosen[14].1 = ""
            try await clerk.send(Self.path, chosen)
            #expect(clerk.page.status.code == 422)
            #expect(clerk.text.contains("必要な列が選ばれていません：氏。"))
            #expect(clerk.text.contains("「メールアドレス」が2つ以上の列で選ばれています。"))
            #expect(clerk.text.contains("「&lt;b&gt;班」が何の列かを選んでください。"))
            let kept = Self.offered(clerk)
            #expect(kept[1].1 == "email" && kept[9].1 == "email" && kept[2].1 == "given_name")
            chosen[1].1 = "family_name"
            try await clerk.send(Self.path, chosen + [("rest", "yes")])
            #expect(clerk.path.hasPrefix("/group-files/plan"))
            #expect(clerk.text.contains("「&lt;b&gt;班」の列：使わない（登録しない）"))
        }
    }

    @Test func aFileThatWaitsIsOnThePageOfItsOrganizationUntilItIsPlanned() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            let page = clerk.path
            try await clerk.open("/group")
            #expect(clerk.text.contains("列の読み方を選ぶのを待っている名簿"))
            #expect(clerk.text.contains("href=\"\(page)\">roster.csv</a>"))
            try await clerk.open(page)
            var chosen = Self.offered(clerk)
            for index in chosen.indices where chosen[index].0 == "use-1" {
                chosen[index].1 = "family_name"
            }
            try await clerk.send(Self.path, chosen + [("rest", "yes")])
            try await clerk.open("/group")
            #expect(!clerk.text.contains("列の読み方を選ぶのを待っている名簿"))
        }
    }

    @Test func theSameFormSentTwiceLeadsToTheOnePlan() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            let page = clerk.path
            var chosen = Self.offered(clerk)
            (chosen[1].1, chosen[14].1) = ("family_name", "unused")
            var second = clerk
            try await clerk.send(Self.path, chosen)
            try await second.send(Self.path, chosen)
            #expect(second.path == clerk.path)
            try await second.open(page)
            #expect(second.path == clerk.path)
        }
    }

    /// Somebody else has changed it meanwhile, or sent it.
    @Test func ofAPlanThatIsReplacedOrSentItsOwnPageSaysSo() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            var chosen = Self.offered(clerk)
            (chosen[1].1, chosen[14].1) = ("family_name", "unused")
            try await clerk.send(Self.path, chosen)
            let number = String(try #require(clerk.path.split(separator: "=").last))
            try await clerk.open("\(Self.path)?number=\(number)")
            var other = clerk
            chosen[14].1 = "note"
            try await other.send(Self.path, chosen)
            try await clerk.send(Self.path, chosen)
            #expect(clerk.path == "/group-files/plan?number=\(number)")
            #expect(clerk.text.contains("新しい下見があります"))
            let newest = String(try #require(other.path.split(separator: "=").last))
            try await other.send("/group-files/apply", [("agent_attestation", "yes")])
            try await clerk.open("\(Self.path)?number=\(newest)")
            #expect(clerk.path == "/group-files/plan?number=\(newest)")
            #expect(clerk.heading == "応募を送っています")
        }
    }

    @Test func aFileThatIsGoneLeadsToWhereOneIsChosen() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            _ = try await desk.rows("DELETE FROM waiting_files")
            try await clerk.send(Self.path, Self.offered(clerk))
            #expect(clerk.page.status.code == 404)
            #expect(clerk.text.contains("この名簿は残っていません。"))
            #expect(clerk.text.contains("名簿をたしかめる"))
        }
    }

    @Test func whoeverWasSignedOutMeanwhileGoesOnWithWhatTheyChose() async throws {
        try await withOffice { desk in
            var clerk = try await Self.clerk(desk)
            var chosen = Self.offered(clerk)
            (chosen[1].1, chosen[14].1) = ("family_name", "unused")
            _ = try await desk.rows("DELETE FROM sessions")
            try await clerk.send(Self.path, chosen)
            #expect(clerk.text.contains("入力した内容は残っています。"))
            let account = NewAccount(
                email: "again@enroll.example", name: "担当", role: .organization,
                organizationCode: "demo-hospital")
            let password = try await desk.office.addAccount(account, by: .operator("test"))
            try await clerk.send(
                "/sign-in", [("email", account.email), ("password", password)])
            #expect(clerk.heading == "続きから送る")
            try await clerk.send(Self.path)
            #expect(clerk.path.hasPrefix("/group-files/plan"))
            #expect(clerk.text.contains("「サーネーム」の列：氏"))
        }
    }

    @Test func anotherOrganizationSeesNothingAndItIsNoted() async throws {
        try await withOffice { desk in
            let page = try await Self.clerk(desk).path
            var stranger = Browser(desk.office)
            let account = NewAccount(
                email: "clinic@enroll.example", name: "担当", role: .organization,
                organizationCode: "demo-clinic")
            let password = try await desk.office.addAccount(account, by: .operator("test"))
            try await stranger.open("/sign-in")
            try await stranger.send(
                "/sign-in", [("email", account.email), ("password", password)])
            try await stranger.open(page)
            #expect(stranger.page.status.code == 404)
            #expect(!stranger.text.contains("サーネーム"))
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM events WHERE act = 'access_refused'") == 1)
        }
    }

    /// Of a book the sheet that was found is said, and another can be read in its place.
    @Test func anotherSheetOfABookIsReadWithoutSendingItAgain() async throws {
        try await withOffice { desk in
            let sheets = [("外来", 1...2), ("病棟", 3...5)].map { name, numbers in
                (name, Self.rows(Invented.groupFile(numbers)), "visible")
            }
            let bytes = ByteBuiltBook(
                sheets: sheets + [("説明", "<row r=\"1\"/>", "visible")]
            ).bytes
            var clerk = Browser(desk.office)
            try await clerk.signIn(asClerkOf: "demo-hospital", desk)
            try await clerk.open("/group")
            let answers = [("evidence", "personal"), ("sheet", "内科")]
            try await clerk.upload("/group-files", answers, file: bytes)
            #expect(clerk.page.status.code == 422 && clerk.text.contains("value=\"内科\""))
            #expect(clerk.text.contains("このブックにあるシート：「外来」、「病棟」、「説明」"))
            try await clerk.upload("/group-files", [("evidence", "personal")], file: bytes)
            #expect(clerk.text.contains("シート「外来」を読み取っています。"))
            #expect(clerk.answer("新規") == "2件")
            let first = clerk.path
            try await clerk.send(Self.path, [("sheet", "3")])
            #expect(clerk.page.status.code == 422 && clerk.heading == "列の読み方を選ぶ")
            #expect(clerk.text.contains("id=\"sheet-chosen-e\""))
            #expect(clerk.text.contains("シート「外来」を読み取っています。"))
            try await clerk.open(first)
            try await clerk.send(Self.path, [("sheet", "2")])
            #expect(clerk.path.hasPrefix("/group-files/plan") && clerk.path != first)
            #expect(clerk.text.contains("シート「病棟」を読み取っています。"))
            #expect(clerk.answer("新規") == "3件")
        }
    }

    private static func rows(_ csv: [UInt8]) -> String {
        let lines = String(decoding: csv.dropFirst(3), as: UTF8.self).split(separator: "\r\n")
        return lines.map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return "<row>\(cells.map { "<c t=\"str\"><v>\($0)</v></c>" }.joined())</row>"
        }.joined()
    }
}
