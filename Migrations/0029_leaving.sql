-- 0029 leaving
-- Why:       an organization says of its own people that they left it, with a day and a reason; whoever has left is not renewed
--            by it, and comes back where it was said by mistake.
-- Locks:     ACCESS EXCLUSIVE on affiliations for a column with a constant default, and while its words are looked at once;
--            the same on plan_lines and outbox.
-- Old code:  writes no reason, so that whoever has left is so without one.   Back: drop the columns while nobody has left.
-- Retention: as the affiliation.

-- Why somebody left; true_until is the last day then. Empty for whoever has not left.
ALTER TABLE affiliations ADD COLUMN left_because text NOT NULL DEFAULT '',
    ADD CONSTRAINT affiliations_left_for_a_known_reason
        CHECK (left_because IN ('', 'retired', 'transferred', 'graduated', 'deceased', 'other', 'objected'));
-- What was said by one act, and is taken back by one.
CREATE INDEX affiliations_left_together ON affiliations (organization_id, fiscal_year, known_from, id)
    WHERE known_until = 'infinity' AND left_because <> '';

ALTER TABLE plan_lines DROP CONSTRAINT plan_lines_outcome_is_known,
    ADD CONSTRAINT plan_lines_outcome_is_known CHECK (outcome IN
        ('appoint', 'waits', 'continues', 'lacks_video', 'organization_closed', 'already_applied', 'declined',
         'unanswered', 'left', 'gone'));

ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known, ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed', 'rejection',
     'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal', 'correction', 'correction_refused',
     'mail_changed', 'receipts', 'dismissal', 'resumption', 'reopening', 'cancellation', 'parting',
     'password_changed', 'proposal', 'people_merged', 'people_separated', 'taken_back', 'group_undone',
     'second_factor', 'affiliation_ended', 'affiliation_resumed', 'invitation', 'account_changed'));
