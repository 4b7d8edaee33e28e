-- 0003 plans
-- Why:       every bulk act is planned, looked at and applied: an organization's file, appointments, the turn of the year.
-- Locks:     none, new tables.   Old code: ignores them.   Back: drop the tables.
-- Retention: original and unfiled answers 90 days; the answers of a row are wiped when it is decided.

-- Plans of bulk acts: what will be done, for which day, before anything is done. What a plan of appointments or of the
-- turn of the year does has the ministry's decision, of that day or before; a rehearsal comes before it. An organization's
-- file has its coordinator's word. ops/decisions/0031.
CREATE TABLE plans (
    id                 bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number             text        NOT NULL,
    act                text        NOT NULL,
    fiscal_year        smallint    NOT NULL REFERENCES fiscal_years (start_year),
    planned_on         date        NOT NULL,
    plan_hash          text        NOT NULL,
    decided_on         date,
    decision_number    text,
    attested           boolean     NOT NULL DEFAULT false,
    state              text        NOT NULL,
    planned_by         text        NOT NULL,
    planned_by_account bigint      GENERATED ALWAYS AS
        (CASE WHEN planned_by LIKE 'account:%' THEN substr(planned_by, 9)::bigint END) STORED,
    planned_at         timestamptz NOT NULL,
    applied_at         timestamptz,
    -- The plan whose place it took, because something had changed.
    replaces           bigint      REFERENCES plans (id),
    CONSTRAINT plans_number_unique UNIQUE (number),
    CONSTRAINT plans_act_is_known CHECK (act IN ('group', 'appoint', 'renew')),
    CONSTRAINT plans_state_is_known CHECK (state IN ('planned', 'confirmed', 'applied', 'replaced')),
    CONSTRAINT plans_decision_is_whole CHECK ((decided_on IS NULL) = (decision_number IS NULL)),
    CONSTRAINT plans_decision_number_given CHECK (decision_number <> ''),
    CONSTRAINT plans_applied_are_decided
        CHECK (act = 'group' OR state <> 'applied' OR decision_number IS NOT NULL),
    CONSTRAINT plans_applied_are_attested CHECK (act <> 'group' OR state <> 'applied' OR attested),
    CONSTRAINT plans_decided_by_the_day_they_are_applied
        CHECK (decided_on <= (applied_at AT TIME ZONE 'Asia/Tokyo')::date)
);

-- What a plan of appointments or of the turn of the year says of each person.
CREATE TABLE plan_lines (
    plan_id        bigint  NOT NULL REFERENCES plans (id),
    position       integer NOT NULL,
    person_id      bigint  NOT NULL REFERENCES people (id),
    application_id bigint  NOT NULL REFERENCES applications (id),
    kind           text    NOT NULL,
    outcome        text    NOT NULL,
    history        text    NOT NULL,
    detail         text    NOT NULL DEFAULT '',
    -- What the plan that this one replaces said of them, where it was something else.
    earlier        text,
    CONSTRAINT plan_lines_once PRIMARY KEY (plan_id, position),
    CONSTRAINT plan_lines_one_per_person_and_kind UNIQUE (plan_id, person_id, kind),
    CONSTRAINT plan_lines_outcome_is_known CHECK (outcome IN
        ('appoint', 'waits', 'continues', 'lacks_video', 'organization_closed', 'already_applied', 'declined',
         'unanswered', 'gone'))
);
CREATE INDEX plan_lines_by_outcome ON plan_lines (plan_id, outcome, position);
CREATE INDEX plan_lines_differing ON plan_lines (plan_id, position) WHERE earlier IS NOT NULL;

-- An organization's file and what was found in it. Details, the cells of its lines and what its problems are about are
-- forgotten with the original.
CREATE TABLE group_files (
    id                bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id           bigint  NOT NULL REFERENCES plans (id),
    organization_id   bigint  NOT NULL REFERENCES organizations (id),
    file_name         text    NOT NULL,
    sha256            text    NOT NULL,
    original          bytea,
    encoding          text    NOT NULL,
    header_row        integer NOT NULL,
    row_count         integer NOT NULL,
    new_count         integer NOT NULL,
    changed_count     integer NOT NULL,
    unchanged_count   integer NOT NULL,
    joins_count       integer NOT NULL,
    repeated_count    integer NOT NULL,
    error_count       integer NOT NULL,
    held_count        integer NOT NULL,
    leaving_count     integer NOT NULL,
    badge_count       integer NOT NULL DEFAULT 0,
    applied_count     integer NOT NULL DEFAULT 0,
    -- Each with its question and with all that its sentence needs.
    file_problems     jsonb   NOT NULL,
    -- The headings, and what was not used.
    details           jsonb,
    coordinator_name  text    NOT NULL,
    coordinator_phone text    NOT NULL,
    coordinator_email text    NOT NULL,
    evidence_kind     text    NOT NULL,
    CONSTRAINT group_files_one_per_plan UNIQUE (plan_id),
    CONSTRAINT group_files_rows_add_up CHECK (row_count =
        new_count + changed_count + unchanged_count + joins_count + repeated_count + error_count + held_count),
    CONSTRAINT group_files_forgotten_tell_nothing CHECK ((original IS NULL) = (details IS NULL)
        AND (original IS NOT NULL OR NOT jsonb_path_exists(file_problems, '$[*].arguments')))
);
CREATE INDEX group_files_by_organization ON group_files (organization_id, id);
CREATE INDEX group_files_by_hash ON group_files (organization_id, sha256);

CREATE TABLE group_lines (
    group_file_id  bigint  NOT NULL REFERENCES group_files (id),
    row_number     integer NOT NULL,
    outcome        text    NOT NULL,
    problems       jsonb   NOT NULL,
    -- What the page shows of the row: the name, and what its problems are about.
    cells          jsonb,
    -- Kept only while the row waits for the office's word.
    answers        jsonb,
    application_id bigint  REFERENCES applications (id),
    applied_as     text    NOT NULL DEFAULT '',
    CONSTRAINT group_lines_once PRIMARY KEY (group_file_id, row_number),
    CONSTRAINT group_lines_outcome_is_known
        CHECK (outcome IN ('new', 'changed', 'unchanged', 'joins', 'repeated', 'error', 'held')),
    CONSTRAINT group_lines_applied_as_is_known
        CHECK (applied_as IN ('', 'submitted', 'affiliated', 'changed', 'unchanged', 'merged')),
    CONSTRAINT group_lines_forgotten_tell_nothing
        CHECK (cells IS NOT NULL OR NOT jsonb_path_exists(problems, '$[*].arguments'))
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
CREATE UNIQUE INDEX doubts_one_open_per_person_and_organization
    ON doubts (organization_id, fiscal_year, kind, match_key) WHERE answer = '';
CREATE INDEX doubts_by_key ON doubts (organization_id, fiscal_year, match_key);
