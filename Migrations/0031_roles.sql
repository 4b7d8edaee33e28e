-- 0031 roles
-- Why:       pages read through a role that may not see password hashes, codes, letter bodies and session digests; what
--            it has to find out of them it asks a function. The journal is forgotten by its owner only. What each role
--            may do stands in GRANTS.sql, which every `enroll migrate` applies.
-- Locks:     none, new functions.   Old code: ignores them.   Back: drop the functions.
-- Retention: no data.

-- The session of a browser whose digest somebody knows; nobody can list them.
CREATE FUNCTION session_of(digest bytea)
RETURNS TABLE (account_id bigint, application_id bigint, last_seen_at timestamptz, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT s.account_id, s.application_id, s.last_seen_at, s.expires_at
    FROM sessions s WHERE s.token_hash = digest
$$;

-- Forgets lines of the journal that are past their lifetime at a moment, at most so many; gives how many. The
-- lifetime is looked up here, and only a demo or a rehearsal may name a moment that is still to come.
CREATE FUNCTION forget_journal(at timestamptz, at_most integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    oldest timestamptz;
    gone integer;
BEGIN
    IF at > clock_timestamp() + interval '1 day'
       AND NOT EXISTS (SELECT FROM installation WHERE kind IN ('demo', 'rehearsal')) THEN
        RAISE EXCEPTION 'the journal is not forgotten before its time' USING ERRCODE = '42501';
    END IF;
    SELECT date_trunc('day', at AT TIME ZONE 'Asia/Tokyo') AT TIME ZONE 'Asia/Tokyo' - make_interval(years => l.amount)
    INTO oldest FROM lifetimes l
    WHERE l.kind = 'journal' AND l.unit = 'years' AND l.valid_from <= (at AT TIME ZONE 'Asia/Tokyo')::date
    ORDER BY l.valid_from DESC LIMIT 1;
    DELETE FROM events WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM events WHERE known_from <= oldest LIMIT at_most FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;
