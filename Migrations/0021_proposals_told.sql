-- 0021 proposals told
-- Why:       a row that changes nothing but says something otherwise is told so, and its owner is told by letter.
-- Locks:     group_lines and outbox, while their rows are read for the new checks.
-- Old code:  writes none of the new words.   Back: put the checks back, after letters and lines with the new words.
-- Retention: as the rows.

ALTER TABLE group_lines DROP CONSTRAINT group_lines_applied_as_is_known;
ALTER TABLE group_lines ADD CONSTRAINT group_lines_applied_as_is_known
    CHECK (applied_as IN ('', 'submitted', 'affiliated', 'changed', 'unchanged', 'merged', 'proposed'));
ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known;
ALTER TABLE outbox ADD CONSTRAINT outbox_letter_is_known
    CHECK (letter IN ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed',
        'rejection', 'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal', 'correction', 'correction_refused',
        'mail_changed', 'receipts', 'dismissal', 'resumption', 'reopening', 'cancellation', 'parting',
        'password_changed', 'proposal'));
