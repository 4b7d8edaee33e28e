-- 0023 limits
-- Why:       limits count by client and by mailbox too, and count nothing for whoever was refused: one
--            row a subject, instead of one an attempt. An account's owner is told of wrong passwords
--            (sign_in_warning), and the office of wrong codes (alarm).
-- Locks:     outbox against writing while its rows are looked at (55,000 people: under a second).
-- Old code:  goes on counting in attempts, which the new code leaves alone; a later migration drops it.
-- Back:      drop the table; the words may stay.
-- Retention: two days, by the worker.

CREATE TABLE limit_counts (
    limiter  text        NOT NULL,
    subject  text        NOT NULL,
    began_at timestamptz NOT NULL,
    count    integer     NOT NULL,
    CONSTRAINT limit_counts_once PRIMARY KEY (limiter, subject),
    CONSTRAINT limit_counts_not_negative CHECK (count >= 0)
);
CREATE INDEX limit_counts_by_age ON limit_counts (began_at);
GRANT SELECT ON limit_counts TO enroll_reader;

ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known;
ALTER TABLE outbox ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied',
     'not_renewed', 'rejection', 'job_failed', 'expired', 'sign_in_warning', 'alarm'));
