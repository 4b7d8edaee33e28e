import Postgres

extension Promise {
    static let plansAndAppointments: [Promise] = [
        unique("plans_number_unique", "UPDATE plans SET number = 'same'"),
        check("plans_act_is_known", "UPDATE plans SET act = '?'"),
        check("plans_state_is_known", "UPDATE plans SET state = '?'"),
        check(
            "plans_only_files_are_discarded",
            "UPDATE plans SET state = 'discarded' WHERE act = 'appoint'"),
        check("plans_decision_number_given", "UPDATE plans SET decision_number = ''"),
        check("plans_decision_is_whole", "UPDATE plans SET decided_on = NULL"),
        check(
            "plans_applied_are_decided",
            """
            UPDATE plans SET state = 'applied', decided_on = NULL, decision_number = NULL
            """),
        check(
            "plans_applied_are_attested",
            "UPDATE plans SET state = 'applied' WHERE act = 'group'"),
        check(
            "plans_decided_by_the_day_they_are_applied",
            "UPDATE plans SET applied_at = '2026-04-30T23:59:59+09:00'"),
        check("plans_only_kind_is_known", "UPDATE plans SET only_kind = '?' WHERE id = 1"),
        check(
            "plans_only_appointments_have_a_scope",
            "UPDATE plans SET only_kind = 'caller' WHERE act = 'group'"),
        unique("plan_applicants_once", "INSERT INTO plan_applicants (plan_id) VALUES (1)"),
        check("plans_undoing_name_what", "UPDATE plans SET undoes = NULL"),
        check(
            "plans_undone_say_why",
            """
            UPDATE plans SET act = 'undo_appoint', state = 'applied', because = ''
            WHERE act = 'undo_group'
            """),
        check(
            "plan_confirmations_answer_is_known",
            """
            UPDATE plan_confirmations SET answer = '?', answered_by = 'a', answered_at = asked_at
            """),
        check(
            "plan_confirmations_answered_wholly",
            "UPDATE plan_confirmations SET answered_by = 'account:3'"),
        check(
            "plan_confirmations_by_two",
            """
            UPDATE plan_confirmations
            SET answer = 'confirmed', answered_by = asked_by, answered_at = asked_at
            """),
        check(
            "plan_confirmations_withdrawn_by_whoever_asked",
            """
            UPDATE plan_confirmations
            SET answer = 'withdrawn', answered_by = 'account:9', answered_at = asked_at
            """),
        check(
            "plan_confirmations_declined_say_why",
            """
            UPDATE plan_confirmations
            SET answer = 'declined', answered_by = 'account:9', answered_at = asked_at
            """),
        unique(
            "plan_confirmations_one_standing", "UPDATE plan_confirmations SET plan_id = 1"),
        check("undo_lines_outcome_is_known", "UPDATE undo_lines SET outcome = '?'"),
        check("undo_lines_reason_is_known", "UPDATE undo_lines SET reason = '?'"),
        unique(
            "signing_keys_one_signs", "UPDATE signing_keys SET retired_at = NULL WHERE id = 'k1'"),
        check("signing_keys_are_points", "UPDATE signing_keys SET public_key = '\\x00'"),
        check(
            "signing_keys_retired_later",
            "UPDATE signing_keys SET retired_at = made_at - interval '1 second'"),
        check(
            "signing_keys_compromised_sign_no_more",
            "UPDATE signing_keys SET compromised_since = made_at WHERE retired_at IS NULL"),
        check("certificate_codes_id_has_its_length", "UPDATE certificate_codes SET id = ''"),
        check(
            "certificate_codes_digest_has_its_length", "UPDATE certificate_codes SET digest = ''"),
        unique(
            "certificate_codes_one_of_a_paper_and_key",
            "UPDATE certificate_codes SET printed = '', appointment_id = 1, key_id = 'k1'"),
        check("plan_lines_outcome_is_known", "UPDATE plan_lines SET outcome = '?'"),
        unique(
            "plan_lines_one_per_person_and_kind",
            "INSERT INTO plan_lines VALUES (1, 2, 1, 2, 'promoter', 'appoint', 'new')"),
        check("counters_never_negative", "UPDATE counters SET last_value = -1"),
        unique(
            "appointments_number_unique", "UPDATE appointments SET number = 'N1' WHERE id = 3"),
        unique(
            "appointments_one_not_undone",
            "UPDATE appointments SET application_id = 1 WHERE id = 3"),
        check(
            "appointments_kind_is_known", "UPDATE appointments SET kind = '?' WHERE id = 3"),
        check(
            "appointments_history_is_known",
            "UPDATE appointments SET history = '?' WHERE id = 3"),
        Promise(
            name: "appointment_terms_belong", state: "23503",
            breaking: "UPDATE appointment_terms SET kind = 'caller' WHERE id = 2"),
        check(
            "appointment_terms_inside_the_year",
            "UPDATE appointment_terms SET ends_on = '2027-04-02'"),
        check(
            "appointment_terms_inside_the_year",
            "UPDATE appointment_terms SET true_from = '2026-03-31'"),
        check(
            "appointment_terms_inside_the_year",
            "UPDATE appointment_terms SET ends_on = true_from - 1"),
        check(
            "appointment_terms_end_reason_is_known",
            "UPDATE appointment_terms SET end_reason = '?'"),
        check(
            "appointment_terms_cancelled_have_no_day",
            "UPDATE appointment_terms SET end_reason = 'cancelled', ends_on = true_from + 1"),
        check(
            "appointment_terms_known_in_order",
            "UPDATE appointment_terms SET known_until = '2026-04-30'"),
        unique(
            "appointment_terms_one_standing",
            """
            INSERT INTO appointment_terms (id, appointment_id, person_id, kind, fiscal_year,
                true_from, ends_on, known_from) OVERRIDING SYSTEM VALUE
            VALUES (9, 1, 1, 'promoter', 2026, '2026-04-01', '2026-04-30', '2026-05-01')
            """),
        exclusion(
            "appointment_terms_one_active_per_person",
            """
            UPDATE appointment_terms SET person_id = 1, appointment_id = 3 WHERE id = 2
            """),
    ]

