-- 0006 work
-- Why:       jobs, outgoing letters and the journal live in the same transaction as the change.
-- Locks:     none, new tables.   Old code: ignores them.   Back: drop the tables.
-- Retention: outbox bodies 7 days after delivery; jobs 90 days; exports 7 days; what events were about for ever, it names
--            nobody, and their details as lifetimes says (journal 5 years).

-- A job's row is held by the transaction that does it, so that whoever dies gives it back. One that breaks is put off and
-- given up at last.
CREATE TABLE jobs (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    act          text        NOT NULL,
    subject      text        NOT NULL,
    state        text        NOT NULL DEFAULT 'waiting',
    run_at       timestamptz NOT NULL,
    attempts     integer     NOT NULL DEFAULT 0,
    failure_kind text,
    -- The new plan, the name of the refusal or the reference.
    failure      text        NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    CONSTRAINT jobs_once_per_subject UNIQUE (act, subject),
    CONSTRAINT jobs_act_is_known CHECK (act IN
        ('apply_group_file', 'apply_appointments', 'apply_renewal', 'export_ministry')),
    CONSTRAINT jobs_state_is_known CHECK (state IN ('waiting', 'done', 'failed')),
    CONSTRAINT jobs_failure_is_known CHECK (failure_kind IN ('changed', 'refused', 'broke')),
    CONSTRAINT jobs_failed_say_why CHECK ((state = 'failed') = (failure_kind IS NOT NULL))
);
CREATE INDEX jobs_waiting ON jobs (run_at, id) WHERE state = 'waiting';

CREATE TABLE job_progress (
    job_id      bigint      PRIMARY KEY REFERENCES jobs (id),
    done_count  integer     NOT NULL,
    total_count integer     NOT NULL,
    seen_at     timestamptz NOT NULL,
    CONSTRAINT job_progress_not_beyond_the_end CHECK (done_count BETWEEN 0 AND total_count)
);

