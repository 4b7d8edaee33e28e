import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 次の年度: what people and organizations say of it before it begins, and what becomes of that.
@Suite struct NextYearTests {
    private static let next = FiscalYear(startYear: 2027)

    /// Person 1 alone, 2 and 3 of the hospital, all appointed; the next year is open.
    private static func prepare(
        _ desk: isolated OfficeDesk, _ change: @Sendable (inout ApplicationDraft) -> Void = { _ in }
    ) async throws -> Int {
        let id = try await desk.id(of: desk.apply(1, change))
        #expect(try await desk.enter(2...3) == 2)
        try await desk.approveAll()
        try await desk.appointAll()
        try await desk.office.openFiscalYear(next, by: .operator("office"))
        return id
    }

    /// The next year requires a third video of everybody.
    private static func requireThird(_ desk: isolated OfficeDesk) async throws {
        _ = try await desk.rows(
            """
            INSERT INTO videos SELECT 2027, 3, 'third', '1', '三つめの動画', url, 1, '2026-11-01'
            FROM videos WHERE fiscal_year = 2027 AND slot = 1
            """)
        _ = try await desk.rows(
            """
            INSERT INTO requirements (fiscal_year, kind, category, video_slot)
            SELECT fiscal_year, kind, category, 3 FROM requirements
            WHERE fiscal_year = 2027 AND video_slot = 1
            """)
        try await desk.move(by: 120)
    }

    private static func outcomes(
        _ desk: isolated OfficeDesk
    ) async throws -> [PlanOutcome: Int] {
        let plan = try await desk.office.planRenewal(
            to: next, by: desk.decision, by: .operator("office"))
        return try await desk.office.reading.outcomes(of: plan.id)
    }

    private static func renew(_ desk: isolated OfficeDesk) async throws -> AppliedPlan {
        try await desk.move(to: Instant(startOf: next.firstDay).adding(seconds: 36_000))
        let plan = try await desk.office.planRenewal(
            to: next, by: desk.decision, by: .operator("office"))
        return try await desk.office.applyRenewal(plan.number, by: .operator("office"))
    }

    private static func third(_ day: String) -> ApplicationDraft {
        var draft = ApplicationDraft()
        draft[.viewedOn(slot: 3)] = day
        return draft
    }

    @Test(arguments: ["yes", "no", ""])
    func theFormsAnswerIsKeptAsItWasGivenAndAFileDoesNotAsk(typed: String) async throws {
        try await withOffice { desk in
            _ = try await Self.prepare(desk) { $0["reuse_opt_in"] = typed }
            let answers = try await desk.texts(
                "SELECT reuse_answer AS text FROM applications ORDER BY id")
            #expect(answers == [typed.isEmpty ? "not_asked" : typed, "not_asked", "not_asked"])
        }
    }

