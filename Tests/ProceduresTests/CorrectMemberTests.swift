import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// What an organization says on the page of its member.
@Suite struct CorrectMemberTests {
    private static func scope(
        _ desk: isolated OfficeDesk, _ code: String = "demo-hospital"
    ) async throws -> OrganizationScope {
        let body = try await desk.office.currentRules().organization(code: code)
        return OrganizationScope(try #require(body).id)
    }

    private static func only(_ desk: isolated OfficeDesk) async throws -> Int {
        try await desk.count("SELECT max(id) AS n FROM applications")
    }

    private static func say(
        _ answers: [ApplicationField: String], of file: MemberFile, _ desk: isolated OfficeDesk
    ) async throws -> MemberCorrection {
        var draft = file.answers
        for (field, text) in answers { draft[field] = text }
        return try await desk.office.correct(
            MemberAct(
                of: file.member.id, within: try await scope(desk), seen: file.mark,
                by: .operator("coordinator")), saying: draft)
    }

    @Test func itsOwnPeopleAreCorrectedAtOnceAndToldAtBothAddresses() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter([1]) == 1)
            let id = try await Self.only(desk)
            try await desk.move(by: 3_600)
            try await desk.sendLetters()
            let file = try await desk.office.memberFile(id, within: Self.scope(desk))
            #expect(file.mayCorrect && file.answers[.email] == Invented.email(1))
            let outcome = try await Self.say([.email: "new@example.jp"], of: file, desk)
            guard case .corrected = outcome else { return #expect(Bool(false), "\(outcome)") }
            let told = try await desk.sendLetters().suffix(2).map(\.recipient)
            #expect(Set(told) == [Invented.email(1), "new@example.jp"])
            await #expect(throws: Refusal.conflict(.membersHaveChanged)) {
                _ = try await Self.say([.phone: "0312345678"], of: file, desk)
            }
        }
    }

    /// Pressed with nothing changed: said so, told to nobody, and 補正 is not answered by it.
    @Test func nothingChangedIsNoCorrectionAndNoAnswer() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter([1]) == 1)
            let id = try await Self.only(desk)
            try await desk.move(by: 3_600)
            let street = [ApplicationField.street, .familyName]
            try await Self.ask(street, of: id, desk)
            let before = try await desk.sendLetters().count
            let file = try await desk.office.memberFile(id, within: Self.scope(desk))
            let same = try await Self.say([:], of: file, desk)
            guard case .unchanged = same else { return #expect(Bool(false), "\(same)") }
            #expect(try await desk.sendLetters().count == before)
            #expect(try await Self.state(id, desk) == .correcting)
            // What was not asked is corrected, and answers nothing.
            let other = try await Self.say([.phone: "0312345678"], of: file, desk)
            guard case .corrected = other else { return #expect(Bool(false), "\(other)") }
            #expect(try await Self.state(id, desk) == .correcting)
            let again = try await desk.office.memberFile(id, within: Self.scope(desk))
            _ = try await Self.say([.street: "紀尾井町1-9"], of: again, desk)
            #expect(try await Self.state(id, desk) == .submitted)
            let amendment = try await desk.office.reading.amendments(of: id)[0]
            #expect(amendment.answered == [.street] && amendment.unchanged == [.familyName])
        }
    }

    private static func state(
        _ id: Int, _ desk: isolated OfficeDesk
    ) async throws -> ApplicationState? { try await desk.office.reading.application(id: id)?.state }

    private static func ask(
        _ fields: [ApplicationField], of id: Int, _ desk: isolated OfficeDesk
    ) async throws {
        var questions = ApplicationDraft()
        for field in fields { questions[field] = "確かめてください。" }
        try await desk.office.askAmendment(
            AmendmentNote(questions, dueOn: desk.office.today.adding(days: 14)),
            ofApplication: id, seen: nil, by: .operator("office"))
    }

    @Test func whatIsThePersonsIsProposedAndNothingOfItIsShown() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter([1]) == 1)
            let id = try await Self.only(desk)
            _ = try await desk.rows("UPDATE applications SET mail_confirmed_at = '2026-11-01'")
            let file = try await desk.office.memberFile(id, within: Self.scope(desk))
            #expect(!file.mayCorrect && file.answers.answers.isEmpty)
            guard case .proposed = try await Self.say([.phone: "0398765432"], of: file, desk)
            else { return #expect(Bool(false)) }
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM applications WHERE phone = '0398765432'") == 0)
            #expect(try await desk.sendLetters().last?.messageID.hasPrefix("proposal-") == true)
            let again = try await desk.office.memberFile(id, within: Self.scope(desk))
            #expect(again.proposal?.answers[.phone] == "0398765432")
            // Of an address the whole is asked: what is held fills no gap.
            let part = try await Self.say([.street: "1-1"], of: again, desk)
            guard case .rejected(let problems) = part else { return #expect(Bool(false)) }
            #expect(problems.contains { $0.field == .postalCode })
        }
    }

    @Test func theUnitIsTheOrganizationsOwnAndStrangersAreNotFound() async throws {
        try await withOffice { desk in
            #expect(try await desk.enter([1]) == 1)
            let id = try await Self.only(desk)
            let scope = try await Self.scope(desk)
            let file = try await desk.office.memberFile(id, within: scope)
            let long = String(repeating: "あ", count: 101)
            let act = MemberAct(of: id, within: scope, seen: file.mark, by: .operator("a"))
            let refused = try await desk.office.move(act, to: long, nil)
            guard case .rejected = refused else { return #expect(Bool(false)) }
            _ = try await desk.office.move(act, to: "薬局", nil)
            #expect(
                try await desk.office.memberFile(id, within: scope).member.unit == "薬局")
            #expect(try await desk.texts("SELECT unit AS text FROM applications") == ["薬局"])
            await #expect(throws: Refusal.conflict(.membersHaveChanged)) {
                _ = try await desk.office.move(act, to: "外来", nil)
            }
            await #expect(throws: Refusal.notFound) {
                let clinic = try await Self.scope(desk, "demo-clinic")
                _ = try await desk.office.memberFile(id, within: clinic)
            }
        }
    }
}
