import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 今日: every number leads to a list that says the same.
@Suite struct TodayPageTests {
    /// The number beside a word, and where it leads; nil where the word is not there.
    private static func line(_ word: String, _ browser: Browser) -> Line? {
        let rows = browser.text.split(separator: "<tr")
        guard let row = rows.first(where: { $0.contains(word) }),
            let found = row.firstMatch(of: /<a href="([^"]*)">([0-9,]+)[件組]/)
        else { return nil }
        let digits = String(found.output.2).filter { $0.isNumber }
        return Line(
            count: Int(digits) ?? 0,
            path: String(found.output.1).replacing("&amp;", with: "&"))
    }

    private struct Line {
        let count: Int
        let path: String
    }

    /// Somebody who applies alone; gives their application.
    private static func apply(_ number: Int, _ desk: isolated OfficeDesk) async throws -> Int {
        _ = try await desk.office.submitInvented([Invented.draft(number)])
        return try await desk.count("SELECT max(id) AS n FROM applications")
    }

    /// How many applications a list names.
    private static func listed(_ browser: Browser) -> Int {
        Set(browser.text.matches(of: /name="application" value="([0-9]+)"/).map(\.output.1)).count
    }

    private static func member(
        _ desk: isolated OfficeDesk, _ rights: [OfficeRight]
    ) async throws -> Browser {
        let name = rights.map(\.rawValue).joined(separator: "-")
        let password = try await desk.office.addAccount(
            NewAccount(
                email: "\(name)@example.jp", name: "担当", role: .office, organizationCode: nil,
                rights: OfficeRights(rights)), by: .operator("test"))
        var browser = Browser(desk.office)
        try await browser.open("/sign-in")
        try await browser.send(
            "/sign-in", [("email", "\(name)@example.jp"), ("password", password)])
        return browser
    }

    @Test func itIsTheFirstPageOfTheOffice() async throws {
        try await withOffice { desk in
            let browser = try await Self.member(desk, [.reception])
            #expect(browser.heading == "今日")
            #expect(browser.text.contains("いま待っているものはありません。"))
        }
    }

    @Test func everyNumberLeadsToAListThatSaysTheSame() async throws {
        try await withOffice { desk in
            _ = try await QueuePageTests.fill(desk)
            try await desk.move(by: 20 * 86_400)
            let fresh = try await Self.apply(21, desk)
            var questions = ApplicationDraft()
            questions[.street] = "番地を確かめてください。"
            try await desk.office.askAmendment(
                AmendmentNote(questions, dueOn: desk.office.today.adding(days: 14)),
                ofApplication: fresh, seen: nil, by: .operator("office"))
            let own = try #require(try await desk.office.ownAnswers(ofApplication: fresh))
            let open = try #require(try await desk.office.reading.amendments(of: fresh).first)
            var typed = ApplicationDraft()
            typed[.street] = "紀尾井町9-9"
            _ = try await desk.office.answerAmendment(
                open.id, ofApplication: fresh, typed, seen: own.mark, by: .applicant)
            var office = try await Self.member(desk, [.review])
            let today = office
            for (word, count) in [
                ("14日以上たった応募", 4), ("補正が返ってきた応募", 1), ("審査を待つ応募", 5),
            ] {
                let line = try #require(Self.line(word, today), "\(word)")
                #expect(line.count == count, "\(word)")
                try await office.open(line.path)
                #expect(Self.listed(office) == count, "\(word)")
            }
            #expect(today.text.contains("20日前"))
            #expect(Self.line("決裁を待つ応募", today) == nil)
        }
    }

    /// Whoever may answer reads the number of a list of questions, others nothing of it.
    private static func expectDoubts(
        at path: String, _ count: Int, _ signedIn: Browser
    ) async throws {
        let word = path == "/doubts" ? "重複の確認" : "あとでにしたもの"
        var office = signedIn
        try await office.open("/today")
        let rows = office.text.split(separator: "<tr").dropFirst().filter {
            $0.contains("href=\"\(path)\"")
        }
        #expect(rows.count == (count > 0 ? 1 : 0), "\(path)")
        #expect(rows.allSatisfy { $0.contains(">\(count)組</a>") && $0.contains(word) })
        try await office.open(path)
        let listed = Set(
            office.text.matches(of: /name="doubt" value="([0-9]+)"/).map(\.output.1))
        #expect(listed.count == count, "\(path)")
    }

    @Test func whoeverMayNotAnswerReadsNothingOfDoubts() async throws {
        try await withOffice { desk in
            _ = try await Self.apply(1, desk)
            let office = try await Self.member(desk, [.reception])
            #expect(!office.text.contains("同じ人かどうかの確認"))
            let reviewer = try await Self.member(desk, [.review])
            #expect(reviewer.text.contains("同じ人かどうかの確認で、あとでにしたもの"))
        }
    }

    @Test func doubtsAndWhatIsAskedForAreCountedAsTheirPagesDo() async throws {
        try await withOffice { desk in
            var seen = 0
            let bytes = Invented.groupFile([1, 1]) { row in
                seen += 1
                if seen == 2 { row[9] = "other@example.jp" }
            }
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "", evidence: .personal, attests: true)
            let planned = try await desk.office.planGroup(
                GroupUpload(name: "名簿.csv", bytes: bytes, coordinator: coordinator),
                of: "demo-hospital", by: .operator("test"))
            _ = try await desk.office.applyGroup(
                try #require(planned.number), by: .operator("test"))
            let waiting = try await desk.office.reading.waitingDoubts()
            let counts = try await desk.office.reading.doubtCounts()
            #expect(waiting.count == 1 && waiting.count == counts.reduce(0) { $0 + $1.open })
            let office = try await Self.member(desk, [.review])
            for (path, count) in [("/doubts", 1), ("/doubts?put_off=yes", 0)] {
                try await Self.expectDoubts(at: path, count, office)
            }
            let asked = try await desk.count("SELECT max(id) AS n FROM doubts")
            try await desk.office.putOffDoubt(asked, by: .operator("office"))
            for (path, count) in [("/doubts", 0), ("/doubts?put_off=yes", 1)] {
                try await Self.expectDoubts(at: path, count, office)
            }
            let bodies = try await desk.office.reading.proposingBodies(in: desk.office.year)
            #expect(
                try await desk.office.reading.waitingProposals(in: desk.office.year).count
                    == bodies.reduce(0) { $0 + $1.count })
        }
    }

    @Test func whoAppointsSeesDecisionsAndPlansOfTwo() async throws {
        try await withOffice { desk in
            desk.set { $0.secondOfficer = .above(1) }
            for number in 1...2 {
                let id = try await Self.apply(number, desk)
                _ = try await desk.office.approve([id], by: .operator("office"))
            }
            let plan = try await desk.office.planAppointments(
                by: Decision(decidedOn: desk.office.today, number: "デ総第1号"),
                by: .operator("office"))
            try await desk.office.askToApply(plan.number, by: .operator("office"))
            var office = try await Self.member(desk, [.appointment])
            #expect(office.text.contains("もう一人の確認を待つ下見：1件"))
            #expect(office.text.contains(plan.number))
            let line = try #require(Self.line("決裁を待つ応募", office))
            try await office.open(line.path)
            #expect(office.text.contains("承認済みで決裁を待っている応募：\(line.count)件"))
            let other = try await Self.member(desk, [.administration])
            #expect(!other.text.contains(plan.number))
            #expect(other.heading == "今日")
        }
    }

    @Test func aLetterThatDidNotArriveLeadsToItsPerson() async throws {
        try await withOffice { desk in
            _ = try await Self.apply(1, desk)
            let receipt = try await desk.texts("SELECT receipt AS text FROM applications")[0]
            _ = try await desk.sendLetters()
            _ = try await desk.rows(
                """
                UPDATE outbox SET state = 'failed', failure = '550', delivered_at = NULL
                WHERE letter = 'receipt'
                """)
            var office = try await Self.member(desk, [.reception])
            #expect(office.text.contains("届かなかったメール：1通"))
            #expect(!office.text.contains("決裁を待つ応募"))
            try await office.open("/people/person?number=\(receipt)")
            #expect(office.page.status == .ok)
        }
    }
}
