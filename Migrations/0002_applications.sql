-- 0002 applications
-- Why:       an application is the first thing the programme knows of a person.
-- Locks:     none, new tables.   Old code: ignores them.   Back: drop the tables.
-- Retention: applications that led to no appointment 1 fiscal year, others 5 fiscal years after the last appointment: then
--            their particulars are wiped, and the row stays with what is counted; drafts 30 days.

CREATE TABLE people (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member_number text,
    known_from    timestamptz NOT NULL,
    CONSTRAINT people_member_number_unique UNIQUE (member_number)
);

CREATE TABLE drafts (
    token_hash   bytea       PRIMARY KEY,
    fiscal_year  smallint    NOT NULL REFERENCES fiscal_years (start_year),
    answers      jsonb       NOT NULL,
    once_key     text        NOT NULL,
    created_at   timestamptz NOT NULL,
    confirmed_at timestamptz,
    receipt      text,
    CONSTRAINT drafts_once_key_unique UNIQUE (once_key)
);
CREATE INDEX drafts_by_age ON drafts (created_at);

CREATE TABLE applications (
    id                bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    receipt           text        NOT NULL,
    person_id         bigint      NOT NULL REFERENCES people (id),
    fiscal_year       smallint    NOT NULL REFERENCES fiscal_years (start_year),
    kind              text        NOT NULL,
    route             text        NOT NULL,
    state             text        NOT NULL,
    state_changed_at  timestamptz NOT NULL,
    category          text        NOT NULL,
    programme_id      text,
    organization_id   bigint      REFERENCES organizations (id),
    -- The organization whose file filed it, which is the application's own; null where the person applied
    -- themselves. A renewal keeps it.
    submitted_by          bigint,
    unit              text        NOT NULL,
    -- 所属先の名称, asked of whoever belongs to no organization of the list.
    workplace_name    text        NOT NULL DEFAULT '',
    activity_note     text        NOT NULL,
    family_name       text        NOT NULL,
    given_name        text        NOT NULL,
    family_name_kana  text        NOT NULL,
    given_name_kana   text        NOT NULL,
    family_name_0213  text        NOT NULL,
    given_name_0213   text        NOT NULL,
    no_reading        boolean     NOT NULL,
    single_name       boolean     NOT NULL,
    postal_code       text        NOT NULL,
    prefecture_code   text        NOT NULL REFERENCES prefectures (code),
    municipality_code text        NOT NULL REFERENCES municipalities (code),
    ward              text        NOT NULL,
    street            text        NOT NULL,
    building          text        NOT NULL,
    email             text        NOT NULL,
    phone             text        NOT NULL,
    employee_number   text        NOT NULL,
    badge_opt_in      boolean     NOT NULL,
    news_opt_in       boolean     NOT NULL,
    -- Whether what was typed may be used for the next year. A box that nobody ticked is no answer (ops/decisions/0014).
    reuse_answer      text        NOT NULL DEFAULT 'not_asked',
    share_consent     boolean     NOT NULL,
    public_consent    boolean     NOT NULL,
    match_key         text        NOT NULL,
    -- Folded as names are.
    workplace_key     text        NOT NULL DEFAULT '',
    loose_key         text        NOT NULL,
    sort_key          text        NOT NULL COLLATE "ja-x-icu",
    content_hash      text        NOT NULL,
    once_key          text        NOT NULL,
    merged_into       bigint      REFERENCES applications (id),
    received_on       date        NOT NULL,
    received_at       timestamptz NOT NULL,
    -- Whether the appointment that came of it ended before its year did. The days are in appointment_terms; this is
    -- what an index can see of them.
    appointment_ended boolean     NOT NULL DEFAULT false,
    -- When the particulars were wiped. The row stays with what is counted: kind, year, organization, prefecture, days.
    forgotten_at      timestamptz,
    CONSTRAINT applications_receipt_unique UNIQUE (receipt),
    CONSTRAINT applications_once_key_unique UNIQUE (once_key),
    CONSTRAINT applications_kind_is_known CHECK (kind IN ('promoter', 'caller')),
    CONSTRAINT applications_route_is_known CHECK (route IN ('individual', 'group', 'renewal')),
    CONSTRAINT applications_state_is_known CHECK (state IN
        ('draft', 'submitted', 'correcting', 'reviewing', 'approved', 'appointed', 'rejected', 'withdrawn', 'merged',
         'expired')),
    CONSTRAINT applications_category_is_known CHECK (category IN
        ('national_project', 'listed_org', 'local_gov_project', 'agency_approved', 'community_caller')),
    CONSTRAINT applications_programme_exists
        FOREIGN KEY (fiscal_year, programme_id) REFERENCES programmes (fiscal_year, id),
    CONSTRAINT applications_submitted_by_their_own_organization
        CHECK (submitted_by IS NULL OR submitted_by IS NOT DISTINCT FROM organization_id),
    CONSTRAINT applications_reuse_answer_is_known CHECK (reuse_answer IN ('yes', 'no', 'not_asked')),
    CONSTRAINT applications_have_a_name CHECK (family_name <> '' OR given_name <> '' OR forgotten_at IS NOT NULL),
    CONSTRAINT applications_can_be_reached CHECK (email <> '' OR employee_number <> '' OR forgotten_at IS NOT NULL),
    CONSTRAINT applications_forgotten_name_nobody CHECK (forgotten_at IS NULL OR
        (family_name || given_name || family_name_kana || given_name_kana || family_name_0213 || given_name_0213
         || ward || street || building || email || phone || employee_number || workplace_name || workplace_key || unit
         || activity_note || content_hash = '')
        AND sort_key = '' AND match_key LIKE 'forgotten:%' AND loose_key LIKE 'forgotten:%'),
    CONSTRAINT applications_merged_say_into_what CHECK (state <> 'merged' OR merged_into IS NOT NULL),
    CONSTRAINT applications_postal_code_has_seven_digits CHECK (postal_code ~ '^[0-9]{7}$')
);
-- Whoever resigned, was dismissed or changed the kind may apply again in the same year.
CREATE UNIQUE INDEX applications_one_live_per_kind_and_year ON applications (fiscal_year, kind, match_key)
    WHERE state IN ('submitted', 'correcting', 'reviewing', 'approved', 'appointed') AND NOT appointment_ended;
