-- What all migrations make, to be read. Written by ops/schema, held by a test. Not a migration.

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE FUNCTION forget_event_details(at timestamptz, at_most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
DECLARE
    lifetime lifetimes;
oldest timestamptz;
gone integer;
BEGIN
    IF at > clock_timestamp() + interval '1 day'
       AND NOT EXISTS (SELECT FROM installation WHERE kind IN ('demo', 'rehearsal')) THEN
        RAISE EXCEPTION 'the journal is not forgotten before its time' USING ERRCODE = '42501';
END IF;
SELECT * INTO lifetime FROM lifetimes l
    WHERE l.kind = 'journal_details' AND l.unit = 'years' AND l.valid_from <= (at AT TIME ZONE 'Asia/Tokyo')::date
    ORDER BY l.valid_from DESC LIMIT 1;
oldest := (date_trunc('day', at AT TIME ZONE 'Asia/Tokyo') - make_interval(years => lifetime.amount))
        AT TIME ZONE 'Asia/Tokyo';
UPDATE event_details SET salt = '', before = NULL, after = NULL, reason = '', forgotten_at = at,
        forgotten_under = concat_ws(' ', lifetime.kind, lifetime.amount, lifetime.unit, 'from', lifetime.valid_from)
    WHERE event_id = ANY(ARRAY(
        SELECT d.event_id FROM event_details d JOIN events e ON e.id = d.event_id
        WHERE d.forgotten_at IS NULL AND e.known_from <= oldest
        LIMIT at_most FOR UPDATE OF d SKIP LOCKED));
GET DIAGNOSTICS gone = ROW_COUNT;
RETURN gone;
END
$$;
CREATE FUNCTION home_of(postal_code text, street text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((postal_code || ':') || btrim(regexp_replace(translate(street, '０１２３４５６７８９〇一二三四五六七八九', '01234567890123456789'), '[^0-9]+', '-', 'g'), '-'));
CREATE FUNCTION look_at_tables() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
DECLARE
    looked   text;
is_large boolean;
BEGIN
    FOREACH looked IN ARRAY ARRAY['people', 'applications', 'application_states', 'application_consents', 'affiliations',
        'viewings', 'appointments', 'appointment_terms', 'badges', 'plan_lines', 'group_lines', 'outbox', 'events']
    LOOP
        EXECUTE format('SELECT count(*) = 200 FROM (SELECT FROM %I LIMIT 200) q', looked) INTO is_large;
IF is_large THEN EXECUTE format('ANALYZE %I', looked); END IF;
END LOOP;
END
$$;
CREATE FUNCTION open_writing_age() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start) * 1000000), 0)::bigint
    FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'enroll writing'
      AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
