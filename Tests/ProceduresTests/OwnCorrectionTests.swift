import Enrollment
import Mail
import Network
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 訂正 by whoever applied: at once until it is approved, then by asking the office.
@Suite struct OwnCorrectionTests {
    private static func own(
        _ id: Int, _ desk: isolated OfficeDesk
    ) async throws -> OwnAnswers {
        try #require(try await desk.office.ownAnswers(ofApplication: id))
    }

    /// Sends the form as it was shown, with a change.
    private static func correct(
        _ id: Int, _ desk: isolated OfficeDesk, _ change: (inout ApplicationDraft) -> Void
    ) async throws -> CorrectionOutcome {
        let own = try await own(id, desk)
        var typed = own.answers
        change(&typed)
        return try await desk.office.correct(
            typed, ofApplication: id, seen: own.mark, by: .applicant)
    }

    private static func street(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts("SELECT street AS text FROM applications ORDER BY id")
    }

    private static func isTaken(_ outcome: CorrectionOutcome, asksOffice: Bool) -> Bool {
        if case .taken(asksOffice) = outcome { true } else { false }
    }

    @Test func untilItIsApprovedItIsCorrectedAtOnceAndWhatItSaidIsKept() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            try await desk.move(by: 60)
            let outcome = try await Self.correct(id, desk) {
                $0[.street] = "麹町2-1"
                $0[.phone] = "03-1234-5678"
            }
            #expect(Self.isTaken(outcome, asksOffice: false))
            #expect(try await Self.street(desk) == ["麹町2-1"])
            let corrections = try await desk.office.reading.corrections(of: id)
            #expect(corrections.count == 1)
            #expect(corrections.first?.before[.street] == "紀尾井町1-3")
            #expect(corrections.first?.after[.street] == "麹町2-1")
            #expect(corrections.first?.after[.phone] == "0312345678")
            #expect(corrections.first?.actor.actor == .applicant)
            let letters = try await desk.sendLetters().filter {
                $0.messageID.hasPrefix("correction-")
            }
            #expect(letters.count == 1 && letters[0].recipient == Invented.email(1))
            #expect(letters.allSatisfy { !$0.body.contains("麹町") })
            let acts = try await desk.texts(
                "SELECT actor AS text FROM events WHERE act = 'correct'")
            #expect(acts == ["applicant"])
        }
    }

    @Test func theSameOnceMoreChangesNothing() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            let own = try await Self.own(id, desk)
            var typed = own.answers
            typed[.street] = "麹町2-1"
            typed[.postalCode] = "1020094"
            for _ in 1...2 {
                try await desk.move(by: 60)
                _ = try await desk.office.correct(
                    typed, ofApplication: id, seen: own.mark, by: .applicant)
            }
            #expect(try await desk.count("SELECT count(*) AS n FROM application_versions") == 1)
            let acts = try await desk.count(
                "SELECT count(*) AS n FROM events WHERE act = 'correct'")
            #expect(acts == 1)
        }
    }

    @Test func whoSawWhatIsNoMoreOverwritesNothing() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            let seen = try await Self.own(id, desk)
            _ = try await Self.correct(id, desk) { $0[.street] = "麹町2-1" }
            var typed = seen.answers
            typed[.phone] = "03-1234-5678"
            let outcome = try await desk.office.correct(
                typed, ofApplication: id, seen: seen.mark, by: .applicant)
            guard case .overtaken(let now) = outcome else { throw Unfit() }
            #expect(now.answers[.street] == "麹町2-1")
            #expect(try await Self.street(desk) == ["麹町2-1"])
        }
    }

    @Test func eligibilityAndOrganizationAreCorrectedWithTheAffiliation() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            try await desk.move(by: 60)
            let code = try #require(
                try await Self.own(id, desk).rules.organizations.first {
                    $0.category == .listedOrganization && $0.isOpen(on: desk.office.today)
                }?.code)
            let outcome = try await Self.correct(id, desk) {
                $0[.category] = "listed_org"
                $0[.organization] = code
            }
            #expect(Self.isTaken(outcome, asksOffice: false))
            let belongs = try await desk.texts(
                """
                SELECT o.code || ' ' || f.is_primary AS text FROM affiliations f
                JOIN organizations o ON o.id = f.organization_id WHERE f.known_until = 'infinity'
                """)
            #expect(belongs == ["\(code) true"])
            try await desk.move(by: 60)
            _ = try await Self.correct(id, desk) {
                $0[.category] = "agency_approved"
                $0[.organization] = ""
            }
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM affiliations WHERE known_until = 'infinity'") == 0)
            let said = try await desk.office.reading.corrections(of: id).map { $0.after[.category] }
            #expect(said == ["listed_org", "agency_approved"])
        }
    }

    @Test func theSameDaysAreToldAndOthersTakeTheirPlace() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            try await desk.move(by: 60)
            _ = try await Self.correct(id, desk) { $0[.viewedOn(slot: 1)] = "2026-09-03" }
            let days = try await desk.texts(
                """
                SELECT video_slot || ' ' || viewed_on || ' ' || (known_until = 'infinity') AS text
                FROM viewings ORDER BY id
                """)
            #expect(days == ["1 2026-09-01 false", "2 2026-09-01 true", "1 2026-09-03 true"])
        }
    }

    @Test func whatIsWrongIsToldAndNothingIsChanged() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            let outcome = try await Self.correct(id, desk) { $0[.city] = "どこか" }
            guard case .rejected(let problems) = outcome else { throw Unfit() }
            #expect(problems.map(\.code).contains(.cityUnknown))
            #expect(try await desk.count("SELECT count(*) AS n FROM application_versions") == 0)
        }
    }

    @Test func twoApplicationsDoNotBecomeOne() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            let id = try await desk.id(of: desk.apply(2) { $0[.email] = Invented.email(1) })
            await #expect(throws: Refusal.conflict(.isAnothersApplication)) {
                _ = try await Self.correct(id, desk) { draft in
                    let other = Invented.draft(1)
                    for field in [
                        ApplicationField.familyName, .givenName, .familyNameKana, .givenNameKana,
                    ] { draft[field] = other[field] }
                }
            }
            #expect(try await desk.count("SELECT count(*) AS n FROM application_versions") == 0)
        }
    }

    @Test func afterItIsApprovedTheOfficeIsAskedAndConsentsCountAtOnce() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            try await desk.move(by: 60)
            let outcome = try await Self.correct(id, desk) {
                $0[.street] = "麹町2-1"
                $0[.consentPublic] = "yes"
                $0[.kind] = "caller"
            }
            #expect(Self.isTaken(outcome, asksOffice: true))
            #expect(try await Self.street(desk) == ["紀尾井町1-3"])
            #expect(
                try await desk.texts(
                    "SELECT kind || ' ' || public_consent AS text FROM applications")
                    == ["promoter true"])
            let request = try #require(try await desk.office.reading.correctionRequest(of: id))
            #expect(request.answers.answers.map(\.field) == [.street])
            // It is in the form that is opened next.
            #expect(try await Self.own(id, desk).answers[.street] == "麹町2-1")
            try await desk.office.acceptCorrection(
                request.id, ofApplication: id, by: .operator("office"))
            #expect(try await Self.street(desk) == ["麹町2-1"])
            await #expect(throws: Refusal.conflict(.decidedAlready)) {
                try await desk.office.acceptCorrection(
                    request.id, ofApplication: id, by: .operator("office"))
            }
            let told = try await desk.sendLetters().count {
                $0.messageID.hasPrefix("correction-")
            }
            #expect(told == 2, "of the consent, and of the street")
        }
    }

    @Test func aRefusalSaysWhyAndAnotherRequestMayFollow() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            try await desk.appointAll()
            _ = try await Self.correct(id, desk) { $0[.givenName] = "花子" }
            let request = try #require(try await desk.office.reading.correctionRequest(of: id))
            try await desk.office.refuseCorrection(
                request.id, ofApplication: id, because: "書類を送ってください。", by: .operator("office"))
            let letter = try await desk.sendLetters().last {
                $0.messageID.hasPrefix("correction_refused-")
            }
            #expect(letter?.body.contains("書類を送ってください。") == true)
            try await desk.move(by: 60)
            _ = try await Self.correct(id, desk) { $0[.givenName] = "華子" }
            let next = try #require(try await desk.office.reading.correctionRequest(of: id))
            #expect(next.state == .open && next.id != request.id)
        }
    }

    @Test func whatWasAskedForIsReplacedAndTakenBack() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            _ = try await Self.correct(id, desk) { $0[.street] = "麹町2-1" }
            let first = try #require(try await desk.office.reading.correctionRequest(of: id))
            _ = try await Self.correct(id, desk) { $0[.street] = "麹町3-1" }
            await #expect(throws: Refusal.conflict(.decidedAlready)) {
                try await desk.office.acceptCorrection(
                    first.id, ofApplication: id, by: .operator("office"))
            }
            try await desk.office.takeBackCorrection(ofApplication: id, by: .applicant)
            await #expect(throws: Refusal.conflict(.decidedAlready)) {
                try await desk.office.takeBackCorrection(ofApplication: id, by: .applicant)
            }
            #expect(
                try await desk.office.reading.correctionRequests(of: id).map(\.state)
                    == [.replaced, .takenBack])
            #expect(try await Self.street(desk) == ["紀尾井町1-3"])
        }
    }

    /// A form that was shown before the approval would have changed it at once.
    @Test func whoeverIsApprovedMeanwhileIsToldAndNothingIsAsked() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            let seen = try await Self.own(id, desk)
            _ = try await desk.office.approve([id], by: .operator("office"))
            var typed = seen.answers
            typed[.street] = "麹町2-1"
            let outcome = try await desk.office.correct(
                typed, ofApplication: id, seen: seen.mark, by: .applicant)
            guard case .overtaken(let now) = outcome else { throw Unfit() }
            #expect(now.scope.asksOffice)
            #expect(try await desk.office.reading.correctionRequest(of: id) == nil)
        }
    }

    @Test func theOfficeApprovesNothingThatItHasNotSeen() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            _ = try await Self.correct(id, desk) { $0[.street] = "麹町2-1" }
            await #expect(throws: Refusal.conflict(.queueHasChanged)) {
                _ = try await desk.office.approve(id, corrected: 0, by: .operator("office"))
            }
            #expect(try await desk.office.approve(id, corrected: 1, by: .operator("office")) == 1)
        }
    }

    @Test func whatIsOverIsCorrectedNoMore() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            let seen = try await Self.own(id, desk)
            try await desk.office.withdraw(application: id, by: .applicant)
            #expect(try await desk.office.ownAnswers(ofApplication: id) == nil)
            await #expect(throws: Refusal.conflict(.decidedAlready)) {
                _ = try await desk.office.correct(
                    seen.answers, ofApplication: id, seen: seen.mark, by: .applicant)
            }
        }
    }

    @Test func whatWasAskedForGoesOnWithTheRenewal() async throws {
        try await withOffice { desk in
            let next = Invented.year.next
            let id = try await desk.approved(1)
            try await desk.appointAll()
            try await desk.office.openFiscalYear(next, by: .operator("office"))
            _ = try await Self.correct(id, desk) { $0[.street] = "麹町2-1" }
            try await desk.move(to: Instant(startOf: next.firstDay).adding(seconds: 36_000))
            let plan = try await desk.office.planRenewal(
                to: next, by: desk.decision, by: .operator("office"))
            _ = try await desk.office.applyRenewal(plan.number, by: .operator("office"))
            let renewed = try await desk.count("SELECT max(id) AS n FROM applications")
            let request = try #require(
                try await desk.office.reading.correctionRequest(of: renewed))
            #expect(renewed != id && request.state == .open)
            try await desk.office.acceptCorrection(
                request.id, ofApplication: renewed, by: .operator("office"))
            #expect(try await Self.street(desk) == ["紀尾井町1-3", "麹町2-1"])
        }
    }

    /// The organization takes nobody any more, but it took this one.
    @Test func anOrganizationThatHasClosedSinceIsNoReasonToRefuse() async throws {
        try await withOffice { desk in
            let rules = try #require(try await desk.office.rules(of: Invented.year))
            let code = try #require(
                rules.organizations.first {
                    $0.category == .listedOrganization && $0.isOpen(on: desk.office.today)
                }?.code)
            let id = try await desk.id(
                of: desk.apply(1) {
                    $0[.category] = "listed_org"
                    $0[.organization] = code
                })
            _ = try await desk.rows(
                """
                UPDATE organization_years SET closes_on = '2026-11-24' WHERE organization_id =
                    (SELECT id FROM organizations WHERE code = \(code))
                """)
            try await desk.move(by: 3 * 86_400)
            let outcome = try await Self.correct(id, desk) { $0[.street] = "麹町2-1" }
            #expect(Self.isTaken(outcome, asksOffice: false))
            #expect(try await desk.count("SELECT count(*) AS n FROM affiliations") == 1)
        }
    }

    @Test func aNumberOfAPastDayStaysWhenTheKindIsCorrected() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            try await desk.move(by: 60)
            let before = TallyBasis(asOf: desk.office.today, known: desk.office.now)
            try await desk.move(by: 60)
            _ = try await Self.correct(id, desk) {
                $0[.kind] = "caller"
                $0[.category] = "community_caller"
            }
            try await desk.move(by: 60)
            let now = TallyBasis(asOf: desk.office.today, known: desk.office.now)
            for (basis, kind) in [(before, Kind.promoter), (now, .caller)] {
                let months = try await desk.office.reading.months(on: basis)
                let applied = months.map(\.0).filter { $0.applied > 0 }
                #expect(applied.map(\.kind) == [kind])
            }
        }
    }
}

