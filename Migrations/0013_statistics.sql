-- 0013 statistics of large tables only
-- Why:       of a table that it has seen with a few rows the database thinks that every index answers as cheaply, and a
--            plan that it keeps (the check of a foreign key) may read a whole index for each row of the next file. Of a
--            table that it has never seen it expects a few hundred rows, and takes the right one.
-- Locks:     none that anybody waits for.
-- Old code:  works as before.   Back: the function of 0006.
-- Retention: nothing is kept.
CREATE OR REPLACE FUNCTION look_at_tables() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    looked   text;
    is_large boolean;
BEGIN
    FOREACH looked IN ARRAY ARRAY['people', 'applications', 'application_states', 'application_consents', 'affiliations',
        'viewings', 'appointments', 'appointment_terms', 'badges', 'plan_lines', 'group_lines', 'outbox', 'events']
    LOOP
        EXECUTE format('SELECT count(*) = 200 FROM (SELECT FROM %I LIMIT 200) q', looked) INTO is_large;
        IF is_large THEN EXECUTE format('ANALYZE %I', looked); END IF;
    END LOOP;
END
$$;