CREATE INDEX applications_by_person ON applications (person_id);
CREATE INDEX applications_queue ON applications (fiscal_year, state, id);
-- The office counts beside its queue how many appointments of the year have ended; they are few.
CREATE INDEX applications_ended ON applications (fiscal_year, state) WHERE appointment_ended;
-- The key begins with the folded name, so that it is both the sure key and the name's prefix.
CREATE INDEX applications_by_name ON applications (match_key COLLATE "C", id);
CREATE INDEX applications_by_kana ON applications (split_part(loose_key, '|', -1) COLLATE "C", id);
-- Most say nothing of it.
CREATE INDEX applications_by_workplace ON applications (workplace_key COLLATE "C", id) WHERE workplace_key <> '';
CREATE INDEX applications_by_mail ON applications (lower(email) COLLATE "C", id);

-- What an application's state was, since when, and when we learned it.
CREATE TABLE application_states (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id bigint      NOT NULL REFERENCES applications (id),
    state          text        NOT NULL,
    true_on        date        NOT NULL,
    known_from     timestamptz NOT NULL,
    reason         text        NOT NULL DEFAULT ''
);
CREATE INDEX application_states_by_application ON application_states (application_id, id);

-- What was replaced by a correction, with the moment until which it was believed: numbers and names of a day come out
-- again.
CREATE TABLE application_versions (
    application_id    bigint      NOT NULL REFERENCES applications (id),
    family_name       text        NOT NULL,
    given_name        text        NOT NULL,
    family_name_kana  text        NOT NULL,
    given_name_kana   text        NOT NULL,
    family_name_0213  text        NOT NULL,
    given_name_0213   text        NOT NULL,
    postal_code       text        NOT NULL,
    prefecture_code   text        NOT NULL REFERENCES prefectures (code),
    municipality_code text        NOT NULL REFERENCES municipalities (code),
    ward              text        NOT NULL,
    street            text        NOT NULL,
    building          text        NOT NULL,
    phone             text        NOT NULL,
    unit              text        NOT NULL,
    workplace_name    text        NOT NULL DEFAULT '',
    badge_opt_in      boolean     NOT NULL,
    content_hash      text        NOT NULL,
    known_from        timestamptz NOT NULL,
    known_until       timestamptz NOT NULL,
    CONSTRAINT application_versions_end_once PRIMARY KEY (application_id, known_until),
    CONSTRAINT application_versions_known_in_order CHECK (known_until >= known_from)
);
CREATE INDEX application_versions_by_end ON application_versions (known_until);

