import Postgres

/// A constraint and a statement that would break it. `state` is the SQLSTATE of its kind.
struct Promise: Sendable {
    let name: String
    let state: String
    let breaking: SQL

    static func check(_ name: String, _ breaking: SQL) -> Promise {
        Promise(name: name, state: "23514", breaking: breaking)
    }

    static func unique(_ name: String, _ breaking: SQL) -> Promise {
        Promise(name: name, state: "23505", breaking: breaking)
    }

    static func exclusion(_ name: String, _ breaking: SQL) -> Promise {
        Promise(name: name, state: "23P01", breaking: breaking)
    }

    static let all =
        reference + applications + groupFiles + plansAndAppointments + badges + accounts + work
        + materials

    static let reference: [Promise] = [
        check("installation_has_one_row", "UPDATE installation SET only_row = false"),
        check("installation_kind_is_known", "UPDATE installation SET kind = '?'"),
        check("prefectures_code_has_two_digits", "INSERT INTO prefectures VALUES ('1', '?')"),
        unique("prefectures_name_unique", "INSERT INTO prefectures VALUES ('99', '東京都')"),
        check(
            "municipalities_code_has_six_digits",
            "INSERT INTO municipalities VALUES ('1', '13', '', '?')"),
        unique(
            "municipalities_name_unique_in_prefecture",
            "INSERT INTO municipalities VALUES ('999999', '13', '', '千代田区')"),
        check("postal_areas_area_has_three_digits", "UPDATE postal_areas SET area = '1'"),
        check("postal_areas_places_are_runs", "UPDATE postal_areas SET places = '13101:1-2;'"),
        check("wards_code_has_five_digits", "UPDATE wards SET code = '1'"),
        check("wards_name_given", "UPDATE wards SET name = ''"),
        check("fiscal_years_start_is_plausible", "UPDATE fiscal_years SET start_year = 2021"),
        check(
            "fiscal_years_close_after_opening",
            "UPDATE fiscal_years SET closes_on = opens_on - 1"),
        check("fiscal_years_policy_is_known", "UPDATE fiscal_years SET renewal_policy = '?'"),
        check(
            "fiscal_years_amendments_have_time",
            "UPDATE fiscal_years SET amendment_reminder_days = amendment_days + 1"),
        check(
            "listing_answers_answer_is_known", "UPDATE listing_answers SET answer = '?'"),
        check(
            "organization_years_consent_rule_is_known",
            "UPDATE organization_years SET consent_rule = '?'"),
        check(
            "organization_years_consent_says_how",
            "UPDATE organization_years SET consent_method = 'x'"),
        check("amendments_ask_something", "UPDATE amendments SET questions = '{}'"),
        check(
            "amendments_state_is_known",
            "UPDATE amendments SET state = '?', ended_at = '2026-05-02'"),
        check("amendments_ended_say_when", "UPDATE amendments SET state = 'answered'"),
        unique(
            "amendments_one_open_per_application",
            """
            INSERT INTO amendments (application_id, questions, due_on, asked_by, asked_at)
            SELECT application_id, questions, due_on, asked_by, asked_at FROM amendments
            """),
        check("fiscal_years_percent_is_a_share", "UPDATE fiscal_years SET viewing_percent = 101"),
        check("programmes_category_is_known", "UPDATE programmes SET category = '?'"),
        unique(
            "organization_groups_name_unique",
            "INSERT INTO organization_groups SELECT 'x', name, 9 FROM organization_groups"),
        unique("organizations_code_unique", "UPDATE organizations SET code = 'same'"),
        check("organizations_code_is_plain", "UPDATE organizations SET code = 'No'"),
        check("organizations_name_given", "UPDATE organizations SET name = ''"),
        check(
            "organizations_corporate_number_has_13_digits",
            "UPDATE organizations SET corporate_number = '123456789012'"),
        check(
            "organizations_kind_code_has_three_digits", "UPDATE organizations SET kind_code = '1'"),
        check(
            "organization_years_category_is_known", "UPDATE organization_years SET category = '?'"),
        unique("videos_code_once_a_year", "UPDATE videos SET code = 'same'"),
        check("videos_slot_is_positive", "UPDATE videos SET slot = 0"),
        check("requirements_kind_is_known", "UPDATE requirements SET kind = '?'"),
        check(
            "requirement_withdrawals_say_why", "UPDATE requirement_withdrawals SET reason = ''"),
        check(
            "requirement_withdrawals_known_in_order",
            "UPDATE requirement_withdrawals SET known_until = '2026-04-01'"),
        unique(
            "requirement_withdrawals_one_standing",
            """
            INSERT INTO requirement_withdrawals (fiscal_year, kind, category, video_slot, true_from,
                reason, recorded_by, known_from)
            SELECT fiscal_year, kind, category, video_slot, true_from, reason, recorded_by, known_from
            FROM requirement_withdrawals
            """),
        check("events_actor_is_known", "UPDATE events SET actor = 'nobody'"),
        check("events_mark_is_whole", "UPDATE events SET mark = '\\x01'"),
        check("events_details_digest_is_whole", "UPDATE events SET details_digest = '\\x01'"),
        check(
            "event_details_forgotten_under_a_rule",
            "UPDATE event_details SET forgotten_under = 'r'"),
        check(
            "event_details_forgotten_say_nothing",
            "UPDATE event_details SET forgotten_under = 'r', forgotten_at = '2031-05-01'"),
        unique(
            "event_seals_once",
            "INSERT INTO event_seals SELECT 2, event_id, digest FROM event_seals"),
        check("event_seals_position_counts", "UPDATE event_seals SET position = 0"),
        check("event_seals_digest_is_whole", "UPDATE event_seals SET digest = '\\x01'"),
        check("seal_heads_code_is_whole", "UPDATE seal_heads SET code = '\\x01'"),
        check("lifetimes_kind_is_known", "UPDATE lifetimes SET kind = '?'"),
        check("lifetimes_unit_is_known", "UPDATE lifetimes SET unit = '?'"),
        check("lifetimes_amount_is_no_debt", "UPDATE lifetimes SET amount = -1"),
        check("identity_rules_name_is_known", "UPDATE identity_rules SET name = '?'"),
        check("identity_rules_say_where_from", "UPDATE identity_rules SET source = ''"),
        check("undo_rules_name_is_known", "UPDATE undo_rules SET name = '?'"),
        check("undo_rules_value_not_negative", "UPDATE undo_rules SET value = -1"),
        check("undo_rules_say_where_from", "UPDATE undo_rules SET source = ''"),
        check("certificate_words_name_is_known", "UPDATE certificate_words SET name = '?'"),
        check(
            "certificate_words_value_given",
            "UPDATE certificate_words SET value = '' WHERE name = 'issuer_name'"),
        check("certificate_words_say_where_from", "UPDATE certificate_words SET source = ''"),
        check("lifetimes_say_where_from", "UPDATE lifetimes SET source = ''"),
        check("consent_texts_kind_is_known", "UPDATE consent_texts SET kind = '?'"),
        unique(
            "business_places_path_unique", "UPDATE business_places SET code = 'b', path = 'b'"),
        check("business_places_code_is_plain", "UPDATE business_places SET code = 'B', path = 'B'"),
        check(
            "business_places_path_is_short",
            """
            UPDATE business_places SET path = repeat('a', 400) || '/' || code,
                parent_path = repeat('a', 400)
            """),
        Promise(
            name: "business_places_parent_exists", state: "23503",
            breaking: "UPDATE business_places SET path = 'c/' || code, parent_path = 'c'"),
        check("business_places_stand_below_their_parent", "UPDATE business_places SET path = 'c'"),
        check("business_places_name_given", "UPDATE business_places SET name = ''"),
        unique("business_places_name_unique_beside", "UPDATE business_places SET name = '東病院'"),
        check(
            "business_places_last_some_time", "UPDATE business_places SET ends_on = opens_on"),
    ]

