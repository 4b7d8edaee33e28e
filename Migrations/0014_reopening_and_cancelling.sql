-- 0014 reopened and cancelled
-- Why:       the office takes back what it approved or refused, and an appointment that was wrong from the start.
-- Locks:     ACCESS EXCLUSIVE on appointment_terms and outbox while their words are looked at once; SHARE on applications
--            while its index is made.
-- Old code:  knows none of it.   Back: the lists without the words, while nothing of it is used; drop the index.
-- Retention: as before.
ALTER TABLE appointment_terms DROP CONSTRAINT appointment_terms_end_reason_is_known,
    ADD CONSTRAINT appointment_terms_end_reason_is_known
        CHECK (end_reason IN ('', 'resigned', 'revoked', 'superseded', 'deceased', 'cancelled')),
    -- 取消: it holds on no day.
    ADD CONSTRAINT appointment_terms_cancelled_have_no_day CHECK (end_reason <> 'cancelled' OR ends_on = true_from);

ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known, ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed', 'rejection',
     'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal', 'correction', 'correction_refused',
     'mail_changed', 'receipts', 'dismissal', 'resumption', 'reopening', 'cancellation'));

-- What was approved by one act, while it waits for its 決裁.
CREATE INDEX applications_approved_together ON applications (fiscal_year, state_changed_at, id) WHERE state = 'approved';
