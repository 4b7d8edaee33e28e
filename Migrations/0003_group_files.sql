-- 0003 group files
-- Why:       an organization sends many applications as one file: plan, apply, progress.
-- Locks:     none, new tables.   Old code: ignores them.   Back: drop the tables.
-- Retention: original and unfiled answers 90 days; the answers of a filed line are wiped at once.

CREATE TABLE group_files (
    id                  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number              text        NOT NULL,
    organization_id     bigint      NOT NULL REFERENCES organizations (id),
    fiscal_year         smallint    NOT NULL REFERENCES fiscal_years (start_year),
    file_name           text        NOT NULL,
    sha256              text        NOT NULL,
    original            bytea,
    encoding            text        NOT NULL,
    header_row          integer     NOT NULL,
    state               text        NOT NULL,
    planned_on          date        NOT NULL,
    plan_hash           text        NOT NULL,
    row_count           integer     NOT NULL,
    new_count           integer     NOT NULL,
    changed_count       integer     NOT NULL,
    unchanged_count     integer     NOT NULL,
    joins_count         integer     NOT NULL,
    repeated_count      integer     NOT NULL,
    error_count         integer     NOT NULL,
    held_count          integer     NOT NULL,
    leaving_count       integer     NOT NULL,
    applied_count       integer     NOT NULL DEFAULT 0,
    file_problems       jsonb       NOT NULL,
    agent_name          text        NOT NULL,
    agent_phone         text        NOT NULL,
    agent_email         text        NOT NULL,
    evidence_kind       text        NOT NULL,
    attested            boolean     NOT NULL,
    uploaded_by         text        NOT NULL,
    uploaded_by_account bigint      GENERATED ALWAYS AS
        (CASE WHEN uploaded_by LIKE 'account:%' THEN substr(uploaded_by, 9)::bigint END) STORED,
    uploaded_at         timestamptz NOT NULL,
    applied_at          timestamptz,
    CONSTRAINT group_files_number_unique UNIQUE (number),
    CONSTRAINT group_files_state_is_known CHECK (state IN ('planned', 'confirmed', 'applied', 'replaced')),
    CONSTRAINT group_files_rows_add_up CHECK (row_count =
        new_count + changed_count + unchanged_count + joins_count + repeated_count + error_count + held_count),
    CONSTRAINT group_files_applied_are_attested CHECK (state <> 'applied' OR attested)
);
CREATE INDEX group_files_by_organization ON group_files (organization_id, id);
CREATE INDEX group_files_by_hash ON group_files (organization_id, sha256);

CREATE TABLE group_lines (
    group_file_id  bigint  NOT NULL REFERENCES group_files (id),
    row_number     integer NOT NULL,
    outcome        text    NOT NULL,
    problems       jsonb   NOT NULL,
    -- Kept only while the row waits for the office's word.
    answers        jsonb,
    application_id bigint  REFERENCES applications (id),
    applied_as     text    NOT NULL DEFAULT '',
    CONSTRAINT group_lines_once PRIMARY KEY (group_file_id, row_number),
    CONSTRAINT group_lines_outcome_is_known
        CHECK (outcome IN ('new', 'changed', 'unchanged', 'joins', 'repeated', 'error', 'held')),
    CONSTRAINT group_lines_applied_as_is_known
        CHECK (applied_as IN ('', 'filed', 'affiliated', 'changed', 'unchanged', 'merged'))
);
CREATE INDEX group_lines_by_outcome ON group_lines (group_file_id, outcome, row_number);

-- A row that may name somebody a second time waits for the office's word, which is kept with who gave it, so that nobody
-- is asked again.
CREATE TABLE doubts (
    id              bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_file_id   bigint   NOT NULL,
    row_number      integer  NOT NULL,
    -- The row of the same file that may name the same person.
    other_row       integer  NOT NULL,
    organization_id bigint   NOT NULL REFERENCES organizations (id),
    fiscal_year     smallint NOT NULL REFERENCES fiscal_years (start_year),
    kind            text     NOT NULL,
    match_key       text     NOT NULL,
    asked_on        date     NOT NULL,
    answer          text     NOT NULL DEFAULT '',
    decided_by      text     NOT NULL DEFAULT '',
    decided_at      timestamptz,
    CONSTRAINT doubts_are_of_a_line
        FOREIGN KEY (group_file_id, row_number) REFERENCES group_lines (group_file_id, row_number),
    CONSTRAINT doubts_answer_is_known CHECK (answer IN ('', 'same', 'different')),
    CONSTRAINT doubts_decided_say_when CHECK ((answer = '') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX doubts_one_per_line ON doubts (group_file_id, row_number);
-- A file sent again asks the same question, not another one.
CREATE UNIQUE INDEX doubts_one_open_per_person_and_body
    ON doubts (organization_id, fiscal_year, kind, match_key) WHERE answer = '';
CREATE INDEX doubts_by_key ON doubts (organization_id, fiscal_year, match_key);
