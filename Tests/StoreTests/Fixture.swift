import Postgres

/// At least one row in every table; the last row of each is what nothing else refers to.
enum Fixture {
    static let script = MigrationScript(
        """
        INSERT INTO videos VALUES (2026, 3, 'v3', '1', '', '', 1, '2026-04-01');
        INSERT INTO videos VALUES (2026, 4, 'v4', '1', '', '', 1, '2026-04-01');
        INSERT INTO requirements VALUES (2026, 'caller', 'community_caller', 3);
        INSERT INTO requirements VALUES (2026, 'caller', 'community_caller', 2);
        INSERT INTO requirement_withdrawals (fiscal_year, kind, category, video_slot, true_from,
            reason, recorded_by, known_from) VALUES
            (2026, 'caller', 'community_caller', 3, '2026-05-01', 'a', 'a', '2026-05-01');
        INSERT INTO business_places (organization_id, path, code, name, opens_on) VALUES
            (1, 'a', 'a', '東病院', '2026-04-01'), (1, 'b', 'b', '西病院', '2026-04-01');
        INSERT INTO people (id, member_number, known_from) OVERRIDING SYSTEM VALUE VALUES
            (1, 'M1', '2026-04-01'), (2, 'M2', '2026-04-01'), (3, NULL, '2026-04-01');
        INSERT INTO applications (id, receipt, person_id, fiscal_year, kind, route, state,
            state_changed_at, category, unit, activity_note, family_name, given_name,
            family_name_kana, given_name_kana, family_name_0213, given_name_0213, no_reading,
            single_name, postal_code, prefecture_code, municipality_code, ward, street, building,
            email, phone, employee_number, badge_opt_in, news_opt_in, share_consent,
            public_consent, match_key, loose_key, sort_key, content_hash, once_key, received_on,
            received_at) OVERRIDING SYSTEM VALUE
        SELECT n, 'R' || n, n, 2026, 'promoter', 'individual', 'submitted', '2026-05-01',
            'agency_approved', '', '', '髙橋', 'イチ', '', '', '', '', false, false, '1020094',
            '13', '131016', '', '紀尾井町1-3', '', 'a@example.jp', '', '', true, false,
            false, false, 'key' || n, '', '', '', 'once' || n, '2026-05-01', '2026-05-01'
        FROM generate_series(1, 3) AS n;
        INSERT INTO application_states (application_id, state, true_on, known_from)
            VALUES (1, 'submitted', '2026-05-01', '2026-05-01');
        INSERT INTO application_versions (application_id, family_name, given_name,
            family_name_kana, given_name_kana, family_name_0213, given_name_0213, postal_code,
            prefecture_code, municipality_code, ward, street, building, phone, unit, badge_opt_in,
            content_hash, known_from, known_until)
        SELECT id, family_name, given_name, '', '', '', '', postal_code, prefecture_code,
            municipality_code, '', '', '', '', '', true, '', '2026-05-01', '2026-05-02'
        FROM applications WHERE id = 1;
        INSERT INTO application_consents VALUES (1, 'terms', '1', 'person', '2026-05-01');
        INSERT INTO affiliations (person_id, organization_id, application_id, fiscal_year, unit,
            is_primary, row_hash, true_from, true_until, known_from)
            VALUES (1, 1, 1, 2026, '', true, '', '2026-05-01', '2027-03-31', '2026-05-01');
        INSERT INTO proposals (application_id, organization_id, answers, known_from)
            VALUES (1, 1, '{"street": "1"}', '2026-05-01');
        INSERT INTO listing_answers (application_id, organization_id, answer, answered_at)
            VALUES (1, 1, 'agreed', '2026-05-01');
        INSERT INTO amendments (application_id, questions, due_on, asked_by, asked_at)
            VALUES (1, '{"street": "1"}', '2026-06-01', 'account:1', '2026-05-01');
        INSERT INTO correction_requests (application_id, answers, asked_at)
            VALUES (1, '{"street": "1"}', '2026-05-01');
        INSERT INTO viewings (person_id, application_id, fiscal_year, video_slot, grade, viewed_on,
            recorded_by, known_from)
            VALUES (1, 1, 2026, 1, 'declared', '2026-05-01', 'a', '2026-05-01');
        INSERT INTO drafts VALUES ('\\x01', 2026, '{}', 'draft1', '2026-05-01');
        INSERT INTO drafts VALUES ('\\x02', 2026, '{}', 'draft2', '2026-05-01');
        INSERT INTO mail_codes VALUES
            ('\\x01', 'apply', 's', 'a@example.jp', '\\x01', '2026-05-01', 5);
        INSERT INTO plans (id, number, act, fiscal_year, planned_on, plan_hash, decided_on,
            decision_number, state, planned_by, planned_at) OVERRIDING SYSTEM VALUE
        SELECT n, 'A' || n, 'appoint', 2026, '2026-05-01', '', '2026-05-01', '1', 'planned', '',
            '2026-05-01' FROM generate_series(1, 2) AS n;
        INSERT INTO plan_applicants (plan_id, organization_id) VALUES (1, 1), (1, NULL);
        INSERT INTO plan_left_out VALUES (1, 1);
        INSERT INTO plans (id, number, act, fiscal_year, planned_on, plan_hash, state, planned_by,
            planned_at) OVERRIDING SYSTEM VALUE
        SELECT n, 'G' || n, 'group', 2026, '2026-05-01', '', 'planned', '', '2026-05-01'
        FROM generate_series(3, 4) AS n;
        INSERT INTO group_files (id, plan_id, organization_id, file_name, sha256, encoding,
            header_row, row_count, new_count, changed_count, unchanged_count, joins_count,
            repeated_count, error_count, held_count, leaving_count, file_problems, coordinator_name,
            coordinator_phone, coordinator_email, evidence_kind) OVERRIDING SYSTEM VALUE
        SELECT n, n + 2, 1, '', '', '', 1, 6, 1, 1, 1, 1, 0, 1, 1, 0, '[]', '', '', '', ''
        FROM generate_series(1, 2) AS n;
        INSERT INTO material_requests (organization_id, business_place_id, fiscal_year,
            group_file_id, once_key, asked_on, asked_by, asked_at)
        SELECT 1, b.id, 2026, 1, 'm' || n, '2026-05-01', 'account:1', '2026-05-01'
        FROM generate_series(1, 2) AS n, business_places b WHERE b.path = 'a';
        INSERT INTO material_facts (request_id, sticker_count, nametag_count, material_count,
            postal_code, prefecture_code, municipality_code, ward, street, building, addressee,
            phone, state, said_by, known_from)
        SELECT id, 1, 1, 1, '1020094', '13', '131016', '', '1-3', '', 'a', '', 'waiting',
            'account:1', '2026-05-01' FROM material_requests;
        INSERT INTO column_choices (organization_id, heading_key, heading, ordinal, taken_as, chosen_by,
            known_from) VALUES (1, 'a', 'A', 1, 'note', 'system', '2026-05-01');
        INSERT INTO waiting_files (number, organization_id, file_name, original, coordinator_name,
            coordinator_phone, coordinator_email, evidence_kind, received_at, plan_id) VALUES
            ('U1', 1, '', '\\x01', '', '', '', '', '2026-05-01', NULL),
            ('U2', 1, '', NULL, '', '', '', '', '2026-05-01', 3);
        INSERT INTO group_lines (group_file_id, row_number, outcome, problems, answers,
            application_id)
        VALUES (1, 2, 'new', '[]', '{}', 1), (1, 3, 'new', '[]', '{}', 1);
        INSERT INTO doubts (group_file_id, row_number, other_row, organization_id, fiscal_year, kind,
            match_key, asked_on, application_id, filed_at)
            VALUES (1, 2, 1, 1, 2026, 'promoter', 'key', '2026-05-01', 1, '2026-05-01');
        INSERT INTO person_merges (id, survivor_id, absorbed_id, merged_at, merged_by)
            OVERRIDING SYSTEM VALUE VALUES (1, 1, 2, '2026-05-01', 'account:1');
        INSERT INTO merged_applications VALUES (1, 2, 2, 'submitted', 1);
        INSERT INTO plan_lines VALUES (1, 1, 1, 1, 'promoter', 'appoint', 'new');
        INSERT INTO plans (id, number, act, fiscal_year, planned_on, plan_hash, state, planned_by,
            planned_at, undoes) OVERRIDING SYSTEM VALUE
            VALUES (5, 'T5', 'undo_group', 2026, '2026-05-01', '', 'planned', '', '2026-05-01', 3);
        INSERT INTO undo_lines VALUES (5, 1, 2, 1, 'reversed', 'take_back');
        INSERT INTO plan_confirmations (plan_id, asked_by, asked_at) VALUES
            (1, 'account:1', '2026-05-01'), (2, 'account:2', '2026-05-01');
        INSERT INTO counters VALUES ('c', 0);
        INSERT INTO appointments (id, number, person_id, application_id, fiscal_year, kind,
            organization_id, history, decided_on, decision_number, plan_id, known_from)
            OVERRIDING SYSTEM VALUE
        SELECT n, 'N' || n, n, n, 2026, 'promoter', 1, 'new', '2026-05-01', '1', 1, '2026-05-01'
        FROM generate_series(1, 3) AS n;
        INSERT INTO appointment_terms (id, appointment_id, person_id, kind, fiscal_year, true_from,
            ends_on, known_from) OVERRIDING SYSTEM VALUE
        SELECT n, n, n, 'promoter', 2026, '2026-05-01', '2027-04-01', '2026-05-01'
        FROM generate_series(1, 2) AS n;
        INSERT INTO badges (token, appointment_id, class_slug, salt, identity, issued_on,
            expires_on, known_from)
        SELECT repeat(n::text, 43), n, 's', '', '', '2026-05-01', '2027-03-31', '2026-05-01'
        FROM generate_series(1, 2) AS n;
        INSERT INTO badge_revocations_undone (badge_id, revoked_at, reason, undone_at)
        SELECT id, '2026-06-01', 'resigned', '2026-06-02' FROM badges;
        INSERT INTO badge_keys VALUES
            ('b1', 'proof', '\\x01', '2026-05-01', '2026-06-01', NULL),
            ('b2', 'proof', '\\x02', '2026-06-01', NULL, NULL),
            ('t1', 'token', '\\x03', '2026-05-01', NULL, NULL);
        INSERT INTO badge_statuses
        SELECT id, 2026, id, lpad(id::text, 32, '0')::uuid, '2026-05-01'
        FROM badges;
        INSERT INTO badge_credentials (badge_id, salt, key_id, valid_from, document, digest,
            known_from)
        SELECT id, '', 'b1', '2026-05-01', '{}', sha256('{}'), '2026-05-01' FROM badges;
        INSERT INTO badge_tokens
        SELECT id, 't1', 'a.b.c', '2026-05-01' FROM badge_credentials;
        INSERT INTO signing_keys VALUES
            ('k1', decode(repeat('01', 64), 'hex'), '2026-05-01', '2026-06-01', NULL),
            ('k2', decode(repeat('02', 64), 'hex'), '2026-06-01', NULL, NULL);
        INSERT INTO certificate_codes
        SELECT decode(repeat('0' || n, 16), 'hex'), n, 'k' || n, '', '', sha256(''), '2026-06-01'
        FROM generate_series(1, 2) AS n;
        INSERT INTO accounts (id, email, name, role, organization_id, password_hash, created_at)
            OVERRIDING SYSTEM VALUE VALUES
            (1, 'o@example.jp', '', 'office', NULL, '', '2026-05-01'),
            (2, 'b@example.jp', '', 'organization', 1, '', '2026-05-01');
        INSERT INTO invitations (id, email, name, role, organization_id, token_hash, invited_by,
            sent_at, expires_at) OVERRIDING SYSTEM VALUE VALUES
            (1, 'c@example.jp', '', 'office', NULL, sha256('\\x01'), 'account:1', '2026-05-01',
             '2026-05-15'),
            (2, 'd@example.jp', '', 'organization', 1, sha256('\\x02'), 'account:1',
             '2026-05-01', '2026-05-15');
        INSERT INTO invitations (id, email, name, role, organization_id, token_hash, invited_by,
            sent_at, expires_at, accepted_at, account_id) OVERRIDING SYSTEM VALUE VALUES
            (3, 'b@example.jp', '', 'organization', 1, sha256('\\x03'), 'account:1', '2026-05-01',
             '2026-05-15', '2026-05-02', 2);
        INSERT INTO organization_names VALUES
            (1, '2026-05-01', '前の名前', '2026-05-01');
        INSERT INTO sessions VALUES
            ('\\x01', 1, NULL, '2026-05-01', '2026-05-01', '2026-05-02'),
            ('\\x02', NULL, 1, '2026-05-01', '2026-05-01', '2026-05-02');
        INSERT INTO second_factors
            SELECT n, repeat('x', 60), '2026-05-01', 0 FROM generate_series(1, 2) AS n;
        INSERT INTO recovery_codes VALUES (1, sha256('\\x01'), NULL);
        INSERT INTO limit_counts VALUES ('code-client', 'a', '2026-05-01', 1);
        INSERT INTO jobs (act, subject, run_at, created_at) VALUES
            ('apply_group_file', 'G1', '2026-05-01', '2026-05-01'),
            ('apply_group_file', 'G2', '2026-05-01', '2026-05-01');
        INSERT INTO job_progress SELECT id, 1, 2, '2026-05-01' FROM jobs;
        INSERT INTO outbox (message_id, letter, recipient, subject, body, person_id, send_at,
            created_at) VALUES
            ('m1', 'code', 'a@example.jp', '', '', 1, '2026-05-01', '2026-05-01'),
            ('m2', 'code', 'a@example.jp', '', '', 1, '2026-05-01', '2026-05-01');
        INSERT INTO notes (id, person_id, is_shown, words, written_by, written_at)
            OVERRIDING SYSTEM VALUE
        SELECT n, 1, true, 'a', 'account:1', '2026-05-01' FROM generate_series(1, 2) AS n;
        INSERT INTO mail_hold VALUES (true, 'w', '2026-05-01', '2026-05-01', 1);
        INSERT INTO events (act, actor, subject, true_on, known_from, detail)
            VALUES ('a', 'system', 'a', '2026-05-01', '2026-05-01', '{}');
        INSERT INTO event_details (event_id, salt, reason) SELECT id, '\\x01', 'r' FROM events WHERE act = 'a';
        INSERT INTO event_seals SELECT 1, id, sha256('\\x01') FROM events WHERE act = 'a';
        INSERT INTO seal_heads SELECT 1, sha256('\\x01'), sha256('\\x01'), 1, 1, '2026-05-01';
        INSERT INTO exports (id, number, fiscal_year, as_of, known_at, purpose, requested_by,
            requested_at) OVERRIDING SYSTEM VALUE
        SELECT n, 'E' || n, 2026, '2026-05-01', '2026-05-01', 'p', '', '2026-05-01'
        FROM generate_series(1, 2) AS n;
        INSERT INTO export_chunks VALUES (1, 1, '\\x01');
        INSERT INTO service_settings VALUES ('a', 'b');
        """)
}