    static let applications: [Promise] = [
        check(
            "application_versions_known_in_order",
            "UPDATE application_versions SET known_from = 'infinity'"),
        unique("people_member_number_unique", "UPDATE people SET member_number = 'M1'"),
        unique("drafts_once_key_unique", "UPDATE drafts SET once_key = 'same'"),
        check("mail_codes_purpose_is_known", "UPDATE mail_codes SET purpose = '?'"),
        check("limit_counts_not_negative", "UPDATE limit_counts SET count = -1"),
        check("mail_codes_tries_not_negative", "UPDATE mail_codes SET tries_left = -1"),
        unique("applications_receipt_unique", "UPDATE applications SET receipt = 'same'"),
        unique("applications_once_key_unique", "UPDATE applications SET once_key = 'same'"),
        unique(
            "applications_one_live_per_kind_and_year", "UPDATE applications SET match_key = 'same'"),
        check(
            "applications_submitted_by_their_own_organization",
            "UPDATE applications SET submitted_by = 1"),
        check("proposals_say_something", "UPDATE proposals SET answers = '{}'"),
        check("proposals_known_in_order", "UPDATE proposals SET known_until = '2026-04-01'"),
        unique(
            "proposals_one_standing_per_application_and_organization",
            """
            INSERT INTO proposals (application_id, organization_id, answers, known_from)
            SELECT application_id, organization_id, answers, known_from FROM proposals
            """),
        check("correction_requests_say_something", "UPDATE correction_requests SET answers = '{}'"),
        check(
            "correction_requests_state_is_known",
            "UPDATE correction_requests SET state = '?', decided_at = '2026-05-02'"),
        check(
            "correction_requests_decided_say_when",
            "UPDATE correction_requests SET state = 'accepted'"),
        unique(
            "correction_requests_one_open_per_application",
            """
            INSERT INTO correction_requests (application_id, answers, asked_at)
            SELECT application_id, answers, asked_at FROM correction_requests
            """),
        check("applications_kind_is_known", "UPDATE applications SET kind = '?'"),
        check("applications_route_is_known", "UPDATE applications SET route = '?'"),
        check("applications_reuse_answer_is_known", "UPDATE applications SET reuse_answer = '?'"),
        check("applications_state_is_known", "UPDATE applications SET state = '?'"),
        check("applications_category_is_known", "UPDATE applications SET category = '?'"),
        check(
            "applications_have_a_name",
            "UPDATE applications SET family_name = '', given_name = ''"),
        check("applications_can_be_reached", "UPDATE applications SET email = ''"),
        check(
            "applications_forgotten_name_nobody",
            "UPDATE applications SET forgotten_at = '2026-05-01'"),
        check("applications_merged_say_into_what", "UPDATE applications SET state = 'merged'"),
        check(
            "applications_postal_code_has_seven_digits",
            "UPDATE applications SET postal_code = '102-0094'"),
        check(
            "application_consents_giver_is_known", "UPDATE application_consents SET given_by = '?'"),
        check(
            "affiliations_left_for_a_known_reason", "UPDATE affiliations SET left_because = '?'"),
        check(
            "affiliations_last_some_time", "UPDATE affiliations SET true_until = true_from - 1"),
        check("affiliations_known_in_order", "UPDATE affiliations SET known_until = '2026-04-01'"),
        unique(
            "affiliations_one_standing_per_person_organization_and_year",
            """
            INSERT INTO affiliations (person_id, organization_id, application_id, fiscal_year, unit,
                is_primary, row_hash, true_from, true_until, known_from)
            SELECT person_id, organization_id, application_id, fiscal_year, '', false, '',
                   true_from, true_until, known_from FROM affiliations
            """),
        unique(
            "affiliations_one_primary_per_application",
            """
            INSERT INTO affiliations (person_id, organization_id, application_id, fiscal_year, unit,
                is_primary, row_hash, true_from, true_until, known_from)
            SELECT person_id, 2, application_id, fiscal_year, '', true, '',
                   true_from, true_until, known_from FROM affiliations
            """),
        check("viewings_grade_is_known", "UPDATE viewings SET grade = '?'"),
        check("viewings_known_in_order", "UPDATE viewings SET known_until = '2026-04-01'"),
        unique(
            "viewings_one_standing_per_application_video_year_and_grade",
            """
            INSERT INTO viewings (person_id, application_id, fiscal_year, video_slot, grade,
                                  viewed_on, recorded_by, known_from)
            SELECT person_id, application_id, fiscal_year, video_slot, grade, viewed_on,
                   recorded_by, known_from FROM viewings
            """),
    ]

