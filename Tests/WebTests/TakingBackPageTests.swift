import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 審査にもどす and 任命を取り消す on the office's pages.
@Suite struct TakingBackPageTests {
    private static func applied(_ desk: isolated OfficeDesk) async throws -> String {
        var person = Browser(desk.office)
        return try await person.apply(1, desk)
    }

    @Test func anApprovalIsTakenBackFromItsPageAndFromTheList() async throws {
        try await withOffice { desk in
            let receipt = try await Self.applied(desk)
            let id = try await desk.count("SELECT max(id) AS n FROM applications")
            var office = Browser(desk.office)
            try await office.signIn(desk)
            _ = try await desk.office.approve([id], by: .operator("office"))
            try await office.open("/queue/application?receipt=\(receipt)")
            try await office.send("/queue/reopen")
            #expect(office.heading == "1件を審査にもどしますか")
            #expect(office.text.contains("承認は本人に知らせていないため、メールは送りません。"))
            try await office.send("/queue/reopen")
            #expect(office.answer("いまの状態") == "審査中")
            try await desk.move(by: 60)
            _ = try await desk.office.approve([id], by: .operator("office"))
            try await office.open("/queue")
            #expect(office.text.contains("承認を取り消して、審査にもどす"))
            try await office.open("/queue/approved")
            try await office.send("/queue/reopen")
            #expect(office.heading == "1件を審査にもどしますか")
            let second = office
            try await office.send("/queue/reopen")
            #expect(office.text.contains("1件を審査にもどしました。"))
            // The same press again is no mistake.
            var again = second
            try await again.send("/queue/reopen")
            #expect(again.text.contains("先に決まっていました。"))
        }
    }

    @Test func anAppointmentIsCancelledOnceAndTheReasonIsKept() async throws {
        try await withOffice { desk in
            let receipt = try await Self.applied(desk)
            let id = try await desk.count("SELECT max(id) AS n FROM applications")
            _ = try await desk.office.approve([id], by: .operator("office"))
            let plan = try await desk.office.planAppointments(
                by: Decision(decidedOn: desk.office.today, number: "1"), by: .operator("office"))
            _ = try await desk.office.applyAppointments(plan.number, by: .operator("office"))
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.text.contains("任命を取り消す（はじめから誤りだったとき）"))
            try await office.open("/queue/cancel?receipt=\(receipt)")
            try await office.send("/queue/cancel", [("because", " ")])
            #expect(office.text.contains("理由を入力してください。"))
            let long = String(repeating: "あ", count: 201)
            try await office.send("/queue/cancel", [("because", long)])
            #expect(office.text.contains("理由は200文字以内で入力してください。"))
            #expect(office.text.contains(long))
            try await office.send("/queue/cancel", [("because", "別の人の応募だったため")])
            #expect(office.heading == "任命を取り消しますか")
            let second = office
            try await office.send("/queue/cancel")
            #expect(office.answer("任命の状態") == "取消")
            #expect(office.text.contains("任命を取り消しました。"))
            // The address alone says nothing that is not so.
            var other = office
            try await other.open("/queue/application?receipt=\(receipt)&done=resumed")
            #expect(!other.text.contains("任命にもどしました。"))
            #expect(office.answer("任命の最初の日") == nil)
            // What never was ended on no day, and nobody waits for anything.
            var person = Browser(desk.office)
            try await person.open(try await person.badge(desk))
            #expect(person.text.contains("はじめから誤りだったため、取り消されました。"))
            #expect(person.answer("任命の最後の日") == nil && person.answer("期限") == nil)
            try await person.openOwn(receipt, 1, desk)
            #expect(person.text.contains("任命が取り消されました"))
            #expect(!person.text.contains("決まりしだい、メールでお知らせします"))
            var again = second
            try await again.send("/queue/cancel")
            #expect(again.answer("任命の状態") == "取消")
            try await desk.move(by: 60)
            try await office.send("/queue/resume")
            #expect(office.answer("任命の状態") == "任命中")
            // A form of before is of another state of the appointment, and does nothing.
            var old = second
            try await old.send("/queue/cancel")
            #expect(old.text.contains("先にほかの操作が行われていました。"))
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.answer("任命の状態") == "任命中")
        }
    }

    /// Whoever has resigned from it, and of a year that is over.
    @Test func whatIsOverIsCancelledToo() async throws {
        try await withOffice { desk in
            let receipt = try await Self.applied(desk)
            try await appoint(desk)
            let id = try await desk.count("SELECT max(id) AS n FROM applications")
            try await desk.office.resign(application: id, by: .applicant)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.text.contains("任命にもどす"))
            try await office.open("/queue/cancel?receipt=\(receipt)")
            #expect(!office.text.contains("任命を終える</a>を使ってください"))
            let cancelling = office.path
            try await office.open("/queue/end?receipt=\(receipt)")
            #expect(office.path.hasPrefix("/queue/application"), "it has ended")
            try await office.open(cancelling)
            try await office.send("/queue/cancel", [("because", "別の人の応募だったため")])
            try await office.send("/queue/cancel")
            #expect(office.answer("任命の状態") == "取消")
            try await desk.move(to: Instant(startOf: Day("2027-06-01")!))
            try await office.signIn(desk, added: "other@enroll.example")
            try await office.open("/queue/application?receipt=\(receipt)")
            #expect(office.text.contains("取消しの前にもどせます"))
            try await office.send("/queue/resume")
            #expect(office.answer("任命の状態") == "辞任")
            #expect(office.text.contains("任命を取り消す（はじめから誤りだったとき）"))
        }
    }

    @Test func whatExpiredIsOpenedAnewWithAQuestionAndALetterThatAreTrueOfIt() async throws {
        try await withOffice { desk in
            let receipt = try await Self.applied(desk)
            let id = try await desk.count("SELECT max(id) AS n FROM applications")
            _ = try await desk.rows(
                "UPDATE applications SET state = 'expired' WHERE id = \(id)")
            _ = try await desk.sendLetters()
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            try await office.send("/queue/reopen")
            #expect(office.text.contains("期限切れを取り消し、"))
            #expect(office.text.contains("本人にメールで知らせます。"))
            #expect(!office.text.contains("メールは送りません"))
            try await office.send("/queue/reopen")
            #expect(office.answer("いまの状態") == "審査中")
            let letter = try #require(
                try await desk.sendLetters().last { $0.messageID.hasPrefix("reopening-") })
            #expect(!letter.body.contains("前にお知らせした結果を取り消しました"))
            #expect(letter.body.contains("期限"))
        }
    }
}
