-- 0007 reader
-- Why:       pages read through a role that cannot write (decision 5).
-- Locks:     none that last.   Old code: ignores it.   Back: REVOKE, DROP ROLE enroll_reader.
-- Retention: no data.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'enroll_reader') THEN
        CREATE ROLE enroll_reader NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- another database of the same cluster made it a moment ago
END
$$;
GRANT USAGE ON SCHEMA public TO enroll_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO enroll_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO enroll_reader;
