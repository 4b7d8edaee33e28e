-- 0035 states
-- Why:       why a job failed stood in one text with a prefix; it is two columns, what it is and its plan, name or reference.
--            A file's plan was never 'failed' or 'refused', a line never 'refused': what the program cannot write may not
--            stand in the table.
-- Locks:     the tables for as long as the few rows are rewritten.   Old code: goes on; what it writes is read as before.
-- Back:      ALTER TABLE jobs DROP CONSTRAINT jobs_failed_say_why, DROP COLUMN failure_kind; old code reads the rest.
-- Retention: as jobs.

ALTER TABLE jobs ADD failure_kind text;

UPDATE jobs SET failure_kind = CASE WHEN failure LIKE 'changed:%' THEN 'changed'
                                    WHEN failure LIKE 'broke:%' THEN 'broke' ELSE 'refused' END,
                failure = CASE WHEN failure LIKE 'changed:%' OR failure LIKE 'broke:%'
                               THEN split_part(failure, ':', 2) ELSE failure END
WHERE state = 'failed';

ALTER TABLE jobs
    ADD CONSTRAINT jobs_failure_is_known CHECK (failure_kind IN ('changed', 'refused', 'broke')),
    ADD CONSTRAINT jobs_failed_say_why CHECK ((state = 'failed') = (failure_kind IS NOT NULL));

ALTER TABLE group_files
    DROP CONSTRAINT group_files_state_is_known,
    ADD CONSTRAINT group_files_state_is_known
        CHECK (state IN ('planned', 'confirmed', 'applied', 'replaced'));

ALTER TABLE group_lines
    DROP CONSTRAINT group_lines_applied_as_is_known,
    ADD CONSTRAINT group_lines_applied_as_is_known
        CHECK (applied_as IN ('', 'filed', 'affiliated', 'changed', 'unchanged', 'merged'));
