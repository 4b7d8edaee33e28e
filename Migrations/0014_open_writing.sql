-- 0014 open writing
-- Why:       numbers of "now" must not change when they are asked for again. A bulk act of seconds writes
--            facts with the moment at which it began, and they are seen when it ends: numbers taken
--            in between are of the moment before it began, and name that moment.
-- Locks:     none.   Old code: ignores it.   Back: drop the function.
-- Retention: no data.

-- How many microseconds ago the oldest transaction began that is still writing; 0 when there is none.
-- Runs as its owner, because whoever may only read does not see what others are doing.
CREATE FUNCTION open_writing_age() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start) * 1000000), 0)::bigint
    FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'enroll writing'
      AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
$$;
