-- 0016 columns of files
-- Why:       whoever sends an organization's file says what columns are for whose headings nobody understands; the file
--            waits for that, and what was said is remembered for the organization's next file.
-- Locks:     none: new tables.
-- Old code:  knows none of it.   Back: drop the tables, after the files that wait.
-- Retention: what was said as long as the organization; a file that waits as a draft, and once it is planned with its plan.

-- 列の選択: what somebody has said that a column of the organization's files holds. What is said anew closes what was said.
CREATE TABLE column_choices (
    id                bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id   bigint      NOT NULL REFERENCES organizations (id),
    -- As it is compared, and as the file had it.
    heading_key       text        NOT NULL,
    heading           text        NOT NULL,
    -- Which of the columns with this heading.
    ordinal           integer     NOT NULL,
    -- A question, or that it is not used.
    taken_as          text        NOT NULL,
    chosen_by         text        NOT NULL,
    chosen_by_account bigint      GENERATED ALWAYS AS
        (CASE WHEN chosen_by LIKE 'account:%' THEN substr(chosen_by, 9)::bigint END) STORED,
    known_from        timestamptz NOT NULL,
    known_until       timestamptz NOT NULL DEFAULT 'infinity',
    CONSTRAINT column_choices_name_a_heading CHECK (heading_key <> '' AND heading <> ''),
    CONSTRAINT column_choices_heading_is_short CHECK (char_length(heading) <= 200 AND char_length(heading_key) <= 200),
    CONSTRAINT column_choices_ordinal_from_one CHECK (ordinal >= 1),
    CONSTRAINT column_choices_taken_as_is_a_word CHECK (taken_as ~ '^[a-z0-9_]{1,60}$'),
    CONSTRAINT column_choices_known_in_order CHECK (known_until >= known_from)
);
CREATE UNIQUE INDEX column_choices_one_standing_per_heading
    ON column_choices (organization_id, heading_key, ordinal) WHERE known_until = 'infinity';

-- A file of which nobody has said yet what its columns are for.
CREATE TABLE waiting_files (
    id                bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number            text        NOT NULL,
    organization_id   bigint      NOT NULL REFERENCES organizations (id),
    -- How much of the organization whoever sent it looked after.
    business_place_id bigint,
    file_name         text        NOT NULL,
    original          bytea,
    coordinator_name  text        NOT NULL,
    coordinator_phone text        NOT NULL,
    coordinator_email text        NOT NULL,
    evidence_kind     text        NOT NULL,
    received_at       timestamptz NOT NULL,
    -- What it became, so that whoever comes late is led there.
    plan_id           bigint      REFERENCES plans (id),
    CONSTRAINT waiting_files_number_unique UNIQUE (number),
    CONSTRAINT waiting_files_business_place_is_the_organizations
        FOREIGN KEY (organization_id, business_place_id) REFERENCES business_places (organization_id, id),
    CONSTRAINT waiting_files_are_kept_until_planned CHECK ((original IS NULL) = (plan_id IS NOT NULL))
);
