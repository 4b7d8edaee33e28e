-- 0001 reference
-- Why:       rules, lists and texts of a fiscal year are dated data, never code; what each organization is in a year, and
--            how long each kind of data is kept, stands with them.
-- Locks:     none, new tables.   Old code: ignores them.   Back: drop the tables.
-- Retention: kept for ever; no personal data.

-- What this database is for. Only a demo or a rehearsal may be asked about a time that is still to come.
CREATE TABLE installation (
    only_row   boolean     PRIMARY KEY DEFAULT true,
    kind       text        NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT installation_has_one_row CHECK (only_row),
    CONSTRAINT installation_kind_is_known CHECK (kind IN ('demo', 'rehearsal', 'production'))
);

CREATE TABLE reference_files (
    path      text        NOT NULL,
    sha256    text        NOT NULL,
    loaded_at timestamptz NOT NULL,
    CONSTRAINT reference_files_loaded_once PRIMARY KEY (path, sha256)
);

-- Names of the service that a fiscal year or an installation sets (issuer, telephone, hours).
CREATE TABLE service_settings (
    name  text PRIMARY KEY,
    value text NOT NULL
);

-- How long each kind of data is kept: what the heads of these files promise, word by word, dated and with its source.
-- `enroll forget` and the worker obey it. ops/decisions/0024.
CREATE TABLE lifetimes (
    kind       text    NOT NULL,
    -- From this day on it holds, until a later row of the kind does.
    valid_from date    NOT NULL,
    amount     integer NOT NULL,
    unit       text    NOT NULL,
    source     text    NOT NULL,
    CONSTRAINT lifetimes_once PRIMARY KEY (kind, valid_from),
    CONSTRAINT lifetimes_kind_is_known CHECK (kind IN
        ('draft', 'mail_code', 'session', 'limit_count', 'letter_body', 'undelivered_letter', 'group_original',
         'group_answers', 'job', 'export_bytes', 'journal_details', 'application_without_appointment',
         'application_with_appointment')),
    CONSTRAINT lifetimes_unit_is_known CHECK (unit IN ('days', 'years', 'fiscal_years')),
    CONSTRAINT lifetimes_amount_is_no_debt CHECK (amount BETWEEN 0 AND 36500),
    CONSTRAINT lifetimes_say_where_from CHECK (source <> '')
);

CREATE TABLE prefectures (
    code text PRIMARY KEY,
    name text NOT NULL,
    CONSTRAINT prefectures_code_has_two_digits CHECK (code ~ '^[0-9]{2}$'),
    CONSTRAINT prefectures_name_unique UNIQUE (name)
);

CREATE TABLE municipalities (
    code            text PRIMARY KEY,
    prefecture_code text NOT NULL REFERENCES prefectures (code),
    county          text NOT NULL,
    name            text NOT NULL,
    CONSTRAINT municipalities_code_has_six_digits CHECK (code ~ '^[0-9]{6}$'),
    CONSTRAINT municipalities_name_unique_in_prefecture UNIQUE (prefecture_code, county, name)
);

CREATE TABLE wards (
    code              text PRIMARY KEY,
    name              text NOT NULL,
    ended_on          date,
    municipality_code text NOT NULL REFERENCES municipalities (code),
    CONSTRAINT wards_code_has_five_digits CHECK (code ~ '^[0-9]{5}$'),
    CONSTRAINT wards_name_given CHECK (name <> '')
);

-- Which places the codes of an area of three digits belong to: zeros that a spreadsheet ate are given back by it, and a
-- code of another place is asked about.
CREATE TABLE postal_areas (
    area   text PRIMARY KEY,
    places text NOT NULL,
    CONSTRAINT postal_areas_area_has_three_digits CHECK (area ~ '^[0-9]{3}$'),
    -- 01102:0000/0010-0040;01303:8089
    CONSTRAINT postal_areas_places_are_runs CHECK (places ~
        '^([0-9]{5}:[0-9]{4}(-[0-9]{4})?(/[0-9]{4}(-[0-9]{4})?)*(;|$))+$' AND places !~ ';$')
);

CREATE TABLE fiscal_years (
    start_year      smallint PRIMARY KEY,
    opens_on        date     NOT NULL,
    closes_on       date,
    grace_until     date     NOT NULL,
    renewal_policy  text     NOT NULL,
    inquiry_phone   text     NOT NULL,
    viewing_percent smallint NOT NULL,
    CONSTRAINT fiscal_years_start_is_plausible CHECK (start_year BETWEEN 2022 AND 2200),
    CONSTRAINT fiscal_years_close_after_opening CHECK (closes_on IS NULL OR closes_on >= opens_on),
    CONSTRAINT fiscal_years_policy_is_known CHECK (renewal_policy IN ('automatic', 'answer')),
    CONSTRAINT fiscal_years_percent_is_a_share CHECK (viewing_percent BETWEEN 1 AND 100)
);

CREATE TABLE programmes (
    fiscal_year smallint NOT NULL REFERENCES fiscal_years (start_year),
    id          text     NOT NULL,
    category    text     NOT NULL,
    ministry    text     NOT NULL,
    name        text     NOT NULL,
    position    smallint NOT NULL,
    CONSTRAINT programmes_once_a_year PRIMARY KEY (fiscal_year, id),
    CONSTRAINT programmes_category_is_known CHECK (category IN ('national_project', 'local_gov_project'))
);