    static let groupFiles: [Promise] = [
        check("column_choices_name_a_heading", "UPDATE column_choices SET heading = ''"),
        check(
            "column_choices_heading_is_short",
            "UPDATE column_choices SET heading = repeat('a', 201)"),
        check("column_choices_ordinal_from_one", "UPDATE column_choices SET ordinal = 0"),
        check("column_choices_taken_as_is_a_word", "UPDATE column_choices SET taken_as = 'A B'"),
        check(
            "column_choices_known_in_order", "UPDATE column_choices SET known_until = '2026-04-01'"),
        unique(
            "column_choices_one_standing_per_heading",
            """
            INSERT INTO column_choices (organization_id, heading_key, heading, ordinal, taken_as,
                chosen_by, known_from)
            SELECT organization_id, heading_key, heading, ordinal, 'unused', chosen_by, known_from
            FROM column_choices
            """),
        unique("waiting_files_number_unique", "UPDATE waiting_files SET number = 'U1'"),
        check(
            "waiting_files_are_kept_until_planned",
            "UPDATE waiting_files SET plan_id = 3, original = 'a'"),
        unique("group_files_one_per_plan", "UPDATE group_files SET plan_id = 3"),
        check("group_files_rows_add_up", "UPDATE group_files SET new_count = new_count + 1"),
        check("group_files_forgotten_tell_nothing", "UPDATE group_files SET details = '{}'"),
        check(
            "group_lines_forgotten_tell_nothing",
            """
            UPDATE group_lines SET problems = '[{"code": "E132", "arguments": {}}]'
            """),
        check("doubts_answer_is_known", "UPDATE doubts SET answer = '?'"),
        check("doubts_are_about_one_other", "UPDATE doubts SET other_row = 0"),
        check("doubts_decided_say_when", "UPDATE doubts SET answer = 'same'"),
        check("people_lead_to_others", "UPDATE people SET merged_into = id"),
        check(
            "person_merges_are_of_two", "UPDATE person_merges SET absorbed_id = survivor_id"),
        check(
            "person_merges_undone_say_by_whom",
            "UPDATE person_merges SET undone_at = '2026-11-24 10:00+09'"),
        unique(
            "person_merges_one_standing",
            """
            INSERT INTO person_merges (id, survivor_id, absorbed_id, merged_at, merged_by)
            OVERRIDING SYSTEM VALUE
            SELECT id + 100, survivor_id, absorbed_id, merged_at, merged_by FROM person_merges
            """),
        check("doubts_filed_say_when", "UPDATE doubts SET filed_at = NULL"),
        check("doubts_put_off_say_by_whom", "UPDATE doubts SET put_off_by = 'account:1'"),
        unique(
            "doubts_one_per_line",
            """
            INSERT INTO doubts (group_file_id, row_number, other_row, organization_id, fiscal_year,
                                kind, match_key, asked_on)
            SELECT group_file_id, row_number, 1, organization_id, fiscal_year, kind, 'other',
                   asked_on FROM doubts
            """),
        unique(
            "doubts_one_open_per_person_and_organization",
            """
            INSERT INTO doubts (group_file_id, row_number, other_row, organization_id, fiscal_year,
                                kind, match_key, asked_on)
            SELECT group_file_id, row_number + 1, 1, organization_id, fiscal_year, kind, match_key,
                   asked_on FROM doubts
            """),
        check("group_lines_outcome_is_known", "UPDATE group_lines SET outcome = '?'"),
        check("group_lines_applied_as_is_known", "UPDATE group_lines SET applied_as = '?'"),
    ]

