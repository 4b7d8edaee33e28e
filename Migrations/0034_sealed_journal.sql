-- 0034 sealed journal
-- Why:       the journal keeps what was before and after, and shows whether somebody changed it. Each event bears a mark
--            that needs a key; the worker seals events in the order in which they were written, each seal over the one
--            before it, and signs the newest. What may be forgotten one day stands in a table of its own, of which the
--            event knows only a digest. ops/decisions/0027.
-- Locks:     events is written anew (100,000 events: half a second).
-- Old code:  writes events without a mark, which no worker seals: stop it first.
-- Back:      drop the tables, columns and the function; make forget_journal of 0031 again.
-- Retention: events, seals and their heads for ever, they name nobody; their details as lifetimes says (journal 5 years).

ALTER TABLE events
    -- As it was written, octet by octet: marks and seals are made of it.
    ALTER COLUMN detail TYPE json USING detail::text::json,
    ADD COLUMN details_digest bytea,
    -- Twelve octets that no other event has, and sixteen of an HMAC. Events before this have none.
    ADD COLUMN mark bytea,
    -- The transaction: whatever wrote before the oldest one that still runs is complete.
    ADD COLUMN written_by bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    ADD CONSTRAINT events_mark_is_whole CHECK (length(mark) = 28),
    ADD CONSTRAINT events_details_digest_is_whole CHECK (length(details_digest) = 32);
CREATE INDEX events_as_written ON events (written_by, id);

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
    position   bigint PRIMARY KEY REFERENCES event_seals (position),
    digest     bytea  NOT NULL,
    -- An HMAC of both.
    code       bytea  NOT NULL,
    -- The event up to which all were looked at.
    written_by bigint NOT NULL,
    event_id   bigint NOT NULL,
    sealed_at  timestamptz NOT NULL,
    CONSTRAINT seal_heads_code_is_whole CHECK (length(code) = 32)
);

ALTER TABLE lifetimes DROP CONSTRAINT lifetimes_kind_is_known;
UPDATE lifetimes SET kind = 'journal_details' WHERE kind = 'journal';
ALTER TABLE lifetimes ADD CONSTRAINT lifetimes_kind_is_known CHECK (kind IN
    ('draft', 'mail_code', 'session', 'limit_count', 'letter_body',
     'undelivered_letter', 'group_original', 'group_answers', 'job', 'export_bytes', 'journal_details',
     'application_without_appointment', 'application_with_appointment'));

-- Where somebody came from is kept no longer than other particulars.
WITH clients AS MATERIALIZED (
    SELECT id, json_build_object('client', substr(actor, 8)) AS after,
           sha256(convert_to(gen_random_uuid()::text || gen_random_uuid(), 'UTF8')) AS salt
    FROM events WHERE actor LIKE 'client:%'),
kept AS (INSERT INTO event_details (event_id, salt, after) SELECT id, salt, after FROM clients)
UPDATE events e SET actor = 'client',
    details_digest = sha256(c.salt || '\x00'::bytea || convert_to(c.after::text, 'UTF8') || '\x00'::bytea)
FROM clients c WHERE e.id = c.id;

-- Forgets the details of events that are past their lifetime at a moment, of at most so many; gives of how many. The
-- lifetime is looked up here, and only a demo or a rehearsal may name a moment that is still to come.
DROP FUNCTION forget_journal(timestamptz, integer);
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
