import Enrollment
import HTTP
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// One page a person, for the office.
@Suite struct PersonPageTests {
    private static func appointed(
        _ desk: isolated OfficeDesk
    ) async throws -> (office: Browser, receipt: String) {
        var person = Browser(desk.office)
        let receipt = try await person.apply(1, desk)
        try await appoint(desk)
        _ = try await desk.sendLetters()
        var office = Browser(desk.office)
        try await office.signIn(desk)
        return (office, receipt)
    }

    @Test func itIsFoundByEachNumberAndFromEachList() async throws {
        try await withOffice { desk in
            var (office, receipt) = try await Self.appointed(desk)
            let link = "href=\"/people/person?number=\(receipt)\""
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.text.contains(link))
            try await office.open("/people")
            try await office.send("/people", [("person", receipt)])
            #expect(office.text.contains(link))
            let numbers = try await desk.texts(
                """
                SELECT number AS text FROM appointments
                UNION ALL SELECT member_number FROM people WHERE member_number IS NOT NULL
                """)
            #expect(numbers.count == 2)
            let record = try await desk.office.reading.application(receipt: receipt)
            let name = try #require(record).name
            for number in numbers + [receipt] {
                try await office.open("/people/person?number=\(number)")
                #expect(office.page.status == .ok && office.heading == name)
                #expect(office.answer("いまの状態") == "任命中")
                #expect(office.text.contains("href=\"/queue/end?receipt=\(receipt)\""))
            }
            let seen = try await desk.count(
                "SELECT count(*) AS n FROM events WHERE act = 'open_person'")
            #expect(seen == 3)
        }
    }

    @Test func anEndThatWasTakenBackStaysWithItsWords() async throws {
        try await withOffice { desk in
            var (office, receipt) = try await Self.appointed(desk)
            let today = desk.office.today.description
            try await office.open("/queue/end?receipt=\(receipt)")
            try await office.send(
                "/queue/end",
                [
                    ("reason", "revoked"), ("ended_on", today), ("because", "活動の実態がないため"),
                    ("sure", "yes"),
                ])
            try await desk.move(by: 60)
            try await office.send("/queue/resume")
            try await office.open("/people/person?number=\(receipt)")
            let history = try #require(
                office.markup(from: "<caption class=\"vh\">任命のこれまでの状態", to: "</table>"))
            #expect(history.contains("解任") && history.contains("活動の実態がないため"))
            #expect(history.contains("任命にもどした") && history.contains("に改めた"))
            let journal = try #require(office.markup(from: "id=\"log\"", to: "</section>"))
            #expect(journal.contains("<del>2027年4月1日</del>"))
            #expect(!journal.contains("この人のページを見た"))
            try await office.open("/people/person?number=\(receipt)&journal=all")
            #expect(office.text.contains("この人のページを見た"))
        }
    }

    @Test func aLetterIsSentOnceMoreAndSaysSo() async throws {
        try await withOffice { desk in
            var (office, receipt) = try await Self.appointed(desk)
            try await office.open("/people/person?number=\(receipt)")
            try await office.send("/people/resend")
            #expect(office.heading == "もう一度送りますか")
            var other = office
            let before = try await desk.sendLetters().count
            try await office.send("/people/resend")
            #expect(office.text.contains("もう一度送ることにしました。"))
            try await other.send("/people/resend")
            #expect(other.page.status == .conflict)
            let letters = try await desk.sendLetters().dropFirst(before)
            #expect(letters.map(\.recipient) == [Invented.email(1)])
            let letter = try #require(letters.first)
            #expect(letter.subject.hasPrefix("もう一度お送りします："))
            #expect(letter.body.hasPrefix("2026年11月24日にお送りしたメールを"))
        }
    }

    @Test func whoeverHasDiedGetsNoLetterOnceMore() async throws {
        try await withOffice { desk in
            var (office, receipt) = try await Self.appointed(desk)
            try await office.open("/people/person?number=\(receipt)")
            try await office.send("/people/resend")
            let before = try await desk.sendLetters().count
            let record = try await desk.office.reading.application(receipt: receipt)
            let ending = AppointmentEnding(.deceased, on: desk.office.today, because: "")
            try await desk.office.end(
                appointmentOfApplication: try #require(record).id, ending, by: .operator("office"))
            try await office.send("/people/resend")
            #expect(office.page.status == .conflict)
            try await office.open("/people/person?number=\(receipt)")
            #expect(office.text.contains("この人あてのメールはもう送りません。"))
            #expect(!office.text.contains("action=\"/people/resend\""))
            #expect(try await desk.sendLetters().count == before)
        }
    }

    @Test func aNoteIsKeptHoweverItIsPutRight() async throws {
        try await withOffice { desk in
            var (office, receipt) = try await Self.appointed(desk)
            let page = "/people/person?number=\(receipt)"
            try await office.open(page)
            try await office.send("/people/note", [("words", " \n")])
            #expect(office.page.status == .unprocessable)
            #expect(office.problem(of: "words")?.contains("メモを入力してください。") == true)
            let twice = office
            try await office.send("/people/note", [("words", "旧姓で\n問い合わせ")])
            #expect(office.text.contains("メモを書きました。"))
            var second = twice
            try await second.send("/people/note", [("words", "旧姓で\n問い合わせ")])
            #expect(try await desk.count("SELECT count(*) AS n FROM notes") == 1)
            let id = try await desk.count("SELECT id AS n FROM notes")
            try await office.open("\(page)&note=\(id)")
            #expect(office.text.contains("旧姓で\n問い合わせ</textarea>"))
            var late = office
            try await office.send("/people/note", [("words", "旧姓（岡）で問い合わせ")])
            #expect(office.text.contains("取り消したメモ：</span>旧姓で<br>問い合わせ</del>"))
            #expect(office.text.contains("メモ\(id + 1)に書き直した：事務局"))
            try await late.send("/people/note", [("words", "別の言葉")])
            #expect(late.page.status == .conflict)
            try await office.send("/people/note/strike")
            #expect(office.text.contains("メモを取り消しました。"))
            #expect(try await desk.count("SELECT count(*) AS n FROM notes") == 2)
        }
    }

    @Test func onlyANoteThatIsShownReachesThePerson() async throws {
        try await withOffice { desk in
            var (office, receipt) = try await Self.appointed(desk)
            try await office.open("/people/person?number=\(receipt)")
            try await office.send("/people/note", [("words", "中だけの話")])
            try await office.send(
                "/people/note", [("words", "書類が<届き>ました"), ("shown", "yes")])
            var person = Browser(desk.office)
            try await person.openOwn(receipt, 1, desk)
            #expect(person.text.contains("書類が&lt;届き&gt;ました"))
            #expect(!person.text.contains("中だけの話"))
            let record = try #require(try await desk.office.reading.application(receipt: receipt))
            let data = String(
                decoding: try await desk.office.ownData(
                    ofApplication: record.id, by: .applicant), as: UTF8.self)
            #expect(data.contains("書類が<届き>ました") && !data.contains("中だけの話"))
            #expect(data.contains("\"shown_to_you\":false"))
        }
    }
}
