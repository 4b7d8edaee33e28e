import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 任命を終える on the page of an application.
@Suite struct EndingPageTests {
    private static func appointed(_ desk: isolated OfficeDesk) async throws -> String {
        var person = Browser(desk.office)
        let receipt = try await person.apply(1, desk)
        let id = try await desk.count("SELECT max(id) AS n FROM applications")
        _ = try await desk.office.approve([id], by: .operator("office"))
        let plan = try await desk.office.planAppointments(
            by: Decision(decidedOn: desk.office.today, number: "1"), by: .operator("office"))
        _ = try await desk.office.applyAppointments(plan.number, by: .operator("office"))
        return receipt
    }

    @Test func theOfficeIsAskedOnceAndSeesWhatIsSoAndTheWayBack() async throws {
        try await withOffice { desk in
            let receipt = try await Self.appointed(desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.text.contains("任命を終える（辞任・解任・死亡）"))
            try await office.open("/queue/end?receipt=\(receipt)")
            try await office.send(
                "/queue/end", [("reason", "revoked"), ("ended_on", "2026-11-31"), ("because", "")])
            #expect(office.text.contains("暦にない日付です。日を直してください。"))
            #expect(office.text.contains("解任のときは、説明を入力してください。"))
            #expect(office.text.contains("value=\"2026-11-31\""))
            let today = desk.office.today.description
            try await office.send(
                "/queue/end",
                [("reason", "revoked"), ("ended_on", today), ("because", "活動の実態がないため")])
            #expect(office.heading == "任命を終えますか")
            #expect(office.text.contains("説明は、本人にメールで知らせます。"))
            #expect(try await Self.ended(desk) == 0)
            try await office.send("/queue/end")
            #expect(office.answer("任命の状態") == "解任")
            #expect(office.text.contains("だれが：事務局"))
            try await office.send("/queue/resume")
            #expect(office.answer("任命の状態") == "任命中")
            #expect(office.text.contains("任命にもどしました。"))
            #expect(try await Self.ended(desk) == 0)
        }
    }

    private static func ended(_ desk: isolated OfficeDesk) async throws -> Int {
        try await desk.count(
            """
            SELECT count(*) AS n FROM appointment_terms
            WHERE known_until = 'infinity' AND end_reason <> ''
            """)
    }

    @Test func aSecondPressIsNoMistakeAndAnotherReasonIsTold() async throws {
        try await withOffice { desk in
            let receipt = try await Self.appointed(desk)
            let today = desk.office.today.description
            let typed = [("ended_on", today), ("because", "理由"), ("sure", "yes")]
            var one = Browser(desk.office)
            try await one.signIn(desk)
            try await one.open("/queue/end?receipt=\(receipt)")
            var (other, third) = (one, one)
            try await one.send("/queue/end", typed + [("reason", "resigned")])
            #expect(one.answer("任命の状態") == "辞任")
            try await other.send("/queue/end", typed + [("reason", "resigned")])
            #expect(other.answer("任命の状態") == "辞任")
            try await third.send("/queue/end", typed + [("reason", "deceased")])
            #expect(third.text.contains("もう決まっています"))
        }
    }

    @Test func anotherDayThanTheOneThatHoldsIsTold() async throws {
        try await withOffice { desk in
            let receipt = try await Self.appointed(desk)
            try await desk.move(by: 5 * 86_400)
            let today = desk.office.today
            let typed = [("reason", "resigned"), ("because", ""), ("sure", "yes")]
            var one = Browser(desk.office)
            try await one.signIn(desk)
            try await one.open("/queue/end?receipt=\(receipt)")
            var other = one
            try await one.send("/queue/end", typed + [("ended_on", today.description)])
            #expect(one.answer("任命の状態") == "辞任")
            let before = today.adding(days: -1).description
            try await other.send("/queue/end", typed + [("ended_on", before)])
            #expect(other.text.contains("もう決まっています"))
        }
    }
}
