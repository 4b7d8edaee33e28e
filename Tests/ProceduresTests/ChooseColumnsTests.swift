import Enrollment
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// A file whose headings are not understood waits until somebody says what its columns are for.
@Suite struct ChooseColumnsTests {
    private static let clerk = Actor.operator("clerk")

    /// 氏 under a heading that nobody knows, and a column that nobody asked for.
    private static func file(_ numbers: ClosedRange<Int> = 1...3) -> [UInt8] {
        let file = Invented.file(
            Invented.groupFile(numbers, unit: "内科"), calling: "氏", "サーネーム")
        return Array(
            String(decoding: file, as: UTF8.self).replacing("部署・店舗名", with: "診療班").utf8)
    }

    private static let right = [
        ColumnChoice(ColumnName("サーネーム"), .question(.familyName)),
        ColumnChoice(ColumnName("診療班"), .unused),
    ]

    private static func scope(
        _ desk: isolated OfficeDesk, _ code: String = "demo-hospital"
    ) async throws -> OrganizationScope {
        OrganizationScope(
            try #require(try await desk.office.currentRules().organization(code: code)).id)
    }

    private static func receive(
        _ desk: isolated OfficeDesk, _ bytes: [UInt8] = file()
    ) async throws -> ReceivedGroup {
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "c@example.jp", evidence: .personal, attests: false)
        return try await desk.office.receiveGroup(
            GroupUpload(name: "名簿.csv", bytes: bytes, coordinator: coordinator),
            of: try await scope(desk), by: clerk)
    }

    private static func waiting(_ desk: isolated OfficeDesk) async throws -> String {
        guard case .waiting(let number) = try await receive(desk) else { throw Refusal.notFound }
        return number
    }

    private static func choose(
        _ desk: isolated OfficeDesk, _ choices: [ColumnChoice] = right, of number: String
    ) async throws -> ChosenColumns {
        try await desk.office.chooseColumns(
            SaidOfFile(choices), of: number, within: try await scope(desk), by: clerk)
    }

    private static func planned(
        _ desk: isolated OfficeDesk, _ choices: [ColumnChoice] = right, of number: String
    ) async throws -> String {
        guard case .planned(let plan) = try await choose(desk, choices, of: number) else {
            throw Refusal.notFound
        }
        return plan
    }

    private static func said(
        _ desk: isolated OfficeDesk, of plan: String
    ) async throws -> [String] {
        let file = try #require(try await desk.office.reading.groupFile(number: plan))
        return try await desk.office.reading.findings(of: file.id).columns.map {
            "\($0.name.heading) \($0.use.code)\($0.isRemembered ? " remembered" : "")"
        }
    }

    @Test func nothingIsPlannedBeforeItIsSaid() async throws {
        try await withOffice { desk in
            let number = try await Self.waiting(desk)
            #expect(try await desk.count("SELECT count(*) AS n FROM plans") == 0)
            let open = try await desk.office.columnsOfFile(
                number, of: try await Self.scope(desk))
            guard case .open(let hand) = open else { throw Refusal.notFound }
            #expect(hand.columns.missing == [.familyName])
            let unknown = hand.columns.columns.filter { $0.use == nil }
            #expect(unknown.map(\.name.heading) == ["サーネーム", "診療班"])
            #expect(unknown.last?.samples == ["内科"])
        }
    }

