-- 0032 statistics
-- Why:       after an act of many rows the service lets the database look at its large tables. ANALYZE passes over a table
--            of somebody else's with no more than a warning, and since there are roles the tables are the owner's.
-- Locks:     none, a new function.   Old code: says ANALYZE itself, as the login that it has.   Back: drop the function.
-- Retention: no data.

CREATE FUNCTION look_at_tables() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    ANALYZE people, applications, application_states, application_consents, affiliations, viewings, appointments,
        appointment_terms, badges, plan_lines, group_lines, outbox, events;
END
$$;
