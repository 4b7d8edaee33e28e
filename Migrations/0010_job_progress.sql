-- 0010 job progress
-- Why:       a page shows how far a job is; the job's own row is held by the transaction that does it,
--            so that whoever dies gives it back. A job that breaks is put off and given up at last.
-- Locks:     jobs and outbox for a moment (columns nobody used go; a list of words grows).
-- Old code:  tells no progress, and never gives up.
-- Back:      drop the table.
-- Retention: as jobs.

CREATE TABLE job_progress (
    job_id      bigint      PRIMARY KEY REFERENCES jobs (id),
    done_count  integer     NOT NULL,
    total_count integer     NOT NULL,
    seen_at     timestamptz NOT NULL,
    CONSTRAINT job_progress_not_beyond_the_end CHECK (done_count BETWEEN 0 AND total_count)
);
GRANT SELECT ON job_progress TO enroll_reader;

ALTER TABLE jobs DROP COLUMN done_count, DROP COLUMN total_count, DROP COLUMN lease_until,
    DROP COLUMN lease_token;

ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known;
ALTER TABLE outbox ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied',
     'not_renewed', 'rejection', 'job_failed'));
