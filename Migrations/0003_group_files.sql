-- 0003 group files
-- Why:       a body sends many applications as one file: plan, apply, progress (decision 9).
-- Locks:     none, new tables.   Old code: ignores them.   Back: drop the tables.
-- Retention: original and unfiled answers 90 days; the answers of a filed line are wiped at once.

CREATE TABLE group_files (
    id              bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number          text     NOT NULL,
    organization_id bigint   NOT NULL REFERENCES organizations (id),
    fiscal_year     smallint NOT NULL REFERENCES fiscal_years (start_year),
    file_name       text     NOT NULL,
    sha256          text     NOT NULL,
    original        bytea,
    encoding        text     NOT NULL,
    header_row      integer  NOT NULL,
    state           text     NOT NULL,
    planned_on      date     NOT NULL,
    plan_hash       text     NOT NULL,
    row_count       integer  NOT NULL,
    new_count       integer  NOT NULL,
    changed_count   integer  NOT NULL,
    unchanged_count integer  NOT NULL,
    duplicate_count integer  NOT NULL,
    error_count     integer  NOT NULL,
    held_count      integer  NOT NULL,
    leaving_count   integer  NOT NULL,
    applied_count   integer  NOT NULL DEFAULT 0,
    file_problems   jsonb    NOT NULL,
    agent_name      text     NOT NULL,
    agent_phone     text     NOT NULL,
    agent_email     text     NOT NULL,
    evidence_kind   text     NOT NULL,
    attested        boolean  NOT NULL,
    uploaded_by     text     NOT NULL,
    uploaded_at     timestamptz NOT NULL,
    applied_at      timestamptz,
    CONSTRAINT group_files_number_unique UNIQUE (number),
    CONSTRAINT group_files_state_is_known CHECK (state IN
        ('planned', 'confirmed', 'applied', 'failed', 'refused', 'replaced')),
    CONSTRAINT group_files_rows_add_up CHECK (row_count = new_count + changed_count
        + unchanged_count + duplicate_count + error_count + held_count),
    CONSTRAINT group_files_applied_are_attested CHECK (state <> 'applied' OR attested)
);
CREATE INDEX group_files_by_organization ON group_files (organization_id, id);
CREATE INDEX group_files_by_hash ON group_files (organization_id, sha256);

CREATE TABLE group_lines (
    group_file_id  bigint  NOT NULL REFERENCES group_files (id),
    row_number     integer NOT NULL,
    outcome        text    NOT NULL,
    problems       jsonb   NOT NULL,
    answers        jsonb,
    application_id bigint  REFERENCES applications (id),
    applied_as     text    NOT NULL DEFAULT '',
    CONSTRAINT group_lines_once PRIMARY KEY (group_file_id, row_number),
    CONSTRAINT group_lines_outcome_is_known CHECK (outcome IN
        ('new', 'changed', 'unchanged', 'duplicate', 'error', 'held')),
    CONSTRAINT group_lines_applied_as_is_known CHECK (applied_as IN
        ('', 'filed', 'affiliated', 'changed', 'unchanged', 'merged', 'refused'))
);
CREATE INDEX group_lines_by_outcome ON group_lines (group_file_id, outcome, row_number);