    static let badges: [Promise] = [
        unique("badges_token_unique", "UPDATE badges SET token = repeat('x', 43)"),
        unique("badges_one_per_appointment", "UPDATE badges SET appointment_id = 3"),
        unique(
            "badge_keys_one_signs",
            "UPDATE badge_keys SET retired_at = NULL, purpose = 'proof' WHERE id = 'b1'"),
        check("badge_keys_purpose_is_known", "UPDATE badge_keys SET purpose = '?'"),
        check(
            "badge_keys_retired_later",
            "UPDATE badge_keys SET retired_at = made_at - interval '1 second'"),
        check(
            "badge_keys_compromised_sign_no_more",
            "UPDATE badge_keys SET compromised_since = made_at WHERE retired_at IS NULL"),
        unique("badge_statuses_index_given_once", "UPDATE badge_statuses SET status_index = 7"),
        unique(
            "badge_statuses_subject_unique",
            "UPDATE badge_statuses SET subject = '00000000-0000-4000-8000-000000000001'"),
        check("badge_statuses_index_is_a_place", "UPDATE badge_statuses SET status_index = -1"),
        unique(
            "badge_credentials_one_of_an_address_and_key",
            "UPDATE badge_credentials SET badge_id = 1, key_id = 'b1', salt = ''"),
        check(
            "badge_credentials_digest_has_its_length",
            "UPDATE badge_credentials SET digest = ''"),
        check("badges_token_is_long_enough", "UPDATE badges SET token = repeat('x', 21)"),
        check("badges_revoked_say_why", "UPDATE badges SET revoked_at = '2026-06-01'"),
        check(
            "badge_revocations_undone_in_order",
            "UPDATE badge_revocations_undone SET undone_at = '2026-05-31'"),
    ]
}
