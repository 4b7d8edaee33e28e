-- 0006 work
-- Why:       jobs, outgoing letters and the journal live in the same transaction as the change.
-- Locks:     none, new tables.   Old code: ignores them.   Back: drop the tables.
-- Retention: outbox bodies 7 days after delivery; jobs 90 days; journal 5 years; exports 7 days.

CREATE TABLE jobs (
    id          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    act         text    NOT NULL,
    subject     text    NOT NULL,
    state       text    NOT NULL DEFAULT 'waiting',
    run_at      timestamptz NOT NULL,
    attempts    integer NOT NULL DEFAULT 0,
    lease_until timestamptz,
    lease_token text    NOT NULL DEFAULT '',
    done_count  integer NOT NULL DEFAULT 0,
    total_count integer NOT NULL DEFAULT 0,
    failure     text    NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT jobs_once_per_subject UNIQUE (act, subject),
    CONSTRAINT jobs_act_is_known CHECK (act IN
        ('apply_group_file', 'apply_appointments', 'apply_renewal', 'export_ministry')),
    CONSTRAINT jobs_state_is_known CHECK (state IN ('waiting', 'done', 'failed'))
);
CREATE INDEX jobs_waiting ON jobs (run_at, id) WHERE state = 'waiting';

CREATE TABLE outbox (
    id          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id  text    NOT NULL,
    letter      text    NOT NULL,
    recipient   text    NOT NULL,
    subject     text    NOT NULL,
    body        text    NOT NULL,
    person_id   bigint  REFERENCES people (id),
    state       text    NOT NULL DEFAULT 'waiting',
    attempts    integer NOT NULL DEFAULT 0,
    send_at     timestamptz NOT NULL,
    lease_until timestamptz,
    lease_token text    NOT NULL DEFAULT '',
    failure     text    NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL,
    delivered_at timestamptz,
    CONSTRAINT outbox_message_id_unique UNIQUE (message_id),
    CONSTRAINT outbox_state_is_known
        CHECK (state IN ('waiting', 'delivered', 'failed', 'suppressed')),
    CONSTRAINT outbox_letter_is_known CHECK (letter IN
        ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied'))
);
CREATE INDEX outbox_waiting ON outbox (send_at, id) WHERE state = 'waiting';

-- The journal: who, what, when it was true, when we learned it. Never a source of tallies.
CREATE TABLE events (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    act        text        NOT NULL,
    actor      text        NOT NULL,
    subject    text        NOT NULL,
    true_on    date        NOT NULL,
    known_from timestamptz NOT NULL,
    detail     jsonb       NOT NULL
);
CREATE INDEX events_by_subject ON events (subject, id);

CREATE TABLE exports (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number       text   NOT NULL,
    fiscal_year  smallint NOT NULL REFERENCES fiscal_years (start_year),
    as_of        date   NOT NULL,
    known_at     timestamptz NOT NULL,
    purpose      text   NOT NULL,
    requested_by text   NOT NULL,
    requested_at timestamptz NOT NULL,
    finished_at  timestamptz,
    byte_count   bigint NOT NULL DEFAULT 0,
    row_count    bigint NOT NULL DEFAULT 0,
    sha256       text   NOT NULL DEFAULT '',
    CONSTRAINT exports_number_unique UNIQUE (number),
    CONSTRAINT exports_say_what_for CHECK (purpose <> '')
);

CREATE TABLE export_chunks (
    export_id bigint  NOT NULL REFERENCES exports (id),
    position  integer NOT NULL,
    bytes     bytea   NOT NULL,
    CONSTRAINT export_chunks_once PRIMARY KEY (export_id, position)
);
