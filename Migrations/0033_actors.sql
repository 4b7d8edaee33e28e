-- 0033 actors
-- Why:       whoever did something is named in one way everywhere: a word, and whose it is behind a colon; logins of the
--            machine stood bare. Where tables ask for the account, its number stands beside, made of the same text.
-- Locks:     events, group_files and exports are written anew (100,000 events: half a second).
-- Old code:  writes logins bare, which events refuse.
-- Back:      drop the columns and the constraint; take 'operator:' away.
-- Retention: as the rows that they stand in.

CREATE FUNCTION pg_temp.named(actor text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN actor = '' OR actor ~ '^(account|application|client|operator):'
                  OR actor IN ('applicant', 'worker', 'system', 'server', 'demo')
           THEN actor ELSE 'operator:' || actor END
$$;
UPDATE events SET actor = pg_temp.named(actor) WHERE actor <> pg_temp.named(actor);
UPDATE group_files SET uploaded_by = pg_temp.named(uploaded_by) WHERE uploaded_by <> pg_temp.named(uploaded_by);
UPDATE exports SET requested_by = pg_temp.named(requested_by) WHERE requested_by <> pg_temp.named(requested_by);
UPDATE plans SET planned_by = pg_temp.named(planned_by) WHERE planned_by <> pg_temp.named(planned_by);
UPDATE doubts SET decided_by = pg_temp.named(decided_by) WHERE decided_by <> pg_temp.named(decided_by);
UPDATE viewings SET recorded_by = pg_temp.named(recorded_by) WHERE recorded_by <> pg_temp.named(recorded_by);
UPDATE requirement_withdrawals SET recorded_by = pg_temp.named(recorded_by)
    WHERE recorded_by <> pg_temp.named(recorded_by);

ALTER TABLE events
    ADD COLUMN actor_account bigint GENERATED ALWAYS AS
        (CASE WHEN actor LIKE 'account:%' THEN substr(actor, 9)::bigint END) STORED,
    ADD CONSTRAINT events_actor_is_known CHECK (split_part(actor, ':', 1) IN
        ('account', 'application', 'applicant', 'client', 'operator', 'worker', 'system', 'server', 'demo'));
ALTER TABLE group_files ADD COLUMN uploaded_by_account bigint GENERATED ALWAYS AS
    (CASE WHEN uploaded_by LIKE 'account:%' THEN substr(uploaded_by, 9)::bigint END) STORED;
ALTER TABLE exports ADD COLUMN requested_by_account bigint GENERATED ALWAYS AS
    (CASE WHEN requested_by LIKE 'account:%' THEN substr(requested_by, 9)::bigint END) STORED;