CREATE TABLE application_consents (
    application_id bigint      NOT NULL REFERENCES applications (id),
    kind           text        NOT NULL,
    version        text        NOT NULL,
    given_by       text        NOT NULL,
    known_from     timestamptz NOT NULL,
    CONSTRAINT application_consents_once PRIMARY KEY (application_id, kind),
    CONSTRAINT application_consents_giver_is_known CHECK (given_by IN ('person', 'coordinator'))
);

-- Facts: a person belongs to an organization in a fiscal year. Rows are added, never changed, except that known_until
-- closes a row which a later one replaces.
CREATE TABLE affiliations (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id       bigint      NOT NULL REFERENCES people (id),
    organization_id bigint      NOT NULL REFERENCES organizations (id),
    application_id  bigint      NOT NULL REFERENCES applications (id),
    fiscal_year     smallint    NOT NULL REFERENCES fiscal_years (start_year),
    unit            text        NOT NULL,
    is_primary      boolean     NOT NULL,
    row_hash        text        NOT NULL,
    -- A roster is paged by the kana, however many people stand in it.
    sort_key        text        NOT NULL DEFAULT '' COLLATE "ja-x-icu",
    true_from       date        NOT NULL,
    true_until      date        NOT NULL,
    known_from      timestamptz NOT NULL,
    known_until     timestamptz NOT NULL DEFAULT 'infinity',
    CONSTRAINT affiliations_last_some_time CHECK (true_until >= true_from),
    CONSTRAINT affiliations_known_in_order CHECK (known_until >= known_from)
);
CREATE UNIQUE INDEX affiliations_one_standing_per_person_organization_and_year
    ON affiliations (fiscal_year, organization_id, person_id, application_id) WHERE known_until = 'infinity';
CREATE UNIQUE INDEX affiliations_one_primary_per_application
    ON affiliations (application_id) WHERE is_primary AND known_until = 'infinity';
CREATE INDEX affiliations_by_person ON affiliations (person_id);
CREATE INDEX affiliations_by_kana
    ON affiliations (organization_id, fiscal_year, sort_key, id) WHERE known_until = 'infinity';

-- Facts: a person watched a required video on a day, by what evidence. What was watched for the next year stands beside
-- what was watched for this one.
CREATE TABLE viewings (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id      bigint      NOT NULL REFERENCES people (id),
    application_id bigint      NOT NULL REFERENCES applications (id),
    fiscal_year    smallint    NOT NULL,
    video_slot     smallint    NOT NULL,
    grade          text        NOT NULL,
    viewed_on      date        NOT NULL,
    recorded_by    text        NOT NULL,
    known_from     timestamptz NOT NULL,
    known_until    timestamptz NOT NULL DEFAULT 'infinity',
    CONSTRAINT viewings_video_exists FOREIGN KEY (fiscal_year, video_slot) REFERENCES videos (fiscal_year, slot),
    CONSTRAINT viewings_grade_is_known CHECK (grade IN ('measured', 'transcript', 'attested', 'declared')),
    CONSTRAINT viewings_known_in_order CHECK (known_until >= known_from)
);
CREATE UNIQUE INDEX viewings_one_standing_per_application_video_year_and_grade
    ON viewings (application_id, fiscal_year, video_slot, grade) WHERE known_until = 'infinity';
CREATE INDEX viewings_by_person ON viewings (person_id, fiscal_year);

-- Facts: what an organization's file says of somebody otherwise than the application does, as typed. Rows are added,
-- never changed, except that known_until closes a row which a later file of the organization replaces.
CREATE TABLE proposals (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id  bigint      NOT NULL REFERENCES applications (id),
    organization_id bigint      NOT NULL REFERENCES organizations (id),
    answers         jsonb       NOT NULL,
    known_from      timestamptz NOT NULL,
    known_until     timestamptz NOT NULL DEFAULT 'infinity',
    CONSTRAINT proposals_say_something CHECK (answers <> '{}'),
    CONSTRAINT proposals_known_in_order CHECK (known_until >= known_from)
);
CREATE UNIQUE INDEX proposals_one_standing_per_application_and_organization
    ON proposals (application_id, organization_id) WHERE known_until = 'infinity';