CREATE TABLE organization_groups (
    code     text PRIMARY KEY,
    name     text NOT NULL,
    position smallint NOT NULL,
    CONSTRAINT organization_groups_name_unique UNIQUE (name)
);

CREATE TABLE organizations (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code             text   NOT NULL,
    name             text   NOT NULL,
    corporate_number text   NOT NULL DEFAULT '',
    kind_code        text   NOT NULL,
    group_code       text   NOT NULL REFERENCES organization_groups (code),
    CONSTRAINT organizations_code_unique UNIQUE (code),
    CONSTRAINT organizations_code_is_plain CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    CONSTRAINT organizations_name_given CHECK (name <> ''),
    CONSTRAINT organizations_corporate_number_has_13_digits CHECK (corporate_number ~ '^([0-9]{13})?$'),
    CONSTRAINT organizations_kind_code_has_three_digits CHECK (kind_code ~ '^[0-9]{3}$')
);

-- An organization as it is in a fiscal year. Its name and group belong to the year: numbers of a past one keep them.
CREATE TABLE organization_years (
    fiscal_year     smallint NOT NULL REFERENCES fiscal_years (start_year),
    organization_id bigint   NOT NULL REFERENCES organizations (id),
    name            text     NOT NULL DEFAULT '',
    group_code      text     REFERENCES organization_groups (code),
    category        text     NOT NULL,
    programme_id    text,
    opens_on        date     NOT NULL,
    closes_on       date,
    activity_note   text     NOT NULL DEFAULT '',
    position        smallint NOT NULL DEFAULT 0,
    CONSTRAINT organization_years_once PRIMARY KEY (fiscal_year, organization_id),
    CONSTRAINT organization_years_programme_exists
        FOREIGN KEY (fiscal_year, programme_id) REFERENCES programmes (fiscal_year, id),
    CONSTRAINT organization_years_category_is_known CHECK (category IN
        ('national_project', 'listed_org', 'local_gov_project', 'agency_approved', 'community_caller'))
);

CREATE TABLE videos (
    fiscal_year      smallint NOT NULL REFERENCES fiscal_years (start_year),
    slot             smallint NOT NULL,
    code             text     NOT NULL,
    version          text     NOT NULL,
    title            text     NOT NULL,
    url              text     NOT NULL,
    duration_seconds integer  NOT NULL,
    view_valid_from  date     NOT NULL,
    CONSTRAINT videos_one_per_slot PRIMARY KEY (fiscal_year, slot),
    CONSTRAINT videos_code_once_a_year UNIQUE (fiscal_year, code),
    CONSTRAINT videos_slot_is_positive CHECK (slot BETWEEN 1 AND 99)
);

-- Which videos a kind needs in a category; no row means none is needed.
CREATE TABLE requirements (
    fiscal_year smallint    NOT NULL,
    kind        text        NOT NULL,
    category    text        NOT NULL,
    video_slot  smallint    NOT NULL,
    known_from  timestamptz NOT NULL DEFAULT '-infinity',
    CONSTRAINT requirements_once PRIMARY KEY (fiscal_year, kind, category, video_slot),
    CONSTRAINT requirements_video_exists FOREIGN KEY (fiscal_year, video_slot) REFERENCES videos (fiscal_year, slot),
    CONSTRAINT requirements_kind_is_known CHECK (kind IN ('promoter', 'caller'))
);

-- A required video that was declared by mistake is withdrawn from a day on; the row that declared it stays.
CREATE TABLE requirement_withdrawals (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fiscal_year smallint    NOT NULL,
    kind        text        NOT NULL,
    category    text        NOT NULL,
    video_slot  smallint    NOT NULL,
    -- From this day on the video is not required.
    true_from   date        NOT NULL,
    reason      text        NOT NULL,
    recorded_by text        NOT NULL,
    known_from  timestamptz NOT NULL,
    known_until timestamptz NOT NULL DEFAULT 'infinity',
    CONSTRAINT requirement_withdrawals_requirement_exists
        FOREIGN KEY (fiscal_year, kind, category, video_slot) REFERENCES requirements,
    CONSTRAINT requirement_withdrawals_say_why CHECK (reason <> ''),
    CONSTRAINT requirement_withdrawals_known_in_order CHECK (known_until >= known_from)
);
CREATE UNIQUE INDEX requirement_withdrawals_one_standing
    ON requirement_withdrawals (fiscal_year, kind, category, video_slot) WHERE known_until = 'infinity';

CREATE TABLE consent_texts (
    fiscal_year smallint NOT NULL REFERENCES fiscal_years (start_year),
    kind        text     NOT NULL,
    version     text     NOT NULL,
    title       text     NOT NULL,
    body        text     NOT NULL,
    sha256      text     NOT NULL,
    is_required boolean  NOT NULL,
    CONSTRAINT consent_texts_one_version_a_year PRIMARY KEY (fiscal_year, kind),
    CONSTRAINT consent_texts_kind_is_known CHECK (kind IN ('terms', 'privacy', 'share', 'public'))
);