-- A code must not wait behind a mass mail: letters go in lanes, each fair by the domain of its recipients.
CREATE TABLE outbox (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id   text        NOT NULL,
    letter       text        NOT NULL,
    lane         text        NOT NULL DEFAULT 'receipts',
    recipient    text        NOT NULL,
    subject      text        NOT NULL,
    body         text        NOT NULL,
    person_id    bigint      REFERENCES people (id),
    state        text        NOT NULL DEFAULT 'waiting',
    attempts     integer     NOT NULL DEFAULT 0,
    send_at      timestamptz NOT NULL,
    lease_until  timestamptz,
    lease_token  text        NOT NULL DEFAULT '',
    failure      text        NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    delivered_at timestamptz,
    CONSTRAINT outbox_message_id_unique UNIQUE (message_id),
    CONSTRAINT outbox_state_is_known CHECK (state IN ('waiting', 'delivered', 'failed', 'suppressed')),
    CONSTRAINT outbox_lane_is_known CHECK (lane IN ('codes', 'receipts', 'mass')),
    CONSTRAINT outbox_letter_is_known CHECK (letter IN
        ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed',
         'rejection', 'job_failed', 'expired', 'sign_in_warning', 'alarm'))
);
CREATE INDEX outbox_waiting ON outbox (send_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_by_lane_and_domain ON outbox
    (lane, (lower(split_part(recipient, '@', 2)) COLLATE "C"), send_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_failed ON outbox (id) WHERE state = 'failed';
CREATE INDEX outbox_bodies ON outbox ((coalesce(delivered_at, created_at)))
    WHERE body <> '' AND state <> 'waiting';

-- What a mail server has against us holds the queue and ends no letter.
CREATE TABLE mail_hold (
    only_row boolean     PRIMARY KEY DEFAULT true,
    why      text        NOT NULL,
    since    timestamptz NOT NULL,
    until    timestamptz NOT NULL,
    tries    integer     NOT NULL,
    CONSTRAINT mail_hold_has_one_row CHECK (only_row),
    CONSTRAINT mail_hold_says_why CHECK (why <> '')
);

-- Workbooks of 本省様式.
CREATE TABLE exports (
    id                   bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number               text        NOT NULL,
    fiscal_year          smallint    NOT NULL REFERENCES fiscal_years (start_year),
    as_of                date        NOT NULL,
    known_at             timestamptz NOT NULL,
    purpose              text        NOT NULL,
    requested_by         text        NOT NULL,
    requested_by_account bigint      GENERATED ALWAYS AS
        (CASE WHEN requested_by LIKE 'account:%' THEN substr(requested_by, 9)::bigint END) STORED,
    requested_at         timestamptz NOT NULL,
    finished_at          timestamptz,
    byte_count           bigint      NOT NULL DEFAULT 0,
    row_count            bigint      NOT NULL DEFAULT 0,
    sha256               text        NOT NULL DEFAULT '',
    -- Of the data parts alone: the same whenever and by whomever they were written.
    data_sha256          text        NOT NULL DEFAULT '',
    CONSTRAINT exports_number_unique UNIQUE (number),
    CONSTRAINT exports_say_what_for CHECK (purpose <> '')
);

CREATE TABLE export_chunks (
    export_id bigint  NOT NULL REFERENCES exports (id),
    position  integer NOT NULL,
    bytes     bytea   NOT NULL,
    CONSTRAINT export_chunks_once PRIMARY KEY (export_id, position)
);

-- The journal: who, what, when it was true, when we learned it. Never a source of tallies. Each event bears a mark that
-- needs a key; the worker seals events in the order in which they were written, each seal over the one before it, and
-- signs the newest. ops/decisions/0027.
CREATE TABLE events (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    act            text        NOT NULL,
    actor          text        NOT NULL,
    actor_account  bigint      GENERATED ALWAYS AS
        (CASE WHEN actor LIKE 'account:%' THEN substr(actor, 9)::bigint END) STORED,
    subject        text        NOT NULL,
    true_on        date        NOT NULL,
    known_from     timestamptz NOT NULL,
    -- As it was written, octet by octet: marks and seals are made of it.
    detail         json        NOT NULL,
    details_digest bytea,
    -- Twelve octets that no other event has, and sixteen of an HMAC.
    mark           bytea,
    -- The transaction: whatever wrote before the oldest one that still runs is complete.
    written_by     bigint      NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    CONSTRAINT events_actor_is_known CHECK (split_part(actor, ':', 1) IN
        ('account', 'application', 'applicant', 'client', 'operator', 'worker', 'system', 'server', 'demo')),
    CONSTRAINT events_mark_is_whole CHECK (length(mark) = 28),
    CONSTRAINT events_details_digest_is_whole CHECK (length(details_digest) = 32)
);
CREATE INDEX events_by_subject ON events (subject, id);
CREATE INDEX events_by_age ON events USING brin (known_from);
CREATE INDEX events_as_written ON events (written_by, id);

-- What may be forgotten one day stands apart; the event knows only a digest of it.
CREATE TABLE event_details (
    event_id        bigint PRIMARY KEY REFERENCES events (id),
    -- Nobody finds out by trying what was forgotten: the digest is of this, too.
    salt            bytea  NOT NULL,
    before          json,
    after           json,
    reason          text   NOT NULL DEFAULT '',
    forgotten_at    timestamptz,
    -- The lifetime under which they were forgotten.
    forgotten_under text   NOT NULL DEFAULT '',
    CONSTRAINT event_details_forgotten_under_a_rule CHECK ((forgotten_at IS NULL) = (forgotten_under = '')),
    CONSTRAINT event_details_forgotten_say_nothing CHECK
        (forgotten_at IS NULL OR salt = '' AND before IS NULL AND after IS NULL AND reason = '')
);
CREATE INDEX event_details_kept ON event_details (event_id) WHERE forgotten_at IS NULL;

-- No reference to events: it would lock each of them, and an event that is gone has to be found, not prevented.
CREATE TABLE event_seals (
    position bigint PRIMARY KEY,
    event_id bigint NOT NULL,
    -- SHA-256 of the seal before and the event.
    digest   bytea  NOT NULL,
    CONSTRAINT event_seals_once UNIQUE (event_id),
    CONSTRAINT event_seals_position_counts CHECK (position > 0),
    CONSTRAINT event_seals_digest_is_whole CHECK (length(digest) = 32)
);

-- The newest seal of each time that the worker sealed.
CREATE TABLE seal_heads (
    position   bigint      PRIMARY KEY REFERENCES event_seals (position),
    digest     bytea       NOT NULL,
    -- An HMAC of both.
    code       bytea       NOT NULL,
    -- The event up to which all were looked at.
    written_by bigint      NOT NULL,
    event_id   bigint      NOT NULL,
    sealed_at  timestamptz NOT NULL,
    CONSTRAINT seal_heads_code_is_whole CHECK (length(code) = 32)
);

-- Forgets the details of events that are past their lifetime at a moment, of at most so many; gives of how many. The
-- lifetime is looked up here, and only a demo or a rehearsal may name a moment that is still to come.
CREATE FUNCTION forget_event_details(at timestamptz, at_most integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
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

-- How many microseconds ago the oldest transaction began that is still writing; 0 when there is none. Numbers that are
-- taken while a bulk act writes are of the moment before it began. Runs as its owner, because whoever may only read does
-- not see what others are doing.
CREATE FUNCTION open_writing_age() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start) * 1000000), 0)::bigint
    FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'enroll writing'
      AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
$$;

-- After an act of many rows the service lets the database look at its large tables, which are the owner's.
CREATE FUNCTION look_at_tables() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    ANALYZE people, applications, application_states, application_consents, affiliations, viewings, appointments,
        appointment_terms, badges, plan_lines, group_lines, outbox, events;
END
$$;

-- Pages read through a role that cannot write, and sees neither password hashes, codes, letter bodies nor digests of
-- sessions. What each role may do stands in GRANTS.sql, which every `enroll migrate` applies.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'enroll_reader') THEN
        CREATE ROLE enroll_reader NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- another database of the same cluster made it a moment ago
END
$$;