/// Whose word counts of whom an organization filed: the file's until the person has confirmed their
/// address by a code, the person's from then on.
@Suite struct ConfirmedOwnerTests {
    private static func open(_ id: Int, _ desk: isolated OfficeDesk) async throws {
        let record = try #require(try await desk.office.reading.application(id: id))
        let asked = try await desk.office.askForStatus(
            receipt: record.receipt, email: record.email, from: .here)
        let code = try #require(try await desk.newestCode(to: record.email))
        _ = try await desk.office.openStatus(code: code, asked: asked, from: .here)
    }

    private static func id(_ desk: isolated OfficeDesk) async throws -> Int {
        try await desk.count("SELECT min(id) AS n FROM applications")
    }

    private static func streets(_ desk: isolated OfficeDesk) async throws -> [String] {
        try await desk.texts("SELECT street AS text FROM applications ORDER BY id")
    }

    @Test(arguments: [false, true])
    func aFileChangesNothingOfWhoeverHasConfirmed(isConfirmed: Bool) async throws {
        try await withOffice { desk in
            #expect(try await desk.enter([1]) == 1)
            if isConfirmed { try await Self.open(try await Self.id(desk), desk) }
            try await desk.move(by: 60)
            let planned = try await desk.upload([1], at: .nara)
            let told = planned.plan?.lines.flatMap(\.problems).map(\.code) ?? []
            #expect(told.contains(.differencesBecomeAProposal) == isConfirmed)
            _ = try await desk.office.applyGroup(
                planned.number ?? "", by: .operator("coordinator"))
            #expect(try await Self.streets(desk) == [isConfirmed ? "紀尾井町1-3" : "登大路町30"])
            let proposals = try await desk.count("SELECT count(*) AS n FROM proposals")
            #expect(proposals == (isConfirmed ? 1 : 0))
        }
    }