    @Test func whatWasSaidMakesThePlanAndStaysWithIt() async throws {
        try await withOffice { desk in
            let number = try await Self.waiting(desk)
            let plan = try await Self.planned(desk, of: number)
            let file = try #require(try await desk.office.reading.groupFile(number: plan))
            #expect(file.counts[.new] == 3 && file.fileName == "名簿.csv")
            #expect(
                try await Self.said(desk, of: plan) == ["サーネーム family_name", "診療班 unused"])
            #expect(try await desk.office.reading.original(of: file.id) == Self.file())
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM waiting_files WHERE original IS NOT NULL") == 0)
        }
    }

    @Test func aPlanIsAppliedByWhatWasSaidThenNotByWhatIsSaidNow() async throws {
        try await withOffice { desk in
            let plan = try await Self.planned(desk, of: try await Self.waiting(desk))
            let other = try await Self.planned(
                desk,
                [
                    ColumnChoice(ColumnName("サーネーム"), .question(.familyName)),
                    ColumnChoice(ColumnName("診療班"), .question(.unit)),
                ], of: try await Self.changed(desk, plan))
            #expect(try await Self.said(desk, of: other).last == "診療班 affiliation_unit")
            let scope = try await Self.scope(desk)
            try await desk.office.askToApplyGroup(other, of: scope, by: Self.clerk)
            _ = try await Self.planned(
                desk, Self.right + [ColumnChoice(ColumnName("ご確認"), .question(.consent))],
                of: try await Self.waitingOtherwise(desk))
            #expect(try await desk.office.applyGroup(other, by: Self.clerk) == .applied(count: 3))
            #expect(
                try await desk.count("SELECT count(*) AS n FROM applications WHERE unit = '内科'")
                    == 3)
        }
    }

    /// The plan, still unsent, as it is to be read otherwise.
    private static func changed(
        _ desk: isolated OfficeDesk, _ plan: String
    ) async throws -> String {
        let open = try await desk.office.columnsOfFile(plan, of: try await scope(desk))
        guard case .open(let hand) = open else { throw Refusal.notFound }
        #expect(hand.columns.isSettled)
        return hand.number
    }

    /// Another file, of which a column more is open although the rest is remembered.
    private static func waitingOtherwise(_ desk: isolated OfficeDesk) async throws -> String {
        let bytes = String(decoding: file(7...8), as: UTF8.self)
            .replacing(",本人同意,", with: ",ご確認,")
        guard case .waiting(let number) = try await receive(desk, Array(bytes.utf8)) else {
            throw Refusal.notFound
        }
        return number
    }

    @Test func theNextFileIsReadByItAndSaysSo() async throws {
        try await withOffice { desk in
            _ = try await Self.planned(desk, of: try await Self.waiting(desk))
            guard case .planned(let next) = try await Self.receive(desk, Self.file(4...5)) else {
                throw Refusal.notFound
            }
            #expect(
                try await Self.said(desk, of: next)
                    == ["サーネーム family_name remembered", "診療班 unused remembered"])
            let remembered = try await desk.office.reading.rememberedColumns(
                of: try await Self.scope(desk).organizationID)
            #expect(remembered.map(\.choice.use.code) == ["family_name", "unused"])
            #expect(remembered.allSatisfy { $0.by.actor == Self.clerk })
        }
    }

    @Test func anotherOrganizationHasNoneOfIt() async throws {
        try await withOffice { desk in
            let number = try await Self.waiting(desk)
            let plan = try await Self.planned(desk, of: number)
            let clinic = try await Self.scope(desk, "demo-clinic")
            for name in [number, plan] {
                await #expect(throws: Refusal.notFound) {
                    _ = try await desk.office.columnsOfFile(name, of: clinic)
                }
                await #expect(throws: Refusal.notFound) {
                    _ = try await desk.office.chooseColumns(
                        SaidOfFile(Self.right), of: name, within: clinic, by: Self.clerk)
                }
            }
            #expect(
                try await desk.office.reading.rememberedColumns(of: clinic.organizationID).isEmpty)
        }
    }

    @Test func whatWasSaidBeforeStaysInTheTable() async throws {
        try await withOffice { desk in
            let plan = try await Self.planned(desk, of: try await Self.waiting(desk))
            try await desk.move(by: 60)
            let second = [
                ColumnChoice(ColumnName("サーネーム"), .question(.familyName)),
                ColumnChoice(ColumnName("診療班"), .question(.note)),
            ]
            let other = try await Self.planned(desk, second, of: plan)
            #expect(other != plan)
            let rows = try await desk.rows(
                """
                SELECT heading || ' ' || taken_as || ' ' || (known_until = 'infinity')::text AS said
                FROM column_choices ORDER BY id
                """)
            #expect(
                try rows.map { try $0.string("said") }
                    == ["サーネーム family_name true", "診療班 unused false", "診療班 note true"])
            let old = try #require(try await desk.office.reading.groupFile(number: plan))
            #expect(old.state == .replaced)
            await #expect(throws: Refusal.conflict(.planIsReplaced)) {
                _ = try await Self.choose(desk, of: plan)
            }
        }
    }

    @Test func whatIsMissingIsToldAtOnceAndNothingIsDone() async throws {
        try await withOffice { desk in
            let number = try await Self.waiting(desk)
            let wrong = [
                ColumnChoice(ColumnName("サーネーム"), .question(.email)),
                ColumnChoice(ColumnName("メールアドレス"), .question(.email)),
            ]
            guard case .open(let hand) = try await Self.choose(desk, wrong, of: number) else {
                throw Refusal.notFound
            }
            let told = hand.columns.columns.compactMap { column in
                column.problem.map { "\(column.name.heading) \($0)" }
            }
            #expect(
                told == ["サーネーム chosenTwice", "メールアドレス chosenTwice", "診療班 notChosen"])
            #expect(hand.columns.missing == [.familyName])
            #expect(try await desk.count("SELECT count(*) AS n FROM plans") == 0)
            #expect(try await desk.count("SELECT count(*) AS n FROM column_choices") == 0)
        }
    }

    /// Two clerks, or one who presses twice: one plan, and the second is led to it.
    @Test func whoeverComesSecondGetsThePlanOfTheFirst() async throws {
        try await withOffice { desk in
            let number = try await Self.waiting(desk)
            let first = try await Self.planned(desk, of: number)
            let other = [
                ColumnChoice(ColumnName("サーネーム"), .question(.familyName)),
                ColumnChoice(ColumnName("診療班"), .question(.note)),
            ]
            #expect(try await Self.planned(desk, other, of: number) == first)
            #expect(
                try await Self.said(desk, of: first) == ["サーネーム family_name", "診療班 unused"])
            #expect(try await desk.count("SELECT count(*) AS n FROM plans") == 1)
        }
    }

    @Test func nothingIsSaidAnyMoreOnceTheFileIsSent() async throws {
        try await withOffice { desk in
            let plan = try await Self.planned(desk, of: try await Self.waiting(desk))
            try await desk.office.askToApplyGroup(
                plan, of: try await Self.scope(desk), by: Self.clerk)
            await #expect(throws: Refusal.conflict(.planIsApplied)) {
                _ = try await Self.choose(desk, of: plan)
            }
            #expect(try await desk.office.applyGroup(plan, by: Self.clerk) == .applied(count: 3))
        }
    }

    @Test func aFileThatNobodySpeaksOfIsForgottenAsADraft() async throws {
        try await withOffice(on: Day("2026-09-15")!) { desk in
            let number = try await Self.waiting(desk)
            try await desk.move(by: 31 * 86_400)
            _ = try await desk.office.forgetExpired([.draft], by: .operator("o"))
            #expect(try await desk.count("SELECT count(*) AS n FROM waiting_files") == 0)
            await #expect(throws: Refusal.notFound) {
                _ = try await Self.choose(desk, of: number)
            }
        }
    }

    @Test func whatNobodyMaySendDoesNotWait() async throws {
        try await withOffice { desk in
            let bytes = Invented.file(Self.file(), calling: "サーネーム", "生年月日")
            guard case .unfit(let problems) = try await Self.receive(desk, bytes) else {
                throw Refusal.notFound
            }
            #expect(problems.map(\.code).contains(.columnsForbidden))
            #expect(try await desk.count("SELECT count(*) AS n FROM waiting_files") == 0)
        }
    }

    /// The rows to correct come back by the headings of the file.
    @Test func theErrorFileOfAMappedFileIsMappedAgainWhenItComesBack() async throws {
        try await withOffice { desk in
            let bytes = String(decoding: Self.file(), as: UTF8.self)
                .replacing("2026/9/1,2026/9/1", with: "2026/9/1,9月", maxReplacements: 1)
            guard case .waiting(let number) = try await Self.receive(desk, Array(bytes.utf8))
            else { throw Refusal.notFound }
            let plan = try await Self.planned(desk, of: number)
            let errors = try #require(try await desk.office.errorFile(of: plan))
            let again = try await Self.receive(desk, errors.bytes)
            guard case .planned(let second) = again else { throw Refusal.notFound }
            let file = try #require(try await desk.office.reading.groupFile(number: second))
            #expect(file.rowCount == 1 && file.counts[.error] == 1)
        }
    }
}
