-- 0008 renewal
-- Why:       whoever is not renewed, or not approved, is told so by a letter of its own.
-- Locks:     outbox for a moment (its rows are checked again).   Old code: never writes the new word.
-- Back:      restore the shorter list once no such letter is left.
-- Retention: as outbox.

ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known;
ALTER TABLE outbox ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied',
     'not_renewed', 'rejection'));