$$;
CREATE FUNCTION session_of(digest bytea) RETURNS TABLE(account_id bigint, application_id bigint, last_seen_at timestamptz, expires_at timestamptz, proved_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT s.account_id, s.application_id, s.last_seen_at, s.expires_at, s.proved_at
    FROM sessions s WHERE s.token_hash = digest
$$;
CREATE FUNCTION sessions_of(account bigint, digest bytea) RETURNS TABLE(id bigint, is_this boolean, created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz, network text, device text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT s.id, coalesce(s.token_hash = digest, false), s.created_at, s.last_seen_at, s.expires_at, s.network, s.device
    FROM sessions s WHERE s.account_id = account
$$;
CREATE FUNCTION street_key(street text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN translate(street, '０１２３４５６７８９〇一二三四五六七八九－−‐‑–—―ーヶが　 ', '01234567890123456789--------ケケ');
CREATE FUNCTION survivor_of(person bigint) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (WITH RECURSIVE way(id, next) AS (SELECT p.id, p.merged_into FROM people p WHERE (p.id = survivor_of.person) UNION ALL SELECT p.id, p.merged_into FROM (people p JOIN way w_1 ON ((p.id = w_1.next)))) SELECT w.id FROM way w WHERE (w.next IS NULL));
CREATE FUNCTION tail_of(folded text, part text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN "right"(folded, char_length(regexp_replace(part, '[\uFE00-\uFE0F\U000E0100-\U000E01EF \u3000・･]', '', 'g')));

CREATE TABLE accounts (
    id bigint GENERATED ALWAYS AS IDENTITY,
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    organization_id bigint,
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL,
    disabled_at timestamptz,
    business_place_id bigint,
    rights text[],
    CONSTRAINT accounts_of_a_business_place_are_the_organizations CHECK (((business_place_id IS NULL) OR (organization_id IS NOT NULL))),
    CONSTRAINT accounts_of_organizations_name_theirs CHECK (((role = 'organization') = (organization_id IS NOT NULL))),
    CONSTRAINT accounts_rights_are_the_offices CHECK (((rights IS NULL) OR ((role = 'office') AND (rights <> '{}'[]) AND (rights <@ ARRAY['reception', 'review', 'appointment', 'administration'])))),
    CONSTRAINT accounts_role_is_known CHECK ((role = ANY (ARRAY['office', 'organization', 'ministry']))),
    CONSTRAINT accounts_business_place_is_the_organizations FOREIGN KEY (organization_id, business_place_id) REFERENCES business_places(organization_id, id),
    CONSTRAINT accounts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT accounts_pkey PRIMARY KEY (id)
);
CREATE INDEX accounts_by_organization ON accounts (organization_id) WHERE (organization_id IS NOT NULL);
CREATE UNIQUE INDEX accounts_email_unique_in_any_case ON accounts (lower(email));

CREATE TABLE affiliations (
    id bigint GENERATED ALWAYS AS IDENTITY,
    person_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    application_id bigint NOT NULL,
    fiscal_year smallint NOT NULL,
    unit text NOT NULL,
    is_primary boolean NOT NULL,
    row_hash text NOT NULL,
    sort_key text DEFAULT '' NOT NULL COLLATE pg_catalog."ja-x-icu",
    true_from date NOT NULL,
    true_until date NOT NULL,
    known_from timestamptz NOT NULL,
    known_until timestamptz DEFAULT 'infinity' NOT NULL,
    business_place_id bigint,
    left_because text DEFAULT '' NOT NULL,
    CONSTRAINT affiliations_known_in_order CHECK ((known_until >= known_from)),
    CONSTRAINT affiliations_last_some_time CHECK ((true_until >= true_from)),
    CONSTRAINT affiliations_left_for_a_known_reason CHECK ((left_because = ANY (ARRAY['', 'retired', 'transferred', 'graduated', 'deceased', 'other', 'objected']))),
    CONSTRAINT affiliations_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT affiliations_business_place_is_the_organizations FOREIGN KEY (organization_id, business_place_id) REFERENCES business_places(organization_id, id),
    CONSTRAINT affiliations_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES fiscal_years(start_year),
    CONSTRAINT affiliations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT affiliations_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
    CONSTRAINT affiliations_pkey PRIMARY KEY (id)
);
CREATE INDEX affiliations_by_business_place ON affiliations (business_place_id) WHERE (business_place_id IS NOT NULL);
CREATE INDEX affiliations_by_kana ON affiliations (organization_id, fiscal_year, sort_key, id) WHERE (known_until = 'infinity');
CREATE INDEX affiliations_by_person ON affiliations (person_id);
CREATE INDEX affiliations_left_together ON affiliations (organization_id, fiscal_year, known_from, id) WHERE ((known_until = 'infinity') AND (left_because <> ''));
CREATE UNIQUE INDEX affiliations_one_primary_per_application ON affiliations (application_id) WHERE (is_primary AND (known_until = 'infinity'));
CREATE UNIQUE INDEX affiliations_one_standing_per_person_organization_and_year ON affiliations (fiscal_year, organization_id, person_id, application_id) WHERE (known_until = 'infinity');

CREATE TABLE amendments (
    id bigint GENERATED ALWAYS AS IDENTITY,
    application_id bigint NOT NULL,
    questions jsonb NOT NULL,
    due_on date NOT NULL,
    asked_by text NOT NULL,
    asked_by_account bigint GENERATED ALWAYS AS (,
    CASE,
    WHEN (asked_by ~~ 'account:%') THEN (substr(asked_by, 9))::bigint,
    ELSE NULL::bigint,
    END) STORED,
    asked_at timestamptz NOT NULL,
    state text DEFAULT 'open' NOT NULL,
    ended_at timestamptz,
    reminded_at timestamptz,
    CONSTRAINT amendments_ask_something CHECK ((questions <> '{}'::jsonb)),
    CONSTRAINT amendments_ended_say_when CHECK (((state = 'open') = (ended_at IS NULL))),
    CONSTRAINT amendments_state_is_known CHECK ((state = ANY (ARRAY['open', 'answered', 'taken_back', 'replaced', 'expired']))),
    CONSTRAINT amendments_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT amendments_pkey PRIMARY KEY (id)
);
CREATE INDEX amendments_by_application ON amendments (application_id, id);
CREATE INDEX amendments_open_by_day ON amendments (due_on, id) WHERE (state = 'open');
CREATE UNIQUE INDEX amendments_one_open_per_application ON amendments (application_id) WHERE (state = 'open');

CREATE TABLE application_consents (
    application_id bigint NOT NULL,
    kind text NOT NULL,
    version text NOT NULL,
    given_by text NOT NULL,
    known_from timestamptz NOT NULL,
    CONSTRAINT application_consents_giver_is_known CHECK ((given_by = ANY (ARRAY['person', 'coordinator']))),
    CONSTRAINT application_consents_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT application_consents_once PRIMARY KEY (application_id, kind)
);

CREATE TABLE application_states (
    id bigint GENERATED ALWAYS AS IDENTITY,
    application_id bigint NOT NULL,
    state text NOT NULL,
    true_on date NOT NULL,
    known_from timestamptz NOT NULL,
    reason text DEFAULT '' NOT NULL,
    CONSTRAINT application_states_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT application_states_pkey PRIMARY KEY (id)
);
CREATE INDEX application_states_by_application ON application_states (application_id, id);
CREATE INDEX application_states_merged ON application_states (application_id, id) WHERE (state = 'merged');

CREATE TABLE application_versions (
    application_id bigint NOT NULL,
    family_name text NOT NULL,
    given_name text NOT NULL,
    family_name_kana text NOT NULL,
    given_name_kana text NOT NULL,
    family_name_0213 text NOT NULL,
    given_name_0213 text NOT NULL,
    postal_code text NOT NULL,
    prefecture_code text NOT NULL,
    municipality_code text NOT NULL,
    ward text NOT NULL,
    street text NOT NULL,
    building text NOT NULL,
    phone text NOT NULL,
    unit text NOT NULL,
    workplace_name text DEFAULT '' NOT NULL,
    badge_opt_in boolean NOT NULL,
    content_hash text NOT NULL,
    known_from timestamptz NOT NULL,
    known_until timestamptz NOT NULL,
    kind text,
    category text,
    programme_id text,
    organization_id bigint,
    activity_note text DEFAULT '' NOT NULL,
    email text,
    employee_number text,
    no_reading boolean,
    single_name boolean,
    workplace_key text,
    match_key text,
    loose_key text,
    sort_key text,
    CONSTRAINT application_versions_known_in_order CHECK ((known_until >= known_from)),
    CONSTRAINT application_versions_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT application_versions_end_once PRIMARY KEY (application_id, known_until),
    CONSTRAINT application_versions_municipality_code_fkey FOREIGN KEY (municipality_code) REFERENCES municipalities(code),
    CONSTRAINT application_versions_prefecture_code_fkey FOREIGN KEY (prefecture_code) REFERENCES prefectures(code)
);
CREATE INDEX application_versions_by_end ON application_versions (known_until);

CREATE TABLE applications (
    id bigint GENERATED ALWAYS AS IDENTITY,
    receipt text NOT NULL,
    person_id bigint NOT NULL,
    fiscal_year smallint NOT NULL,
    kind text NOT NULL,
    route text NOT NULL,
    state text NOT NULL,
    state_changed_at timestamptz NOT NULL,
    category text NOT NULL,
    programme_id text,
    organization_id bigint,
    submitted_by bigint,
    unit text NOT NULL,
    workplace_name text DEFAULT '' NOT NULL,
    activity_note text NOT NULL,
    family_name text NOT NULL,
    given_name text NOT NULL,
    family_name_kana text NOT NULL,
    given_name_kana text NOT NULL,
    family_name_0213 text NOT NULL,
    given_name_0213 text NOT NULL,
    no_reading boolean NOT NULL,
    single_name boolean NOT NULL,
    postal_code text NOT NULL,
    prefecture_code text NOT NULL,
    municipality_code text NOT NULL,
    ward text NOT NULL,
    street text NOT NULL,
    building text NOT NULL,
    email text NOT NULL,
    phone text NOT NULL,
    employee_number text NOT NULL,
    badge_opt_in boolean NOT NULL,
    news_opt_in boolean NOT NULL,
    reuse_answer text DEFAULT 'not_asked' NOT NULL,
    share_consent boolean NOT NULL,
    public_consent boolean NOT NULL,
    match_key text NOT NULL,
    workplace_key text DEFAULT '' NOT NULL,
    loose_key text NOT NULL,
    sort_key text NOT NULL COLLATE pg_catalog."ja-x-icu",
    content_hash text NOT NULL,
    once_key text NOT NULL,
    merged_into bigint,
    received_on date NOT NULL,
    received_at timestamptz NOT NULL,
    appointment_ended boolean DEFAULT false NOT NULL,
    forgotten_at timestamptz,
    mail_confirmed_at timestamptz,
    CONSTRAINT applications_can_be_reached CHECK (((email <> '') OR (employee_number <> '') OR (forgotten_at IS NOT NULL))),
    CONSTRAINT applications_category_is_known CHECK ((category = ANY (ARRAY['national_project', 'listed_org', 'local_gov_project', 'agency_approved', 'community_caller']))),
    CONSTRAINT applications_forgotten_name_nobody CHECK (((forgotten_at IS NULL) OR ((((((((((((((((((family_name || given_name) || family_name_kana) || given_name_kana) || family_name_0213) || given_name_0213) || ward) || street) || building) || email) || phone) || employee_number) || workplace_name) || workplace_key) || unit) || activity_note) || content_hash) = '') AND (sort_key = '') AND (match_key ~~ 'forgotten:%') AND (loose_key ~~ 'forgotten:%')))),
    CONSTRAINT applications_have_a_name CHECK (((family_name <> '') OR (given_name <> '') OR (forgotten_at IS NOT NULL))),
    CONSTRAINT applications_kind_is_known CHECK ((kind = ANY (ARRAY['promoter', 'caller']))),
    CONSTRAINT applications_merged_say_into_what CHECK (((state <> 'merged') OR (merged_into IS NOT NULL))),
    CONSTRAINT applications_postal_code_has_seven_digits CHECK ((postal_code ~ '^[0-9]{7}$')),
    CONSTRAINT applications_reuse_answer_is_known CHECK ((reuse_answer = ANY (ARRAY['yes', 'no', 'not_asked']))),
    CONSTRAINT applications_route_is_known CHECK ((route = ANY (ARRAY['individual', 'group', 'renewal']))),
    CONSTRAINT applications_state_is_known CHECK ((state = ANY (ARRAY['draft', 'submitted', 'correcting', 'reviewing', 'approved', 'appointed', 'rejected', 'withdrawn', 'merged', 'expired']))),
    CONSTRAINT applications_submitted_by_their_own_organization CHECK (((submitted_by IS NULL) OR (NOT (submitted_by IS DISTINCT FROM organization_id)))),
    CONSTRAINT applications_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES fiscal_years(start_year),
    CONSTRAINT applications_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES applications(id),
    CONSTRAINT applications_municipality_code_fkey FOREIGN KEY (municipality_code) REFERENCES municipalities(code),
    CONSTRAINT applications_once_key_unique UNIQUE (once_key),
    CONSTRAINT applications_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT applications_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
    CONSTRAINT applications_pkey PRIMARY KEY (id),
    CONSTRAINT applications_prefecture_code_fkey FOREIGN KEY (prefecture_code) REFERENCES prefectures(code),
    CONSTRAINT applications_programme_exists FOREIGN KEY (fiscal_year, programme_id) REFERENCES programmes(fiscal_year, id),
    CONSTRAINT applications_receipt_unique UNIQUE (receipt)
);
CREATE INDEX applications_approved_together ON applications (fiscal_year, state_changed_at, id) WHERE (state = 'approved');
CREATE INDEX applications_by_city ON applications (municipality_code, street_key(street) COLLATE "C", id) WHERE (street <> '');
CREATE INDEX applications_by_given_kana ON applications (tail_of(split_part(loose_key, '|', '-1'::integer), given_name_kana) COLLATE "C", id) WHERE (given_name_kana <> '');
CREATE INDEX applications_by_given_name ON applications (tail_of(split_part(match_key, '|', 1), given_name) COLLATE "C", id) WHERE (given_name <> '');
CREATE INDEX applications_by_home ON applications (home_of(postal_code, street));
CREATE INDEX applications_by_kana ON applications (split_part(loose_key, '|', '-1'::integer) COLLATE "C", id);
CREATE INDEX applications_by_mail ON applications (lower(email) COLLATE "C", id);
CREATE INDEX applications_by_mail_domain ON applications (split_part(lower(email), '@', 2) COLLATE "C", id) WHERE (email <> '');
CREATE INDEX applications_by_name ON applications (match_key COLLATE "C", id);
CREATE INDEX applications_by_person ON applications (person_id);
CREATE INDEX applications_by_phone ON applications (phone COLLATE "C") WHERE (phone <> '');
CREATE INDEX applications_by_postal_code ON applications (postal_code COLLATE "C", id) WHERE (street <> '');
CREATE INDEX applications_by_street ON applications (street_key(street) COLLATE "C", id) WHERE (street <> '');
CREATE INDEX applications_by_whole_name ON applications (split_part(match_key, '|', 1) COLLATE "C");
CREATE INDEX applications_by_workplace ON applications (workplace_key COLLATE "C", id) WHERE (workplace_key <> '');
CREATE INDEX applications_ended ON applications (fiscal_year, state) WHERE appointment_ended;
CREATE INDEX applications_queue ON applications (fiscal_year, state, id);
CREATE UNIQUE INDEX applications_one_live_per_kind_and_year ON applications (fiscal_year, kind, match_key) WHERE ((state = ANY (ARRAY['submitted', 'correcting', 'reviewing', 'approved', 'appointed'])) AND (NOT appointment_ended));

CREATE TABLE appointment_terms (
    id bigint GENERATED ALWAYS AS IDENTITY,
    appointment_id bigint NOT NULL,
    person_id bigint NOT NULL,
    kind text NOT NULL,
    fiscal_year smallint NOT NULL,
    true_from date NOT NULL,
    ends_on date NOT NULL,
    end_reason text DEFAULT '' NOT NULL,
    known_from timestamptz NOT NULL,
    known_until timestamptz DEFAULT 'infinity' NOT NULL,
    CONSTRAINT appointment_terms_cancelled_have_no_day CHECK (((end_reason <> ALL (ARRAY['cancelled', 'merged'])) OR (ends_on = true_from))),
    CONSTRAINT appointment_terms_end_reason_is_known CHECK ((end_reason = ANY (ARRAY['', 'resigned', 'revoked', 'superseded', 'deceased', 'cancelled', 'merged']))),
    CONSTRAINT appointment_terms_inside_the_year CHECK (((true_from >= make_date((fiscal_year)::integer, 4, 1)) AND (ends_on <= make_date((fiscal_year + 1), 4, 1)) AND (ends_on >= true_from))),
    CONSTRAINT appointment_terms_known_in_order CHECK ((known_until >= known_from)),
    CONSTRAINT appointment_terms_belong FOREIGN KEY (appointment_id, kind, fiscal_year) REFERENCES appointments(id, kind, fiscal_year),
    CONSTRAINT appointment_terms_one_active_per_person EXCLUDE USING gist (person_id WITH =, daterange(true_from, ends_on) WITH &&) WHERE ((known_until = 'infinity')),
    CONSTRAINT appointment_terms_pkey PRIMARY KEY (id)
);
CREATE INDEX appointment_terms_by_appointment ON appointment_terms (appointment_id);
CREATE INDEX appointment_terms_by_year ON appointment_terms (fiscal_year, appointment_id);
CREATE UNIQUE INDEX appointment_terms_one_standing ON appointment_terms (appointment_id) WHERE (known_until = 'infinity');

CREATE TABLE appointments (
    id bigint GENERATED ALWAYS AS IDENTITY,
    number text NOT NULL,
    person_id bigint NOT NULL,
    application_id bigint NOT NULL,
    fiscal_year smallint NOT NULL,
    kind text NOT NULL,
    organization_id bigint,
    history text NOT NULL,
    decided_on date NOT NULL,
    decision_number text NOT NULL,
    plan_id bigint NOT NULL,
    known_from timestamptz NOT NULL,
    undone_by bigint,
    CONSTRAINT appointments_history_is_known CHECK ((history = ANY (ARRAY['new', 'renewed', 'reappointed']))),
    CONSTRAINT appointments_kind_is_known CHECK ((kind = ANY (ARRAY['promoter', 'caller']))),
    CONSTRAINT appointments_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT appointments_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES fiscal_years(start_year),
    CONSTRAINT appointments_number_unique UNIQUE (number),
    CONSTRAINT appointments_of_a_kind_and_year UNIQUE (id, kind, fiscal_year),
    CONSTRAINT appointments_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT appointments_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
    CONSTRAINT appointments_pkey PRIMARY KEY (id),
    CONSTRAINT appointments_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id),
    CONSTRAINT appointments_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES plans(id)
);
CREATE INDEX appointments_by_application ON appointments (application_id);
CREATE INDEX appointments_by_organization ON appointments (organization_id, fiscal_year, id);
CREATE INDEX appointments_by_person ON appointments (person_id, fiscal_year);
CREATE INDEX appointments_by_year ON appointments (fiscal_year, id);
CREATE UNIQUE INDEX appointments_one_not_undone ON appointments (application_id) WHERE (undone_by IS NULL);

CREATE TABLE badge_credentials (
    id bigint GENERATED ALWAYS AS IDENTITY,
    badge_id bigint NOT NULL,
    salt text NOT NULL,
    key_id text NOT NULL,
    valid_from timestamptz NOT NULL,
    document text,
    digest bytea NOT NULL,
    known_from timestamptz NOT NULL,
    CONSTRAINT badge_credentials_digest_has_its_length CHECK ((octet_length(digest) = 32)),
    CONSTRAINT badge_credentials_badge_id_fkey FOREIGN KEY (badge_id) REFERENCES badges(id),
    CONSTRAINT badge_credentials_key_id_fkey FOREIGN KEY (key_id) REFERENCES badge_keys(id),
    CONSTRAINT badge_credentials_one_of_an_address_and_key UNIQUE (badge_id, salt, key_id),
    CONSTRAINT badge_credentials_pkey PRIMARY KEY (id)
);

CREATE TABLE badge_keys (
    id text NOT NULL,
    purpose text NOT NULL,
    public_key bytea NOT NULL,
    made_at timestamptz NOT NULL,
    retired_at timestamptz,
    compromised_since timestamptz,
    CONSTRAINT badge_keys_compromised_sign_no_more CHECK (((compromised_since IS NULL) OR (retired_at IS NOT NULL))),
    CONSTRAINT badge_keys_purpose_is_known CHECK ((purpose = ANY (ARRAY['proof', 'token']))),
    CONSTRAINT badge_keys_retired_later CHECK ((retired_at >= made_at)),
    CONSTRAINT badge_keys_id_unique PRIMARY KEY (id)
);
CREATE UNIQUE INDEX badge_keys_one_signs ON badge_keys (purpose) WHERE (retired_at IS NULL);

CREATE TABLE badge_revocations_undone (
    id bigint GENERATED ALWAYS AS IDENTITY,
    badge_id bigint NOT NULL,
    revoked_at timestamptz NOT NULL,
    reason text NOT NULL,
    undone_at timestamptz NOT NULL,
    CONSTRAINT badge_revocations_undone_in_order CHECK ((undone_at >= revoked_at)),
    CONSTRAINT badge_revocations_undone_badge_id_fkey FOREIGN KEY (badge_id) REFERENCES badges(id),
    CONSTRAINT badge_revocations_undone_pkey PRIMARY KEY (id)
);
CREATE INDEX badge_revocations_undone_by_badge ON badge_revocations_undone (badge_id);

CREATE TABLE badge_statuses (
    badge_id bigint NOT NULL,
    fiscal_year smallint NOT NULL,
    status_index integer NOT NULL,
    subject uuid NOT NULL,
    known_from timestamptz NOT NULL,
    CONSTRAINT badge_statuses_index_is_a_place CHECK ((status_index >= 0)),
    CONSTRAINT badge_statuses_badge_id_fkey FOREIGN KEY (badge_id) REFERENCES badges(id),
    CONSTRAINT badge_statuses_index_given_once UNIQUE (fiscal_year, status_index),
    CONSTRAINT badge_statuses_one_of_a_badge PRIMARY KEY (badge_id),
    CONSTRAINT badge_statuses_subject_unique UNIQUE (subject)
);

CREATE TABLE badge_tokens (
    credential_id bigint NOT NULL,
    key_id text NOT NULL,
    token text,
    known_from timestamptz NOT NULL,
    CONSTRAINT badge_tokens_credential_id_fkey FOREIGN KEY (credential_id) REFERENCES badge_credentials(id),
    CONSTRAINT badge_tokens_key_id_fkey FOREIGN KEY (key_id) REFERENCES badge_keys(id),
    CONSTRAINT badge_tokens_one_of_a_key PRIMARY KEY (credential_id, key_id)
);

CREATE TABLE badges (
    id bigint GENERATED ALWAYS AS IDENTITY,
    token text NOT NULL,
    appointment_id bigint NOT NULL,
    class_slug text NOT NULL,
    salt text NOT NULL,
    identity text NOT NULL,
    issued_on date NOT NULL,
    expires_on date NOT NULL,
    known_from timestamptz NOT NULL,
    revoked_at timestamptz,
    revocation_reason text DEFAULT '' NOT NULL,
    signed_salt text,
    CONSTRAINT badges_revoked_say_why CHECK (((revoked_at IS NULL) OR (revocation_reason <> ''))),
    CONSTRAINT badges_token_is_long_enough CHECK ((length(token) >= 22)),
    CONSTRAINT badges_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointments(id),
    CONSTRAINT badges_one_per_appointment UNIQUE (appointment_id),
    CONSTRAINT badges_pkey PRIMARY KEY (id),
    CONSTRAINT badges_token_unique UNIQUE (token)
);
CREATE INDEX badges_revoked ON badges (id) WHERE (revoked_at IS NOT NULL);
CREATE INDEX badges_to_sign ON badges (id) WHERE (signed_salt IS DISTINCT FROM salt);

CREATE TABLE business_places (
    id bigint GENERATED ALWAYS AS IDENTITY,
    organization_id bigint NOT NULL,
    path text NOT NULL,
    parent_path text,
    code text NOT NULL,
    name text NOT NULL,
    opens_on date NOT NULL,
    ends_on date DEFAULT 'infinity'::date NOT NULL,
    CONSTRAINT business_places_code_is_plain CHECK ((code ~ '^[a-z0-9][a-z0-9-]{0,62}$')),
    CONSTRAINT business_places_last_some_time CHECK ((ends_on > opens_on)),
    CONSTRAINT business_places_name_given CHECK ((name <> '')),
    CONSTRAINT business_places_path_is_short CHECK ((octet_length(path) <= 400)),
    CONSTRAINT business_places_stand_below_their_parent CHECK ((path = (COALESCE((parent_path || '/'), '') || code))),
    CONSTRAINT business_places_belong_to_one_organization UNIQUE (organization_id, id),
    CONSTRAINT business_places_name_unique_beside UNIQUE NULLS NOT DISTINCT (organization_id, parent_path, name),
    CONSTRAINT business_places_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT business_places_parent_exists FOREIGN KEY (organization_id, parent_path) REFERENCES business_places(organization_id, path),
    CONSTRAINT business_places_path_unique UNIQUE (organization_id, path),
    CONSTRAINT business_places_pkey PRIMARY KEY (id)
);

CREATE TABLE certificate_codes (
    id bytea NOT NULL,
    appointment_id bigint NOT NULL,
    key_id text NOT NULL,
    printed bytea NOT NULL,
    code bytea,
    digest bytea NOT NULL,
    known_from timestamptz NOT NULL,
    CONSTRAINT certificate_codes_digest_has_its_length CHECK ((octet_length(digest) = 32)),
    CONSTRAINT certificate_codes_id_has_its_length CHECK ((octet_length(id) = 16)),
    CONSTRAINT certificate_codes_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointments(id),
    CONSTRAINT certificate_codes_id_unique PRIMARY KEY (id),
    CONSTRAINT certificate_codes_key_id_fkey FOREIGN KEY (key_id) REFERENCES signing_keys(id),
    CONSTRAINT certificate_codes_one_of_a_paper_and_key UNIQUE (appointment_id, key_id, printed)
);

CREATE TABLE certificate_words (
    name text NOT NULL,
    valid_from date NOT NULL,
    value text NOT NULL,
    source text NOT NULL,
    CONSTRAINT certificate_words_name_is_known CHECK ((name = ANY (ARRAY['issuer_title', 'issuer_name', 'sentence', 'request', 'note', 'seal_place']))),
    CONSTRAINT certificate_words_say_where_from CHECK ((source <> '')),
    CONSTRAINT certificate_words_value_given CHECK (((value <> '') OR (name = ANY (ARRAY['note', 'seal_place'])))),
    CONSTRAINT certificate_words_once PRIMARY KEY (name, valid_from)
);

CREATE TABLE column_choices (
    id bigint GENERATED ALWAYS AS IDENTITY,
    organization_id bigint NOT NULL,
    heading_key text NOT NULL,
    heading text NOT NULL,
    ordinal integer NOT NULL,
    taken_as text NOT NULL,
    chosen_by text NOT NULL,
    chosen_by_account bigint GENERATED ALWAYS AS (,
    CASE,
    WHEN (chosen_by ~~ 'account:%') THEN (substr(chosen_by, 9))::bigint,
    ELSE NULL::bigint,
    END) STORED,
    known_from timestamptz NOT NULL,
    known_until timestamptz DEFAULT 'infinity' NOT NULL,
    CONSTRAINT column_choices_heading_is_short CHECK (((char_length(heading) <= 200) AND (char_length(heading_key) <= 200))),
    CONSTRAINT column_choices_known_in_order CHECK ((known_until >= known_from)),
    CONSTRAINT column_choices_name_a_heading CHECK (((heading_key <> '') AND (heading <> ''))),
    CONSTRAINT column_choices_ordinal_from_one CHECK ((ordinal >= 1)),
    CONSTRAINT column_choices_taken_as_is_a_word CHECK ((taken_as ~ '^[a-z0-9_]{1,60}$')),
    CONSTRAINT column_choices_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT column_choices_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX column_choices_one_standing_per_heading ON column_choices (organization_id, heading_key, ordinal) WHERE (known_until = 'infinity');

CREATE TABLE consent_texts (
    fiscal_year smallint NOT NULL,
    kind text NOT NULL,
    version text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    sha256 text NOT NULL,
    is_required boolean NOT NULL,
    CONSTRAINT consent_texts_kind_is_known CHECK ((kind = ANY (ARRAY['terms', 'privacy', 'share', 'public']))),
    CONSTRAINT consent_texts_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES fiscal_years(start_year),
    CONSTRAINT consent_texts_one_version_a_year PRIMARY KEY (fiscal_year, kind)
);

CREATE TABLE correction_requests (
    id bigint GENERATED ALWAYS AS IDENTITY,
    application_id bigint NOT NULL,
    answers jsonb NOT NULL,
    asked_at timestamptz NOT NULL,
    state text DEFAULT 'open' NOT NULL,
    reason text DEFAULT '' NOT NULL,
    decided_at timestamptz,
    CONSTRAINT correction_requests_decided_say_when CHECK (((state = 'open') = (decided_at IS NULL))),
    CONSTRAINT correction_requests_say_something CHECK ((answers <> '{}'::jsonb)),
    CONSTRAINT correction_requests_state_is_known CHECK ((state = ANY (ARRAY['open', 'accepted', 'refused', 'taken_back', 'replaced']))),
    CONSTRAINT correction_requests_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT correction_requests_pkey PRIMARY KEY (id)
);
CREATE INDEX correction_requests_by_application ON correction_requests (application_id);
CREATE UNIQUE INDEX correction_requests_one_open_per_application ON correction_requests (application_id) WHERE (state = 'open');

CREATE TABLE counters (
    name text NOT NULL,
    last_value bigint NOT NULL,
    CONSTRAINT counters_never_negative CHECK ((last_value >= 0)),
    CONSTRAINT counters_pkey PRIMARY KEY (name)
);

CREATE TABLE doubts (
    id bigint GENERATED ALWAYS AS IDENTITY,
    group_file_id bigint NOT NULL,
    row_number integer NOT NULL,
    other_row integer NOT NULL,
    organization_id bigint NOT NULL,
    fiscal_year smallint NOT NULL,
    kind text NOT NULL,
    match_key text NOT NULL,
    asked_on date NOT NULL,
    answer text DEFAULT '' NOT NULL,
    decided_by text DEFAULT '' NOT NULL,
    decided_at timestamptz,
    other_application_id bigint,
    reason text DEFAULT '' NOT NULL,
    application_id bigint,
    filed_at timestamptz,
    put_off_at timestamptz,
    put_off_by text DEFAULT '' NOT NULL,
    CONSTRAINT doubts_answer_is_known CHECK ((answer = ANY (ARRAY['', 'same', 'different', 'undone']))),
    CONSTRAINT doubts_are_about_one_other CHECK (((other_row > 0) OR (other_application_id IS NOT NULL))),
    CONSTRAINT doubts_decided_say_when CHECK (((answer = '') = (decided_at IS NULL))),
    CONSTRAINT doubts_filed_say_when CHECK (((application_id IS NULL) = (filed_at IS NULL))),
    CONSTRAINT doubts_put_off_say_by_whom CHECK (((put_off_at IS NULL) = (put_off_by = ''))),
    CONSTRAINT doubts_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT doubts_are_of_a_line FOREIGN KEY (group_file_id, row_number) REFERENCES group_lines(group_file_id, row_number),
    CONSTRAINT doubts_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES fiscal_years(start_year),
    CONSTRAINT doubts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT doubts_other_application_id_fkey FOREIGN KEY (other_application_id) REFERENCES applications(id),
    CONSTRAINT doubts_pkey PRIMARY KEY (id)
);
CREATE INDEX doubts_answered ON doubts (decided_at, id) WHERE (answer <> '');
CREATE INDEX doubts_by_key ON doubts (organization_id, fiscal_year, match_key);
CREATE INDEX doubts_open_about_filed ON doubts (application_id) WHERE ((answer = '') AND (application_id IS NOT NULL));
CREATE INDEX doubts_open_by_other ON doubts (other_application_id) WHERE (answer = '');
CREATE UNIQUE INDEX doubts_one_open_per_person_and_organization ON doubts (organization_id, fiscal_year, kind, match_key) WHERE (answer = '');
CREATE UNIQUE INDEX doubts_one_per_line ON doubts (group_file_id, row_number);

CREATE TABLE drafts (
    token_hash bytea NOT NULL,
    fiscal_year smallint NOT NULL,
    answers jsonb NOT NULL,
    once_key text NOT NULL,
    created_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    receipt text,
    CONSTRAINT drafts_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES fiscal_years(start_year),
    CONSTRAINT drafts_once_key_unique UNIQUE (once_key),
    CONSTRAINT drafts_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX drafts_by_age ON drafts (created_at);

CREATE TABLE event_details (
    event_id bigint NOT NULL,
    salt bytea NOT NULL,
    before json,
    after json,
    reason text DEFAULT '' NOT NULL,
    forgotten_at timestamptz,
    forgotten_under text DEFAULT '' NOT NULL,
    CONSTRAINT event_details_forgotten_say_nothing CHECK (((forgotten_at IS NULL) OR ((salt = '\x'::bytea) AND (before IS NULL) AND (after IS NULL) AND (reason = '')))),
    CONSTRAINT event_details_forgotten_under_a_rule CHECK (((forgotten_at IS NULL) = (forgotten_under = ''))),
    CONSTRAINT event_details_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id),
    CONSTRAINT event_details_pkey PRIMARY KEY (event_id)
);
CREATE INDEX event_details_kept ON event_details (event_id) WHERE (forgotten_at IS NULL);

CREATE TABLE event_seals (
    "position" bigint NOT NULL,
    event_id bigint NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT event_seals_digest_is_whole CHECK ((length(digest) = 32)),
    CONSTRAINT event_seals_position_counts CHECK (("position" > 0)),
    CONSTRAINT event_seals_once UNIQUE (event_id),
    CONSTRAINT event_seals_pkey PRIMARY KEY ("position")
);

CREATE TABLE events (
    id bigint GENERATED ALWAYS AS IDENTITY,
    act text NOT NULL,
    actor text NOT NULL,
    actor_account bigint GENERATED ALWAYS AS (,
    CASE,
    WHEN (actor ~~ 'account:%') THEN (substr(actor, 9))::bigint,
    ELSE NULL::bigint,
    END) STORED,
    subject text NOT NULL,
    true_on date NOT NULL,
    known_from timestamptz NOT NULL,
    detail json NOT NULL,
    details_digest bytea,
    mark bytea,
    written_by bigint DEFAULT ((pg_current_xact_id()))::bigint NOT NULL,
    CONSTRAINT events_actor_is_known CHECK ((split_part(actor, ':', 1) = ANY (ARRAY['account', 'application', 'applicant', 'client', 'operator', 'worker', 'system', 'server', 'demo']))),
    CONSTRAINT events_details_digest_is_whole CHECK ((length(details_digest) = 32)),
    CONSTRAINT events_mark_is_whole CHECK ((length(mark) = 28)),
    CONSTRAINT events_pkey PRIMARY KEY (id)
);
CREATE INDEX events_as_written ON events (written_by, id);
CREATE INDEX events_by_account ON events (actor_account, id) WHERE (actor_account IS NOT NULL);
CREATE INDEX events_by_act ON events (act, id);
CREATE INDEX events_by_age ON events USING brin (known_from);
CREATE INDEX events_by_operators ON events (id) WHERE (actor ~~ 'operator:%');
CREATE INDEX events_by_subject ON events (subject, id);

CREATE TABLE export_chunks (
    export_id bigint NOT NULL,
    "position" integer NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT export_chunks_export_id_fkey FOREIGN KEY (export_id) REFERENCES exports(id),
    CONSTRAINT export_chunks_once PRIMARY KEY (export_id, "position")
);

CREATE TABLE exports (
    id bigint GENERATED ALWAYS AS IDENTITY,
    number text NOT NULL,
    fiscal_year smallint NOT NULL,
    as_of date NOT NULL,
    known_at timestamptz NOT NULL,
    purpose text NOT NULL,
    requested_by text NOT NULL,
    requested_by_account bigint GENERATED ALWAYS AS (,
    CASE,
    WHEN (requested_by ~~ 'account:%') THEN (substr(requested_by, 9))::bigint,
    ELSE NULL::bigint,
    END) STORED,
    requested_at timestamptz NOT NULL,
    finished_at timestamptz,
    byte_count bigint DEFAULT 0 NOT NULL,
    row_count bigint DEFAULT 0 NOT NULL,
    sha256 text DEFAULT '' NOT NULL,
    data_sha256 text DEFAULT '' NOT NULL,
    CONSTRAINT exports_say_what_for CHECK ((purpose <> '')),
    CONSTRAINT exports_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES fiscal_years(start_year),
    CONSTRAINT exports_number_unique UNIQUE (number),
    CONSTRAINT exports_pkey PRIMARY KEY (id)
);

CREATE TABLE fiscal_years (
    start_year smallint NOT NULL,
    opens_on date NOT NULL,
    closes_on date,
    grace_until date NOT NULL,
    renewal_policy text NOT NULL,
    inquiry_phone text NOT NULL,
    viewing_percent smallint NOT NULL,
    amendment_days smallint DEFAULT 14 NOT NULL,
    amendment_reminder_days smallint DEFAULT 3 NOT NULL,
    CONSTRAINT fiscal_years_amendments_have_time CHECK (((amendment_days > 0) AND ((amendment_reminder_days >= 0) AND (amendment_reminder_days <= amendment_days)))),
    CONSTRAINT fiscal_years_close_after_opening CHECK (((closes_on IS NULL) OR (closes_on >= opens_on))),
    CONSTRAINT fiscal_years_percent_is_a_share CHECK (((viewing_percent >= 1) AND (viewing_percent <= 100))),
    CONSTRAINT fiscal_years_policy_is_known CHECK ((renewal_policy = ANY (ARRAY['automatic', 'answer']))),
    CONSTRAINT fiscal_years_start_is_plausible CHECK (((start_year >= 2022) AND (start_year <= 2200))),
    CONSTRAINT fiscal_years_pkey PRIMARY KEY (start_year)
);

CREATE TABLE group_files (
    id bigint GENERATED ALWAYS AS IDENTITY,
    plan_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    file_name text NOT NULL,
    sha256 text NOT NULL,
    original bytea,
    encoding text NOT NULL,
    header_row integer NOT NULL,
    row_count integer NOT NULL,
    new_count integer NOT NULL,
    changed_count integer NOT NULL,
    unchanged_count integer NOT NULL,
    joins_count integer NOT NULL,
    repeated_count integer NOT NULL,
    error_count integer NOT NULL,
    held_count integer NOT NULL,
    leaving_count integer NOT NULL,
    badge_count integer DEFAULT 0 NOT NULL,
    applied_count integer DEFAULT 0 NOT NULL,
    file_problems jsonb NOT NULL,
    details jsonb,
    coordinator_name text NOT NULL,
    coordinator_phone text NOT NULL,
    coordinator_email text NOT NULL,
    evidence_kind text NOT NULL,
    business_place_id bigint,
    CONSTRAINT group_files_forgotten_tell_nothing CHECK ((((original IS NULL) = (details IS NULL)) AND ((original IS NOT NULL) OR (NOT jsonb_path_exists(file_problems, '$[*]."arguments"'::jsonpath))))),
    CONSTRAINT group_files_rows_add_up CHECK ((row_count = ((((((new_count + changed_count) + unchanged_count) + joins_count) + repeated_count) + error_count) + held_count))),
    CONSTRAINT group_files_business_place_is_the_organizations FOREIGN KEY (organization_id, business_place_id) REFERENCES business_places(organization_id, id),
    CONSTRAINT group_files_one_per_plan UNIQUE (plan_id),
    CONSTRAINT group_files_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT group_files_pkey PRIMARY KEY (id),
    CONSTRAINT group_files_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);
CREATE INDEX group_files_by_hash ON group_files (organization_id, sha256);
CREATE INDEX group_files_by_organization ON group_files (organization_id, id);

CREATE TABLE group_lines (
    group_file_id bigint NOT NULL,
    row_number integer NOT NULL,
    outcome text NOT NULL,
    problems jsonb NOT NULL,
    cells jsonb,
    answers jsonb,
    application_id bigint,
    applied_as text DEFAULT '' NOT NULL,
    undone_by bigint,
    CONSTRAINT group_lines_applied_as_is_known CHECK ((applied_as = ANY (ARRAY['', 'submitted', 'affiliated', 'changed', 'unchanged', 'merged', 'proposed']))),
    CONSTRAINT group_lines_forgotten_tell_nothing CHECK (((cells IS NOT NULL) OR (NOT jsonb_path_exists(problems, '$[*]."arguments"'::jsonpath)))),
    CONSTRAINT group_lines_outcome_is_known CHECK ((outcome = ANY (ARRAY['new', 'changed', 'unchanged', 'joins', 'repeated', 'error', 'held']))),
    CONSTRAINT group_lines_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT group_lines_group_file_id_fkey FOREIGN KEY (group_file_id) REFERENCES group_files(id),
    CONSTRAINT group_lines_once PRIMARY KEY (group_file_id, row_number),
    CONSTRAINT group_lines_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES plans(id)
);
CREATE INDEX group_lines_by_outcome ON group_lines (group_file_id, outcome, row_number);

CREATE TABLE identity_rules (
    name text NOT NULL,
    valid_from date NOT NULL,
    value text NOT NULL,
    source text NOT NULL,
    CONSTRAINT identity_rules_name_is_known CHECK ((name = ANY (ARRAY['mail_holders', 'phone_holders', 'home_holders', 'namesakes', 'kanji_edits', 'kana_edits', 'renumbered_percent', 'own_domain_percent', 'own_domain_addresses', 'private_domains']))),
    CONSTRAINT identity_rules_say_where_from CHECK ((source <> '')),
    CONSTRAINT identity_rules_once PRIMARY KEY (name, valid_from)
);

CREATE TABLE installation (
    only_row boolean DEFAULT true NOT NULL,
    kind text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT installation_has_one_row CHECK (only_row),
    CONSTRAINT installation_kind_is_known CHECK ((kind = ANY (ARRAY['demo', 'rehearsal', 'production']))),
    CONSTRAINT installation_pkey PRIMARY KEY (only_row)
);

CREATE TABLE invitations (
    id bigint GENERATED ALWAYS AS IDENTITY,
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    organization_id bigint,
    business_place_id bigint,
    rights text[],
    takes_over bigint,
    token_hash bytea NOT NULL,
    invited_by text NOT NULL,
    invited_by_account bigint GENERATED ALWAYS AS (,
    CASE,
    WHEN (invited_by ~~ 'account:%') THEN (substr(invited_by, 9))::bigint,
    ELSE NULL::bigint,
    END) STORED,
    sent_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    account_id bigint,
    withdrawn_at timestamptz,
    CONSTRAINT invitations_accepted_make_an_account CHECK (((accepted_at IS NULL) = (account_id IS NULL))),
    CONSTRAINT invitations_end_once CHECK (((accepted_at IS NULL) OR (withdrawn_at IS NULL))),
    CONSTRAINT invitations_last_some_time CHECK ((expires_at > sent_at)),
    CONSTRAINT invitations_link_is_a_digest CHECK ((length(token_hash) = 32)),
    CONSTRAINT invitations_of_a_business_place_are_the_organizations CHECK (((business_place_id IS NULL) OR (organization_id IS NOT NULL))),
    CONSTRAINT invitations_of_organizations_name_theirs CHECK (((role = 'organization') = (organization_id IS NOT NULL))),
    CONSTRAINT invitations_rights_are_the_offices CHECK (((rights IS NULL) OR ((role = 'office') AND (rights <> '{}'[]) AND (rights <@ ARRAY['reception', 'review', 'appointment', 'administration'])))),
    CONSTRAINT invitations_role_is_known CHECK ((role = ANY (ARRAY['office', 'organization', 'ministry']))),
    CONSTRAINT invitations_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id),
    CONSTRAINT invitations_business_place_is_the_organizations FOREIGN KEY (organization_id, business_place_id) REFERENCES business_places(organization_id, id),
    CONSTRAINT invitations_link_unique UNIQUE (token_hash),
    CONSTRAINT invitations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT invitations_pkey PRIMARY KEY (id),
    CONSTRAINT invitations_takes_over_fkey FOREIGN KEY (takes_over) REFERENCES accounts(id)
);
CREATE INDEX invitations_by_end ON invitations (COALESCE(accepted_at, withdrawn_at, expires_at));
CREATE UNIQUE INDEX invitations_one_open ON invitations (lower(email)) WHERE ((accepted_at IS NULL) AND (withdrawn_at IS NULL));

CREATE TABLE job_progress (
    job_id bigint NOT NULL,
    done_count integer NOT NULL,
    total_count integer NOT NULL,
    seen_at timestamptz NOT NULL,
    CONSTRAINT job_progress_not_beyond_the_end CHECK (((done_count >= 0) AND (done_count <= total_count))),
    CONSTRAINT job_progress_job_id_fkey FOREIGN KEY (job_id) REFERENCES jobs(id),
    CONSTRAINT job_progress_pkey PRIMARY KEY (job_id)
);

CREATE TABLE jobs (
    id bigint GENERATED ALWAYS AS IDENTITY,
    act text NOT NULL,
    subject text NOT NULL,
    state text DEFAULT 'waiting' NOT NULL,
    run_at timestamptz NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    failure_kind text,
    failure text DEFAULT '' NOT NULL,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT jobs_act_is_known CHECK ((act = ANY (ARRAY['apply_group_file', 'apply_appointments', 'apply_renewal', 'undo_group_file', 'undo_appointments', 'export_ministry']))),
    CONSTRAINT jobs_failed_say_why CHECK (((state = 'failed') = (failure_kind IS NOT NULL))),
    CONSTRAINT jobs_failure_is_known CHECK ((failure_kind = ANY (ARRAY['changed', 'refused', 'broke']))),
    CONSTRAINT jobs_state_is_known CHECK ((state = ANY (ARRAY['waiting', 'done', 'failed']))),
    CONSTRAINT jobs_once_per_subject UNIQUE (act, subject),
    CONSTRAINT jobs_pkey PRIMARY KEY (id)
);
CREATE INDEX jobs_waiting ON jobs (run_at, id) WHERE (state = 'waiting');

CREATE TABLE lifetimes (
    kind text NOT NULL,
    valid_from date NOT NULL,
    amount integer NOT NULL,
    unit text NOT NULL,
    source text NOT NULL,
    CONSTRAINT lifetimes_amount_is_no_debt CHECK (((amount >= 0) AND (amount <= 36500))),
    CONSTRAINT lifetimes_kind_is_known CHECK ((kind = ANY (ARRAY['draft', 'mail_code', 'session', 'limit_count', 'letter_body', 'undelivered_letter', 'group_original', 'group_answers', 'job', 'export_bytes', 'journal_details', 'application_without_appointment', 'application_with_appointment', 'invitation']))),
    CONSTRAINT lifetimes_say_where_from CHECK ((source <> '')),
    CONSTRAINT lifetimes_unit_is_known CHECK ((unit = ANY (ARRAY['days', 'years', 'fiscal_years']))),
    CONSTRAINT lifetimes_once PRIMARY KEY (kind, valid_from)
);

CREATE TABLE limit_counts (
    limiter text NOT NULL,
    subject text NOT NULL,
    began_at timestamptz NOT NULL,
    count integer NOT NULL,
    CONSTRAINT limit_counts_not_negative CHECK ((count >= 0)),
    CONSTRAINT limit_counts_once PRIMARY KEY (limiter, subject)
);
CREATE INDEX limit_counts_by_age ON limit_counts (began_at);

CREATE TABLE listing_answers (
    id bigint GENERATED ALWAYS AS IDENTITY,
    application_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    answer text NOT NULL,
    answered_at timestamptz NOT NULL,
    CONSTRAINT listing_answers_answer_is_known CHECK ((answer = ANY (ARRAY['agreed', 'objected']))),
    CONSTRAINT listing_answers_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT listing_answers_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT listing_answers_pkey PRIMARY KEY (id)
);
CREATE INDEX listing_answers_by_application ON listing_answers (application_id, organization_id, id);

CREATE TABLE mail_codes (
    token_hash bytea NOT NULL,
    purpose text NOT NULL,
    subject text NOT NULL,
    email text NOT NULL,
    code_hash bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    tries_left smallint NOT NULL,
    used_at timestamptz,
    message_id text,
    CONSTRAINT mail_codes_purpose_is_known CHECK ((purpose = ANY (ARRAY['apply', 'status', 'mail', 'password']))),
    CONSTRAINT mail_codes_tries_not_negative CHECK ((tries_left >= 0)),
    CONSTRAINT mail_codes_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX mail_codes_by_end ON mail_codes (expires_at);
CREATE INDEX mail_codes_by_letter ON mail_codes (message_id);
CREATE INDEX mail_codes_by_subject ON mail_codes (purpose, subject);

CREATE TABLE mail_hold (
    only_row boolean DEFAULT true NOT NULL,
    why text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL,
    tries integer NOT NULL,
    CONSTRAINT mail_hold_has_one_row CHECK (only_row),
    CONSTRAINT mail_hold_says_why CHECK ((why <> '')),
    CONSTRAINT mail_hold_pkey PRIMARY KEY (only_row)
);

CREATE TABLE material_facts (
    id bigint GENERATED ALWAYS AS IDENTITY,
    request_id bigint NOT NULL,
    sticker_count integer NOT NULL,
    nametag_count integer NOT NULL,
    material_count integer NOT NULL,
    postal_code text NOT NULL,
    prefecture_code text NOT NULL,
    municipality_code text NOT NULL,
    ward text NOT NULL,
    street text NOT NULL,
    building text NOT NULL,
    addressee text NOT NULL,
    phone text NOT NULL,
    is_forgotten boolean DEFAULT false NOT NULL,
    state text NOT NULL,
    sent_on date,
    returned_on date,
    said_by text NOT NULL,
    said_by_account bigint GENERATED ALWAYS AS (,
    CASE,
    WHEN (said_by ~~ 'account:%') THEN (substr(said_by, 9))::bigint,
    ELSE NULL::bigint,
    END) STORED,
    known_from timestamptz NOT NULL,
    known_until timestamptz DEFAULT 'infinity' NOT NULL,
    CONSTRAINT material_facts_addressee_given CHECK ((is_forgotten OR (addressee <> ''))),
    CONSTRAINT material_facts_ask_for_something CHECK ((((sticker_count + nametag_count) + material_count) > 0)),
    CONSTRAINT material_facts_come_back_after_they_left CHECK ((returned_on >= sent_on)),
    CONSTRAINT material_facts_counts_are_in_range CHECK ((((sticker_count >= 0) AND (sticker_count <= 9999)) AND ((nametag_count >= 0) AND (nametag_count <= 9999)) AND ((material_count >= 0) AND (material_count <= 9999)))),
    CONSTRAINT material_facts_known_in_order CHECK ((known_until >= known_from)),
    CONSTRAINT material_facts_postal_code_has_seven_digits CHECK ((postal_code ~ '^[0-9]{7}$')),
    CONSTRAINT material_facts_returned_say_when CHECK (((state = 'returned') = (returned_on IS NOT NULL))),
    CONSTRAINT material_facts_sent_say_when CHECK (((state = ANY (ARRAY['sent', 'returned'])) = (sent_on IS NOT NULL))),
    CONSTRAINT material_facts_state_is_known CHECK ((state = ANY (ARRAY['waiting', 'sent', 'withdrawn', 'returned']))),
    CONSTRAINT material_facts_municipality_code_fkey FOREIGN KEY (municipality_code) REFERENCES municipalities(code),
    CONSTRAINT material_facts_pkey PRIMARY KEY (id),
    CONSTRAINT material_facts_prefecture_code_fkey FOREIGN KEY (prefecture_code) REFERENCES prefectures(code),
    CONSTRAINT material_facts_request_id_fkey FOREIGN KEY (request_id) REFERENCES material_requests(id)
);
CREATE INDEX material_facts_by_request ON material_facts (request_id, id);
CREATE INDEX material_facts_by_state ON material_facts (state, request_id) WHERE (known_until = 'infinity');
CREATE INDEX material_facts_said_together ON material_facts (known_from, id) WHERE (state = 'sent');
CREATE UNIQUE INDEX material_facts_one_standing_per_request ON material_facts (request_id) WHERE (known_until = 'infinity');

CREATE TABLE material_requests (
    id bigint GENERATED ALWAYS AS IDENTITY,
    organization_id bigint NOT NULL,
    business_place_id bigint,
    fiscal_year smallint NOT NULL,
    group_file_id bigint,
    once_key text NOT NULL,
    asked_on date NOT NULL,
    asked_by text NOT NULL,
    asked_by_account bigint GENERATED ALWAYS AS (,
    CASE,
    WHEN (asked_by ~~ 'account:%') THEN (substr(asked_by, 9))::bigint,
    ELSE NULL::bigint,
    END) STORED,
    asked_at timestamptz NOT NULL,
    CONSTRAINT material_requests_business_place_is_the_organizations FOREIGN KEY (organization_id, business_place_id) REFERENCES business_places(organization_id, id),
    CONSTRAINT material_requests_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES fiscal_years(start_year),
    CONSTRAINT material_requests_group_file_id_fkey FOREIGN KEY (group_file_id) REFERENCES group_files(id),
    CONSTRAINT material_requests_once_key_unique UNIQUE (organization_id, once_key),
    CONSTRAINT material_requests_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT material_requests_pkey PRIMARY KEY (id)
);
CREATE INDEX material_requests_by_organization ON material_requests (organization_id, id);

CREATE TABLE merged_applications (
    merge_id bigint NOT NULL,
    application_id bigint NOT NULL,
    person_id bigint NOT NULL,
    state text NOT NULL,
    led_into bigint,
    CONSTRAINT merged_applications_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT merged_applications_led_into_fkey FOREIGN KEY (led_into) REFERENCES applications(id),
    CONSTRAINT merged_applications_merge_id_fkey FOREIGN KEY (merge_id) REFERENCES person_merges(id),
    CONSTRAINT merged_applications_once PRIMARY KEY (merge_id, application_id),
    CONSTRAINT merged_applications_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id)
);
CREATE INDEX merged_applications_by_application ON merged_applications (application_id, merge_id);

CREATE TABLE municipalities (
    code text NOT NULL,
    prefecture_code text NOT NULL,
    county text NOT NULL,
    name text NOT NULL,
    CONSTRAINT municipalities_code_has_six_digits CHECK ((code ~ '^[0-9]{6}$')),
    CONSTRAINT municipalities_name_unique_in_prefecture UNIQUE (prefecture_code, county, name),
    CONSTRAINT municipalities_pkey PRIMARY KEY (code),
    CONSTRAINT municipalities_prefecture_code_fkey FOREIGN KEY (prefecture_code) REFERENCES prefectures(code)
);

CREATE TABLE notes (
    id bigint GENERATED ALWAYS AS IDENTITY,
    person_id bigint NOT NULL,
    is_shown boolean NOT NULL,
    words text NOT NULL,
    is_forgotten boolean DEFAULT false NOT NULL,
    corrects bigint,
    written_by text NOT NULL,
    written_by_account bigint GENERATED ALWAYS AS (,
    CASE,
    WHEN (written_by ~~ 'account:%') THEN (substr(written_by, 9))::bigint,
    ELSE NULL::bigint,
    END) STORED,
    written_at timestamptz NOT NULL,
    struck_by text DEFAULT '' NOT NULL,
    struck_by_account bigint GENERATED ALWAYS AS (,
    CASE,
    WHEN (struck_by ~~ 'account:%') THEN (substr(struck_by, 9))::bigint,
    ELSE NULL::bigint,
    END) STORED,
    struck_at timestamptz,
    CONSTRAINT notes_say_something CHECK (((words = '') = is_forgotten)),
    CONSTRAINT notes_struck_say_by_whom CHECK (((struck_at IS NULL) = (struck_by = ''))),
    CONSTRAINT notes_corrected_once UNIQUE (corrects),
    CONSTRAINT notes_corrects_fkey FOREIGN KEY (corrects) REFERENCES notes(id),
    CONSTRAINT notes_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
    CONSTRAINT notes_pkey PRIMARY KEY (id)
);
CREATE INDEX notes_by_person ON notes (person_id, id);

CREATE TABLE organization_groups (
    code text NOT NULL,
    name text NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT organization_groups_name_unique UNIQUE (name),
    CONSTRAINT organization_groups_pkey PRIMARY KEY (code)
);

CREATE TABLE organization_names (
    organization_id bigint NOT NULL,
    ends_on date NOT NULL,
    name text NOT NULL,
    known_from timestamptz NOT NULL,
    CONSTRAINT organization_names_given CHECK ((name <> '')),
    CONSTRAINT organization_names_end_once_a_day PRIMARY KEY (organization_id, ends_on),
    CONSTRAINT organization_names_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id)
);

CREATE TABLE organization_years (
    fiscal_year smallint NOT NULL,
    organization_id bigint NOT NULL,
    name text DEFAULT '' NOT NULL,
    group_code text,
    category text NOT NULL,
    programme_id text,
    opens_on date NOT NULL,
    closes_on date,
    activity_note text DEFAULT '' NOT NULL,
    "position" smallint DEFAULT 0 NOT NULL,
    consent_rule text DEFAULT 'attested' NOT NULL,
    consent_asked_on date,
    consent_method text DEFAULT '' NOT NULL,
    CONSTRAINT organization_years_category_is_known CHECK ((category = ANY (ARRAY['national_project', 'listed_org', 'local_gov_project', 'agency_approved', 'community_caller']))),
    CONSTRAINT organization_years_consent_rule_is_known CHECK ((consent_rule = ANY (ARRAY['attested', 'member']))),
    CONSTRAINT organization_years_consent_says_how CHECK (((consent_asked_on IS NULL) = (consent_method = ''))),
    CONSTRAINT organization_years_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES fiscal_years(start_year),
    CONSTRAINT organization_years_group_code_fkey FOREIGN KEY (group_code) REFERENCES organization_groups(code),
    CONSTRAINT organization_years_once PRIMARY KEY (fiscal_year, organization_id),
    CONSTRAINT organization_years_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT organization_years_programme_exists FOREIGN KEY (fiscal_year, programme_id) REFERENCES programmes(fiscal_year, id)
);

CREATE TABLE organizations (
    id bigint GENERATED ALWAYS AS IDENTITY,
    code text NOT NULL,
    name text NOT NULL,
    corporate_number text DEFAULT '' NOT NULL,
    kind_code text NOT NULL,
    group_code text NOT NULL,
    ends_on date DEFAULT 'infinity'::date NOT NULL,
    CONSTRAINT organizations_code_is_plain CHECK ((code ~ '^[a-z0-9][a-z0-9-]{0,62}$')),
    CONSTRAINT organizations_corporate_number_has_13_digits CHECK ((corporate_number ~ '^([0-9]{13})?$')),
    CONSTRAINT organizations_kind_code_has_three_digits CHECK ((kind_code ~ '^[0-9]{3}$')),
    CONSTRAINT organizations_name_given CHECK ((name <> '')),
    CONSTRAINT organizations_code_unique UNIQUE (code),
    CONSTRAINT organizations_group_code_fkey FOREIGN KEY (group_code) REFERENCES organization_groups(code),
    CONSTRAINT organizations_pkey PRIMARY KEY (id)
);

CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY,
    message_id text NOT NULL,
    letter text NOT NULL,
    lane text DEFAULT 'receipts' NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    person_id bigint,
    state text DEFAULT 'waiting' NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    send_at timestamptz NOT NULL,
    lease_until timestamptz,
    lease_token text DEFAULT '' NOT NULL,
    failure text DEFAULT '' NOT NULL,
    created_at timestamptz NOT NULL,
    delivered_at timestamptz,
    repeats bigint,
    CONSTRAINT outbox_lane_is_known CHECK ((lane = ANY (ARRAY['codes', 'receipts', 'mass']))),
    CONSTRAINT outbox_letter_is_known CHECK ((letter = ANY (ARRAY['code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed', 'rejection', 'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal', 'correction', 'correction_refused', 'mail_changed', 'receipts', 'dismissal', 'resumption', 'reopening', 'cancellation', 'parting', 'password_changed', 'proposal', 'people_merged', 'people_separated', 'taken_back', 'group_undone', 'second_factor', 'affiliation_ended', 'affiliation_resumed', 'amendment', 'amendment_reminder', 'amendment_taken_back', 'listed', 'listing_refused', 'invitation', 'account_changed']))),
    CONSTRAINT outbox_state_is_known CHECK ((state = ANY (ARRAY['waiting', 'delivered', 'failed', 'suppressed']))),
    CONSTRAINT outbox_message_id_unique UNIQUE (message_id),
    CONSTRAINT outbox_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
    CONSTRAINT outbox_pkey PRIMARY KEY (id),
    CONSTRAINT outbox_repeats_fkey FOREIGN KEY (repeats) REFERENCES outbox(id)
);
CREATE INDEX outbox_bodies ON outbox (COALESCE(delivered_at, created_at)) WHERE ((body <> '') AND (state <> 'waiting'));
CREATE INDEX outbox_by_lane_and_domain ON outbox (lane, lower(split_part(recipient, '@', 2)) COLLATE "C", send_at, id) WHERE (state = 'waiting');
CREATE INDEX outbox_by_person ON outbox (person_id, id) WHERE (person_id IS NOT NULL);
CREATE INDEX outbox_failed ON outbox (id) WHERE (state = 'failed');
CREATE INDEX outbox_repeated ON outbox (repeats) WHERE (repeats IS NOT NULL);
CREATE INDEX outbox_waiting ON outbox (send_at, id) WHERE (state = 'waiting');
CREATE INDEX outbox_waiting_by_person ON outbox (person_id) WHERE (state = 'waiting');

CREATE TABLE people (
    id bigint GENERATED ALWAYS AS IDENTITY,
    member_number text,
    known_from timestamptz NOT NULL,
    merged_into bigint,
    CONSTRAINT people_lead_to_others CHECK ((merged_into <> id)),
    CONSTRAINT people_member_number_unique UNIQUE (member_number),
    CONSTRAINT people_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES people(id),
    CONSTRAINT people_pkey PRIMARY KEY (id)
);

CREATE TABLE person_merges (
    id bigint GENERATED ALWAYS AS IDENTITY,
    survivor_id bigint NOT NULL,
    absorbed_id bigint NOT NULL,
    merged_at timestamptz NOT NULL,
    merged_by text NOT NULL,
    undone_at timestamptz,
    undone_by text DEFAULT '' NOT NULL,
    CONSTRAINT person_merges_are_of_two CHECK ((survivor_id <> absorbed_id)),
    CONSTRAINT person_merges_undone_say_by_whom CHECK (((undone_at IS NULL) = (undone_by = ''))),
    CONSTRAINT person_merges_absorbed_id_fkey FOREIGN KEY (absorbed_id) REFERENCES people(id),
    CONSTRAINT person_merges_pkey PRIMARY KEY (id),
    CONSTRAINT person_merges_survivor_id_fkey FOREIGN KEY (survivor_id) REFERENCES people(id)
);
CREATE INDEX person_merges_by_survivor ON person_merges (survivor_id);
CREATE UNIQUE INDEX person_merges_one_standing ON person_merges (absorbed_id) WHERE (undone_at IS NULL);

CREATE TABLE plan_applicants (
    id bigint GENERATED ALWAYS AS IDENTITY,
    plan_id bigint NOT NULL,
    organization_id bigint,
    CONSTRAINT plan_applicants_once UNIQUE NULLS NOT DISTINCT (plan_id, organization_id),
    CONSTRAINT plan_applicants_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT plan_applicants_pkey PRIMARY KEY (id),
    CONSTRAINT plan_applicants_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

CREATE TABLE plan_confirmations (
    id bigint GENERATED ALWAYS AS IDENTITY,
    plan_id bigint NOT NULL,
    asked_by text NOT NULL,
    asked_by_account bigint GENERATED ALWAYS AS (,
    CASE,
    WHEN (asked_by ~~ 'account:%') THEN (substr(asked_by, 9))::bigint,
    ELSE NULL::bigint,
    END) STORED,
    asked_at timestamptz NOT NULL,
    answer text DEFAULT '' NOT NULL,
    answered_by text,
    answered_by_account bigint GENERATED ALWAYS AS (,
    CASE,
    WHEN (answered_by ~~ 'account:%') THEN (substr(answered_by, 9))::bigint,
    ELSE NULL::bigint,
    END) STORED,
    answered_at timestamptz,
    reason text DEFAULT '' NOT NULL,
    CONSTRAINT plan_confirmations_answer_is_known CHECK ((answer = ANY (ARRAY['', 'confirmed', 'declined', 'withdrawn']))),
    CONSTRAINT plan_confirmations_answered_wholly CHECK ((((answer = '') = (answered_by IS NULL)) AND ((answer = '') = (answered_at IS NULL)))),
    CONSTRAINT plan_confirmations_by_two CHECK (((answer <> ALL (ARRAY['confirmed', 'declined'])) OR (answered_by <> asked_by))),
    CONSTRAINT plan_confirmations_declined_say_why CHECK (((answer <> 'declined') OR (reason <> ''))),
    CONSTRAINT plan_confirmations_withdrawn_by_whoever_asked CHECK (((answer <> 'withdrawn') OR (answered_by = asked_by))),
    CONSTRAINT plan_confirmations_pkey PRIMARY KEY (id),
    CONSTRAINT plan_confirmations_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);
CREATE INDEX plan_confirmations_waiting ON plan_confirmations (id) WHERE (answer = '');
CREATE UNIQUE INDEX plan_confirmations_one_standing ON plan_confirmations (plan_id) WHERE (answer = ANY (ARRAY['', 'confirmed']));

CREATE TABLE plan_left_out (
    plan_id bigint NOT NULL,
    application_id bigint NOT NULL,
    CONSTRAINT plan_left_out_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT plan_left_out_once PRIMARY KEY (plan_id, application_id),
    CONSTRAINT plan_left_out_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

CREATE TABLE plan_lines (
    plan_id bigint NOT NULL,
    "position" integer NOT NULL,
    person_id bigint NOT NULL,
    application_id bigint NOT NULL,
    kind text NOT NULL,
    outcome text NOT NULL,
    history text NOT NULL,
    detail text DEFAULT '' NOT NULL,
    earlier text,
    CONSTRAINT plan_lines_outcome_is_known CHECK ((outcome = ANY (ARRAY['appoint', 'waits', 'continues', 'lacks_video', 'organization_closed', 'already_applied', 'declined', 'unanswered', 'left', 'gone', 'taken_back', 'stays']))),
    CONSTRAINT plan_lines_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT plan_lines_once PRIMARY KEY (plan_id, "position"),
    CONSTRAINT plan_lines_one_per_person_and_kind UNIQUE (plan_id, person_id, kind),
    CONSTRAINT plan_lines_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
    CONSTRAINT plan_lines_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);
CREATE INDEX plan_lines_by_outcome ON plan_lines (plan_id, outcome, "position");
CREATE INDEX plan_lines_differing ON plan_lines (plan_id, "position") WHERE (earlier IS NOT NULL);

CREATE TABLE plans (
    id bigint GENERATED ALWAYS AS IDENTITY,
    number text NOT NULL,
    act text NOT NULL,
    fiscal_year smallint NOT NULL,
    planned_on date NOT NULL,
    plan_hash text NOT NULL,
    decided_on date,
    decision_number text,
    attested boolean DEFAULT false NOT NULL,
    state text NOT NULL,
    planned_by text NOT NULL,
    planned_by_account bigint GENERATED ALWAYS AS (,
    CASE,
    WHEN (planned_by ~~ 'account:%') THEN (substr(planned_by, 9))::bigint,
    ELSE NULL::bigint,
    END) STORED,
    planned_at timestamptz NOT NULL,
    applied_at timestamptz,
    replaces bigint,
    undoes bigint,
    only_kind text,
    because text,
    CONSTRAINT plans_act_is_known CHECK ((act = ANY (ARRAY['group', 'appoint', 'renew', 'undo_group', 'undo_appoint']))),
    CONSTRAINT plans_applied_are_attested CHECK (((act <> 'group') OR (state <> 'applied') OR attested)),
    CONSTRAINT plans_applied_are_decided CHECK (((act = ANY (ARRAY['group', 'undo_group', 'undo_appoint'])) OR (state <> 'applied') OR (decision_number IS NOT NULL))),
    CONSTRAINT plans_decided_by_the_day_they_are_applied CHECK ((decided_on <= ((applied_at AT TIME ZONE 'Asia/Tokyo'))::date)),
    CONSTRAINT plans_decision_is_whole CHECK (((decided_on IS NULL) = (decision_number IS NULL))),
    CONSTRAINT plans_decision_number_given CHECK ((decision_number <> '')),
    CONSTRAINT plans_only_appointments_have_a_scope CHECK (((only_kind IS NULL) OR (act = 'appoint'))),
    CONSTRAINT plans_only_files_are_discarded CHECK (((state <> 'discarded') OR (act = 'group'))),
    CONSTRAINT plans_only_kind_is_known CHECK ((only_kind = ANY (ARRAY['promoter', 'caller']))),
    CONSTRAINT plans_state_is_known CHECK ((state = ANY (ARRAY['planned', 'confirmed', 'applied', 'replaced', 'discarded']))),
    CONSTRAINT plans_undoing_name_what CHECK (((act = ANY (ARRAY['undo_group', 'undo_appoint'])) = (undoes IS NOT NULL))),
    CONSTRAINT plans_undone_say_why CHECK (((act <> 'undo_appoint') OR (state <> 'applied') OR (COALESCE(because, '') <> ''))),
    CONSTRAINT plans_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES fiscal_years(start_year),
    CONSTRAINT plans_number_unique UNIQUE (number),
    CONSTRAINT plans_pkey PRIMARY KEY (id),
    CONSTRAINT plans_replaces_fkey FOREIGN KEY (replaces) REFERENCES plans(id),
    CONSTRAINT plans_undoes_fkey FOREIGN KEY (undoes) REFERENCES plans(id)
);
CREATE INDEX plans_by_what_they_undo ON plans (undoes) WHERE (undoes IS NOT NULL);

CREATE TABLE postal_areas (
    area text NOT NULL,
    places text NOT NULL,
    CONSTRAINT postal_areas_area_has_three_digits CHECK ((area ~ '^[0-9]{3}$')),
    CONSTRAINT postal_areas_places_are_runs CHECK (((places ~ '^([0-9]{5}:[0-9]{4}(-[0-9]{4})?(/[0-9]{4}(-[0-9]{4})?)*(;|$))+$') AND (places !~ ';$'))),
    CONSTRAINT postal_areas_pkey PRIMARY KEY (area)
);

CREATE TABLE prefectures (
    code text NOT NULL,
    name text NOT NULL,
    CONSTRAINT prefectures_code_has_two_digits CHECK ((code ~ '^[0-9]{2}$')),
    CONSTRAINT prefectures_name_unique UNIQUE (name),
    CONSTRAINT prefectures_pkey PRIMARY KEY (code)
);

CREATE TABLE programmes (
    fiscal_year smallint NOT NULL,
    id text NOT NULL,
    category text NOT NULL,
    ministry text NOT NULL,
    name text NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT programmes_category_is_known CHECK ((category = ANY (ARRAY['national_project', 'local_gov_project']))),
    CONSTRAINT programmes_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES fiscal_years(start_year),
    CONSTRAINT programmes_once_a_year PRIMARY KEY (fiscal_year, id)
);

CREATE TABLE proposals (
    id bigint GENERATED ALWAYS AS IDENTITY,
    application_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    answers jsonb NOT NULL,
    known_from timestamptz NOT NULL,
    known_until timestamptz DEFAULT 'infinity' NOT NULL,
    CONSTRAINT proposals_known_in_order CHECK ((known_until >= known_from)),
    CONSTRAINT proposals_say_something CHECK ((answers <> '{}'::jsonb)),
    CONSTRAINT proposals_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT proposals_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT proposals_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX proposals_one_standing_per_application_and_organization ON proposals (application_id, organization_id) WHERE (known_until = 'infinity');

CREATE TABLE recovery_codes (
    account_id bigint NOT NULL,
    code_hash bytea NOT NULL,
    used_at timestamptz,
    CONSTRAINT recovery_codes_digest_is_whole CHECK ((length(code_hash) = 32)),
    CONSTRAINT recovery_codes_account_id_fkey FOREIGN KEY (account_id) REFERENCES second_factors(account_id),
    CONSTRAINT recovery_codes_once PRIMARY KEY (account_id, code_hash)
);

CREATE TABLE reference_files (
    path text NOT NULL,
    sha256 text NOT NULL,
    loaded_at timestamptz NOT NULL,
    CONSTRAINT reference_files_loaded_once PRIMARY KEY (path, sha256)
);

CREATE TABLE requirement_withdrawals (
    id bigint GENERATED ALWAYS AS IDENTITY,
    fiscal_year smallint NOT NULL,
    kind text NOT NULL,
    category text NOT NULL,
    video_slot smallint NOT NULL,
    true_from date NOT NULL,
    reason text NOT NULL,
    recorded_by text NOT NULL,
    known_from timestamptz NOT NULL,
    known_until timestamptz DEFAULT 'infinity' NOT NULL,
    CONSTRAINT requirement_withdrawals_known_in_order CHECK ((known_until >= known_from)),
    CONSTRAINT requirement_withdrawals_say_why CHECK ((reason <> '')),
    CONSTRAINT requirement_withdrawals_pkey PRIMARY KEY (id),
    CONSTRAINT requirement_withdrawals_requirement_exists FOREIGN KEY (fiscal_year, kind, category, video_slot) REFERENCES requirements(fiscal_year, kind, category, video_slot)
);
CREATE UNIQUE INDEX requirement_withdrawals_one_standing ON requirement_withdrawals (fiscal_year, kind, category, video_slot) WHERE (known_until = 'infinity');

CREATE TABLE requirements (
    fiscal_year smallint NOT NULL,
    kind text NOT NULL,
    category text NOT NULL,
    video_slot smallint NOT NULL,
    known_from timestamptz DEFAULT '-infinity' NOT NULL,
    CONSTRAINT requirements_kind_is_known CHECK ((kind = ANY (ARRAY['promoter', 'caller']))),
    CONSTRAINT requirements_once PRIMARY KEY (fiscal_year, kind, category, video_slot),
    CONSTRAINT requirements_video_exists FOREIGN KEY (fiscal_year, video_slot) REFERENCES videos(fiscal_year, slot)
);

CREATE TABLE seal_heads (
    "position" bigint NOT NULL,
    digest bytea NOT NULL,
    code bytea NOT NULL,
    written_by bigint NOT NULL,
    event_id bigint NOT NULL,
    sealed_at timestamptz NOT NULL,
    CONSTRAINT seal_heads_code_is_whole CHECK ((length(code) = 32)),
    CONSTRAINT seal_heads_pkey PRIMARY KEY ("position"),
    CONSTRAINT seal_heads_position_fkey FOREIGN KEY ("position") REFERENCES event_seals("position")
);

CREATE TABLE second_factors (
    account_id bigint NOT NULL,
    sealed_secret text NOT NULL,
    set_up_at timestamptz NOT NULL,
    last_step bigint NOT NULL,
    CONSTRAINT second_factors_secret_is_sealed CHECK ((length(sealed_secret) >= 60)),
    CONSTRAINT second_factors_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id),
    CONSTRAINT second_factors_pkey PRIMARY KEY (account_id)
);

CREATE TABLE service_settings (
    name text NOT NULL,
    value text NOT NULL,
    CONSTRAINT service_settings_pkey PRIMARY KEY (name)
);

CREATE TABLE sessions (
    token_hash bytea NOT NULL,
    account_id bigint,
    application_id bigint,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    browser_hash bytea,
    id bigint GENERATED ALWAYS AS IDENTITY,
    network text DEFAULT '' NOT NULL,
    device text DEFAULT '' NOT NULL,
    proved_at timestamptz,
    CONSTRAINT sessions_belong_to_one CHECK (((account_id IS NULL) <> (application_id IS NULL))),
    CONSTRAINT sessions_of_applicants_say_no_place CHECK (((account_id IS NOT NULL) OR ((network = '') AND (device = '')))),
    CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id),
    CONSTRAINT sessions_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT sessions_number_unique UNIQUE (id),
    CONSTRAINT sessions_one_in_a_browser UNIQUE (browser_hash),
    CONSTRAINT sessions_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE signing_keys (
    id text NOT NULL,
    public_key bytea NOT NULL,
    made_at timestamptz NOT NULL,
    retired_at timestamptz,
    compromised_since timestamptz,
    CONSTRAINT signing_keys_are_points CHECK ((octet_length(public_key) = 64)),
    CONSTRAINT signing_keys_compromised_sign_no_more CHECK (((compromised_since IS NULL) OR (retired_at IS NOT NULL))),
    CONSTRAINT signing_keys_retired_later CHECK ((retired_at >= made_at)),
    CONSTRAINT signing_keys_id_unique PRIMARY KEY (id)
);
CREATE UNIQUE INDEX signing_keys_one_signs ON signing_keys (((retired_at IS NULL))) WHERE (retired_at IS NULL);

CREATE TABLE undo_lines (
    plan_id bigint NOT NULL,
    group_file_id bigint NOT NULL,
    row_number integer NOT NULL,
    application_id bigint,
    outcome text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT undo_lines_outcome_is_known CHECK ((outcome = ANY (ARRAY['reversed', 'kept', 'failed']))),
    CONSTRAINT undo_lines_reason_is_known CHECK ((reason = ANY (ARRAY['take_back', 'restore', 'leave', 'unask', 'confirmed', 'approved', 'appointed', 'rejected', 'withdrawn', 'expired', 'merged', 'changed', 'corrected', 'forgotten', 'former_is_gone', 'former_is_taken']))),
    CONSTRAINT undo_lines_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT undo_lines_are_of_a_line FOREIGN KEY (group_file_id, row_number) REFERENCES group_lines(group_file_id, row_number),
    CONSTRAINT undo_lines_once PRIMARY KEY (plan_id, row_number),
    CONSTRAINT undo_lines_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);
CREATE INDEX undo_lines_by_outcome ON undo_lines (plan_id, outcome, row_number);

CREATE TABLE undo_rules (
    name text NOT NULL,
    valid_from date NOT NULL,
    value integer NOT NULL,
    source text NOT NULL,
    CONSTRAINT undo_rules_name_is_known CHECK ((name = ANY (ARRAY['file_days', 'file_letter_minutes']))),
    CONSTRAINT undo_rules_say_where_from CHECK ((source <> '')),
    CONSTRAINT undo_rules_value_not_negative CHECK ((value >= 0)),
    CONSTRAINT undo_rules_once PRIMARY KEY (name, valid_from)
);

CREATE TABLE videos (
    fiscal_year smallint NOT NULL,
    slot smallint NOT NULL,
    code text NOT NULL,
    version text NOT NULL,
    title text NOT NULL,
    url text NOT NULL,
    duration_seconds integer NOT NULL,
    view_valid_from date NOT NULL,
    CONSTRAINT videos_slot_is_positive CHECK (((slot >= 1) AND (slot <= 99))),
    CONSTRAINT videos_code_once_a_year UNIQUE (fiscal_year, code),
    CONSTRAINT videos_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES fiscal_years(start_year),
    CONSTRAINT videos_one_per_slot PRIMARY KEY (fiscal_year, slot)
);

CREATE TABLE viewings (
    id bigint GENERATED ALWAYS AS IDENTITY,
    person_id bigint NOT NULL,
    application_id bigint NOT NULL,
    fiscal_year smallint NOT NULL,
    video_slot smallint NOT NULL,
    grade text NOT NULL,
    viewed_on date NOT NULL,
    recorded_by text NOT NULL,
    known_from timestamptz NOT NULL,
    known_until timestamptz DEFAULT 'infinity' NOT NULL,
    CONSTRAINT viewings_grade_is_known CHECK ((grade = ANY (ARRAY['measured', 'transcript', 'attested', 'declared']))),
    CONSTRAINT viewings_known_in_order CHECK ((known_until >= known_from)),
    CONSTRAINT viewings_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id),
    CONSTRAINT viewings_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
    CONSTRAINT viewings_pkey PRIMARY KEY (id),
    CONSTRAINT viewings_video_exists FOREIGN KEY (fiscal_year, video_slot) REFERENCES videos(fiscal_year, slot)
);
CREATE INDEX viewings_by_person ON viewings (person_id, fiscal_year);
CREATE UNIQUE INDEX viewings_one_standing_per_application_video_year_and_grade ON viewings (application_id, fiscal_year, video_slot, grade) WHERE (known_until = 'infinity');

CREATE TABLE waiting_files (
    id bigint GENERATED ALWAYS AS IDENTITY,
    number text NOT NULL,
    organization_id bigint NOT NULL,
    business_place_id bigint,
    file_name text NOT NULL,
    original bytea,
    coordinator_name text NOT NULL,
    coordinator_phone text NOT NULL,
    coordinator_email text NOT NULL,
    evidence_kind text NOT NULL,
    received_at timestamptz NOT NULL,
    plan_id bigint,
    sheet_name text,
    CONSTRAINT waiting_files_are_kept_until_planned CHECK (((original IS NULL) = (plan_id IS NOT NULL))),
    CONSTRAINT waiting_files_business_place_is_the_organizations FOREIGN KEY (organization_id, business_place_id) REFERENCES business_places(organization_id, id),
    CONSTRAINT waiting_files_number_unique UNIQUE (number),
    CONSTRAINT waiting_files_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
    CONSTRAINT waiting_files_pkey PRIMARY KEY (id),
    CONSTRAINT waiting_files_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

CREATE TABLE wards (
    code text NOT NULL,
    name text NOT NULL,
    ended_on date,
    municipality_code text NOT NULL,
    CONSTRAINT wards_code_has_five_digits CHECK ((code ~ '^[0-9]{5}$')),
    CONSTRAINT wards_name_given CHECK ((name <> '')),
    CONSTRAINT wards_municipality_code_fkey FOREIGN KEY (municipality_code) REFERENCES municipalities(code),
    CONSTRAINT wards_pkey PRIMARY KEY (code)
);
