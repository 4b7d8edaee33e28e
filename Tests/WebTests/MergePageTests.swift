import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 人をまとめる on the office's pages.
@Suite struct MergePageTests {
    private static func two(
        _ desk: isolated OfficeDesk
    ) async throws -> (stays: String, other: String) {
        _ = try await desk.office.submitInvented([
            Invented.draft(1), Invented.draft(1) { $0["email"] = "other@example.jp" },
        ])
        let receipts = try await desk.texts(
            "SELECT receipt AS text FROM applications ORDER BY id")
        return (receipts[0], receipts[1])
    }

    private static func planned(
        _ desk: isolated OfficeDesk
    ) async throws -> (office: Browser, stays: String, other: String) {
        let numbers = try await two(desk)
        var office = Browser(desk.office)
        try await office.signIn(desk)
        try await office.open("/people/merge?number=\(numbers.stays)")
        try await office.send(
            "/people/merge", [("number", numbers.stays), ("other", numbers.other)])
        return (office, numbers.stays, numbers.other)
    }

    @Test func whatWouldBecomeOfBothIsSaidFirst() async throws {
        try await withOffice { desk in
            let (office, stays, other) = try await Self.planned(desk)
            #expect(office.text.contains("まとめると、どうなるか"))
            #expect(office.text.contains("応募 \(other) は、\(stays) につながります。"))
            #expect(office.text.contains("本人に、2つのメールアドレスあてに知らせます。"))
            #expect(try await desk.count("SELECT count(*) AS n FROM person_merges") == 0)
            let seen = try await desk.texts(
                "SELECT detail::text AS text FROM events WHERE act = 'open_people' ORDER BY id")
            #expect(seen.last?.contains("applications") == true)
        }
    }

    @Test func theyAreMergedAndSeparated() async throws {
        try await withOffice { desk in
            var (office, _, other) = try await Self.planned(desk)
            try await office.send("/people/merge", [("because", "")])
            #expect(office.page.status == .unprocessable)
            #expect(office.text.contains("理由を入力してください。"))
            try await office.send("/people/merge", [("because", "本人に確かめた")])
            #expect(office.heading == "まとめた記録")
            #expect(office.answer("いま") == "1人です")
            #expect(office.text.contains(other))
            try await office.send("/people/merged", [("because", "別人だった")])
            #expect(office.answer("いま")?.hasSuffix("まとめを解きました") == true)
            try await office.open("/people/merge")
            #expect(office.text.contains("に解きました"))
        }
    }

    @Test func anOutOfDatePageDoesNothingAndSaysSo() async throws {
        try await withOffice { desk in
            var (office, _, _) = try await Self.planned(desk)
            let id = try await desk.count("SELECT max(id) AS n FROM applications")
            _ = try await desk.office.approve([id], by: .operator("other"))
            try await office.send("/people/merge", [("because", "本人に確かめた")])
            #expect(office.page.status == .conflict)
            #expect(office.text.contains("画面を開いたあとに、内容が変わりました。"))
            #expect(try await desk.count("SELECT count(*) AS n FROM person_merges") == 0)
        }
    }

    @Test func aNumberOfNobodyIsSaidBesideItsField() async throws {
        try await withOffice { desk in
            let numbers = try await Self.two(desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/people/merge")
            try await office.send(
                "/people/merge", [("number", numbers.stays), ("other", "M-00000099-X")])
            #expect(office.page.status == .unprocessable)
            #expect(office.text.contains("この番号の人は見つかりません。"))
            try await office.send(
                "/people/merge", [("number", numbers.stays), ("other", numbers.stays)])
            #expect(office.text.contains("もう同じ人のものです。"))
        }
    }

    @Test func aClerkMergesNobody() async throws {
        try await withOffice { desk in
            var clerk = Browser(desk.office)
            try await clerk.signIn(asClerkOf: "demo-hospital", desk)
            try await clerk.open("/people/merge")
            #expect(clerk.page.status == .forbidden)
        }
    }
}