    static let accounts: [Promise] = [
        unique(
            "accounts_email_unique_in_any_case",
            "UPDATE accounts SET email = CASE WHEN id % 2 = 0 THEN 'same' ELSE 'Same' END"),
        check("accounts_role_is_known", "UPDATE accounts SET role = '?' WHERE id = 1"),
        check(
            "accounts_of_organizations_name_theirs",
            "UPDATE accounts SET organization_id = NULL WHERE role = 'organization'"),
        check(
            "accounts_of_a_business_place_are_the_organizations",
            "UPDATE accounts SET business_place_id = 1 WHERE organization_id IS NULL"),
        check(
            "accounts_rights_are_the_offices",
            "UPDATE accounts SET rights = ARRAY['review'] WHERE role = 'organization'"),
        check("organization_names_given", "UPDATE organization_names SET name = ''"),
        unique("invitations_link_unique", "UPDATE invitations SET token_hash = sha256('\\x09')"),
        unique("invitations_one_open", "UPDATE invitations SET email = 'same'"),
        check("invitations_link_is_a_digest", "UPDATE invitations SET token_hash = '\\x01'"),
        check("invitations_role_is_known", "UPDATE invitations SET role = '?' WHERE id = 1"),
        check(
            "invitations_of_organizations_name_theirs",
            "UPDATE invitations SET organization_id = NULL WHERE id = 2"),
        check(
            "invitations_of_a_business_place_are_the_organizations",
            "UPDATE invitations SET business_place_id = 1 WHERE id = 1"),
        check(
            "invitations_rights_are_the_offices",
            "UPDATE invitations SET rights = '{}' WHERE id = 1"),
        check("invitations_last_some_time", "UPDATE invitations SET expires_at = sent_at"),
        check(
            "invitations_accepted_make_an_account",
            "UPDATE invitations SET accepted_at = '2026-05-02' WHERE id = 1"),
        check(
            "invitations_end_once",
            """
            UPDATE invitations SET accepted_at = '2026-05-02', account_id = 1,
                withdrawn_at = '2026-05-02' WHERE id = 1
            """),
        check("sessions_belong_to_one", "UPDATE sessions SET account_id = 1, application_id = 1"),
        check(
            "second_factors_secret_is_sealed", "UPDATE second_factors SET sealed_secret = 'x'"),
        check("recovery_codes_digest_is_whole", "UPDATE recovery_codes SET code_hash = '\\x01'"),
        check(
            "sessions_of_applicants_say_no_place",
            "UPDATE sessions SET device = 'x' WHERE application_id IS NOT NULL"),
        unique(
            "sessions_number_unique",
            """
            INSERT INTO sessions (id, token_hash, account_id, created_at, last_seen_at, expires_at)
                OVERRIDING SYSTEM VALUE
            SELECT id, '\\x09', account_id, created_at, last_seen_at, expires_at FROM sessions
            WHERE account_id IS NOT NULL
            """),
        unique("sessions_one_in_a_browser", "UPDATE sessions SET browser_hash = '\\x01'"),
    ]

