import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// The words that a column may hold stand in the program as a type and in the table as a promise.
/// Neither may know one that the other does not.
@Suite struct ListedWordsTests {
    private static func words<Word: CaseIterable & RawRepresentable<String>>(
        _ type: Word.Type, and more: [String] = []
    ) -> Set<String> { Set(Word.allCases.map(\.rawValue) + more) }

    private static let lists: [(promise: String, words: Set<String>)] = [
        ("plans_act_is_known", words(PlanAct.self)),
        ("plans_only_kind_is_known", words(Kind.self)),
        ("plans_state_is_known", words(PlanState.self)),
        ("plan_lines_outcome_is_known", words(PlanOutcome.self)),
        ("jobs_act_is_known", words(JobAct.self)),
        ("jobs_state_is_known", words(JobState.self)),
        ("jobs_failure_is_known", words(JobFailure.Kind.self)),
        ("outbox_letter_is_known", words(LetterKind.self)),
        ("outbox_state_is_known", words(LetterState.self)),
        ("outbox_lane_is_known", words(MailLane.self)),
        ("applications_state_is_known", words(ApplicationState.self)),
        ("applications_kind_is_known", words(Kind.self)),
        ("applications_category_is_known", words(EligibilityCategory.self)),
        ("applications_reuse_answer_is_known", words(ReuseAnswer.self)),
        ("applications_route_is_known", words(ApplicationRoute.self)),
        ("application_consents_giver_is_known", words(ConsentGiver.self)),
        ("appointment_terms_end_reason_is_known", words(EndReason.self, and: [""])),
        ("appointments_kind_is_known", words(Kind.self)),
        ("appointments_history_is_known", words(AppointmentHistory.self)),
        ("correction_requests_state_is_known", words(CorrectionRequest.State.self)),
        ("listing_answers_answer_is_known", words(ListingAnswer.self)),
        ("organization_years_consent_rule_is_known", words(ConsentRule.self)),
        ("material_facts_state_is_known", words(MaterialState.self)),
        ("amendments_state_is_known", words(AmendmentRecord.State.self)),
        ("consent_texts_kind_is_known", words(ConsentText.Kind.self)),
        ("badge_keys_purpose_is_known", words(BadgeKeyPurpose.self)),
        ("doubts_answer_is_known", words(DoubtAnswer.self, and: ["", "undone"])),
        ("fiscal_years_policy_is_known", words(RenewalPolicy.self)),
        ("group_lines_applied_as_is_known", words(LineResult.self, and: [""])),
        ("group_lines_outcome_is_known", words(GroupPlan.Outcome.self)),
        ("certificate_words_name_is_known", words(CertificateWording.Name.self)),
        ("identity_rules_name_is_known", words(IdentityRules.Name.self)),
        (
            "plan_confirmations_answer_is_known", words(ConfirmationAnswer.self, and: [""])
        ),
        ("undo_rules_name_is_known", words(UndoRules.Name.self)),
        ("undo_lines_outcome_is_known", words(UndoOutcome.Group.self)),
        (
            "undo_lines_reason_is_known",
            words(UndoAct.self).union(words(UndoHindrance.self)).union(words(UndoFault.self))
        ),
        ("installation_kind_is_known", words(InstallationKind.self)),
        ("lifetimes_kind_is_known", words(Lifetime.Kind.self)),
        ("lifetimes_unit_is_known", words(Lifetime.Unit.self)),
        ("mail_codes_purpose_is_known", words(CodePurpose.self)),
        ("organization_years_category_is_known", words(EligibilityCategory.self)),
        ("requirements_kind_is_known", words(Kind.self)),
        ("viewings_grade_is_known", words(EvidenceGrade.self)),
        ("accounts_role_is_known", words(Role.self)),
        ("invitations_role_is_known", words(Role.self)),
    ]

    /// A programme is of two of the categories only; an actor is a word with whose it is behind it.
    private static let partial: Set<String> = [
        "programmes_category_is_known", "events_actor_is_known",
    ]

    @Test func everyListOfWordsIsCompared() async throws {
        try await withOffice { desk in
            let found = try await desk.texts(
                "SELECT conname AS text FROM pg_constraint WHERE conname LIKE '%\\_is\\_known'")
            #expect(Set(found) == Self.partial.union(Self.lists.map(\.promise)))
        }
    }

    @Test(arguments: lists.map(\.promise))
    func theTableAndTheProgramKnowTheSameWords(_ promise: String) async throws {
        let words = try #require(Self.lists.first { $0.promise == promise }).words
        try await withOffice { desk in
            let found = try await desk.texts(
                """
                SELECT DISTINCT m[1] AS text FROM pg_constraint c,
                       regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''', 'g') AS m
                WHERE c.conname = \(promise)
                """)
            #expect(Set(found) == words)
        }
    }
}