    @Test func whoSaidNoIsListedWrittenToAndNotCopied() async throws {
        try await withOffice { desk in
            let id = try await Self.prepare(desk) { $0["reuse_opt_in"] = "no" }
            #expect(
                try await Self.outcomes(desk) == [
                    .renewing(.continues): 2, .renewing(.declined): 1,
                ])
            #expect(try await Self.renew(desk) == .applied(count: 2))
            let person = try await desk.rows("SELECT person_id FROM applications WHERE id = \(id)")
            let copies = try await desk.count(
                """
                SELECT count(*) AS n FROM applications
                WHERE fiscal_year = 2027 AND person_id = \(try person[0].int("person_id"))
                """)
            #expect(copies == 0)
            let letters = try await desk.sendLetters().filter {
                $0.messageID.hasPrefix("not_renewed-")
            }
            #expect(letters.map(\.recipient) == [Invented.email(1)])
            #expect(letters[0].body.contains("「使わない」とお答えになりました。内容は写していません。"))
        }
    }

    @Test func anAnswerMayBeChangedUntilTheRenewalIsCarriedOut() async throws {
        try await withOffice { desk in
            let id = try await Self.prepare(desk) { $0["reuse_opt_in"] = "no" }
            try await desk.office.answerReuse(.yes, ofApplication: id, by: .applicant)
            #expect(try await Self.outcomes(desk) == [.renewing(.continues): 3])
            try await desk.office.answerReuse(.no, ofApplication: id, by: .applicant)
            try await desk.office.answerReuse(.no, ofApplication: id, by: .applicant)
            #expect(
                try await Self.outcomes(desk) == [
                    .renewing(.continues): 2, .renewing(.declined): 1,
                ])
            let said = try await desk.texts(
                """
                SELECT concat(before->>'answer', '-', after->>'answer') AS text
                FROM events JOIN event_details ON event_id = id
                WHERE act = 'answer_reuse' ORDER BY id
                """)
            #expect(said == ["no-yes", "yes-no"])
            _ = try await Self.renew(desk)
            await #expect(throws: Refusal.self) {
                try await desk.office.answerReuse(.yes, ofApplication: id, by: .applicant)
            }
        }
    }

    @Test func aNoAfterTheRehearsalMakesAnotherPlan() async throws {
        try await withOffice { desk in
            let id = try await Self.prepare(desk)
            let plan = try await desk.office.planRenewal(
                to: Self.next, by: desk.decision, by: .operator("office"))
            try await desk.office.answerReuse(.no, ofApplication: id, by: .applicant)
            try await desk.move(to: Instant(startOf: Self.next.firstDay))
            guard
                case .changed(let number) = try await desk.office.applyRenewal(
                    plan.number, by: .operator("office"))
            else {
                Issue.record("renewed somebody who had said no")
                return
            }
            let second = try await desk.office.applyRenewal(number, by: .operator("office"))
            #expect(second == .applied(count: 2))
        }
    }

    @Test func aNewVideoIsToldBeforeTheYearBeginsAndTellersAreRenewed() async throws {
        try await withOffice { desk in
            let id = try await Self.prepare(desk)
            try await Self.requireThird(desk)
            #expect(try await Self.outcomes(desk) == [.renewing(.lacksVideo): 3])
            let outlook = try #require(
                try await desk.office.renewalOutlook(ofApplication: id))
            #expect(outlook.missing.map(\.slot) == [3] && !outlook.isUnderWay)
            let told = try await desk.office.tellViewings(
                Self.third("2026-11-20"), ofApplication: id, by: .applicant)
            #expect(told == .accepted(1, notices: []))
            #expect(
                try await Self.outcomes(desk) == [
                    .renewing(.continues): 1, .renewing(.lacksVideo): 2,
                ])
            #expect(try await Self.renew(desk) == .applied(count: 1))
            let seen = try await desk.texts(
                """
                SELECT v.video_slot || ' ' || v.viewed_on AS text FROM viewings v
                JOIN applications a ON a.id = v.application_id
                WHERE a.fiscal_year = 2027 ORDER BY 1
                """)
            #expect(seen == ["1 2026-09-01", "2 2026-09-01", "3 2026-11-20"])
        }
    }

    @Test func aDayThatWasToldIsCorrectedAndTakenBack() async throws {
        try await withOffice { desk in
            let id = try await Self.prepare(desk)
            try await Self.requireThird(desk)
            let days = [("2026-11-20", 1), ("2026-11-20", 0), ("2026-11-21", 1), ("", 1), ("", 0)]
            for (day, changed) in days {
                try await desk.move(by: 60)
                let told = try await desk.office.tellViewings(
                    Self.third(day), ofApplication: id, by: .applicant)
                #expect(told == .accepted(changed, notices: []), "\(day)")
            }
            #expect(try await Self.outcomes(desk) == [.renewing(.lacksVideo): 3])
            let kept = try await desk.texts(
                """
                SELECT viewed_on || ' ' || (known_until = 'infinity') AS text FROM viewings
                WHERE fiscal_year = 2027 ORDER BY id
                """)
            #expect(kept == ["2026-11-20 false", "2026-11-21 false"])
            for (day, code) in [("2099-01-01", "E173"), ("2026-02-30", "E172"), ("x", "E175")] {
                let told = try await desk.office.tellViewings(
                    Self.third(day), ofApplication: id, by: .applicant)
                guard case .rejected(let problems) = told else {
                    Issue.record("\(day) was taken")
                    continue
                }
                #expect(problems.map(\.code.rawValue) == [code])
            }
        }
    }

    @Test func anOrganizationTellsTheNewVideoOfItsPeopleInItsFile() async throws {
        try await withOffice { desk in
            _ = try await Self.prepare(desk)
            try await Self.requireThird(desk)
            let rows = String(decoding: Invented.groupFile(2...3), as: UTF8.self)
                .split(separator: "\r\n").enumerated()
                .map { $1 + ($0 == 0 ? ",視聴日（動画3）" : ",2026/11/20") + "\r\n" }
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "", evidence: .personal, attests: true)
            let upload = GroupUpload(
                name: "名簿.csv", bytes: Array(rows.joined().utf8), coordinator: coordinator)
            for _ in 1...2 {
                let planned = try await desk.office.planGroup(
                    upload, of: "demo-hospital", by: .operator("coordinator"))
                _ = try await desk.office.applyGroup(
                    planned.number ?? "", by: .operator("coordinator"))
            }
            #expect(
                try await Self.outcomes(desk) == [
                    .renewing(.continues): 2, .renewing(.lacksVideo): 1,
                ])
            let kept = try await desk.count(
                "SELECT count(*) AS n FROM viewings WHERE fiscal_year = 2027")
            #expect(kept == 2)
        }
    }

    @Test func aMistakenRequirementIsWithdrawnAndRestored() async throws {
        try await withOffice { desk in
            _ = try await Self.prepare(desk)
            try await Self.requireThird(desk)
            let third = RequirementChoice(year: Self.next, slot: 3)
            let day = desk.office.today
            let count = try await desk.office.withdrawRequirement(
                third, from: day, because: "誤って登録した", by: .operator("operator"))
            #expect(count > 1)
            await #expect(throws: Refusal.notFound) {
                try await desk.office.withdrawRequirement(
                    third, from: day, because: "もう一度", by: .operator("operator"))
            }
            #expect(try await Self.outcomes(desk) == [.renewing(.continues): 3])
            #expect(try await desk.office.rules(of: Self.next)?.videos.map(\.slot) == [1, 2])
            let listed = try await desk.office.requiredVideos(in: Self.next)
            #expect(listed[2].requirements.allSatisfy { $0.withdrawnFrom == day })
            let restored = try await desk.office.restoreRequirement(
                third, by: .operator("operator"))
            #expect(restored == count)
            #expect(try await Self.outcomes(desk) == [.renewing(.lacksVideo): 3])
            let acts = try await desk.texts(
                "SELECT act AS text FROM events WHERE subject = 'video:2027-3' ORDER BY id")
            #expect(acts == ["withdraw_video", "restore_video"])
        }
    }

    @Test func afterTheRenewalAWithdrawalBringsBackWhoLackedOnlyThat() async throws {
        try await withOffice { desk in
            _ = try await Self.prepare(desk)
            try await Self.requireThird(desk)
            #expect(try await Self.renew(desk) == .applied(count: 0))
            _ = try await desk.office.withdrawRequirement(
                RequirementChoice(year: Self.next, slot: 3), from: desk.office.today,
                because: "誤って登録した", by: .operator("operator"))
            #expect(try await Self.renew(desk) == .applied(count: 3))
        }
    }

    @Test func aWithdrawnVideoIsNotCopiedToTheYearAfter() async throws {
        try await withOffice { desk in
            _ = try await desk.office.withdrawRequirement(
                RequirementChoice(year: Invented.year, slot: 2), from: desk.office.today,
                because: "取下げ", by: .operator("operator"))
            try await desk.office.openFiscalYear(Self.next, by: .operator("office"))
            let rules = try await desk.office.rules(of: Self.next)
            #expect(rules?.videos.map(\.slot) == [1] && rules?.requiredVideos.count == 1)
        }
    }

    @Test func theWorkbookHasColumnsForTheVideosThatTheYearRequiredThen() async throws {
        try await withOffice { desk in
            _ = try await Self.prepare(desk)
            let before = try await desk.office.basis(asOf: desk.office.today, known: .now)
            try await desk.move(by: 60)
            _ = try await desk.rows(
                """
                INSERT INTO videos SELECT 2026, 3, 'third', '1', '', '', 1, '2026-11-01'
                FROM videos WHERE fiscal_year = 2026 AND slot = 1
                """)
            let file = ReferenceFile(
                name: "requirements.csv",
                bytes: Array("kind,category,video_slot\npromoter,agency_approved,3\n".utf8))
            _ = try await desk.office(over: desk.database).loadReference([file], of: Invented.year)
            try await desk.move(by: 60)
            let after = try await desk.office.basis(asOf: desk.office.today, known: .now)
            #expect(try await desk.office.reading.requiredSlots(on: before) == [1, 2])
            #expect(try await desk.office.reading.requiredSlots(on: after) == [1, 2, 3])
            try await desk.move(by: 60)
            _ = try await desk.office.withdrawRequirement(
                RequirementChoice(year: Invented.year, slot: 3), from: Invented.year.firstDay,
                because: "誤って登録した", by: .operator("operator"))
            try await desk.move(by: 60)
            let never = try await desk.office.basis(asOf: desk.office.today, known: .now)
            #expect(try await desk.office.reading.requiredSlots(on: never) == [1, 2])
            #expect(try await desk.office.reading.requiredSlots(on: after) == [1, 2, 3])
        }
    }

    @Test func theRosterTellsTheBestEvidenceOfEachVideo() async throws {
        try await withOffice { desk in
            let id = try await Self.prepare(desk)
            _ = try await desk.rows(
                """
                INSERT INTO viewings (person_id, application_id, fiscal_year, video_slot, grade,
                                      viewed_on, recorded_by, known_from)
                SELECT person_id, application_id, 2026, video_slot, 'measured', '2026-10-05', 'x',
                       known_from FROM viewings WHERE application_id = \(id) AND video_slot = 2
                """)
            let basis = try await desk.office.basis(asOf: desk.office.today, known: .now)
            try desk.useLayouts()
            let mine = try #require(try await desk.table("01", basis).first)
            #expect(mine["動画1根拠"] == .text("自己申告") && mine["動画2根拠"] == .text("測定"))
            #expect(mine["動画2視聴日"] == .day(Day("2026-10-05")))
        }
    }

    @Test func whoIsAboutToBeRenewedReadsOfTheOtherApplicationWithoutBeingSentToApply()
        async throws
    {
        try await withOffice { desk in
            _ = try await Self.prepare(desk)
            try await desk.apply(1) {
                $0["applicant_kind"] = "caller"
                $0["eligibility_category"] = "community_caller"
            }
            try await desk.apply(4)
            try await desk.move(to: Instant(startOf: Self.next.firstDay))
            #expect(try await desk.office.closePastYears() == 2)
            let letters = try await desk.sendLetters().filter { $0.messageID.hasPrefix("expired-") }
            let renewed = try #require(letters.first { $0.recipient == Invented.email(1) })
            #expect(renewed.body.contains("いまのデジタル推進委員の任命は、令和9年度への更新の手続中です。"))
            #expect(!renewed.body.contains("期限切れ") && !renewed.body.contains("応募してください"))
            #expect(!renewed.subject.contains("期限"))
            let other = try #require(letters.first { $0.recipient == Invented.email(4) })
            #expect(other.body.contains("もう一度応募してください"))
        }
    }
}