    @Test func whatTheOrganizationProposedIsGoneWhenThePersonSaysTheSame() async throws {
        try await withOffice { desk in
            _ = try await desk.enter([1])
            let id = try await Self.id(desk)
            try await Self.open(id, desk)
            _ = try await desk.enter([1]) { row in
                row[5] = "102-0083"
                row[8] = "麹町2-1"
            }
            let own = try #require(try await desk.office.ownAnswers(ofApplication: id))
            var typed = own.answers
            typed[.street] = "麹町2-1"
            _ = try await desk.office.correct(
                typed, ofApplication: id, seen: own.mark, by: .applicant)
            let left = try await desk.office.reading.proposals(of: id)
            #expect(left.map { $0.answers.answers.map(\.field) } == [[.postalCode]])
        }
    }

    /// The plan was made before the person came.
    @Test func whoeverConfirmsBetweenPlanAndApplyIsNotOverwritten() async throws {
        try await withOffice { desk in
            _ = try await desk.enter([1])
            let id = try await Self.id(desk)
            let planned = try await desk.upload([1], at: .nara)
            try await Self.open(id, desk)
            _ = try? await desk.office.applyGroup(
                planned.number ?? "", by: .operator("coordinator"))
            #expect(try await Self.streets(desk) == ["紀尾井町1-3"])
        }
    }

    @Test func theOrganizationsOwnFactsStayTheirs() async throws {
        try await withOffice { desk in
            _ = try await desk.enter([1], unit: "内科")
            let id = try await Self.id(desk)
            try await Self.open(id, desk)
            let own = try #require(try await desk.office.ownAnswers(ofApplication: id))
            var typed = own.answers
            typed[.unit] = "外科"
            typed[.street] = "麹町2-1"
            _ = try await desk.office.correct(
                typed, ofApplication: id, seen: own.mark, by: .applicant)
            let units = try await desk.texts(
                "SELECT unit || ' ' || street AS text FROM applications")
            #expect(units == ["内科 麹町2-1"])
            try await desk.move(by: 60)
            _ = try await desk.enter([1], unit: "外科")
            let moved = try await desk.texts(
                """
                SELECT a.street || ' ' || f.unit AS text FROM applications a
                JOIN affiliations f ON f.application_id = a.id AND f.known_until = 'infinity'
                """)
            #expect(moved == ["麹町2-1 外科"])
        }
    }
}
