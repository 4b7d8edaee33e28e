-- 0013 expiry
-- Why:       what was not decided in its fiscal year expires, and whoever applied is told by a letter.
-- Locks:     outbox against writing while its rows are looked at (55,000 people: under a second).
-- Old code:  never writes the letter.   Back: make the constraint of 0010 again.
-- Retention: as outbox.

ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known;
ALTER TABLE outbox ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied',
     'not_renewed', 'rejection', 'job_failed', 'expired'));
