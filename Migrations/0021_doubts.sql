-- 0021 doubts
-- Why:       a row of a body's file that may name somebody a second time waits for the office's word, which is
--            kept with who gave it, so that nobody is asked again.
-- Locks:     none, a new table.   Old code: files such rows by the clerk's word, and asks nobody.
-- Back:      drop the table.
-- Retention: as group_files; the answers of a row in doubt are wiped from group_lines when it is decided.

CREATE TABLE doubts (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_file_id   bigint      NOT NULL,
    row_number      integer     NOT NULL,
    -- The row of the same file that may name the same person.
    other_row       integer     NOT NULL,
    organization_id bigint      NOT NULL REFERENCES organizations (id),
    fiscal_year     smallint    NOT NULL REFERENCES fiscal_years (start_year),
    kind            text        NOT NULL,
    match_key       text        NOT NULL,
    asked_on        date        NOT NULL,
    answer          text        NOT NULL DEFAULT '',
    decided_by      text        NOT NULL DEFAULT '',
    decided_at      timestamptz,
    CONSTRAINT doubts_are_of_a_line FOREIGN KEY (group_file_id, row_number)
        REFERENCES group_lines (group_file_id, row_number),
    CONSTRAINT doubts_answer_is_known CHECK (answer IN ('', 'same', 'different')),
    CONSTRAINT doubts_decided_say_when CHECK ((answer = '') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX doubts_one_per_line ON doubts (group_file_id, row_number);
-- A file sent again asks the same question, not another one.
CREATE UNIQUE INDEX doubts_one_open_per_person_and_body
    ON doubts (organization_id, fiscal_year, kind, match_key) WHERE answer = '';
CREATE INDEX doubts_by_key ON doubts (organization_id, fiscal_year, match_key);
GRANT SELECT ON doubts TO enroll_reader;
