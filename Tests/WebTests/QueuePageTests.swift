import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 応募を確認する: narrowed, in an order, and gone through one by one.
@Suite struct QueuePageTests {
    /// Two of an organization's file, with one who may be a third, and between days two who apply
    /// alone; gives their names in the order in which they came.
    static func fill(_ desk: isolated OfficeDesk) async throws -> [String] {
        var visitor = Browser(desk.office)
        try await visitor.apply(7, desk)
        try await desk.move(by: 8 * 86_400)
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        var seen = 0
        let bytes = Invented.groupFile([1, 2, 2]) { row in
            seen += 1
            if seen == 3 { row[9] = "other@example.jp" }
        }
        let planned = try await desk.office.planGroup(
            GroupUpload(name: "名簿.csv", bytes: bytes, coordinator: coordinator),
            of: "demo-hospital", by: .operator("coordinator"))
        let number = try #require(planned.number)
        _ = try await desk.office.applyGroup(number, by: .operator("coordinator"))
        var other = Browser(desk.office)
        try await other.apply(8, desk)
        return try await desk.texts(
            "SELECT family_name || ' ' || given_name AS text FROM applications ORDER BY id")
    }

    /// Those who are listed, from the top.
    private static func listed(_ browser: Browser) -> [String] {
        browser.text.matches(of: /<a href="\/queue\/application[^"]*">(?<it>[^<]*)<\/a>/).map {
            String($0.output.it)
        }
    }

    @Test func theQueueIsNarrowedByWhoAppliedAndHowAndHowLongTheyWait() async throws {
        try await withOffice { desk in
            let names = try await Self.fill(desk)
            let hospital = try await desk.count(
                "SELECT id AS n FROM organizations WHERE code = 'demo-hospital'")
            var office = Browser(desk.office)
            try await office.signIn(desk)
            let expected: [(String, [Int])] = [
                ("", [0, 1, 2, 3]), ("?of=\(hospital)", [1, 2]), ("?of=alone", [0, 3]),
                ("?route=group", [1, 2]), ("?route=individual&days=7", [0]), ("?days=14", []),
                ("?doubt=yes", [2]), ("?doubt=no&of=\(hospital)", [1]),
                ("?order=organization", [1, 2, 0, 3]), ("?order=doubted", [2, 0, 1, 3]),
                ("?kind=caller", []), ("?kind=nobody&days=8&order=none", [0, 1, 2, 3]),
            ]
            for (query, places) in expected {
                try await office.open("/queue\(query)")
                #expect(Self.listed(office) == places.map { names[$0] }, "\(query)")
            }
            try await office.open("/queue?days=14")
            #expect(office.text.contains("この条件に当てはまる、待っている応募はありません。"))
        }
    }

    @Test func pagesOfAnyOrderGoOnAfterSomebodyWhoWasApprovedMeanwhile() async throws {
        try await withOffice { desk in
            let names = try await Self.fill(desk)
            for order in QueueOrder.allCases {
                var filter = QueueFilter(year: desk.office.year)
                filter.order = order
                filter.limit = 1
                var found: [String] = []
                while let next = try await desk.office.reading.queue(filter).first {
                    found.append(next.name)
                    filter.after = next.id
                }
                #expect(found.sorted() == names.sorted(), "\(order)")
                #expect(found.count == names.count, "\(order)")
            }
            var filter = QueueFilter(year: desk.office.year)
            filter.order = .organization
            let line = try await desk.office.reading.queue(filter)
            _ = try await desk.office.approve([line[1].id], by: .operator("office"))
            filter.after = line[1].id
            let rest = try await desk.office.reading.queue(filter)
            #expect(rest.map(\.id) == line.dropFirst(2).map(\.id))
            let spot = try await desk.office.reading.spot(of: line[1].id, in: filter)
            #expect(spot?.before == 1 && spot?.count == 3 && spot?.isThere == false)
            #expect(spot?.previous == line[0].receipt && spot?.next == line[2].receipt)
        }
    }

    @Test func whoeverGoesThroughTheQueueIsLedToTheNextAndBack() async throws {
        try await withOffice { desk in
            let names = try await Self.fill(desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue?order=organization")
            let link = /<a href="(?<it>\/queue\/application[^"]*)">/
            let path = String(try #require(office.text.firstMatch(of: link)).output.it)
            try await office.open(path.replacing("&amp;", with: "&"))
            #expect(office.text.contains("4件のうち1件目") && office.text.contains("前の応募はありません"))
            let first = office
            try await office.send("/queue/approve")
            #expect(office.heading == "応募の内容" && office.text.contains("3件のうち1件目"))
            #expect(office.text.contains("\(names[1])さんの応募（"))
            #expect(office.text.contains("を承認しました。"))
            #expect(office.answer("氏名") == names[2])

            var again = first
            try await again.send("/queue/approve")
            #expect(again.answer("氏名") == names[2] && again.text.contains("を承認しました。"))

            try await office.send("/queue/reopen")
            #expect(office.answer("氏名") == names[1] && office.text.contains("審査にもどしました。"))
            #expect(office.text.contains("4件のうち1件目"))

            try await office.send("/queue/reject", [("reason", "")])
            #expect(office.text.contains("理由を入力してください。"))
            #expect(office.text.contains("4件のうち1件目"))
            try await office.send("/queue/reject", [("reason", "所属を確かめられません。")])
            try await office.send("/queue/reject")
            #expect(office.answer("氏名") == names[2])
            #expect(office.text.contains("を承認しませんでした。"))
        }
    }

    @Test func afterTheLastOneComesTheQueueAsItWasNarrowed() async throws {
        try await withOffice { desk in
            _ = try await Self.fill(desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            let line = try await desk.office.reading.queue(QueueFilter(year: desk.office.year))
            try await office.open(
                "/queue/application?receipt=\(line[0].receipt)&line=yes&days=7&of=alone")
            try await office.send("/queue/approve")
            #expect(office.heading == "応募を確認する")
            #expect(office.text.contains("\(line[0].name)さんの応募（\(line[0].receipt)）を承認しました。"))
            #expect(office.text.contains("この条件に当てはまる、待っている応募はありません。"))
        }
    }

    @Test func whatThePageShowsIsApprovedTogetherAfterItWasShownWho() async throws {
        try await withOffice { desk in
            _ = try await Self.fill(desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue?of=alone")
            try await office.send("/queue/approve", [("all", "yes")])
            #expect(office.heading == "2件を承認しますか" && office.text.contains("画面に出ていた応募"))
            try await office.send("/queue/approve")
            #expect(office.text.contains("2件を承認しました。"))
            #expect(office.text.contains("この条件に当てはまる、待っている応募はありません。"))
            let left = try await desk.count(
                "SELECT count(*) AS n FROM applications WHERE state = 'submitted'")
            #expect(left == 2)
        }
    }
}
