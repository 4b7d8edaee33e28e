-- What each role may do. Not a migration: every `enroll migrate` applies it, as the owner, after the migrations; it may be
-- applied again. What is not named here nobody but the owner may do. ops/decisions/0025, ops/runbooks/roles.md.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'enroll_app') THEN
        CREATE ROLE enroll_app LOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- another database of the same cluster made it a moment ago
END
$$;
-- The application takes the reader's role for its pages. The owner sees what both are doing (open_writing_age).
GRANT enroll_reader TO enroll_app;
GRANT enroll_app, enroll_reader TO CURRENT_USER;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO enroll_app, enroll_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM enroll_reader;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, enroll_app, enroll_reader;
REVOKE ALL ON FUNCTION session_of(bytea), sessions_of(bigint, bytea), forget_event_details(timestamptz, integer), look_at_tables() FROM PUBLIC;

-- Lists that only `load` and `migrate` write.
GRANT SELECT ON installation, prefectures, municipalities, wards, postal_areas, organization_groups, service_settings,
    lifetimes, identity_rules, undo_rules, certificate_words, schema_migrations TO enroll_app, enroll_reader;

-- Lists that `open-year` and the office add to.
GRANT SELECT ON fiscal_years, programmes, organizations, organization_names, organization_years, business_places, videos, requirements,
    consent_texts, requirement_withdrawals TO enroll_app, enroll_reader;
GRANT INSERT ON fiscal_years, programmes, organizations, organization_names, organization_years, business_places, videos, requirements,
    consent_texts, requirement_withdrawals TO enroll_app;
GRANT UPDATE ON organizations, organization_years, business_places, requirement_withdrawals TO enroll_app;

-- The journal and its seals: added to, and read. What was before and after is not for pages.
GRANT SELECT ON events, event_seals, seal_heads TO enroll_app, enroll_reader;
GRANT SELECT ON event_details TO enroll_app;
GRANT INSERT ON events, event_details, event_seals, seal_heads TO enroll_app;
GRANT EXECUTE ON FUNCTION forget_event_details(timestamptz, integer) TO enroll_app;

-- Facts and records: no row goes.
GRANT SELECT ON people, applications, application_states, application_versions, application_consents, affiliations,
    viewings, plans, plan_lines, plan_applicants, plan_left_out, plan_confirmations, undo_lines, counters, appointments, appointment_terms, badges,
    badge_revocations_undone, group_files, group_lines, column_choices, doubts, exports, person_merges,
    merged_applications, notes, signing_keys, certificate_codes, listing_answers, material_requests,
    material_facts, badge_keys, badge_statuses, badge_credentials, badge_tokens TO enroll_app, enroll_reader;
GRANT INSERT ON people, applications, application_states, application_versions, application_consents, affiliations,
    viewings, plans, plan_lines, plan_applicants, plan_left_out, plan_confirmations, undo_lines, counters, appointments, appointment_terms, badges,
    badge_revocations_undone, group_files, group_lines, column_choices, doubts, exports, person_merges,
    merged_applications, notes, signing_keys, certificate_codes, listing_answers, material_requests,
    material_facts, badge_keys, badge_statuses, badge_credentials, badge_tokens TO enroll_app;
GRANT UPDATE ON people, applications, application_states, application_versions, affiliations, viewings, plans, plan_confirmations, counters,
    appointment_terms, badges, group_files, group_lines, column_choices, doubts, exports, person_merges,
    notes, signing_keys, certificate_codes, material_facts, badge_keys, badge_credentials, badge_tokens TO enroll_app;
-- A request is held while what is said of it changes.
GRANT UPDATE (id) ON material_requests TO enroll_app;
-- Whose an appointment is: two persons become one, and two again; which plan has taken it back. Its number never changes.
GRANT UPDATE (person_id, undone_by) ON appointments TO enroll_app;

-- What comes and goes.
GRANT SELECT ON drafts, waiting_files, proposals, correction_requests, amendments, jobs, job_progress, export_chunks, limit_counts,
    mail_hold TO enroll_app, enroll_reader;
GRANT INSERT, UPDATE, DELETE ON drafts, waiting_files, proposals, correction_requests, amendments, jobs, job_progress, export_chunks,
    limit_counts, mail_hold TO enroll_app;

GRANT SELECT, INSERT, UPDATE, DELETE ON second_factors, recovery_codes TO enroll_app;

-- What the reader sees in part only: no password hash, no code, no digest of a session, no letter's text.
GRANT SELECT, INSERT, UPDATE ON accounts, outbox TO enroll_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON mail_codes, sessions, invitations TO enroll_app;
GRANT SELECT (id, email, name, role, organization_id, business_place_id, rights, created_at, disabled_at) ON accounts
    TO enroll_reader;
GRANT SELECT (id, email, name, role, organization_id, business_place_id, rights, takes_over, invited_by,
    invited_by_account, sent_at, expires_at, accepted_at, account_id, withdrawn_at) ON invitations TO enroll_reader;
GRANT SELECT (id, message_id, letter, recipient, person_id, state, attempts, send_at, lease_until, failure,
    created_at, delivered_at, lane, repeats) ON outbox TO enroll_reader;
GRANT SELECT (purpose, subject, email, expires_at, tries_left, used_at) ON mail_codes TO enroll_reader;
GRANT SELECT (account_id, set_up_at) ON second_factors TO enroll_reader;
GRANT SELECT (account_id, used_at) ON recovery_codes TO enroll_reader;
GRANT EXECUTE ON FUNCTION session_of(bytea), sessions_of(bigint, bytea) TO enroll_app, enroll_reader;

-- After an act of many rows.
GRANT EXECUTE ON FUNCTION look_at_tables() TO enroll_app;
