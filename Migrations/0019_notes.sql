-- 0019 notes
-- Why:       what the office writes down about somebody, and which letter it sent once more. A person's page reads both, and
--            whether somebody may be the same as another one.
-- Locks:     ACCESS EXCLUSIVE on outbox for a moment; SHARE on outbox and doubts while their indexes are made.
-- Old code:  ignores it.   Back: drop the table, the column and the indexes.
-- Retention: notes as long as any application of their person; then the words go, and who wrote one and when stays.
CREATE TABLE notes (
    id                 bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id          bigint      NOT NULL REFERENCES people (id),
    -- To the person on their own page; else it is for the office alone.
    is_shown           boolean     NOT NULL,
    words              text        NOT NULL,
    is_forgotten       boolean     NOT NULL DEFAULT false,
    -- The note in whose place it was written.
    corrects           bigint      REFERENCES notes (id),
    written_by         text        NOT NULL,
    written_by_account bigint      GENERATED ALWAYS AS
        (CASE WHEN written_by LIKE 'account:%' THEN substr(written_by, 9)::bigint END) STORED,
    written_at         timestamptz NOT NULL,
    -- Struck out, by whom; it is still to be read.
    struck_by          text        NOT NULL DEFAULT '',
    struck_by_account  bigint      GENERATED ALWAYS AS
        (CASE WHEN struck_by LIKE 'account:%' THEN substr(struck_by, 9)::bigint END) STORED,
    struck_at          timestamptz,
    CONSTRAINT notes_say_something CHECK ((words = '') = is_forgotten),
    CONSTRAINT notes_struck_say_by_whom CHECK ((struck_at IS NULL) = (struck_by = '')),
    CONSTRAINT notes_corrected_once UNIQUE (corrects)
);
CREATE INDEX notes_by_person ON notes (person_id, id);

-- The letter that it says once more.
ALTER TABLE outbox ADD COLUMN repeats bigint REFERENCES outbox (id);
CREATE INDEX outbox_by_person ON outbox (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX outbox_repeated ON outbox (repeats) WHERE repeats IS NOT NULL;

CREATE INDEX doubts_open_by_other ON doubts (other_application_id) WHERE answer = '';
