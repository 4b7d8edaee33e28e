import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 補正: an application is sent back, answered, taken back, or expires.
@Suite struct AmendmentTests {
    private static let clerk = Actor.operator("office")

    private static func note(
        _ desk: isolated OfficeDesk, _ words: String = "番地を入力してください。", days: Int = 14
    ) -> AmendmentNote {
        var questions = ApplicationDraft()
        questions[.street] = words
        return AmendmentNote(questions, dueOn: desk.office.today.adding(days: days))
    }

    private static func only(_ desk: isolated OfficeDesk) async throws -> Int {
        try await desk.count("SELECT max(id) AS n FROM applications")
    }

    private static func open(_ id: Int, _ desk: isolated OfficeDesk) async throws -> Int {
        try #require(
            try await desk.office.reading.amendments(of: id).first { $0.state == .open }
        ).id
    }

    private static func state(_ id: Int, _ desk: isolated OfficeDesk) async throws
        -> ApplicationState?
    { try await desk.office.reading.application(id: id)?.state }

    private static func answer(
        _ street: String, _ id: Int, _ desk: isolated OfficeDesk, seen: String? = nil
    ) async throws -> CorrectionOutcome {
        var typed = ApplicationDraft()
        typed[.street] = street
        typed[.familyName] = "別人"
        let mark = try #require(try await desk.office.ownAnswers(ofApplication: id)).mark
        return try await desk.office.answerAmendment(
            try await open(id, desk), ofApplication: id, typed, seen: seen ?? mark,
            by: .applicant)
    }

    @Test func itIsAskedAnsweredAndComesBackToTheQueueMarked() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            let id = try await Self.only(desk)
            try await desk.office.askAmendment(
                Self.note(desk), ofApplication: id, seen: nil, by: Self.clerk)
            #expect(try await Self.state(id, desk) == .correcting)
            let told = try #require(try await desk.sendLetters().last)
            #expect(told.body.contains("番地を入力してください。") && told.body.contains("12月8日まで"))
            guard case .unchanged = try await Self.answer("紀尾井町1-3", id, desk) else {
                return #expect(Bool(false))
            }
            guard case .rejected = try await Self.answer("", id, desk) else {
                return #expect(Bool(false))
            }
            guard case .taken = try await Self.answer("紀尾井町1-4", id, desk) else {
                return #expect(Bool(false))
            }
            let record = try #require(try await desk.office.reading.application(id: id))
            #expect(record.state == .submitted && record.texts[.street] == "紀尾井町1-4")
            #expect(!record.name.contains("別人"), "only what was asked")
            #expect(try await desk.office.reading.amended(among: [id]) == [id])
            #expect(try await desk.office.reading.corrections(of: id).count == 1)
        }
    }

    @Test func theSlowerOfTwoIsRefused() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            let id = try await Self.only(desk)
            try await desk.office.askAmendment(
                Self.note(desk), ofApplication: id, seen: nil, by: Self.clerk)
            await #expect(throws: Refusal.conflict(.decidedAlready)) {
                try await desk.office.askAmendment(
                    Self.note(desk, "別の言葉"), ofApplication: id, seen: nil, by: Self.clerk)
            }
            let first = try await Self.open(id, desk)
            try await desk.office.askAmendment(
                Self.note(desk, "別の言葉"), ofApplication: id, seen: first, by: Self.clerk)
            await #expect(throws: Refusal.conflict(.decidedAlready)) {
                _ = try await desk.office.answerAmendment(
                    first, ofApplication: id, ApplicationDraft(), seen: "", by: .applicant)
            }
            let stale = try await Self.answer("紀尾井町1-4", id, desk, seen: "x")
            guard case .overtaken = stale else { return #expect(Bool(false)) }
            #expect(try await desk.office.approve([id], by: Self.clerk) == 0)
        }
    }

    @Test func itIsTakenBackAndWhoWasToldIsTold() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            let id = try await Self.only(desk)
            for isSilent in [true, false] {
                try await desk.office.askAmendment(
                    Self.note(desk), ofApplication: id, seen: nil, by: Self.clerk)
                if !isSilent { try await desk.sendLetters() }
                try await desk.office.takeBackAmendment(
                    try await Self.open(id, desk), ofApplication: id, by: Self.clerk)
                #expect(try await Self.state(id, desk) == .submitted)
                let sent = try await desk.sendLetters().filter {
                    $0.messageID.hasPrefix("amendment")
                }
                #expect(sent.count == (isSilent ? 0 : 2))
            }
        }
    }

    @Test func theDayIsSaidAgainAndPastItTheApplicationExpiresAndIsOpenedAnew() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            let id = try await Self.only(desk)
            try await desk.office.askAmendment(
                Self.note(desk), ofApplication: id, seen: nil, by: Self.clerk)
            #expect(try await desk.office.tendAmendments() == 0)
            try await desk.move(by: 11 * 86_400)
            #expect(try await desk.office.tendAmendments() == 1)
            #expect(try await desk.office.tendAmendments() == 0)
            let said = try await desk.sendLetters().last
            #expect(said?.messageID.hasPrefix("amendment_reminder-") == true)
            try await desk.move(by: 3 * 86_400)
            #expect(try await desk.office.tendAmendments() == 0, "the last day counts")
            try await desk.move(by: 86_400)
            #expect(try await desk.office.tendAmendments() == 1)
            #expect(try await Self.state(id, desk) == .expired)
            #expect(try await desk.sendLetters().last?.body.contains("12月8日までに") == true)
            try await desk.office.reopen(id, seen: .expired, by: Self.clerk)
            #expect(try await Self.state(id, desk) == .reviewing)
        }
    }

    /// Of a row of a file the coordinator is told, too, and may answer.
    @Test func whoeverFiledARowIsToldAndAnswers() async throws {
        try await withOffice { desk in
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "hospital@example.jp", evidence: .personal,
                attests: true)
            let plan = try await desk.office.planGroup(
                GroupUpload(
                    name: "名簿.csv", bytes: Invented.groupFile([1]), coordinator: coordinator),
                of: "demo-hospital", by: .operator("test"))
            _ = try await desk.office.applyGroup(try #require(plan.number), by: .operator("test"))
            let id = try await Self.only(desk)
            try await desk.office.askAmendment(
                Self.note(desk), ofApplication: id, seen: nil, by: Self.clerk)
            let told = try await desk.sendLetters().filter { $0.messageID.hasPrefix("amendment-") }
            #expect(Set(told.map(\.recipient)) == ["hospital@example.jp", Invented.email(1)])
            let body = try await desk.office.currentRules().organization(code: "demo-hospital")
            let scope = OrganizationScope(try #require(body).id)
            let file = try await desk.office.memberFile(id, within: scope)
            #expect(file.amendment?.note.fields == [.street])
            var typed = file.answers
            typed[.street] = "紀尾井町1-9"
            _ = try await desk.office.correct(
                MemberAct(of: id, within: scope, seen: file.mark, by: .operator("coordinator")),
                saying: typed)
            #expect(try await Self.state(id, desk) == .submitted)
        }
    }
}