    static let work: [Promise] = [
        unique("jobs_once_per_subject", "UPDATE jobs SET subject = 'same'"),
        check(
            "job_progress_not_beyond_the_end", "UPDATE job_progress SET done_count = 3"),
        check("jobs_act_is_known", "UPDATE jobs SET act = '?'"),
        check("jobs_state_is_known", "UPDATE jobs SET state = '?'"),
        check(
            "jobs_failure_is_known", "UPDATE jobs SET state = 'failed', failure_kind = '?'"),
        check("jobs_failed_say_why", "UPDATE jobs SET failure_kind = 'broke'"),
        unique("outbox_message_id_unique", "UPDATE outbox SET message_id = 'same'"),
        check("outbox_state_is_known", "UPDATE outbox SET state = '?'"),
        check("outbox_lane_is_known", "UPDATE outbox SET lane = '?'"),
        check("mail_hold_has_one_row", "UPDATE mail_hold SET only_row = false"),
        check("mail_hold_says_why", "UPDATE mail_hold SET why = ''"),
        check("outbox_letter_is_known", "UPDATE outbox SET letter = '?'"),
        check("notes_say_something", "UPDATE notes SET words = ''"),
        check("notes_struck_say_by_whom", "UPDATE notes SET struck_by = 'system'"),
        unique("notes_corrected_once", "UPDATE notes SET corrects = 1"),
        unique("exports_number_unique", "UPDATE exports SET number = 'same'"),
        check("exports_say_what_for", "UPDATE exports SET purpose = ''"),
    ]
}
