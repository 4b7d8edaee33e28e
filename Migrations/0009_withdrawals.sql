-- 0009 withdrawals
-- Why:       whoever takes their application back is told by letter that it was received.
-- Locks:     ACCESS EXCLUSIVE on outbox while its letters are looked at once; with no letter of other words nothing waits long.
-- Old code:  writes no such letter.   Back: the list without the word, once no such letter is left.
-- Retention: as every letter.
ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known, ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed', 'rejection',
     'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal'));
